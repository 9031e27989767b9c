/** The API of applications and person-days. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { importResult } from '../organisation/schema.ts'
import { addApplication, changeApplication, listApplications } from './applications.ts'
import { csvHeaders } from './download.ts'
import { importApplications } from './import-applications.ts'
import { counterEntry, decideDays, declareDays, eraseWords } from './person-days.ts'
import { exportEntries, importEntries } from './person-days-file.ts'
import {
  addApplicationInput,
  added,
  applicationRow,
  changeApplicationInput,
  changed,
  counterInput,
  decided,
  decideInput,
  declareInput,
  entryRow,
  erased,
  eraseWordsInput,
  listEntriesInput,
  personDayStandingOutput,
  quotasInput,
  quotasSet,
} from './schema.ts'
import { findStanding, listEntries, setPersonDayQuotas } from './standing.ts'

const tags = ['Applications']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const csvBody = { content: { 'text/csv': { schema: z.string() } }, required: true }

/** Adds applications and person-days to the API. */
export function registerApplicationsApi(api: Api) {
  registerApplications(api)
  registerReading(api)
  registerChanges(api)
  registerErasure(api)
  registerFiles(api)
}

function registerApplications(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/applications',
    summary: 'The applications and their stewards',
    tags,
    security,
    responses: { 200: answer(z.array(applicationRow), 'By code'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listApplications(c.get('context')), 200))
  const adding = createRoute({
    method: 'post',
    path: '/applications',
    summary: 'Add an application',
    tags,
    security,
    request: { headers, body: { ...json(addApplicationInput), required: true } },
    responses: { 201: answer(added, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addApplication(c.get('context'), c.req.valid('json')), 201))
  const changing = createRoute({
    method: 'put',
    path: '/applications/{id}',
    summary: 'Change name, steward and last day',
    tags,
    security,
    request: { params: idParam, body: { ...json(changeApplicationInput), required: true } },
    responses: { 200: answer(changed, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeApplication(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerReading(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/person-days',
    summary: 'The entries of a year, newest first, at most 500',
    tags,
    security,
    request: { query: listEntriesInput },
    responses: { 200: answer(z.array(entryRow), 'The entries'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listEntries(c.get('context'), c.req.valid('query')), 200))
  const standing = createRoute({
    method: 'get',
    path: '/person-days/standing',
    summary: 'How the person-days of a year stand, by area, in tenths',
    tags,
    security,
    request: { query: listEntriesInput },
    responses: { 200: answer(personDayStandingOutput, 'As of today'), ...problemResponses },
  })
  api.openapi(standing, async (c) => c.json(await findStanding(c.get('context'), c.req.valid('query')), 200))
}

function registerChanges(api: Api) {
  const declaring = createRoute({
    method: 'post',
    path: '/person-days',
    summary: 'Declare person-days',
    tags,
    security,
    request: { headers, body: { ...json(declareInput), required: true } },
    responses: { 201: answer(added, 'Declared'), ...problemResponses },
  })
  api.openapi(declaring, async (c) => c.json(await declareDays(c.get('context'), c.req.valid('json')), 201))
  const countering = createRoute({
    method: 'post',
    path: '/person-days/{id}/correction',
    summary: 'Take an entry back with a counter-entry',
    tags,
    security,
    request: { params: idParam, headers, body: { ...json(counterInput), required: true } },
    responses: { 201: answer(added, 'The counter-entry'), ...problemResponses },
  })
  api.openapi(countering, async (c) =>
    c.json(await counterEntry(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 201),
  )
  const deciding = createRoute({
    method: 'put',
    path: '/person-days/decisions',
    summary: 'Accept or contest several entries, all or none',
    tags,
    security,
    request: { body: { ...json(decideInput), required: true } },
    responses: { 200: answer(decided, 'Decided'), ...problemResponses },
  })
  api.openapi(deciding, async (c) => c.json(await decideDays(c.get('context'), c.req.valid('json')), 200))
  const setting = createRoute({
    method: 'put',
    path: '/person-day-quotas',
    summary: 'Set how many person-days a year may have, from an act',
    tags,
    security,
    request: { body: { ...json(quotasInput), required: true } },
    responses: { 200: answer(quotasSet, 'Set'), ...problemResponses },
  })
  api.openapi(setting, async (c) => c.json(await setPersonDayQuotas(c.get('context'), c.req.valid('json')), 200))
}

function registerErasure(api: Api) {
  const erasing = createRoute({
    method: 'put',
    path: '/person-days/{id}/erasure',
    summary: 'Erase the words of an entry, for ever; the reason stays: no personal data in it',
    tags,
    security,
    request: { params: idParam, body: { ...json(eraseWordsInput), required: true } },
    responses: { 200: answer(erased, 'How many texts'), ...problemResponses },
  })
  api.openapi(erasing, async (c) =>
    c.json(await eraseWords(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerFiles(api: Api) {
  const exporting = createRoute({
    method: 'get',
    path: '/person-days.csv',
    summary: 'The entries of a year as CSV',
    tags,
    security,
    request: { query: listEntriesInput },
    responses: {
      200: { description: 'CSV, semicolons', content: { 'text/csv': { schema: z.string() } } },
      ...problemResponses,
    },
  })
  api.openapi(
    exporting,
    async (c) => new Response(await exportEntries(c.get('context'), c.req.valid('query')), { headers: csvHeaders }),
  )
  for (const [path, summary, load] of [
    ['/imports/applications', 'Load applications (CSV: code;name;area;begins_on;steward;ends_on)', importApplications],
    ['/imports/person-days', 'Declare person-days (CSV: reference;day;days;what;application;area;case)', importEntries],
  ] as const) {
    const importing = createRoute({
      method: 'post',
      path,
      summary,
      tags,
      security,
      request: { body: csvBody },
      responses: { 200: answer(importResult, 'Loaded, whole'), ...problemResponses },
    })
    api.openapi(importing, async (c) => {
      if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
      return c.json(await load(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
    })
  }
}
