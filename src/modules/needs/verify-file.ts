/** The verification of lots from a CSV file, a row a piece: the whole file, or nothing and why. */
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import { type FileRow, type Findings, readFileRows } from '../organisation/read-file.ts'
import { deliveryFileLimits, placed } from './deliver-file.ts'
import { refuseOtherVerifier } from './deliveries.ts'
import { type StoredItem, selectByNote, selectDelivery, selectItems } from './internal/delivery-queries.ts'
import { lockOrders } from './internal/order-queries.ts'
import type { Check } from './order-schema.ts'
import { find, refuseFile } from './problems.ts'
import { checkItems, closeVerification, confirmVerification } from './verification.ts'
import { outcomes } from './vocabulary.ts'

const columns = {
  required: ['order', 'note', 'line', 'serial', 'quantity', 'outcome'],
  optional: ['reason'],
}
const row = z.object({
  order: z.string().min(1).max(40),
  note: z.string().min(1).max(60),
  line: z.union([
    z.literal('').transform(() => null),
    z
      .string()
      .regex(/^[0-9]{1,6}$/)
      .transform(Number),
  ]),
  serial: z.string().max(60),
  quantity: z.union([
    z.literal('').transform(() => undefined),
    z
      .string()
      .regex(/^[1-9][0-9]{0,5}$/)
      .transform(Number),
  ]),
  outcome: z.enum([...outcomes, 'missing']),
  reason: z.string().max(1000).optional(),
})
type Row = FileRow<z.output<typeof row>>

/** How many lots were verified, wait for a second person, or were verified already as the file says. */
export type VerifiedFile = { verified: number; awaitingSecond: number; unchanged: number; itemsTakenIn: number }

/**
 * Checks and closes the lots of a file; what it does not name of a lot is missing. A lot that waits for a second person is
 * confirmed, when another person brings the same file; one that says otherwise is refused.
 */
export async function verifyFile(ctx: Context, bytes: Uint8Array): Promise<VerifiedFile> {
  allow(ctx.actor, 'needs.verify')
  refuseOtherVerifier(ctx)
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, deliveryFileLimits)
  if (rows.length === 0 && findings.length === 0) find(findings, 1, null, (t) => t.noLines)
  refuseFile(findings)
  return transact(ctx, async (ctx) => {
    const done = { verified: 0, awaitingSecond: 0, unchanged: 0, itemsTakenIn: 0 }
    for (const lot of Map.groupBy(rows, ({ values }) => JSON.stringify([values.order, values.note])).values()) {
      const result = await verifyLot(ctx, lot, findings)
      if (result === null) continue
      done[result.what] += 1
      done.itemsTakenIn += result.itemsTakenIn
    }
    refuseFile(findings)
    return done
  })
}

async function verifyLot(ctx: TxContext, lot: readonly Row[], findings: Findings) {
  const [first] = lot
  if (first === undefined) return null
  const [order] = await lockOrders(ctx, [first.values.order])
  const known = order === undefined ? undefined : await selectByNote(ctx, order.id, first.values.note)
  const delivery = known === undefined ? undefined : await selectDelivery(ctx, known.id)
  if (delivery === undefined) {
    find(findings, first.line, 'note', (t) => t.unknownNote)
    return null
  }
  const items = await selectItems(ctx, delivery.id)
  const checks = lot.map(({ values }) => checkOf(values, items))
  if (delivery.state === 'verified' || delivery.state === 'confirming') {
    const other = lot.filter((_, at) => !agrees(checks[at], items))
    for (const { line } of other) find(findings, line, 'outcome', (t) => t.verifiedOtherwise)
    if (other.length > 0) return null
  }
  if (delivery.state === 'verified') return { what: 'unchanged' as const, itemsTakenIn: 0 }
  try {
    const closed =
      delivery.state === 'confirming'
        ? await confirmVerification(ctx, delivery.id, { agrees: true })
        : await checkAndClose(ctx, delivery.id, checks)
    const what = closed.state === 'verified' ? ('verified' as const) : ('awaitingSecond' as const)
    return { what, itemsTakenIn: closed.itemsTakenIn }
  } catch (error) {
    if (!(error instanceof Problem) || error.fields.length === 0) throw error
    findings.push(...error.fields.map((field) => placed(field, lot)))
    return null
  }
}

async function checkAndClose(ctx: TxContext, id: string, checks: readonly Check[]) {
  const most = 5000
  for (let from = 0; from < checks.length; from += most)
    await checkItems(ctx, id, { checks: checks.slice(from, from + most) })
  return closeVerification(ctx, id, { rest: 'missing' })
}

// A row names a piece by its serial number, or the pieces of a line that have none.
function checkOf({ line, serial, quantity, outcome, reason = '' }: Row['values'], items: readonly StoredItem[]): Check {
  const piece = serial !== '' ? undefined : items.find((one) => one.line === line && one.serial === null)
  const id = piece?.id ?? null
  return { id, serial: id === null ? serial : null, outcome, ...(quantity !== undefined && { quantity }), reason }
}

function agrees(check: Check | undefined, items: readonly StoredItem[]): boolean {
  const serial = check?.serial?.toUpperCase()
  const item = items.find((one) => (check?.id != null ? one.id === check.id : one.serial?.toUpperCase() === serial))
  if (check === undefined || item === undefined) return false
  if (check.outcome === 'missing') return item.accepted + item.reserved + item.rejected === 0
  return item[check.outcome] === (check.quantity ?? item.quantity)
}
