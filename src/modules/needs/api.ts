/** The API of the needs plan: what offices ask, the lines, the decisions. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { closeLine } from './close-line.ts'
import { consolidateLines } from './consolidate.ts'
import { approvePlan, decideLines, varyPlan } from './decide.ts'
import { csvHeaders } from './download.ts'
import { exportPlan } from './export-plan.ts'
import { importPlan } from './import-plan.ts'
import { addLine, changeLine, setReplaced, splitLine } from './lines.ts'
import { changePlan, findPlan, listPlans, openPlan, turnPlan } from './plans.ts'
import { listPrices, loadPriceList } from './price-lists.ts'
import { findSheet, returnSheet, saveSheet, sendSheet } from './requests.ts'
import {
  added,
  addedLine,
  addLineInput,
  approvedOutput,
  approveInput,
  changed,
  changeLineInput,
  changePlanInput,
  closeLineInput,
  consolidateInput,
  decidedOutput,
  decideInput,
  importOutput,
  openPlanInput,
  planOutput,
  planRow,
  priceListInput,
  priceListOutput,
  replaceInput,
  saveSheetInput,
  sheetOutput,
  splitLineInput,
  turnPlanInput,
  varyInput,
  yearParam,
} from './schema.ts'

const tags = ['Needs plan']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const sheetParam = yearParam.extend({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const body = <Schema extends z.ZodType>(schema: Schema) => ({ ...json(schema), required: true })
const csvBody = { content: { 'text/csv': { schema: z.string() } }, required: true }
const csvAnswer = { description: 'CSV, semicolons', content: { 'text/csv': { schema: z.string() } } }

/** Adds plans, sheets, lines and price lists to the API. */
export function registerNeedsApi(api: Api) {
  registerPlans(api)
  registerDecisions(api)
  registerSheets(api)
  registerLines(api)
  registerFiles(api)
}

