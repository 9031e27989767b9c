/** The API of operations: scopes, probes, files, interruptions, figures. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from '../../platform/context.ts'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { registerInterruptionsApi } from './api-interruptions.ts'
import { importCalls } from './import-calls.ts'
import { importOutages } from './import-outages.ts'
import { importSamples } from './import-samples.ts'
import { checkImport, listImports } from './imports.ts'
import { answer, idParam, json, keyHeader, security, tags } from './internal/routes.ts'
import { findMonth, findScopeMonth } from './month.ts'
import {
  added,
  addProbeInput,
  addScopeInput,
  callCount,
  checkedImport,
  endScopeInput,
  type ImportOutcome,
  importOutcome,
  importRow,
  monthInput,
  outageDetail,
  probeRow,
  scopeAvailability,
  scopeRow,
} from './schema.ts'
import { addProbe, addScope, endScope, listProbes, listScopes } from './scopes.ts'

/** Adds operations to the API. */
export function registerOperationsApi(api: Api) {
  registerScopes(api)
  registerProbes(api)
  registerFiles(api)
  registerFigures(api)
  registerInterruptionsApi(api)
}

function registerScopes(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/monitored-scopes',
    summary: 'What is watched',
    tags,
    security,
    responses: { 200: answer(z.array(scopeRow), 'By code'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listScopes(c.get('context')), 200))
  const adding = createRoute({
    method: 'post',
    path: '/monitored-scopes',
    summary: 'Add something to watch',
    tags,
    security,
    request: { headers: keyHeader, body: { ...json(addScopeInput), required: true } },
    responses: { 201: answer(added, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addScope(c.get('context'), c.req.valid('json')), 201))
  const ending = createRoute({
    method: 'put',
    path: '/monitored-scopes/{id}/end',
    summary: 'Say until which day it is watched',
    tags,
    security,
    request: { params: idParam, body: { ...json(endScopeInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid(), version: z.int() }), 'Changed'), ...problemResponses },
  })
  api.openapi(ending, async (c) =>
    c.json(await endScope(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerProbes(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/probes',
    summary: 'The probes, their networks and who runs them',
    tags,
    security,
    responses: { 200: answer(z.array(probeRow), 'By code'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listProbes(c.get('context')), 200))
  const adding = createRoute({
    method: 'post',
    path: '/probes',
    summary: 'Register a probe',
    tags,
    security,
    request: { headers: keyHeader, body: { ...json(addProbeInput), required: true } },
    responses: { 201: answer(added, 'Registered'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addProbe(c.get('context'), c.req.valid('json')), 201))
}

type Load = (ctx: Context, source: AsyncIterable<Uint8Array>) => Promise<ImportOutcome>

function registerFiles(api: Api) {
  registerLoading(
    api,
    '/imports/samples',
    'Bring in checks of probes (CSV: scope;probe;network;at;ok;ms)',
    importSamples,
  )
  registerLoading(
    api,
    '/imports/outages',
    'Bring in declared outages (CSV: scope;from;until;reason;excluded)',
    importOutages,
  )
  registerLoading(
    api,
    '/imports/calls',
    'Bring in calls (CSV: started_at;outcome;waited_s;source;answered_at;ended_at;reference); no operator, no caller',
    importCalls,
  )
  const listing = createRoute({
    method: 'get',
    path: '/operations-imports',
    summary: 'The newest files that were brought in',
    tags,
    security,
    responses: { 200: answer(z.array(importRow), 'Newest first'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listImports(c.get('context')), 200))
  const checking = createRoute({
    method: 'get',
    path: '/operations-imports/{id}',
    summary: 'One file, and whether its rows are still those that were sealed',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(checkedImport, 'The file'), ...problemResponses },
  })
  api.openapi(checking, async (c) => c.json(await checkImport(c.get('context'), c.req.valid('param').id), 200))
}

function registerLoading(api: Api, path: string, summary: string, load: Load) {
  const loading = createRoute({
    method: 'post',
    path,
    summary,
    tags,
    security,
    request: { body: { content: { 'text/csv': { schema: z.string() } }, required: true } },
    responses: { 200: answer(importOutcome, 'Loaded, whole'), ...problemResponses },
  })
  api.openapi(loading, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    return c.json(await load(c.get('context'), c.req.raw.body ?? new Blob([]).stream()), 200)
  })
}

function registerFigures(api: Api) {
  const monthQuery = z.object({
    month: monthInput.openapi({ example: '2026-11', description: 'The present one when absent' }),
  })
  const month = createRoute({
    method: 'get',
    path: '/operations',
    summary: 'A month: availability of every scope, and calls',
    tags,
    security,
    request: { query: monthQuery },
    responses: {
      200: answer(
        z.object({
          month: z.string(),
          scopes: z.array(scopeAvailability),
          calls: z.object({ carrier: callCount, exchange: callCount, carrierDeclared: callCount }),
        }),
        'The month',
      ),
      ...problemResponses,
    },
  })
  api.openapi(month, async (c) => {
    const { month, scopes, calls } = await findMonth(c.get('context'), c.req.valid('query').month)
    return c.json({ month, scopes, calls }, 200)
  })
  const one = createRoute({
    method: 'get',
    path: '/monitored-scopes/{id}/outages',
    summary: 'A month of one scope: outages, declarations, single checks',
    tags,
    security,
    request: { params: idParam, query: monthQuery },
    responses: { 200: answer(outageDetail, 'What its figure was reckoned from'), ...problemResponses },
  })
  api.openapi(one, async (c) => {
    const found = await findScopeMonth(c.get('context'), c.req.valid('param').id, c.req.valid('query').month)
    const { outages, declared, samples, isCapped } = found
    return c.json({ outages, declared, samples, isCapped }, 200)
  })
}
