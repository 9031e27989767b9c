/** Inputs and outputs of the needs plan: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { centsText, parseCents } from '../../platform/money.ts'
import { categories, decisions, findingCodes, kinds, planStates, purposes } from './vocabulary.ts'

export const version = z.coerce.number().int().min(1).optional()
export const day = z.iso.date()
const year = z.coerce.number().int().min(2000).max(2200)
const time = z.string().openapi({ format: 'date-time' })
export const amount = z.string().openapi({ description: 'Euro with two decimals, without VAT', example: '774.00' })
export const blank = z.literal('').transform(() => null)
export const noText = (most: number) =>
  z
    .union([blank, z.string().trim().min(1).max(most)])
    .nullable()
    .default(null)
export const noPattern = (pattern: RegExp) =>
  z
    .union([blank, z.string().trim().toUpperCase().regex(pattern)])
    .nullable()
    .default(null)
const words = z.string().trim().min(3).max(2000)

/** "774", "774,00" or "1.234,56" as "1234.56"; never below zero. Text in and text out, so that parsing twice changes nothing. */
export const price = z
  .string()
  .trim()
  .transform((text, ctx) => {
    const plain = text.includes(',') ? text.replaceAll('.', '').replace(',', '.') : text
    const cents = parseCents(plain)
    if (cents === null || cents < 0n) ctx.addIssue({ code: 'custom' })
    return centsText(cents ?? 0n)
  })
  .openapi({ type: 'string', description: 'Euro without VAT', example: '774.00' })

/** The cents of a parsed {@link price}. */
export function centsOf(text: string): number {
  return Number(parseCents(text) ?? 0n)
}

export const quantity = z.coerce.number().int().min(1).max(100_000)

export const openPlanInput = z
  .object({
    year,
    closesOn: z
      .union([blank, day])
      .nullable()
      .default(null)
      .openapi({ type: 'string', format: 'date', description: 'The last day for offices' }),
  })
  .openapi('OpenNeedsPlan')
export type OpenPlanInput = z.input<typeof openPlanInput>

export const changePlanInput = z
  .object({
    version,
    closesOn: z.union([blank, day]).nullable().default(null).openapi({ type: 'string', format: 'date' }),
    vatPerMille: z.coerce.number().int().min(0).max(1000),
    twoPersonAmount: price.openapi({ type: 'string', description: 'Lots worth this much are verified by two persons' }),
    verifyDays: z.coerce.number().int().min(1).max(365),
  })
  .openapi('ChangeNeedsPlan')
export type ChangePlanInput = z.input<typeof changePlanInput>

export const planRow = z
  .object({
    id: z.uuid(),
    year: z.int(),
    state: z.enum(planStates),
    closesOn: z.string().nullable(),
    vatPerMille: z.int(),
    twoPersonAmount: amount,
    verifyDays: z.int(),
    variation: z.int().openapi({ description: 'The newest approved one; 0 is the plan itself' }),
    lines: z.int(),
    totalExVat: amount.openapi({ description: 'Of what was approved; of what is asked until then' }),
    totalIncVat: amount,
    requestsSent: z.int(),
    version: z.int(),
  })
  .openapi('NeedsPlan')
export type PlanRow = z.output<typeof planRow>

// The sheet of an office: four things, and where they come from.
const sheetLine = z.object({
  what: z.string().trim().max(200).default(''),
  quantity: z.union([blank, quantity]).nullable().default(null),
  forWhom: z.string().trim().max(300).default(''),
  why: z.string().trim().max(1000).default(''),
  priceCode: noText(40),
  fromId: z
    .union([blank, z.uuid()])
    .nullable()
    .default(null)
    .openapi({ type: 'string', format: 'uuid', description: 'The line of another year it was taken from' }),
})
export const saveSheetInput = z
  .object({ version: z.coerce.number().int().min(0).optional(), lines: z.array(sheetLine).max(500) })
  .openapi('SaveNeedsSheet')
export type SaveSheetInput = z.input<typeof saveSheetInput>
export type SheetLineValues = z.output<typeof sheetLine>

export const requestLineRow = z
  .object({
    id: z.uuid(),
    position: z.int(),
    what: z.string(),
    quantity: z.int().nullable(),
    forWhom: z.string(),
    why: z.string(),
    priceCode: z.string().nullable(),
    unitPrice: amount.nullable(),
    fromId: z.uuid().nullable(),
    lineId: z.uuid().nullable().openapi({ description: 'The plan line it went into' }),
  })
  .openapi('NeedsRequestLine')
export type RequestLineRow = z.output<typeof requestLineRow>

