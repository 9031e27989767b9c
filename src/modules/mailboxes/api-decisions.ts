/** The API of decisions about mailboxes. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import {
  approveDecision,
  carryOutDecision,
  confirmDecision,
  contestDecision,
  refuseDecision,
  undoDecision,
} from './decide.ts'
import {
  candidatePage,
  carryOutInput,
  changedDecision,
  decisionImport,
  decisionOffices,
  decisionOutput,
  decisionPage,
  decisionTrial,
  listCandidatesInput,
  listDecisionsInput,
  mailboxPlan,
  mailboxSettings,
  mailboxSettingsInput,
  proposedOutput,
  proposeInput,
  replaceDecisionInput,
  severalInput,
  severalOutput,
  severalWithReason,
  undoInput,
} from './decision-schema.ts'
import { findSettings, settleMailboxes } from './decision-settings.ts'
import { proposeDecision, supersedeDecision } from './decisions.ts'
import { findDecision, listCandidates, listDecisionOffices, listDecisions } from './find-decisions.ts'
import { importDecisions } from './import-decisions.ts'
import { findPlan, planCsv } from './plan.ts'

const tags = ['Mailbox decisions']
const security = [{ key: [] }]
const params = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const body = <Schema extends z.ZodType>(schema: Schema) => ({ ...json(schema), required: true })
const csv = { content: { 'text/csv': { schema: z.string() } } }
const root = '/mailbox-decisions'

/** Adds decisions, the plan and its settings to the API. */
export function registerDecisionsApi(api: Api) {
  registerReads(api)
  registerProposals(api)
  registerSteps(api)
  registerPlan(api)
}

function registerReads(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: root, summary: 'Decisions of a view, and how many each view has', tags, security },
    request: { query: listDecisionsInput },
    responses: { 200: answer(decisionPage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listDecisions(c.get('context'), c.req.valid('query')), 200))
  const candidates = createRoute({
    ...{ method: 'get', path: `${root}/candidates`, tags, security },
    summary: 'Mailboxes without a decision, each with a suggestion',
    request: { query: listCandidatesInput },
    responses: { 200: answer(candidatePage, 'One page'), ...problemResponses },
  })
  api.openapi(candidates, async (c) => c.json(await listCandidates(c.get('context'), c.req.valid('query')), 200))
  const offices = createRoute({
    ...{ method: 'get', path: `${root}/offices`, summary: 'Offices with mailboxes', tags, security },
    responses: { 200: answer(decisionOffices, 'The offices'), ...problemResponses },
  })
  api.openapi(offices, async (c) => c.json(await listDecisionOffices(c.get('context')), 200))
}

function registerProposals(api: Api) {
  const proposing = createRoute({
    ...{ method: 'post', path: root, summary: 'Propose for one mailbox or several, all or none', tags, security },
    request: { headers, body: body(proposeInput) },
    responses: { 201: answer(proposedOutput, 'Proposed'), ...problemResponses },
  })
  api.openapi(proposing, async (c) => c.json(await proposeDecision(c.get('context'), c.req.valid('json')), 201))
  const importing = createRoute({
    ...{ method: 'post', path: `${root}/imports`, tags, security },
    summary: 'Load proposals from CSV, the whole file or nothing; or try it',
    request: { query: decisionTrial, body: { ...csv, required: true } },
    responses: { 200: answer(decisionImport, 'Loaded, or tried'), ...problemResponses },
  })
  api.openapi(importing, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const isTrial = c.req.valid('query').trial === 'yes'
    return c.json(await importDecisions(c.get('context'), bytes, { isTrial }), 200)
  })
  const replacing = createRoute({
    ...{
      method: 'post',
      path: `${root}/{id}/successor`,
      summary: 'Replace a decision by a new proposal',
      tags,
      security,
    },
    request: { params, headers, body: body(replaceDecisionInput) },
    responses: { 201: answer(proposedOutput, 'Proposed'), ...problemResponses },
  })
  api.openapi(replacing, async (c) =>
    c.json(await supersedeDecision(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 201),
  )
}

function registerSteps(api: Api) {
  for (const [path, summary, work] of [
    ['confirmations', 'The office agrees', confirmDecision],
    ['approvals', 'The head approves', approveDecision],
  ] as const) {
    const route = createRoute({
      ...{ method: 'put', path: `${root}/${path}`, summary, tags, security },
      request: { body: body(severalInput) },
      responses: { 200: answer(severalOutput, 'Done, all of them'), ...problemResponses },
    })
    api.openapi(route, async (c) => c.json(await work(c.get('context'), c.req.valid('json')), 200))
  }
  for (const [path, summary, work] of [
    ['contests', 'The office does not agree', contestDecision],
    ['refusals', 'The head does not approve', refuseDecision],
  ] as const) {
    const route = createRoute({
      ...{ method: 'put', path: `${root}/${path}`, summary, tags, security },
      request: { body: body(severalWithReason) },
      responses: { 200: answer(severalOutput, 'Done, all of them'), ...problemResponses },
    })
    api.openapi(route, async (c) => c.json(await work(c.get('context'), c.req.valid('json')), 200))
  }
  const undoing = createRoute({
    ...{ method: 'put', path: `${root}/{id}/undoing`, summary: 'Take a decision back', tags, security },
    request: { params, body: body(undoInput) },
    responses: { 200: answer(changedDecision, 'Undone'), ...problemResponses },
  })
  api.openapi(undoing, async (c) =>
    c.json(await undoDecision(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const carrying = createRoute({
    ...{ method: 'put', path: `${root}/{id}/carrying-out`, summary: 'Note that it is done', tags, security },
    request: { params, body: body(carryOutInput) },
    responses: { 200: answer(changedDecision, 'Noted'), ...problemResponses },
  })
  api.openapi(carrying, async (c) =>
    c.json(await carryOutDecision(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerPlan(api: Api) {
  const planning = createRoute({
    ...{ method: 'get', path: `${root}/plan`, summary: 'Before and after, by office', tags, security },
    responses: { 200: answer(mailboxPlan, 'The plan'), ...problemResponses },
  })
  api.openapi(planning, async (c) => c.json(await findPlan(c.get('context')), 200))
  const exporting = createRoute({
    ...{ method: 'get', path: `${root}/plan.csv`, summary: 'The plan as CSV', tags, security },
    responses: { 200: { ...csv, description: 'CSV, semicolons' }, ...problemResponses },
  })
  api.openapi(exporting, async (c) => c.body(await planCsv(c.get('context')), 200, planHeaders))
  const settings = createRoute({
    ...{ method: 'get', path: `${root}/settings`, summary: 'What was settled for mailboxes', tags, security },
    responses: { 200: answer(mailboxSettings, 'The settings'), ...problemResponses },
  })
  api.openapi(settings, async (c) => c.json(await findSettings(c.get('context')), 200))
  const settling = createRoute({
    ...{ method: 'put', path: `${root}/settings`, summary: 'Settle the days of silence and the price', tags, security },
    request: { body: body(mailboxSettingsInput) },
    responses: { 200: answer(mailboxSettings, 'Settled'), ...problemResponses },
  })
  api.openapi(settling, async (c) => c.json(await settleMailboxes(c.get('context'), c.req.valid('json')), 200))
  // Last: the paths above would be taken for an id.
  const finding = createRoute({
    ...{ method: 'get', path: `${root}/{id}`, summary: 'A decision with its history', tags, security },
    request: { params },
    responses: { 200: answer(decisionOutput, 'The decision'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findDecision(c.get('context'), c.req.valid('param').id), 200))
}

const planHeaders = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="piano-caselle.csv"',
}
