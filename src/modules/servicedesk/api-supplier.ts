/** The API around the supplier's own tool: steps, references, comparison, names. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { addStep, importSteps, setReference } from './import-steps.ts'
import { listNameAccesses, openNames } from './names.ts'
import { findReconciliation, reconcileCases } from './reconcile-cases.ts'
import {
  caseStepInput,
  externalReference,
  externalReferenceInput,
  nameAccess,
  openedNames,
  openNamesInput,
  reconcileOptions,
  reconciliation,
  stepOutcome,
  stepsInput,
  stepsResult,
} from './supplier-schema.ts'

const tags = ['Supplier’s tool']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** Adds these routes to the API. */
export function registerSupplierApi(api: Api) {
  registerSteps(api)
  registerReconciliations(api)
  registerNames(api)
}

function registerSteps(api: Api) {
  const one = createRoute({
    method: 'post',
    path: '/cases/{id}/external-steps',
    summary: 'Bring in one step that the supplier’s tool declares',
    tags,
    security,
    request: { params: idParam, body: { ...json(caseStepInput), required: true } },
    responses: { 200: answer(stepOutcome, 'What became of it'), ...problemResponses },
  })
  api.openapi(one, async (c) =>
    c.json(await addStep(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const many = createRoute({
    method: 'post',
    path: '/external-steps',
    summary: 'Bring in steps of any cases: all of them, or nothing and what is wrong with each',
    tags,
    security,
    request: { body: { ...json(stepsInput), required: true } },
    responses: { 200: answer(stepsResult, 'What became of each'), ...problemResponses },
  })
  api.openapi(many, async (c) => c.json(await importSteps(c.get('context'), c.req.valid('json')), 200))
  const binding = createRoute({
    method: 'put',
    path: '/cases/{id}/external-reference',
    summary: 'Say under which reference a case lives in the supplier’s tool',
    tags,
    security,
    request: { params: idParam, body: { ...json(externalReferenceInput), required: true } },
    responses: { 200: answer(externalReference, 'The reference'), ...problemResponses },
  })
  api.openapi(binding, async (c) =>
    c.json(await setReference(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerReconciliations(api: Api) {
  const making = createRoute({
    method: 'post',
    path: '/reconciliations',
    summary: 'Compare the supplier’s export (CSV: reference;state;number;opened;taken;resolved;closed) with SITEC',
    tags,
    security,
    request: {
      query: reconcileOptions,
      body: { content: { 'text/csv': { schema: z.string() } }, required: true },
    },
    responses: { 201: answer(reconciliation, 'What is to be checked'), ...problemResponses },
  })
  api.openapi(making, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.json(await reconcileCases(c.get('context'), bytes, c.req.valid('query')), 201)
  })
  const finding = createRoute({
    method: 'get',
    path: '/reconciliations/{id}',
    summary: 'A comparison as it was made',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(reconciliation, 'The comparison'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findReconciliation(c.get('context'), c.req.valid('param').id), 200))
}

function registerNames(api: Api) {
  const opening = createRoute({
    method: 'post',
    path: '/cases/{id}/names',
    summary: 'Name the supplier’s people behind a case, for security or because it is contested; it is recorded',
    tags,
    security,
    request: { params: idParam, body: { ...json(openNamesInput), required: true } },
    responses: { 200: answer(openedNames, 'The names'), ...problemResponses },
  })
  api.openapi(opening, async (c) =>
    c.json(await openNames(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const listing = createRoute({
    method: 'get',
    path: '/cases/{id}/names',
    summary: 'Who opened the names of a case, and why',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(z.object({ rows: z.array(nameAccess) }), 'Newest first'), ...problemResponses },
  })
  api.openapi(listing, async (c) =>
    c.json({ rows: await listNameAccesses(c.get('context'), c.req.valid('param').id) }, 200),
  )
}
