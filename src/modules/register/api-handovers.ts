/** The API of handovers, of what is in somebody's hands, and of what is done to many items. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { labelsInput, movedItems, moveItemsInput } from './bulk-schema.ts'
import { pdfResponse } from './download.ts'
import { handoverPdf } from './handover-record.ts'
import {
  answeredHandover,
  answerHandoverInput,
  handover,
  handoverPage,
  listHandoversInput,
  ownItems,
} from './handover-schema.ts'
import { answerHandover, findHandover, findOwnItems, listHandovers } from './handovers.ts'
import { answer, idParam, json, keyHeader, security, tags } from './internal/routes.ts'
import { labelsPdf } from './labels.ts'
import { moveItems } from './move-items.ts'

/** Adds handovers to the API. */
export function registerHandoversApi(api: Api) {
  registerReading(api)
  registerRecord(api)
  registerAnswers(api)
  registerBulk(api)
}

function registerReading(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/handovers',
    summary: 'What passed from hand to hand, newest first; what nobody confirmed yet unless asked otherwise',
    tags,
    security,
    request: { query: listHandoversInput },
    responses: { 200: answer(handoverPage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listHandovers(c.get('context'), c.req.valid('query')), 200))
  const finding = createRoute({
    method: 'get',
    path: '/handovers/{id}',
    summary: 'One handover with its items',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(handover, 'The handover'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findHandover(c.get('context'), c.req.valid('param').id), 200))
}

function registerRecord(api: Api) {
  const record = createRoute({
    method: 'get',
    path: '/handovers/{id}/record',
    summary: 'The handover record as PDF/UA',
    tags,
    security,
    request: { params: idParam },
    responses: {
      200: { description: 'A PDF', content: { 'application/pdf': { schema: z.string() } } },
      ...problemResponses,
    },
  })
  api.openapi(record, async (c) => {
    const { id } = c.req.valid('param')
    return pdfResponse(await handoverPdf(c.get('context'), id), `verbale-${id}`)
  })
}

function registerAnswers(api: Api) {
  const own = createRoute({
    method: 'get',
    path: '/own-items',
    summary: 'What is in the hands of whoever asks, and what they have still to answer for',
    tags,
    security,
    responses: { 200: answer(ownItems, 'Items by code'), ...problemResponses },
  })
  api.openapi(own, async (c) => c.json(await findOwnItems(c.get('context')), 200))
  const answering = createRoute({
    method: 'put',
    path: '/handovers/{id}/answer',
    summary: 'Confirm what was received, or say what is wrong',
    tags,
    security,
    request: { params: idParam, body: { ...json(answerHandoverInput), required: true } },
    responses: { 200: answer(answeredHandover, 'Answered'), ...problemResponses },
  })
  api.openapi(answering, async (c) =>
    c.json(await answerHandover(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerBulk(api: Api) {
  const moving = createRoute({
    method: 'post',
    path: '/item-movements',
    summary: 'One movement for many items, all or none',
    tags,
    security,
    request: { headers: keyHeader, body: { ...json(moveItemsInput), required: true } },
    responses: { 200: answer(movedItems, 'Moved'), ...problemResponses },
  })
  api.openapi(moving, async (c) => c.json(await moveItems(c.get('context'), c.req.valid('json')), 200))
  const labels = createRoute({
    method: 'get',
    path: '/item-labels',
    summary: 'Sheets of labels with QR codes as PDF, of these items or of a filter',
    tags,
    security,
    request: { query: labelsInput },
    responses: {
      200: { description: 'A PDF', content: { 'application/pdf': { schema: z.string() } } },
      ...problemResponses,
    },
  })
  api.openapi(labels, async (c) => pdfResponse(await labelsPdf(c.get('context'), c.req.query()), 'etichette'))
}
