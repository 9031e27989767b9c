/** The API of published results. What is public needs no key and is under /trasparenza; this is for who publishes. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { listUnpublished, publishResults } from './results.ts'
import { publishedResults, publishResultsInput } from './results-schema.ts'

const tags = ['Results']
const security = [{ key: [] }]
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** Adds these routes to the API. */
export function registerResultsApi(api: Api) {
  const publishing = createRoute({
    method: 'post',
    path: '/published-results',
    summary: 'Publish an approved quarter: its files, with their digests under the seal',
    tags,
    security,
    request: { body: { ...json(publishResultsInput), required: true } },
    responses: { 201: answer(publishedResults, 'As published'), ...problemResponses },
  })
  api.openapi(publishing, async (c) => c.json(await publishResults(c.get('context'), c.req.valid('json')), 201))
  const waiting = createRoute({
    method: 'get',
    path: '/published-results/waiting',
    summary: 'Approved quarters that are not published yet',
    tags,
    security,
    responses: { 200: answer(z.object({ periods: z.array(z.string()) }), 'The newest first'), ...problemResponses },
  })
  api.openapi(waiting, async (c) => c.json({ periods: await listUnpublished(c.get('context')) }, 200))
}
