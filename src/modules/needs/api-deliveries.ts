/** The API of orders, deliveries, their verification, invoices, and the reconciliation. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { checkItemsOnce } from './check-once.ts'
import { deliverFile } from './deliver-file.ts'
import { declareDelivery, findDelivery, listDeliveries } from './deliveries.ts'
import { csvHeaders } from './download.ts'
import { addInvoice, listInvoices, payInvoice } from './invoices.ts'
import {
  addInvoiceInput,
  checkedOutput,
  checkInput,
  closedVerification,
  closeVerificationInput,
  confirmVerificationInput,
  declareDeliveryInput,
  declaredOutput,
  deliveryOutput,
  deliveryRow,
  filed,
  invoiceRow,
  listDeliveriesInput,
  orderableRow,
  orderRow,
  payInvoiceInput,
  placeOrderInput,
  verifiedFile,
} from './order-schema.ts'
import { listOrderable } from './orderable.ts'
import { listOrders, placeOrder } from './orders.ts'
import { reconcilePlan } from './reconcile.ts'
import { reconciliationCsv } from './report-file.ts'
import { added, changed, reconcileOutput, yearParam } from './schema.ts'
import { beginVerification, closeVerification, confirmVerification } from './verification.ts'
import { verifyFile } from './verify-file.ts'

const tags = ['Orders and deliveries']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const body = <Schema extends z.ZodType>(schema: Schema) => ({ ...json(schema), required: true })
const csvBody = { content: { 'text/csv': { schema: z.string() } }, required: true }

/** Adds orders, deliveries, verification, invoices and the reconciliation to the API. */
export function registerDeliveriesApi(api: Api) {
  registerOrders(api)
  registerOrderable(api)
  registerDeliveries(api)
  registerVerification(api)
  registerInvoices(api)
  registerFiles(api)
  registerReconciliation(api)
}

function registerOrders(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/orders', summary: 'The orders of a year', tags, security },
    request: { params: yearParam },
    responses: { 200: answer(z.array(orderRow), 'The orders'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listOrders(c.get('context'), c.req.valid('param').year), 200))
  const placing = createRoute({
    ...{
      method: 'post',
      path: '/needs-plans/{year}/orders',
      summary: 'Place an order within the plan',
      tags,
      security,
    },
    request: { params: yearParam, headers, body: body(placeOrderInput) },
    responses: { 201: answer(added, 'Placed'), ...problemResponses },
  })
  api.openapi(placing, async (c) =>
    c.json(await placeOrder(c.get('context'), c.req.valid('param').year, c.req.valid('json')), 201),
  )
}

function registerOrderable(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/orderable-lines', summary: 'What may still be ordered of a plan' },
    ...{ tags, security },
    request: { params: yearParam },
    responses: { 200: answer(z.array(orderableRow), 'The lines'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listOrderable(c.get('context'), c.req.valid('param').year), 200))
}

