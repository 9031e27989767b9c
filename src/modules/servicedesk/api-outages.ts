/** The API of known outages. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { findOutage, knownOutages, listOutages } from './find-outages.ts'
import { caseKinds } from './internal/lifecycle.ts'
import { joinCases, sayMeToo, separateCase } from './outage-cases.ts'
import {
  changedOutage,
  changeOutageInput,
  closeOutageInput,
  joinCasesInput,
  knownOutage,
  listOutagesInput,
  meTooOutcome,
  openOutageInput,
  outageDetail,
  outagePage,
  updateOutageInput,
} from './outage-schema.ts'
import { changeOutage, closeOutage, openOutage, settleAgain, updateOutage } from './outages.ts'
import { bulkOutcome } from './view-schema.ts'

const tags = ['Outages']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const done = z.object({ done: z.literal(true) })

function change<Body extends z.ZodType, Answer extends z.ZodType>(
  method: 'put' | 'post',
  path: string,
  summary: string,
  body: Body,
  changed: Answer,
) {
  return createRoute({
    method,
    path,
    summary,
    tags,
    security,
    request: { params: idParam, headers, body: { ...json(body), required: true } },
    responses: { 200: answer(changed, 'As it is now'), ...problemResponses },
  })
}

/** Adds outages to the API. */
export function registerOutagesApi(api: Api) {
  registerReading(api)
  registerChanges(api)
  registerCases(api)
}

function registerReading(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/outages',
    summary: 'List outages, open ones unless asked otherwise',
    tags,
    security,
    request: { query: listOutagesInput },
    responses: { 200: answer(outagePage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listOutages(c.get('context'), c.req.valid('query')), 200))
  const knowing = createRoute({
    method: 'get',
    path: '/outages/known',
    summary: 'What concerns me and is known already',
    tags,
    security,
    request: { query: z.object({ kind: z.enum(caseKinds).optional(), words: z.string().max(200).default('') }) },
    responses: { 200: answer(z.array(knownOutage), 'At most five'), ...problemResponses },
  })
  api.openapi(knowing, async (c) => {
    const { kind, words } = c.req.valid('query')
    return c.json(await knownOutages(c.get('context'), { words, ...(kind && { kind }) }), 200)
  })
  const finding = createRoute({
    method: 'get',
    path: '/outages/{id}',
    summary: 'One outage with its cases',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(outageDetail, 'The outage'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findOutage(c.get('context'), c.req.valid('param').id), 200))
}

function registerChanges(api: Api) {
  const opening = createRoute({
    method: 'post',
    path: '/outages',
    summary: 'Open an outage',
    tags,
    security,
    request: { headers, body: { ...json(openOutageInput), required: true } },
    responses: { 201: answer(changedOutage, 'Opened'), ...problemResponses },
  })
  api.openapi(opening, async (c) => c.json(await openOutage(c.get('context'), c.req.valid('json')), 201))
  const changing = change('put', '/outages/{id}', 'Correct an open outage', changeOutageInput, changedOutage)
  api.openapi(changing, async (c) =>
    c.json(await changeOutage(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const updating = change('post', '/outages/{id}/updates', 'Tell users how it goes', updateOutageInput, changedOutage)
  api.openapi(updating, async (c) =>
    c.json(await updateOutage(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const closing = change(
    'put',
    '/outages/{id}/end',
    'Close it; its cases are resolved',
    closeOutageInput,
    changedOutage,
  )
  api.openapi(closing, async (c) =>
    c.json(await closeOutage(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const again = change('post', '/outages/{id}/settlement', 'Try the cases left again', z.object({}), done)
  api.openapi(again, async (c) => {
    await settleAgain(c.get('context'), c.req.valid('param').id)
    return c.json({ done: true as const }, 200)
  })
}

function registerCases(api: Api) {
  const joining = change('post', '/outages/{id}/cases', 'Join cases to it', joinCasesInput, bulkOutcome)
  api.openapi(joining, async (c) =>
    c.json(await joinCases(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const separating = createRoute({
    method: 'delete',
    path: '/outages/{id}/cases/{caseId}',
    summary: 'Take a case out of it',
    tags,
    security,
    request: { params: z.object({ id: z.uuid(), caseId: z.uuid() }) },
    responses: { 200: answer(done, 'Taken out'), ...problemResponses },
  })
  api.openapi(separating, async (c) => {
    const { id, caseId } = c.req.valid('param')
    await separateCase(c.get('context'), id, caseId)
    return c.json({ done: true as const }, 200)
  })
  const meToo = change('post', '/outages/{id}/me-too', 'Say that it happens to you too', z.object({}), meTooOutcome)
  api.openapi(meToo, async (c) => c.json(await sayMeToo(c.get('context'), c.req.valid('param').id), 200))
}