export const sheetOutput = z
  .object({
    year: z.int(),
    planState: z.enum(planStates),
    closesOn: z.string().nullable(),
    officeId: z.uuid(),
    officeName: z.string(),
    people: z.int(),
    state: z.enum(['draft', 'sent']),
    savedAt: time.nullable(),
    version: z.int(),
    lines: z.array(requestLineRow),
    before: z.object({
      year: z.int(),
      lines: z.int(),
      pieces: z.int(),
      amount,
      decided: z.int().openapi({ description: 'Pieces that the plan of that year accepted for the office' }),
      verified: z.int(),
      offered: z.array(
        z.object({
          id: z.uuid(),
          what: z.string(),
          quantity: z.int(),
          verified: z.int(),
          forWhom: z.string(),
          why: z.string(),
          unitPrice: amount.nullable(),
          priceCode: z.string().nullable(),
          decision: z.enum(decisions).nullable(),
          reason: z.string().nullable().openapi({ description: 'Of the decision' }),
          isTaken: z.boolean().openapi({ description: 'Whether a line of this sheet was taken from it' }),
        }),
      ),
    }),
    prices: z.array(
      z.object({ code: z.string(), category: z.enum(categories), description: z.string(), unitPrice: amount }),
    ),
  })
  .openapi('NeedsSheet')
export type Sheet = z.output<typeof sheetOutput>

/** What ICT and accounting add to a line. */
const lineValues = z.object({
  category: z.enum(categories),
  description: z.string().trim().min(3).max(300),
  kind: z.enum(kinds),
  purpose: z
    .union([blank, z.enum(purposes)])
    .nullable()
    .default(null),
  quantity,
  unitPrice: price,
  priceCode: noText(40),
  chapter: noText(40),
  fund: noText(120),
  cup: noPattern(/^[A-Z0-9]{15}$/).openapi({ type: 'string', description: 'CUP, fifteen characters' }),
  cpv: noPattern(/^[0-9]{8}(-[0-9])?$/).openapi({ type: 'string', description: 'CPV code' }),
  cui: noPattern(/^[FS][0-9]{20}$/).openapi({
    type: 'string',
    description: 'CUI of the three-year programme (D.Lgs. 36/2023, Annex I.5)',
  }),
  softwareNote: noText(1000).openapi({ description: 'Comparison of solutions (CAD art. 68)' }),
  effectNote: noText(1000).openapi({ description: 'Effect on paper and on what is published' }),
})
type ParsedLine = z.output<typeof lineValues>
/** A line's values, its price in cents. */
export type LineValues = Omit<ParsedLine, 'unitPrice'> & { unitCents: number }

/** The values of a parsed line, its price in cents. */
export function inCents<Line extends { unitPrice: string }>({ unitPrice, ...line }: Line) {
  return { ...line, unitCents: centsOf(unitPrice) }
}

const share = z.object({ officeId: z.uuid(), quantity })
export const addLineInput = lineValues.extend({ offices: z.array(share).max(500).default([]) }).openapi('AddNeedsLine')
export type AddLineInput = z.input<typeof addLineInput>
export const changeLineInput = lineValues.extend({ version }).openapi('ChangeNeedsLine')
export type ChangeLineInput = z.input<typeof changeLineInput>
export const splitLineInput = z.object({ version, offices: z.array(share).max(500) }).openapi('SplitNeedsLine')
export type SplitLineInput = z.input<typeof splitLineInput>
export const replaceInput = z
  .object({
    version,
    codes: z
      .array(z.string().trim().min(1).max(60))
      .max(5000)
      .openapi({ description: 'Codes of items of the register that leave' }),
  })
  .openapi('NeedsLineReplaces')
export const consolidateInput = lineValues
  .omit({ quantity: true })
  .extend({
    requestLineIds: z.array(z.uuid()).min(1).max(500),
    lineId: z
      .union([blank, z.uuid()])
      .nullable()
      .default(null)
      .openapi({ type: 'string', format: 'uuid', description: 'Merge into this line instead of making one' }),
    codes: z
      .array(z.string().trim().min(1).max(60))
      .max(5000)
      .default([])
      .openapi({ description: 'Codes of items of the register that leave, beside those named before' }),
  })
  .openapi('ConsolidateNeeds')
export type ConsolidateInput = z.input<typeof consolidateInput>
export const closeLineInput = z.object({ version, reason: words }).openapi('CloseNeedsLine')

const decided = z.object({
  id: z.uuid(),
  version,
  quantity: z.coerce.number().int().min(0).max(100_000).optional().openapi({ description: 'Needed for "partly"' }),
})
export const decideInput = z
  .object({
    lines: z.array(decided).min(1).max(500),
    decision: z.enum(decisions),
    reason: z.string().trim().max(2000).default('').openapi({ description: 'Needed unless all is accepted' }),
  })
  .openapi('DecideNeedsLines')
export type DecideInput = z.input<typeof decideInput>

export const approveInput = z.object({ version, act: z.string().trim().min(3).max(300) }).openapi('ApproveNeedsPlan')
export type ApproveInput = z.input<typeof approveInput>

const lineChange = z.object({
  number: z.coerce.number().int().min(1),
  quantity: z.coerce.number().int().min(0).max(100_000),
  unitPrice: price,
})
export const varyInput = z
  .object({
    version,
    act: z.string().trim().min(3).max(300),
    reason: words,
    changes: z.array(lineChange).max(500).default([]),
    additions: z.array(addLineInput).max(100).default([]),
  })
  .openapi('VaryNeedsPlan')
export type VaryInput = z.input<typeof varyInput>

