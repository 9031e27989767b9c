/** The API of the contract: what it says, what was declared, how a period is verified, what a year costs. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { adoptReading } from './adopt-reading.ts'
import { registerDecisionsApi } from './api-decisions.ts'
import { importContract } from './contracts.ts'
import { listTerms } from './deadlines.ts'
import { declareFigure, declareFile } from './declare.ts'
import { declareCases } from './declare-cases.ts'
import { listInstalments } from './instalments.ts'
import { describeContract } from './overview.ts'
import {
  adoptReadingInput,
  contractOverview,
  declareInput,
  declareResult,
  importResult,
  instalmentYear,
  runningTerm,
  verification,
  whatIfInput,
  worksheet,
} from './schema.ts'
import { verifyPeriod } from './verify-period.ts'
import { tryWhatIf, whatIfResult } from './what-if.ts'
import { openWorksheet } from './worksheet.ts'

const tags = ['Contract']
const security = [{ key: [] }]
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const csv = { content: { 'text/csv': { schema: z.string() } }, required: true }
const periodParam = z.object({ period: z.string() })

/** Adds these routes to the API. */
export function registerContractApi(api: Api) {
  registerContract(api)
  registerDeclarations(api)
  registerVerification(api)
  registerDecisionsApi(api)
}

function registerContract(api: Api) {
  const loading = createRoute({
    method: 'post',
    path: '/contracts',
    summary: 'Load a contract: the whole of it, or nothing and what is wrong by its place',
    tags,
    security,
    request: { body: { ...json(z.record(z.string(), z.unknown())), required: true } },
    responses: { 200: answer(importResult, 'What was added and what was there'), ...problemResponses },
  })
  api.openapi(loading, async (c) => {
    const bytes = Buffer.from(JSON.stringify(c.req.valid('json')))
    return c.json(await importContract(c.get('context'), bytes), 200)
  })
  const describing = createRoute({
    method: 'get',
    path: '/contracts/{period}',
    summary:
      'The contract as it holds in a month or quarter: services, fees with their acts, indicators, what is not measured',
    tags,
    security,
    request: { params: periodParam },
    responses: { 200: answer(contractOverview, 'The contract'), ...problemResponses },
  })
  api.openapi(describing, async (c) =>
    c.json(await describeContract(c.get('context'), c.req.valid('param').period), 200),
  )
  const adopting = createRoute({
    method: 'post',
    path: '/contract-readings',
    summary: 'Record which reading of unclear words holds from a day on',
    tags,
    security,
    request: { body: { ...json(adoptReadingInput), required: true } },
    responses: { 200: answer(z.object({ subject: z.string() }), 'What has a new version'), ...problemResponses },
  })
  api.openapi(adopting, async (c) => c.json(await adoptReading(c.get('context'), c.req.valid('json')), 200))
}

function registerDeclarations(api: Api) {
  const files = [
    ['/declarations', 'Load the supplier’s figures of a period from CSV', declareFile],
    ['/declarations/cases', 'Load the supplier’s list behind its figures from CSV', declareCases],
  ] as const
  for (const [path, summary, load] of files) {
    const route = createRoute({
      method: 'post',
      path,
      summary,
      tags,
      security,
      request: { body: csv },
      responses: { 200: answer(declareResult, 'How many were added and known'), ...problemResponses },
    })
    api.openapi(route, async (c) => {
      if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
      return c.json(await load(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
    })
  }
  const one = createRoute({
    method: 'post',
    path: '/declarations/figures',
    summary: 'Declare or correct one figure',
    tags,
    security,
    request: { body: { ...json(declareInput), required: true } },
    responses: { 200: answer(declareResult, 'Added or known'), ...problemResponses },
  })
  api.openapi(one, async (c) => c.json(await declareFigure(c.get('context'), c.req.valid('json')), 200))
}

function registerVerification(api: Api) {
  const verifying = createRoute({
    method: 'get',
    path: '/verifications/{period}',
    summary: 'Verify a month or a quarter: declared, observed, agreed, margins, penalties, what to check',
    tags,
    security,
    request: { params: periodParam },
    responses: { 200: answer(verification, 'One line a service, scope and month or quarter'), ...problemResponses },
  })
  api.openapi(verifying, async (c) => c.json(await verifyPeriod(c.get('context'), c.req.valid('param').period), 200))
  const opening = createRoute({
    method: 'get',
    path: '/verifications/{period}/{indicator}',
    summary: 'Open a figure into its cases',
    tags,
    security,
    request: {
      params: periodParam.extend({ indicator: z.string() }),
      query: z.object({
        service: z.string().optional(),
        show: z.enum(['all', 'differing', 'late', 'open']).optional(),
      }),
    },
    responses: { 200: answer(worksheet, 'The line and its cases'), ...problemResponses },
  })
  api.openapi(opening, async (c) =>
    c.json(await openWorksheet(c.get('context'), { ...c.req.valid('param'), ...c.req.valid('query') }), 200),
  )
  const trying = createRoute({
    method: 'post',
    path: '/what-if',
    summary: 'Past periods under another target, class, calendar or reading; nothing is stored',
    tags,
    security,
    request: { body: { ...json(whatIfInput), required: true } },
    responses: { 200: answer(whatIfResult, 'As written and instead'), ...problemResponses },
  })
  api.openapi(trying, async (c) => c.json(await tryWhatIf(c.get('context'), c.req.valid('json')), 200))
  const paying = createRoute({
    method: 'get',
    path: '/instalments/{year}',
    summary: 'The instalments of a year: invoiced, due, adjusted, held and released',
    tags,
    security,
    request: { params: z.object({ year: z.coerce.number().int().min(2000).max(2100) }) },
    responses: { 200: answer(instalmentYear, 'The year'), ...problemResponses },
  })
  api.openapi(paying, async (c) => c.json(await listInstalments(c.get('context'), c.req.valid('param').year), 200))
  const waiting = createRoute({
    method: 'get',
    path: '/contract-terms',
    summary: 'Terms that run, the nearest first',
    tags,
    security,
    responses: { 200: answer(z.object({ rows: z.array(runningTerm) }), 'The terms'), ...problemResponses },
  })
  api.openapi(waiting, async (c) => c.json({ rows: await listTerms(c.get('context')) }, 200))
}
