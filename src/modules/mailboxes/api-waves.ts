/** The API of waves: planned, filled, moved on, looked at. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { registerWaveBoxesApi } from './api-wave-boxes.ts'
import { registerWaveExtrasApi } from './api-wave-extras.ts'
import { answer, body, keyHeader, security, tags, waveParam } from './internal/wave-routes.ts'
import { checkWave } from './preflight.ts'
import { moveWave } from './wave-acts.ts'
import { listChecks, tickCheck } from './wave-checks.ts'
import { listPartedDelegates } from './wave-delegates.ts'
import {
  addToWaveInput,
  candidate,
  changedWave,
  changeWaveInput,
  moveWaveInput,
  partedDelegate,
  planWaveInput,
  tickCheckInput,
  versionInput,
  waveCheck,
  waveDetail,
  waveRow,
} from './wave-schema.ts'
import { addToWave, changeWave, findWave, listCandidates, listWaves, planWave } from './waves.ts'

const common = { tags, security }

/** Adds waves to the API. */
export function registerWavesApi(api: Api) {
  registerReads(api)
  registerPlanning(api)
  registerMoves(api)
  registerWaveBoxesApi(api)
  registerWaveExtrasApi(api)
}

function registerReads(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/migration-waves', summary: 'All waves with how far each is', ...common },
    responses: { 200: answer(z.array(waveRow), 'By number'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listWaves(c.get('context')), 200))
  const finding = createRoute({
    ...{ method: 'get', path: '/migration-waves/{number}', summary: 'One wave with its mailboxes, live', ...common },
    request: { params: waveParam },
    responses: { 200: answer(waveDetail, 'The wave'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findWave(c.get('context'), c.req.valid('param').number), 200))
  const candidates = createRoute({
    ...{
      method: 'get',
      path: '/migration-waves/{number}/candidates',
      summary: 'Mailboxes that may go into it',
      ...common,
    },
    request: { params: waveParam },
    responses: { 200: answer(z.array(candidate), 'By office'), ...problemResponses },
  })
  api.openapi(candidates, async (c) => c.json(await listCandidates(c.get('context'), c.req.valid('param').number), 200))
  const parted = createRoute({
    ...{
      method: 'get',
      path: '/migration-waves/{number}/parted-delegates',
      summary: 'Mailboxes that stay though they share a delegation with one that moves',
      ...common,
    },
    request: { params: waveParam },
    responses: { 200: answer(z.array(partedDelegate), 'By address'), ...problemResponses },
  })
  api.openapi(parted, async (c) =>
    c.json(await listPartedDelegates(c.get('context'), c.req.valid('param').number), 200),
  )
  const checks = createRoute({
    ...{ method: 'get', path: '/migration-waves/{number}/checks', summary: 'The runbook of a wave', ...common },
    request: { params: waveParam },
    responses: { 200: answer(z.array(waveCheck), 'In the order of their days'), ...problemResponses },
  })
  api.openapi(checks, async (c) => c.json(await listChecks(c.get('context'), c.req.valid('param').number), 200))
}

function registerPlanning(api: Api) {
  const planning = createRoute({
    ...{ method: 'post', path: '/migration-waves', summary: 'Plan a wave', ...common },
    request: { headers: keyHeader, body: body(planWaveInput) },
    responses: { 201: answer(changedWave, 'Planned'), ...problemResponses },
  })
  api.openapi(planning, async (c) => c.json(await planWave(c.get('context'), c.req.valid('json')), 201))
  const changing = createRoute({
    ...{ method: 'put', path: '/migration-waves/{number}', summary: 'Change name, day, how many at once', ...common },
    request: { params: waveParam, body: body(changeWaveInput) },
    responses: { 200: answer(changedWave, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeWave(c.get('context'), c.req.valid('param').number, c.req.valid('json')), 200),
  )
  const adding = createRoute({
    ...{
      method: 'post',
      path: '/migration-waves/{number}/mailboxes',
      summary: 'Put mailboxes in, with what moves with them',
      ...common,
    },
    request: { params: waveParam, body: body(addToWaveInput) },
    responses: { 200: answer(changedWave, 'Put in'), ...problemResponses },
  })
  api.openapi(adding, async (c) =>
    c.json(await addToWave(c.get('context'), c.req.valid('param').number, c.req.valid('json')), 200),
  )
}

function registerMoves(api: Api) {
  const moving = createRoute({
    ...{
      method: 'put',
      path: '/migration-waves/{number}/state',
      summary: 'Start, pause, resume, cut over, close, stop',
      ...common,
    },
    request: { params: waveParam, body: body(moveWaveInput) },
    responses: { 200: answer(changedWave, 'As it is now'), ...problemResponses },
  })
  api.openapi(moving, async (c) =>
    c.json(await moveWave(c.get('context'), c.req.valid('param').number, c.req.valid('json')), 200),
  )
  const checking = createRoute({
    ...{
      method: 'put',
      path: '/migration-waves/{number}/preflight',
      summary: 'Look at all mailboxes before they are copied',
      ...common,
    },
    request: { params: waveParam, body: body(versionInput) },
    responses: { 200: answer(changedWave, 'Asked for; results come one by one'), ...problemResponses },
  })
  api.openapi(checking, async (c) =>
    c.json(await checkWave(c.get('context'), c.req.valid('param').number, c.req.valid('json')), 200),
  )
  const ticking = createRoute({
    ...{
      method: 'put',
      path: '/migration-waves/{number}/checks/{code}',
      summary: 'Tick a check of the runbook',
      ...common,
    },
    request: { params: waveParam.extend({ code: z.string() }), body: body(tickCheckInput) },
    responses: { 200: answer(z.object({ number: z.int() }), 'Ticked'), ...problemResponses },
  })
  api.openapi(ticking, async (c) => {
    const { number, code } = c.req.valid('param')
    return c.json(await tickCheck(c.get('context'), number, code, c.req.valid('json')), 200)
  })
}
