/** The API of what goes with a wave: logs of third parties, the copy log, cases, mails to users. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { answer, body, file, security, tags, waveParam } from './internal/wave-routes.ts'
import { copyLogCsv } from './proofs.ts'
import { importCopyLog } from './third-party.ts'
import { listWaveCalendar, waveCalendarFile } from './wave-calendar.ts'
import { waveCalendar, waveCalendarQuery } from './wave-calendar-schema.ts'
import { addWaveCase, listWaveCases, removeWaveCase } from './wave-cases.ts'
import { previewMessage, tellWave } from './wave-messages.ts'
import { addWaveCaseInput, changedWave, messagePreview, waveCase, waveMessageInput } from './wave-schema.ts'
import { messageTemplates } from './wave-vocabulary.ts'

const common = { tags, security }
const version = z.object({ version: z.coerce.number().int().min(1) })
const tiedCase = z.object({ caseId: z.uuid() })

export function registerWaveExtrasApi(api: Api) {
  registerCalendar(api)
  registerLogs(api)
  registerCases(api)
  registerMessages(api)
}

function registerCalendar(api: Api) {
  const showing = createRoute({
    ...{ method: 'get', path: '/migration-calendar', summary: 'Waves by week, with support and closures', ...common },
    request: { query: waveCalendarQuery },
    responses: { 200: answer(waveCalendar, 'A quarter of weeks'), ...problemResponses },
  })
  api.openapi(showing, async (c) => c.json(await listWaveCalendar(c.get('context'), c.req.valid('query')), 200))
  const exporting = createRoute({
    ...{ method: 'get', path: '/migration-calendar.ics', summary: 'Cut-overs and support as iCalendar', ...common },
    responses: { 200: file('text/calendar', 'RFC 5545'), ...problemResponses },
  })
  api.openapi(exporting, async (c) =>
    c.body(await waveCalendarFile(c.get('context')), 200, { 'content-type': 'text/calendar; charset=utf-8' }),
  )
}

function registerLogs(api: Api) {
  const exporting = createRoute({
    ...{ method: 'get', path: '/migration-waves/{number}/log.csv', summary: 'The copy log of a wave', ...common },
    request: { params: waveParam },
    responses: { 200: file('text/csv', 'A line a mailbox'), ...problemResponses },
  })
  api.openapi(exporting, async (c) =>
    c.body(await copyLogCsv(c.get('context'), c.req.valid('param').number), 200, {
      'content-type': 'text/csv; charset=utf-8',
    }),
  )
  const importing = createRoute({
    ...{
      method: 'post',
      path: '/migration-waves/{number}/log',
      summary: 'Take in what a third party says it has copied',
      ...common,
    },
    request: {
      params: waveParam,
      query: version,
      body: { content: { 'text/csv': { schema: z.string() } }, required: true },
    },
    responses: { 200: answer(changedWave.extend({ lines: z.int() }), 'Taken in whole'), ...problemResponses },
  })
  api.openapi(importing, async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    const { number } = c.req.valid('param')
    return c.json(await importCopyLog(c.get('context'), number, c.req.valid('query').version, bytes), 200)
  })
}

function registerCases(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/migration-waves/{number}/cases', summary: 'Cases that a wave brought', ...common },
    request: { params: waveParam },
    responses: { 200: answer(z.array(waveCase), 'The newest first'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listWaveCases(c.get('context'), c.req.valid('param').number), 200))
  const tying = createRoute({
    ...{ method: 'post', path: '/migration-waves/{number}/cases', summary: 'Tie a case to a wave', ...common },
    request: { params: waveParam, body: body(addWaveCaseInput) },
    responses: { 200: answer(tiedCase, 'Tied'), ...problemResponses },
  })
  api.openapi(tying, async (c) =>
    c.json(await addWaveCase(c.get('context'), c.req.valid('param').number, c.req.valid('json')), 200),
  )
  const untying = createRoute({
    ...{ method: 'delete', path: '/migration-waves/{number}/cases/{caseId}', summary: 'Untie a case', ...common },
    request: { params: waveParam.extend({ caseId: z.uuid() }) },
    responses: { 200: answer(tiedCase, 'Untied'), ...problemResponses },
  })
  api.openapi(untying, async (c) => {
    const { number, caseId } = c.req.valid('param')
    return c.json(await removeWaveCase(c.get('context'), number, caseId), 200)
  })
}

function registerMessages(api: Api) {
  const previewing = createRoute({
    ...{
      method: 'get',
      path: '/migration-waves/{number}/messages',
      summary: 'A mail to users as it would go',
      ...common,
    },
    request: { params: waveParam, query: z.object({ template: z.enum(messageTemplates).default('before') }) },
    responses: { 200: answer(messagePreview, 'The mail, and to how many'), ...problemResponses },
  })
  api.openapi(previewing, async (c) =>
    c.json(await previewMessage(c.get('context'), c.req.valid('param').number, c.req.valid('query').template), 200),
  )
  const telling = createRoute({
    ...{
      method: 'post',
      path: '/migration-waves/{number}/messages',
      summary: 'Tell the users of a wave, each once',
      ...common,
    },
    request: { params: waveParam, query: version, body: body(waveMessageInput) },
    responses: {
      200: answer(changedWave.extend({ told: z.int() }), 'Written; sent as the mail server takes them'),
      ...problemResponses,
    },
  })
  api.openapi(telling, async (c) => {
    const { number } = c.req.valid('param')
    return c.json(await tellWave(c.get('context'), number, c.req.valid('query').version, c.req.valid('json')), 200)
  })
}
