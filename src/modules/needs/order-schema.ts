/** Inputs and outputs of orders, deliveries, their verification and invoices. */
import { z } from '@hono/zod-openapi'
import { amount, blank, day, noPattern, noText, price, quantity, version } from './schema.ts'
import { categories, deliveryStates, outcomes } from './vocabulary.ts'

const noPrice = z.union([blank, price]).nullable().default(null)
const time = z.string().openapi({ format: 'date-time' })

const orderLine = z.object({
  number: z.coerce.number().int().min(1),
  quantity,
  unitPrice: price,
  model: noText(120),
  referencePrice: noPrice,
})
export const placeOrderInput = z
  .object({
    number: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/),
    supplierId: z.uuid(),
    orderedOn: day,
    dueOn: z.union([blank, day]).nullable().default(null).openapi({ type: 'string', format: 'date' }),
    act: z.string().trim().min(3).max(300),
    cig: noPattern(/^[A-Z0-9]{10}$/).openapi({ type: 'string', description: 'CIG, ten characters' }),
    offer: noText(120),
    lines: z.array(orderLine).min(1).max(500),
  })
  .openapi('PlaceNeedsOrder')
export type PlaceOrderInput = z.input<typeof placeOrderInput>

export const orderRow = z
  .object({
    id: z.uuid(),
    number: z.string(),
    supplierId: z.uuid(),
    supplierName: z.string(),
    orderedOn: z.string(),
    dueOn: z.string().nullable(),
    act: z.string(),
    cig: z.string().nullable(),
    offer: z.string().nullable(),
    lines: z.array(
      z.object({
        lineId: z.uuid(),
        number: z.int(),
        description: z.string(),
        quantity: z.int(),
        unitPrice: amount,
        model: z.string().nullable(),
        referencePrice: amount.nullable(),
      }),
    ),
    amount,
  })
  .openapi('NeedsOrder')
export type OrderRow = z.output<typeof orderRow>

export const orderableRow = z
  .object({
    number: z.int(),
    description: z.string(),
    category: z.enum(categories),
    pieces: z.int().openapi({ description: 'Approved and not ordered yet' }),
    amount: amount.openapi({ description: 'What of the approved money is not ordered yet' }),
    unitPrice: amount.openapi({ description: 'As approved' }),
    listPrice: amount.nullable().openapi({ description: 'Of the price list in force' }),
    referencePrice: amount.nullable(),
  })
  .openapi('OrderableNeedsLine')
export type OrderableRow = z.output<typeof orderableRow>

const declaredItem = z.object({
  line: z
    .union([blank, z.coerce.number().int().min(1)])
    .nullable()
    .default(null)
    .openapi({ type: 'integer', description: 'Number of the plan line; none when the note has it without one' }),
  model: noText(120),
  serial: z
    .union([blank, z.string().trim().min(2).max(60)])
    .nullable()
    .default(null)
    .openapi({ type: 'string' }),
  quantity: quantity.default(1),
  office: noText(60).openapi({ description: 'Code of the office it is for' }),
})
export const declareDeliveryInput = z
  .object({
    order: z.string().trim().min(1).max(40),
    note: z.string().trim().min(1).max(60),
    deliveredOn: day,
    items: z.array(declaredItem).min(1).max(50_000),
  })
  .openapi('DeclareDelivery')
export type DeclareDeliveryInput = z.input<typeof declareDeliveryInput>
export type DeclaredItem = z.output<typeof declaredItem>

export const deliveryRow = z
  .object({
    id: z.uuid(),
    orderId: z.uuid(),
    order: z.string(),
    plan: z.int(),
    supplierName: z.string(),
    note: z.string(),
    deliveredOn: z.string(),
    declaredAt: time,
    state: z.enum(deliveryStates),
    outcome: z.enum(outcomes).nullable(),
    pieces: z.int(),
    checked: z.int(),
    amount: amount.openapi({ description: 'What was declared, at the prices of the order' }),
    needsTwo: z.boolean(),
    sampleSize: z.int().nullable(),
    verifierName: z.string().nullable(),
    secondName: z.string().nullable(),
    verifiedAt: time.nullable(),
    dueOn: z.string().openapi({ description: 'The day by which it is verified' }),
    contested: z.int().openapi({ description: 'Offices that say something is missing or different' }),
    version: z.int(),
  })
  .openapi('Delivery')
export type DeliveryRow = z.output<typeof deliveryRow>

