/** The API of what makes the queue quick: acts on several cases, links, saved views. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { linkCases, listLinkedCases, unlinkCases } from './case-links.ts'
import { linkCasesInput, linkedCase } from './link-schema.ts'
import { deleteView, listViews, renameView, saveView } from './saved-views.ts'
import { assignCases } from './several-cases.ts'
import { assignCasesInput, bulkOutcome, renameViewInput, savedView, saveViewInput } from './view-schema.ts'

const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const done = z.object({ done: z.literal(true) })
const desk = { tags: ['Service desk'], security }

/** Adds them to the API. */
export function registerQueueApi(api: Api) {
  const assigning = createRoute({
    ...desk,
    method: 'put',
    path: '/cases/assignments',
    summary: 'Entrust several cases to a team, each on its own',
    request: { headers, body: { ...json(assignCasesInput), required: true } },
    responses: { 200: answer(bulkOutcome, 'What became of each'), ...problemResponses },
  })
  api.openapi(assigning, async (c) => c.json(await assignCases(c.get('context'), c.req.valid('json')), 200))
  registerLinks(api)
  registerViews(api)
}

function registerLinks(api: Api) {
  const path = '/cases/{id}/links'
  const linked = { 200: answer(z.array(linkedCase), 'The cases linked now'), ...problemResponses }
  const listing = createRoute({
    ...desk,
    method: 'get',
    path,
    summary: 'Cases linked to it',
    request: { params: idParam },
    responses: linked,
  })
  api.openapi(listing, async (c) => c.json(await listLinkedCases(c.get('context'), c.req.valid('param').id), 200))
  const linking = createRoute({
    ...desk,
    method: 'post',
    path,
    summary: 'Link another case to it',
    request: { params: idParam, headers, body: { ...json(linkCasesInput), required: true } },
    responses: linked,
  })
  api.openapi(linking, async (c) =>
    c.json(await linkCases(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const unlinking = createRoute({
    ...desk,
    method: 'delete',
    path: `${path}/{otherId}`,
    summary: 'Take a link back',
    request: { params: z.object({ id: z.uuid(), otherId: z.uuid() }) },
    responses: linked,
  })
  api.openapi(unlinking, async (c) => {
    const { id, otherId } = c.req.valid('param')
    return c.json(await unlinkCases(c.get('context'), id, otherId), 200)
  })
}

function registerViews(api: Api) {
  const listing = createRoute({
    ...desk,
    method: 'get',
    path: '/views',
    summary: 'Your saved views and your teams’',
    responses: { 200: answer(z.array(savedView), 'By name'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listViews(c.get('context')), 200))
  const saving = createRoute({
    ...desk,
    method: 'post',
    path: '/views',
    summary: 'Save a view of the queue',
    request: { headers, body: { ...json(saveViewInput), required: true } },
    responses: { 201: answer(z.object({ id: z.uuid() }), 'Saved'), ...problemResponses },
  })
  api.openapi(saving, async (c) => c.json(await saveView(c.get('context'), c.req.valid('json')), 201))
  const renaming = createRoute({
    ...desk,
    method: 'put',
    path: '/views/{id}',
    summary: 'Rename your view',
    request: { params: idParam, headers, body: { ...json(renameViewInput), required: true } },
    responses: { 200: answer(done, 'Renamed'), ...problemResponses },
  })
  api.openapi(renaming, async (c) => {
    await renameView(c.get('context'), c.req.valid('param').id, c.req.valid('json'))
    return c.json({ done: true as const }, 200)
  })
  const deleting = createRoute({
    ...desk,
    method: 'delete',
    path: '/views/{id}',
    summary: 'Delete your view',
    request: { params: idParam },
    responses: { 200: answer(done, 'Deleted'), ...problemResponses },
  })
  api.openapi(deleting, async (c) => {
    await deleteView(c.get('context'), c.req.valid('param').id)
    return c.json({ done: true as const }, 200)
  })
}
