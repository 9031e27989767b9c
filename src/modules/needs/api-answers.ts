/** The API of what offices say of what was delivered for them. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { answerDeliveryInput, answeredOutput, officeDelivery } from './answer-schema.ts'
import { answerDelivery, listLineAnswers, listOfficeAnswers, listOwnDeliveries } from './office-answers.ts'

const tags = ['Orders and deliveries']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** Adds the answers of offices to the API. */
export function registerAnswersApi(api: Api) {
  const own = createRoute({
    ...{ method: 'get', path: '/office-deliveries', summary: 'What came for one’s own offices', tags, security },
    responses: { 200: answer(z.array(officeDelivery), 'Those that wait for an answer first'), ...problemResponses },
  })
  api.openapi(own, async (c) => c.json(await listOwnDeliveries(c.get('context')), 200))
  const said = createRoute({
    ...{ method: 'get', path: '/deliveries/{id}/office-answers', summary: 'What each office says', tags, security },
    request: { params: idParam },
    responses: { 200: answer(z.array(officeDelivery), 'By office'), ...problemResponses },
  })
  api.openapi(said, async (c) => c.json(await listOfficeAnswers(c.get('context'), c.req.valid('param').id), 200))
  const saying = createRoute({
    ...{ method: 'put', path: '/deliveries/{id}/office-answers', summary: 'Say whether all arrived', tags, security },
    request: { params: idParam, body: { ...json(answerDeliveryInput), required: true } },
    responses: { 200: answer(answeredOutput, 'Recorded'), ...problemResponses },
  })
  api.openapi(saying, async (c) =>
    c.json(await answerDelivery(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const ofLine = createRoute({
    ...{ method: 'get', path: '/needs-lines/{id}/office-answers', summary: 'What offices say of a line' },
    ...{ tags, security },
    request: { params: idParam },
    responses: { 200: answer(z.array(officeDelivery), 'By delivery and office'), ...problemResponses },
  })
  api.openapi(ofLine, async (c) => c.json(await listLineAnswers(c.get('context'), c.req.valid('param').id), 200))
}