function registerDeliveries(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/deliveries', summary: 'The deliveries, the longest waiting first', tags, security },
    request: { query: listDeliveriesInput },
    responses: { 200: answer(z.array(deliveryRow), 'At most 500'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listDeliveries(c.get('context'), c.req.valid('query')), 200))
  const declaring = createRoute({
    ...{ method: 'post', path: '/deliveries', summary: 'Declare a delivery', tags, security },
    request: { body: body(declareDeliveryInput) },
    responses: { 201: answer(declaredOutput, 'Declared, or known already'), ...problemResponses },
  })
  api.openapi(declaring, async (c) => c.json(await declareDelivery(c.get('context'), c.req.valid('json')), 201))
  const finding = createRoute({
    ...{ method: 'get', path: '/deliveries/{id}', summary: 'A delivery and its pieces', tags, security },
    request: { params: idParam },
    responses: { 200: answer(deliveryOutput, 'The delivery'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findDelivery(c.get('context'), c.req.valid('param').id), 200))
}

function registerVerification(api: Api) {
  const path = '/deliveries/{id}/verification'
  const beginning = createRoute({
    ...{ method: 'post', path, summary: 'Begin the verification: the sample is drawn', tags, security },
    request: { params: idParam },
    responses: { 200: answer(changed, 'Begun'), ...problemResponses },
  })
  api.openapi(beginning, async (c) => c.json(await beginVerification(c.get('context'), c.req.valid('param').id), 200))
  const checking = createRoute({
    ...{ method: 'put', path: `${path}/checks`, summary: 'Say what was found of some pieces', tags, security },
    request: { params: idParam, headers, body: body(checkInput) },
    responses: { 200: answer(checkedOutput, 'Noted'), ...problemResponses },
  })
  api.openapi(checking, async (c) =>
    c.json(await checkItemsOnce(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const closing = createRoute({
    ...{ method: 'put', path: `${path}/closure`, summary: 'Close the verification', tags, security },
    request: { params: idParam, body: body(closeVerificationInput) },
    responses: { 200: answer(closedVerification, 'Closed'), ...problemResponses },
  })
  api.openapi(closing, async (c) =>
    c.json(await closeVerification(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const confirming = createRoute({
    ...{ method: 'put', path: `${path}/confirmation`, summary: 'Confirm as the second person, or give back' },
    ...{ tags, security },
    request: { params: idParam, body: body(confirmVerificationInput) },
    responses: { 200: answer(closedVerification, 'Confirmed or given back'), ...problemResponses },
  })
  api.openapi(confirming, async (c) =>
    c.json(await confirmVerification(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerInvoices(api: Api) {
  const listing = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/invoices', summary: 'The invoices of a year', tags, security },
    request: { params: yearParam },
    responses: { 200: answer(z.array(invoiceRow), 'The invoices'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listInvoices(c.get('context'), c.req.valid('param').year), 200))
  const adding = createRoute({
    ...{ method: 'post', path: '/needs-invoices', summary: 'Take an invoice of an order', tags, security },
    request: { headers, body: body(addInvoiceInput) },
    responses: { 201: answer(added, 'Taken'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addInvoice(c.get('context'), c.req.valid('json')), 201))
  const paying = createRoute({
    ...{
      method: 'put',
      path: '/needs-invoices/{id}/payment',
      summary: 'Note that an invoice was paid',
      tags,
      security,
    },
    request: { params: idParam, body: body(payInvoiceInput) },
    responses: { 200: answer(changed, 'Noted'), ...problemResponses },
  })
  api.openapi(paying, async (c) =>
    c.json(await payInvoice(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerFiles(api: Api) {
  const delivering = createRoute({
    ...{
      method: 'post',
      path: '/imports/deliveries',
      summary: 'Declare deliveries (CSV, a row a piece)',
      tags,
      security,
    },
    request: { body: csvBody },
    responses: { 200: answer(filed, 'Declared, all'), ...problemResponses },
  })
  api.openapi(delivering, async (c) => {
    refuseOther(c.req.header('content-type'))
    return c.json(await deliverFile(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
  })
  const verifying = createRoute({
    ...{
      method: 'post',
      path: '/imports/verifications',
      summary: 'Verify deliveries (CSV, a row a piece)',
      tags,
      security,
    },
    request: { body: csvBody },
    responses: { 200: answer(verifiedFile, 'Verified, all'), ...problemResponses },
  })
  api.openapi(verifying, async (c) => {
    refuseOther(c.req.header('content-type'))
    return c.json(await verifyFile(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
  })
}

function registerReconciliation(api: Api) {
  const reconciling = createRoute({
    ...{
      method: 'get',
      path: '/needs-plans/{year}/reconciliation',
      summary: 'From planned to paid, by line and office',
    },
    ...{ tags, security },
    request: { params: yearParam },
    responses: { 200: answer(reconcileOutput, 'As of now'), ...problemResponses },
  })
  api.openapi(reconciling, async (c) => c.json(await reconcilePlan(c.get('context'), c.req.valid('param').year), 200))
  const exporting = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/reconciliation.csv', summary: 'The same as CSV', tags, security },
    request: { params: yearParam },
    responses: {
      200: { description: 'CSV, semicolons', content: { 'text/csv': { schema: z.string() } } },
      ...problemResponses,
    },
  })
  api.openapi(exporting, async (c) => {
    const { year } = c.req.valid('param')
    return new Response(await reconciliationCsv(c.get('context'), year), { headers: csvHeaders(`verifica-${year}`) })
  })
}

function refuseOther(type: string | undefined) {
  if (!type?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
}
