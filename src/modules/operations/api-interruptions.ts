/** The API of planned interruptions: verbs are resources of one. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { answer, idParam, json, keyHeader, security, tags } from './internal/routes.ts'
import {
  acceptInterruption,
  listInterruptions,
  proposeInterruption,
  refuseInterruption,
  tellUsers,
} from './interruptions.ts'
import {
  acceptInterruptionInput,
  changedInterruption,
  interruptionRow,
  periodInput,
  proposeInterruptionInput,
  refuseInterruptionInput,
  tellUsersInput,
} from './schema.ts'

function change<Body extends z.ZodType>(resource: string, summary: string, body: Body) {
  return createRoute({
    method: 'put',
    path: `/interruptions/{id}/${resource}`,
    summary,
    tags,
    security,
    request: { params: idParam, body: { ...json(body), required: true } },
    responses: { 200: answer(changedInterruption, 'As it is now'), ...problemResponses },
  })
}

/** Adds interruptions to the API. */
export function registerInterruptionsApi(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/interruptions',
    summary: 'Planned interruptions of a period',
    tags,
    security,
    request: { query: periodInput },
    responses: { 200: answer(z.array(interruptionRow), 'In order'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listInterruptions(c.get('context'), c.req.valid('query')), 200))
  const proposing = createRoute({
    method: 'post',
    path: '/interruptions',
    summary: 'Propose an interruption',
    tags,
    security,
    request: { headers: keyHeader, body: { ...json(proposeInterruptionInput), required: true } },
    responses: { 201: answer(changedInterruption, 'Proposed'), ...problemResponses },
  })
  api.openapi(proposing, async (c) => c.json(await proposeInterruption(c.get('context'), c.req.valid('json')), 201))
  api.openapi(change('acceptance', 'Accept it, for the city', acceptInterruptionInput), async (c) =>
    c.json(await acceptInterruption(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(change('refusal', 'Do not accept it, for the city', refuseInterruptionInput), async (c) =>
    c.json(await refuseInterruption(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(change('notice', 'Say that users were told, now', tellUsersInput), async (c) =>
    c.json(await tellUsers(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}
