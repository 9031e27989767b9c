/** The service desk's API: verbs are resources of a case. */
import { createRoute, z } from '@hono/zod-openapi'
import { largestFile, tooLarge } from '../../platform/files.ts'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { allow } from '../../platform/permissions.ts'
import { fileSize } from '../../platform/texts.ts'
import { cancelCase, confirmCase, reopenCase } from './answer-case.ts'
import { registerArticlesApi } from './api-articles.ts'
import { registerItemsApi } from './api-items.ts'
import { registerMailApi } from './api-mail.ts'
import { registerOutagesApi } from './api-outages.ts'
import { registerOutgoingMailApi } from './api-outgoing-mail.ts'
import { registerQueueApi } from './api-queue.ts'
import { registerRetentionApi } from './api-retention.ts'
import { registerSupplierApi } from './api-supplier.ts'
import { registerWorkApi } from './api-work.ts'
import { exportCases, listCases } from './cases.ts'
import { eraseCaseText, findAttachment, replyToCase } from './converse.ts'
import { csvHeaders, csvStream, downloadResponse } from './download.ts'
import { findCase } from './find-case.ts'
import { answer, changeRoute, idempotencyHeader, idParam, json, security, tags } from './internal/routes.ts'
import { openCase } from './open-case.ts'
import {
  askUserInput,
  assignCaseInput,
  caseDetail,
  casePage,
  changedCase,
  eraseInput,
  listCasesInput,
  openCaseInput,
  openedCase,
  reopenCaseInput,
  replyInput,
  resolveCaseInput,
  takeCaseInput,
  versionInput,
} from './schema.ts'
import { askUser, assignCase, resolveCase, takeCase } from './work-case.ts'

/** Adds the service desk to the API. */
export function registerServicedeskApi(api: Api) {
  registerArticlesApi(api)
  registerOutagesApi(api)
  registerQueueApi(api)
  registerReading(api)
  registerFiles(api)
  registerMailApi(api)
  registerWorkApi(api)
  registerSupplierApi(api)
  registerRetentionApi(api)
  registerOutgoingMailApi(api)
  registerItemsApi(api)
  const opening = createRoute({
    method: 'post',
    path: '/cases',
    summary: 'Open a case',
    tags,
    security,
    request: { headers: idempotencyHeader, body: { ...json(openCaseInput), required: true } },
    responses: { 201: answer(openedCase, 'Opened'), ...problemResponses },
  })
  api.openapi(opening, async (c) => c.json(await openCase(c.get('context'), c.req.valid('json')), 201))
  api.openapi(changeRoute('taking-in-charge', 'Take a case in charge', takeCaseInput), async (c) =>
    c.json(await takeCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('assignment', 'Entrust a case to a team', assignCaseInput), async (c) =>
    c.json(await assignCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('question', 'Ask the user; the case waits', askUserInput), async (c) =>
    c.json(await askUser(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('resolution', 'Mark a case as resolved', resolveCaseInput), async (c) =>
    c.json(await resolveCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('confirmation', 'Confirm that it is resolved (the asker)', versionInput), async (c) =>
    c.json(await confirmCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('reopening', 'Say that it is not resolved (the asker)', reopenCaseInput), async (c) =>
    c.json(await reopenCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('withdrawal', 'Withdraw a case (the asker)', versionInput), async (c) =>
    c.json(await cancelCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('entries', 'Write to a case', replyInput, 'post'), async (c) =>
    c.json(await replyToCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const erasing = createRoute({
    method: 'put',
    path: '/cases/{id}/erasure',
    summary: 'Remove for ever what people wrote in a case',
    tags,
    security,
    request: { params: idParam, body: { ...json(eraseInput), required: true } },
    responses: { 200: answer(z.object({ texts: z.int() }), 'How many texts were removed'), ...problemResponses },
  })
  api.openapi(erasing, async (c) =>
    c.json({ texts: await eraseCaseText(c.get('context'), c.req.valid('param').id, c.req.valid('json')) }, 200),
  )
}

function registerReading(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/cases',
    summary: 'List cases, open ones first of all',
    tags,
    security,
    request: { query: listCasesInput },
    responses: { 200: answer(casePage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listCases(c.get('context'), c.req.valid('query')), 200))
  const exporting = createRoute({
    method: 'get',
    path: '/cases.csv',
    summary: 'The list as CSV',
    tags,
    security,
    request: { query: listCasesInput.omit({ cursor: true, limit: true }) },
    responses: {
      200: {
        description: 'CSV, semicolons, UTF-8 with byte order mark',
        content: { 'text/csv': { schema: z.string() } },
      },
      ...problemResponses,
    },
  })
  api.openapi(exporting, async (c) => {
    const lines = exportCases(c.get('context'), c.req.valid('query'))
    const first = await lines.next()
    return new Response(csvStream(first.value ?? '', lines), { headers: csvHeaders })
  })
  const finding = createRoute({
    method: 'get',
    path: '/cases/{id}',
    summary: 'One case with its story',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(caseDetail, 'The case'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findCase(c.get('context'), c.req.valid('param').id), 200))
}

function registerFiles(api: Api) {
  const writing = createRoute({
    method: 'post',
    path: '/cases/{id}/attachments',
    summary: `Attach a file, at most ${fileSize(largestFile, 'en')}, with a message`,
    tags,
    security,
    request: {
      params: idParam,
      headers: idempotencyHeader,
      body: {
        content: {
          'multipart/form-data': {
            schema: z.object({
              file: z.any().openapi({ type: 'string', format: 'binary' }),
              body: z.string().default(''),
            }),
          },
        },
        required: true,
      },
    },
    responses: { 200: answer(changedCase, 'The case now'), ...problemResponses },
  })
  api.openapi(writing, async (c) => {
    const { file, body } = c.req.valid('form')
    if (!(file instanceof File)) throw unsupportedType('multipart/form-data')
    if (file.size > largestFile) throw tooLarge()
    const context = c.get('context')
    allow(context.actor, 'case.reply')
    const kept = await context.services.files.keep(await file.bytes())
    return c.json(
      await replyToCase(context, c.req.valid('param').id, { body: body || file.name }, [{ ...kept, name: file.name }]),
      200,
    )
  })
  const reading = createRoute({
    method: 'get',
    path: '/cases/{id}/attachments/{attachmentId}',
    summary: 'One attachment',
    tags,
    security,
    request: { params: z.object({ id: z.uuid(), attachmentId: z.uuid() }) },
    responses: {
      200: {
        description: 'Its bytes',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      ...problemResponses,
    },
  })
  api.openapi(reading, async (c) => {
    const { id, attachmentId } = c.req.valid('param')
    return downloadResponse(c.get('context'), await findAttachment(c.get('context'), id, attachmentId))
  })
}
