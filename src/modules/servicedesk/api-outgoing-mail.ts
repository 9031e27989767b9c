/** The API of outgoing mail. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import {
  addressInput,
  changedMail,
  listOutgoingInput,
  mailTrial,
  outgoingPage,
  suppressedList,
} from './notice-schema.ts'
import {
  listOutgoingMail,
  listSuppressedAddresses,
  releaseMail,
  restoreAddress,
  sendTrial,
  suppressAddress,
} from './outgoing-mail.ts'

const tags = ['Outgoing mail']
const security = [{ key: [] }]
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const addressAnswer = answer(z.object({ email: z.string() }), 'Done')

/** Adds outgoing mail to the API. */
export function registerOutgoingMailApi(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/outgoing-mail',
    summary: 'Mails that wait, did not go, or went',
    tags,
    security,
    request: { query: listOutgoingInput },
    responses: { 200: answer(outgoingPage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listOutgoingMail(c.get('context'), c.req.valid('query')), 200))
  const releasing = createRoute({
    method: 'put',
    path: '/outgoing-mail/{id}/release',
    summary: 'Let a mail go now',
    tags,
    security,
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: answer(changedMail, 'It goes with the next round'), ...problemResponses },
  })
  api.openapi(releasing, async (c) => c.json(await releaseMail(c.get('context'), c.req.valid('param').id), 200))
  const trying = createRoute({
    method: 'post',
    path: '/outgoing-mail/trial',
    summary: 'Send a trial to the person of the key',
    tags,
    security,
    responses: { 200: answer(mailTrial, 'What came of it'), ...problemResponses },
  })
  api.openapi(trying, async (c) => c.json(await sendTrial(c.get('context')), 200))
  registerAddresses(api)
}

function registerAddresses(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/suppressed-addresses',
    summary: 'Addresses that are not written to',
    tags,
    security,
    responses: { 200: answer(suppressedList, 'The list'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listSuppressedAddresses(c.get('context')), 200))
  const adding = createRoute({
    method: 'put',
    path: '/suppressed-addresses',
    summary: 'Write to an address no more',
    tags,
    security,
    request: { body: { ...json(addressInput), required: true } },
    responses: { 200: addressAnswer, ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await suppressAddress(c.get('context'), c.req.valid('json')), 200))
  const removing = createRoute({
    method: 'delete',
    path: '/suppressed-addresses',
    summary: 'Write to an address again',
    tags,
    security,
    request: { query: addressInput },
    responses: { 200: addressAnswer, ...problemResponses },
  })
  api.openapi(removing, async (c) => c.json(await restoreAddress(c.get('context'), c.req.valid('query')), 200))
}
