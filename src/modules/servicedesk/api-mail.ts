/** The API of mail that comes in: what waits for a person, and the mailboxes. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { addMailChannel, changeMailChannel, listMailChannels } from './mail-channels.ts'
import { discardMail, findMail, listMail, retryMail } from './mail-quarantine.ts'
import {
  changeMailChannelInput,
  discardMailInput,
  listMailInput,
  mailChannel,
  mailChannelInput,
  mailDetail,
  mailPage,
  mailResult,
  retryMailInput,
} from './mail-schema.ts'

const tags = ['Mail']
const security = [{ key: [] }]
const idempotencyHeader = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const idParam = z.object({ id: z.uuid() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** Adds mail to the API. */
export function registerMailApi(api: Api) {
  registerMessages(api)
  registerChannels(api)
}

function registerMessages(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/mail-messages',
    summary: 'Messages in a state, those that wait for a person unless asked otherwise',
    tags,
    security,
    request: { query: listMailInput },
    responses: { 200: answer(mailPage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listMail(c.get('context'), c.req.valid('query')), 200))
  const finding = createRoute({
    method: 'get',
    path: '/mail-messages/{id}',
    summary: 'One message: its words and what happened to it',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(mailDetail, 'The message'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findMail(c.get('context'), c.req.valid('param').id), 200))
  const retrying = createRoute({
    method: 'put',
    path: '/mail-messages/{id}/retrial',
    summary: 'Take a message up again, for the person of its address or another',
    tags,
    security,
    request: { params: idParam, body: { ...json(retryMailInput), required: true } },
    responses: { 200: answer(mailResult, 'What became of it'), ...problemResponses },
  })
  api.openapi(retrying, async (c) =>
    c.json(await retryMail(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const discarding = createRoute({
    method: 'put',
    path: '/mail-messages/{id}/discarding',
    summary: 'Set a message aside for good',
    tags,
    security,
    request: { params: idParam, body: { ...json(discardMailInput), required: true } },
    responses: { 204: { description: 'Set aside' }, ...problemResponses },
  })
  api.openapi(discarding, async (c) => {
    await discardMail(c.get('context'), c.req.valid('param').id, c.req.valid('json'))
    return c.body(null, 204)
  })
}

function registerChannels(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/mail-channels',
    summary: 'The mailboxes that are read; never their passwords',
    tags,
    security,
    responses: { 200: answer(z.array(mailChannel), 'All of them'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listMailChannels(c.get('context')), 200))
  const adding = createRoute({
    method: 'post',
    path: '/mail-channels',
    summary: 'Add a mailbox',
    tags,
    security,
    request: { headers: idempotencyHeader, body: { ...json(mailChannelInput), required: true } },
    responses: { 201: answer(z.object({ id: z.uuid() }), 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addMailChannel(c.get('context'), c.req.valid('json')), 201))
  const changing = createRoute({
    method: 'put',
    path: '/mail-channels/{id}',
    summary: 'Change a mailbox',
    tags,
    security,
    request: { params: idParam, body: { ...json(changeMailChannelInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid(), version: z.int() }), 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeMailChannel(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}
