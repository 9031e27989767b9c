/** The API of working on cases: waits, promises, visits, goods, estimates, kinds, deadlines. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { addAgreement, addAgreementInput, agreementVersion, listAgreements } from './agreements.ts'
import { clockCheck, listChecks } from './check-clocks.ts'
import { consumableItem, deliver, listItems, receiveDelivery, saveItem, saveItemInput } from './consumables.ts'
import { escalationRow, listEscalations } from './escalate.ts'
import { approveCase, estimateCase, refuseCase } from './estimate.ts'
import { answer, changeRoute, idempotencyHeader, idParam, json, security, tags } from './internal/routes.ts'
import { changeKind, consentToKind, correctCall, markDuplicate, reclassifyCase, refuseKind } from './reclassify.ts'
import { deskReport, reportDesk, reportInput } from './reports.ts'
import { rerateCases, rerateInput, reratingReport } from './rerate.ts'
import {
  changedCase,
  changeKindInput,
  correctCallInput,
  decideInput,
  deliverInput,
  duplicateInput,
  estimateInput,
  pauseCaseInput,
  promiseInput,
  receiveInput,
  reclassifyInput,
  refuseInput,
  versionInput,
  visitInput,
} from './schema.ts'
import { caseTrace, traceCase } from './trace-case.ts'
import { recordVisit } from './visit.ts'
import { pauseCase, promiseDate, resumeCase } from './work-case.ts'

/** Adds them to the API. */
export function registerWorkApi(api: Api) {
  registerWaiting(api)
  registerDecisions(api)
  registerGoods(api)
  registerAgreements(api)
  registerDeadlines(api)
}

function registerWaiting(api: Api) {
  api.openapi(changeRoute('pause', 'Put a case on hold, with its reason', pauseCaseInput), async (c) =>
    c.json(await pauseCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('resumption', 'The wait is over', versionInput), async (c) =>
    c.json(await resumeCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('promised-date', 'Promise the user a date', promiseInput), async (c) =>
    c.json(await promiseDate(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('visits', 'Record an intervention on site', visitInput, 'post'), async (c) =>
    c.json(await recordVisit(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('call-time', 'Correct when the call was (the asker)', correctCallInput), async (c) =>
    c.json(await correctCall(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerDecisions(api: Api) {
  api.openapi(
    changeRoute('estimate', 'Estimate in person-days; the case waits for approval', estimateInput),
    async (c) => c.json(await estimateCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('approval', 'Approve the estimate (the city)', decideInput), async (c) =>
    c.json(await approveCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('refusal', 'Turn the estimate down (the city)', refuseInput), async (c) =>
    c.json(await refuseCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('kind', 'Change the kind, or propose it to the city', changeKindInput), async (c) =>
    c.json(await changeKind(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('kind-consent', 'Consent to the proposed kind (the city)', decideInput), async (c) =>
    c.json(await consentToKind(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('kind-refusal', 'Do not consent to the proposed kind (the city)', refuseInput), async (c) =>
    c.json(await refuseKind(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('urgency', 'Correct the two answers the urgency follows from', reclassifyInput), async (c) =>
    c.json(await reclassifyCase(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('duplicate', 'Mark as a duplicate; the first clock holds', duplicateInput), async (c) =>
    c.json(await markDuplicate(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerGoods(api: Api) {
  const delivering = createRoute({
    method: 'post',
    path: '/cases/{id}/deliveries',
    summary: 'Hand over some of what was asked for',
    tags,
    security,
    request: { params: idParam, headers: idempotencyHeader, body: { ...json(deliverInput), required: true } },
    responses: {
      200: answer(
        changedCase.extend({
          deliveryId: z.uuid(),
          code: z.string().openapi({ description: 'For the delivery note' }),
        }),
        'The delivery',
      ),
      ...problemResponses,
    },
  })
  api.openapi(delivering, async (c) =>
    c.json(await deliver(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('receipt', 'Sign for a delivery with its code (who receives it)', receiveInput), async (c) =>
    c.json(await receiveDelivery(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const listing = createRoute({
    method: 'get',
    path: '/consumable-items',
    summary: 'What may be asked for',
    tags,
    security,
    responses: { 200: answer(z.object({ items: z.array(consumableItem) }), 'By printer model'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json({ items: await listItems(c.get('context')) }, 200))
  const saving = createRoute({
    method: 'put',
    path: '/consumable-items',
    summary: 'Add an item, or change the one with this code',
    tags,
    security,
    request: { body: { ...json(saveItemInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid() }), 'The item'), ...problemResponses },
  })
  api.openapi(saving, async (c) => c.json(await saveItem(c.get('context'), c.req.valid('json')), 200))
}

function registerAgreements(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/desk-agreements',
    summary: 'Versions of the desk agreement, the newest first',
    tags,
    security,
    responses: { 200: answer(z.object({ versions: z.array(agreementVersion) }), 'Versions'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json({ versions: await listAgreements(c.get('context')) }, 200))
  const adding = createRoute({
    method: 'post',
    path: '/desk-agreements',
    summary: 'Add a version; none is ever changed',
    tags,
    security,
    request: { body: { ...json(addAgreementInput), required: true } },
    responses: { 201: answer(z.object({ id: z.uuid(), number: z.int() }), 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addAgreement(c.get('context'), c.req.valid('json')), 201))
  const rerating = createRoute({
    method: 'post',
    path: '/desk-agreements/rerating',
    summary: 'Move open cases to a version, or only say what would change',
    tags,
    security,
    request: { body: { ...json(rerateInput), required: true } },
    responses: { 200: answer(reratingReport, 'What changes'), ...problemResponses },
  })
  api.openapi(rerating, async (c) => c.json(await rerateCases(c.get('context'), c.req.valid('json')), 200))
}

function registerDeadlines(api: Api) {
  const tracing = createRoute({
    method: 'get',
    path: '/cases/{id}/trace',
    summary: 'How every deadline of a case is reckoned, minute by minute',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(caseTrace, 'The clocks'), ...problemResponses },
  })
  api.openapi(tracing, async (c) => c.json(await traceCase(c.get('context'), c.req.valid('param').id), 200))
  const escalations = createRoute({
    method: 'get',
    path: '/escalations',
    summary: 'Deadlines the reader should know of',
    tags,
    security,
    responses: { 200: answer(z.object({ rows: z.array(escalationRow) }), 'The newest first'), ...problemResponses },
  })
  api.openapi(escalations, async (c) => c.json({ rows: await listEscalations(c.get('context')) }, 200))
  const reporting = createRoute({
    method: 'get',
    path: '/reports/desk',
    summary: 'What the desk did in a month, quarter or year, by kind',
    tags,
    security,
    request: { query: reportInput },
    responses: { 200: answer(deskReport, 'The report'), ...problemResponses },
  })
  api.openapi(reporting, async (c) => c.json(await reportDesk(c.get('context'), c.req.valid('query')), 200))
  const checks = createRoute({
    method: 'get',
    path: '/clock-checks',
    summary: 'The nightly comparisons of stored and recomputed clocks',
    tags,
    security,
    responses: { 200: answer(z.object({ rows: z.array(clockCheck) }), 'The newest first'), ...problemResponses },
  })
  api.openapi(checks, async (c) => c.json({ rows: await listChecks(c.get('context')) }, 200))
}
