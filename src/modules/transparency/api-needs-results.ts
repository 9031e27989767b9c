/** The API of published years of the needs plan, for who publishes. */
import { createRoute } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { publishNeeds } from './needs-results.ts'
import { publishedNeeds, publishNeedsInput } from './needs-results-schema.ts'

/** Adds its route to the API. */
export function registerNeedsResultsApi(api: Api) {
  const publishing = createRoute({
    method: 'post',
    path: '/published-needs',
    summary: 'Publish how the plan of a year stands: its file, with its digest under the seal',
    tags: ['Results'],
    security: [{ key: [] }],
    request: { body: { content: { 'application/json': { schema: publishNeedsInput } }, required: true } },
    responses: {
      201: { description: 'As published', content: { 'application/json': { schema: publishedNeeds } } },
      ...problemResponses,
    },
  })
  api.openapi(publishing, async (c) => c.json(await publishNeeds(c.get('context'), c.req.valid('json')), 201))
}
