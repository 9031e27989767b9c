/** The API of keeping and erasing. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { erasePerson, exportPerson } from './erase-person.ts'
import { adoptRetention, retentionStanding } from './retention.ts'
import { adoptRetentionInput, erasedPerson, erasePersonInput, retentionStandingOutput } from './retention-schema.ts'

const tags = ['Retention']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** Adds these routes to the API. */
export function registerRetentionApi(api: Api) {
  const reading = createRoute({
    method: 'get',
    path: '/retention',
    summary: 'How long what is kept, from which source, and how much is due',
    tags,
    security,
    responses: { 200: answer(retentionStandingOutput, 'The rules and the latest erasings'), ...problemResponses },
  })
  api.openapi(reading, async (c) =>
    c.json(retentionStandingOutput.parse(await retentionStanding(c.get('context'))), 200),
  )
  const deciding = createRoute({
    method: 'put',
    path: '/retention',
    summary: 'Decide on the periods; from the next night they are carried out',
    tags,
    security,
    request: { body: { ...json(adoptRetentionInput), required: true } },
    responses: { 204: { description: 'Recorded' }, ...problemResponses },
  })
  api.openapi(deciding, async (c) => {
    await adoptRetention(c.get('context'), c.req.valid('json'))
    return c.body(null, 204)
  })
  const erasing = createRoute({
    method: 'put',
    path: '/people/{id}/erasure',
    summary: 'Erase a person’s data for ever and keep the cases',
    tags,
    security,
    request: { params: idParam, body: { ...json(erasePersonInput), required: true } },
    responses: { 200: answer(erasedPerson, 'How many of each'), ...problemResponses },
  })
  api.openapi(erasing, async (c) =>
    c.json(await erasePerson(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const exporting = createRoute({
    method: 'post',
    path: '/people/{id}/copies',
    summary: 'Everything that is known of a person, for the person (art. 15 GDPR); it is recorded',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(z.record(z.string(), z.unknown()), 'The data, by place'), ...problemResponses },
  })
  api.openapi(exporting, async (c) => c.json(await exportPerson(c.get('context'), c.req.valid('param').id), 200))
}