export const lineRow = z
  .object({
    id: z.uuid(),
    number: z.int(),
    category: z.enum(categories),
    description: z.string(),
    kind: z.enum(kinds),
    purpose: z.enum(purposes).nullable(),
    quantity: z.int(),
    unitPrice: amount,
    totalExVat: amount,
    totalIncVat: amount,
    priceCode: z.string().nullable(),
    chapter: z.string().nullable(),
    fund: z.string().nullable(),
    cup: z.string().nullable(),
    cpv: z.string().nullable(),
    cui: z.string().nullable(),
    softwareNote: z.string().nullable(),
    effectNote: z.string().nullable(),
    decision: z.enum(decisions).nullable(),
    decidedQuantity: z.int().nullable(),
    reason: z.string().nullable().openapi({ description: 'Of the decision; null also when it was erased' }),
    sinceVariation: z.int(),
    closedOn: z.string().nullable(),
    offices: z.int().openapi({ description: 'How many offices it is split over' }),
    shared: z.int().openapi({ description: 'How many of it are given to an office' }),
    replaces: z.int().openapi({ description: 'Items of the register that leave' }),
    version: z.int(),
  })
  .openapi('NeedsLine')
export type LineRow = z.output<typeof lineRow>

export const planOutput = planRow.extend({ rows: z.array(lineRow) }).openapi('NeedsPlanWithLines')

export const importOutput = z
  .object({
    plan: z.int(),
    lines: z.int(),
    totalExVat: amount,
    totalIncVat: amount,
    errors: z.array(z.object({ line: z.int().nullable(), column: z.string().nullable(), message: z.string() })),
  })
  .openapi('NeedsImport')
export type PlanImport = z.output<typeof importOutput>

const counts = {
  planned: z.int(),
  ordered: z.int(),
  declared: z.int(),
  verified: z.int(),
  installed: z.int().nullable().openapi({ description: 'null: nothing of it can be installed' }),
  retired: z.int().nullable().openapi({ description: 'null: the line replaces nothing' }),
  paid: z.int(),
}
const finding = z.object({
  code: z.enum(findingCodes),
  count: z.int().openapi({ description: 'Pieces; cents for prices and payments' }),
  says: z.string(),
})
const saidByOffices = {
  confirmed: z.int().openapi({ description: 'Pieces that offices say arrived as described' }),
  contested: z.int().openapi({ description: 'Pieces of which offices say that something is missing or different' }),
}
export const reconciledLine = z.object({
  line: z.int(),
  lineId: z.uuid(),
  description: z.string(),
  category: z.enum(categories),
  ...counts,
  reserved: z.int(),
  rejected: z.int(),
  ...saidByOffices,
  plannedExVat: amount,
  orderedExVat: amount,
  payableExVat: amount.openapi({ description: 'Verified, at the price of the order' }),
  paidExVat: amount,
  isClosed: z.boolean(),
  offices: z.array(
    z.object({
      officeId: z.uuid().nullable(),
      office: z.string().nullable(),
      planned: z.int(),
      declared: z.int(),
      verified: z.int(),
      installed: z.int().nullable(),
      ...saidByOffices,
    }),
  ),
  reasons: z.array(z.string()).openapi({ description: 'Why the figures differ from one another' }),
  findings: z.array(finding),
})
export type ReconciledLine = z.output<typeof reconciledLine>
export const reconcileOutput = z
  .object({
    plan: z.int(),
    lines: z.array(reconciledLine),
    findings: z.array(finding).openapi({ description: 'Of what belongs to no line' }),
    plannedExVat: amount,
    orderedExVat: amount,
    payableExVat: amount,
    paidExVat: amount,
  })
  .openapi('NeedsReconciliation')
export type Reconciliation = z.output<typeof reconcileOutput>

export const priceListInput = z
  .object({ name: z.string().trim().min(2).max(120), effectiveFrom: day, act: z.string().trim().min(3).max(300) })
  .openapi('LoadPriceList')
export type PriceListInput = z.input<typeof priceListInput>
export const priceListOutput = z
  .object({
    name: z.string(),
    effectiveFrom: z.string(),
    act: z.string(),
    items: z.array(
      z.object({
        code: z.string(),
        category: z.enum(categories),
        description: z.string(),
        unitPrice: amount,
        referencePrice: amount.nullable(),
        reference: z.string().nullable(),
      }),
    ),
  })
  .openapi('PriceList')
export type PriceList = z.output<typeof priceListOutput>

export const turnPlanInput = z.object({ version, state: z.enum(['collecting', 'deciding']) }).openapi('TurnNeedsPlan')
export const yearParam = z.object({ year })
export const added = z.object({ id: z.uuid() }).openapi('AddedToNeeds')
export const addedLine = z.object({ id: z.uuid(), number: z.int() }).openapi('AddedNeedsLine')
export const changed = z.object({ id: z.uuid(), version: z.int() }).openapi('ChangedInNeeds')
export const decidedOutput = z.object({ decided: z.int() }).openapi('DecidedNeedsLines')
export const approvedOutput = z
  .object({ variation: z.int(), totalExVat: amount, totalIncVat: amount, digest: z.string() })
  .openapi('ApprovedNeedsPlan')