export const deliveryItemRow = z
  .object({
    id: z.uuid(),
    line: z.int().nullable(),
    description: z.string().nullable(),
    office: z.string().nullable(),
    model: z.string().nullable(),
    orderedModel: z.string().nullable(),
    serial: z.string().nullable(),
    quantity: z.int(),
    accepted: z.int(),
    reserved: z.int(),
    rejected: z.int(),
    isChecked: z.boolean(),
    isSettled: z.boolean().openapi({ description: 'By the closing: on the sample, or missing with the rest' }),
    isOtherModel: z.boolean(),
    seenBefore: z.enum(['delivery', 'register']).nullable(),
    isInSample: z.boolean(),
    itemId: z.uuid().nullable(),
    reason: z.string().nullable(),
  })
  .openapi('DeliveryItem')
export type DeliveryItemRow = z.output<typeof deliveryItemRow>
export const deliveryOutput = deliveryRow
  .extend({
    isVerifier: z.boolean().openapi({ description: 'Whether the one who asks made the verification' }),
    items: z.array(deliveryItemRow),
  })
  .openapi('DeliveryWithItems')

const check = z.object({
  id: z.union([blank, z.uuid()]).nullable().default(null).openapi({ type: 'string', format: 'uuid' }),
  serial: z
    .union([blank, z.string().trim().min(2).max(60)])
    .nullable()
    .default(null)
    .openapi({ type: 'string', description: 'Instead of the id: as scanned' }),
  outcome: z.enum([...outcomes, 'missing']),
  quantity: quantity.optional().openapi({ description: 'Of several without serial; all of them when left out' }),
  reason: z.string().trim().max(1000).default('').openapi({ description: 'Needed unless accepted' }),
})
export const checkInput = z.object({ checks: z.array(check).min(1).max(5000) }).openapi('CheckDelivery')
export type CheckInput = z.input<typeof checkInput>
export type Check = z.output<typeof check>
export const checkedOutput = z.object({ checked: z.int(), unchanged: z.int() }).openapi('CheckedDelivery')
export const closeVerificationInput = z
  .object({
    version,
    rest: z
      .enum(['refuse', 'missing'])
      .default('refuse')
      .openapi({ description: 'What was not checked counts as missing' }),
  })
  .openapi('CloseVerification')
export const confirmVerificationInput = z
  .object({
    version,
    agrees: z.boolean().openapi({ description: 'false gives the lot back to be checked again' }),
    reason: z.string().trim().max(2000).default('').openapi({ description: 'Needed to give it back' }),
  })
  .openapi('ConfirmVerification')
export const closedVerification = z
  .object({
    state: z.enum(deliveryStates),
    outcome: z.enum(outcomes).nullable(),
    itemsTakenIn: z.int(),
    missing: z.int(),
  })
  .openapi('ClosedVerification')

const invoiceLine = z.object({ number: z.coerce.number().int().min(1), quantity, amount: price })
export const addInvoiceInput = z
  .object({
    order: z.string().trim().min(1).max(40),
    number: z.string().trim().min(1).max(60),
    datedOn: day,
    lines: z.array(invoiceLine).min(1).max(500),
  })
  .openapi('AddNeedsInvoice')
export type AddInvoiceInput = z.input<typeof addInvoiceInput>
export const payInvoiceInput = z
  .object({
    version,
    paidOn: day,
    reason: z.string().trim().max(1000).default('').openapi({ description: 'Needed to pay more than was verified' }),
  })
  .openapi('PayNeedsInvoice')
export type PayInvoiceInput = z.input<typeof payInvoiceInput>
export const invoiceRow = z
  .object({
    id: z.uuid(),
    order: z.string(),
    number: z.string(),
    datedOn: z.string(),
    paidOn: z.string().nullable(),
    amount,
    payable: amount.openapi({ description: 'What is verified and not paid yet, of its lines' }),
    version: z.int(),
  })
  .openapi('NeedsInvoice')
export type InvoiceRow = z.output<typeof invoiceRow>

export const listDeliveriesInput = z
  .object({
    year: z.coerce.number().int().min(2000).max(2200).optional(),
    state: z.enum(['waiting', 'all']).default('all'),
  })
  .openapi('ListDeliveries')
export const filed = z.object({ deliveries: z.int(), items: z.int(), unchanged: z.int() }).openapi('DeliveriesFiled')
export const declaredOutput = z.object({ id: z.uuid(), isNew: z.boolean() }).openapi('DeclaredDelivery')
export const verifiedFile = z
  .object({ verified: z.int(), awaitingSecond: z.int(), unchanged: z.int(), itemsTakenIn: z.int() })
  .openapi('VerifiedDeliveries')