function registerPlans(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/needs-plans', summary: 'The plans, the newest year first', tags, security },
    responses: { 200: answer(z.array(planRow), 'The plans'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listPlans(c.get('context')), 200))
  const opening = createRoute({
    ...{ method: 'post', path: '/needs-plans', summary: 'Open the plan of a year', tags, security },
    request: { headers, body: body(openPlanInput) },
    responses: { 201: answer(added, 'Opened'), ...problemResponses },
  })
  api.openapi(opening, async (c) => c.json(await openPlan(c.get('context'), c.req.valid('json')), 201))
  const finding = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}', summary: 'A plan and its lines', tags, security },
    request: { params: yearParam },
    responses: { 200: answer(planOutput, 'The plan'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findPlan(c.get('context'), c.req.valid('param').year), 200))
  const changing = createRoute({
    ...{ method: 'put', path: '/needs-plans/{year}', summary: 'Change the terms of a plan', tags, security },
    request: { params: yearParam, body: body(changePlanInput) },
    responses: { 200: answer(changed, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changePlan(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 200),
  )
  const turning = createRoute({
    ...{ method: 'put', path: '/needs-plans/{year}/state', summary: 'End or reopen the collection', tags, security },
    request: { params: yearParam, body: body(turnPlanInput) },
    responses: { 200: answer(changed, 'Turned'), ...problemResponses },
  })
  api.openapi(turning, async (c) =>
    c.json(await turnPlan(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 200),
  )
}

function registerDecisions(api: Api) {
  const deciding = createRoute({
    ...{ method: 'put', path: '/needs-plans/{year}/decisions', summary: 'Decide on several lines, all or none' },
    ...{ tags, security },
    request: { params: yearParam, body: body(decideInput) },
    responses: { 200: answer(decidedOutput, 'Decided'), ...problemResponses },
  })
  api.openapi(deciding, async (c) =>
    c.json(await decideLines(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 200),
  )
  const approving = createRoute({
    ...{ method: 'put', path: '/needs-plans/{year}/approval', summary: 'Approve the plan as a whole', tags, security },
    request: { params: yearParam, body: body(approveInput) },
    responses: { 200: answer(approvedOutput, 'Approved'), ...problemResponses },
  })
  api.openapi(approving, async (c) =>
    c.json(await approvePlan(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 200),
  )
  const varying = createRoute({
    ...{ method: 'post', path: '/needs-plans/{year}/variations', summary: 'Change an approved plan', tags, security },
    request: { params: yearParam, body: body(varyInput) },
    responses: { 201: answer(approvedOutput, 'Varied'), ...problemResponses },
  })
  api.openapi(varying, async (c) =>
    c.json(await varyPlan(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 201),
  )
}

function registerSheets(api: Api) {
  const path = '/needs-plans/{year}/sheets/{id}'
  const finding = createRoute({
    ...{ method: 'get', path, summary: 'What an office asks for in a year', tags, security },
    request: { params: sheetParam },
    responses: { 200: answer(sheetOutput, 'The sheet'), ...problemResponses },
  })
  api.openapi(finding, async (c) => {
    const { year, id } = c.req.valid('param')
    return c.json(await findSheet(c.get('context'), year, id), 200)
  })
  for (const [method, at, summary, work] of [
    ['put', path, 'Keep the draft of an office', saveSheet],
    ['put', `${path}/sending`, 'Send the sheet of an office', sendSheet],
  ] as const) {
    const keeping = createRoute({
      ...{ method, path: at, summary, tags, security },
      request: { params: sheetParam, body: body(saveSheetInput) },
      responses: { 200: answer(changed, 'Kept'), ...problemResponses },
    })
    api.openapi(keeping, async (c) => {
      const { year, id } = c.req.valid('param')
      return c.json(await work(c.get('context'), year, id, c.req.valid('json')), 200)
    })
  }
  const returning = createRoute({
    ...{ method: 'delete', path: `${path}/sending`, summary: 'Give a sheet back to its office', tags, security },
    request: { params: sheetParam },
    responses: { 200: answer(changed, 'Given back'), ...problemResponses },
  })
  api.openapi(returning, async (c) => {
    const { year, id } = c.req.valid('param')
    return c.json(await returnSheet(c.get('context'), year, id), 200)
  })
}

function registerLines(api: Api) {
  const adding = createRoute({
    ...{ method: 'post', path: '/needs-plans/{year}/lines', summary: 'Add a line', tags, security },
    request: { params: yearParam, headers, body: body(addLineInput) },
    responses: { 201: answer(addedLine, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) =>
    c.json(await addLine(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 201),
  )
  const consolidating = createRoute({
    ...{ method: 'post', path: '/needs-plans/{year}/consolidations', summary: 'Make one line of what offices asked' },
    ...{ tags, security },
    request: { params: yearParam, body: body(consolidateInput) },
    responses: { 201: answer(addedLine, 'The line'), ...problemResponses },
  })
  api.openapi(consolidating, async (c) =>
    c.json(await consolidateLines(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 201),
  )
  const changing = createRoute({
    ...{ method: 'put', path: '/needs-lines/{id}', summary: 'Change a line', tags, security },
    request: { params: idParam, body: body(changeLineInput) },
    responses: { 200: answer(changed, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeLine(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const splitting = createRoute({
    ...{ method: 'put', path: '/needs-lines/{id}/offices', summary: 'Say which office gets how many', tags, security },
    request: { params: idParam, body: body(splitLineInput) },
    responses: { 200: answer(changed, 'Split'), ...problemResponses },
  })
  api.openapi(splitting, async (c) =>
    c.json(await splitLine(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const replacing = createRoute({
    ...{ method: 'put', path: '/needs-lines/{id}/replaced', summary: 'Name the items that leave', tags, security },
    request: { params: idParam, body: body(replaceInput) },
    responses: { 200: answer(changed, 'Named'), ...problemResponses },
  })
  api.openapi(replacing, async (c) =>
    c.json(await setReplaced(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const closing = createRoute({
    ...{ method: 'put', path: '/needs-lines/{id}/closure', summary: 'Close a line', tags, security },
    request: { params: idParam, body: body(closeLineInput) },
    responses: { 200: answer(changed, 'Closed'), ...problemResponses },
  })
  api.openapi(closing, async (c) =>
    c.json(await closeLine(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerFiles(api: Api) {
  const exporting = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/lines.csv', summary: 'The lines of a plan as CSV', tags, security },
    request: { params: yearParam },
    responses: { 200: csvAnswer, ...problemResponses },
  })
  api.openapi(exporting, async (c) => {
    const { year } = c.req.valid('param')
    return new Response(await exportPlan(c.get('context'), year), { headers: csvHeaders(`piano-${year}`) })
  })
  const importing = createRoute({
    ...{
      method: 'post',
      path: '/needs-plans/{year}/imports',
      summary: 'Load the lines of a plan (CSV)',
      tags,
      security,
    },
    request: { params: yearParam, body: csvBody },
    responses: { 200: answer(importOutput, 'Loaded, whole'), ...problemResponses },
  })
  api.openapi(importing, async (c) => {
    refuseOther(c.req.header('content-type'))
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.json(await importPlan(c.get('context'), bytes, c.req.valid('param').year), 200)
  })
  const pricing = createRoute({
    ...{ method: 'get', path: '/needs-prices', summary: 'The price list in force', tags, security },
    responses: { 200: answer(priceListOutput, 'The list'), ...problemResponses },
  })
  api.openapi(pricing, async (c) => c.json(await listPrices(c.get('context')), 200))
  const loading = createRoute({
    ...{
      method: 'post',
      path: '/needs-prices',
      summary: 'Load a price list (CSV), in force from a day',
      tags,
      security,
    },
    request: { query: priceListInput, body: csvBody },
    responses: { 201: answer(added, 'Loaded'), ...problemResponses },
  })
  api.openapi(loading, async (c) => {
    refuseOther(c.req.header('content-type'))
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.json(await loadPriceList(c.get('context'), bytes, c.req.valid('query')), 201)
  })
}

function refuseOther(type: string | undefined) {
  if (!type?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
}
