/** What the service desk's API routes share. */
import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../../platform/http/api.ts'
import { changedCase } from '../schema.ts'

export const tags = ['Service desk']
export const security = [{ key: [] }]
export const idempotencyHeader = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
export const idParam = z.object({ id: z.uuid() })

export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
export const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
})

/** A change of one case: `PUT /cases/{id}/<resource>` with a body, answered by the case's new state. */
export function changeRoute<Body extends z.ZodType>(
  resource: string,
  summary: string,
  body: Body,
  method: 'put' | 'post' = 'put',
) {
  return createRoute({
    method,
    path: `/cases/{id}/${resource}`,
    summary,
    tags,
    security,
    request: { params: idParam, headers: idempotencyHeader, body: { ...json(body), required: true } },
    responses: { 200: answer(changedCase, 'The case now'), ...problemResponses },
  })
}
