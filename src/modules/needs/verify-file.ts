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
  if (findTwice(lot, findings)) return null
  const checks = checksOf(lot, items)
  if (delivery.state === 'verified' || delivery.state === 'confirming') {
    const otherwise = findOtherwise(lot, checks, items)
    for (const line of otherwise) find(findings, line, 'outcome', (t) => t.verifiedOtherwise)
    if (otherwise.length > 0) return null
  }
  if (delivery.state === 'verified') return { what: 'unchanged' as const, itemsTakenIn: 0 }
  try {
    const closed =
      delivery.state === 'confirming'
        ? await confirmVerification(ctx, delivery.id, { agrees: true })
        : await checkAndClose(
            ctx,
            delivery.id,
            checks.map(({ check }) => check),
          )
    const what = closed.state === 'verified' ? ('verified' as const) : ('awaitingSecond' as const)
    return { what, itemsTakenIn: closed.itemsTakenIn }
  } catch (error) {
    if (!(error instanceof Problem) || error.fields.length === 0) throw error
    const placedRows = checks.flatMap(({ at }) => lot[at] ?? [])
    findings.push(...error.fields.map((field) => placed(field, placedRows)))
    return null
  }
}

async function checkAndClose(ctx: TxContext, id: string, checks: readonly Check[]) {
  const most = 5000
  for (let from = 0; from < checks.length; from += most)
    await checkItems(ctx, id, { checks: checks.slice(from, from + most) })
  return closeVerification(ctx, id, { rest: 'missing' })
}

// One verdict for one piece: a file that has two of a serial number says nothing.
function findTwice(lot: readonly Row[], findings: Findings): boolean {
  const seen = new Map<string, number>()
  const before = findings.length
  for (const { line, values } of lot) {
    const serial = values.serial.toUpperCase()
    const first = serial === '' ? undefined : seen.get(serial)
    if (first === undefined) seen.set(serial, line)
    else find(findings, line, 'serial', (t) => t.repeated(first))
  }
  return findings.length > before
}

/** A check, and the row of the file that says it. */
type Said = { at: number; check: Check }

// A row names a piece by its serial number, or so many of the pieces of a line that have none, one row of the note after another.
function checksOf(lot: readonly Row[], items: readonly StoredItem[]): Said[] {
  const used = new Map<string, number>()
  return lot.flatMap(({ values }, at): Said[] => {
    const { line, serial, quantity, outcome, reason = '' } = values
    const pieces = serial === '' ? items.filter((one) => one.line === line && one.serial === null) : []
    const said = (id: string | null, count: number | undefined): Said => ({
      at,
      check: {
        id,
        serial: id === null ? serial : null,
        outcome,
        ...(count !== undefined && { quantity: count }),
        reason,
      },
    })
    const last = pieces.at(-1)
    if (last === undefined) return [said(null, quantity)]
    const free = (piece: StoredItem) => piece.quantity - (used.get(piece.id) ?? 0)
    let wanted = quantity ?? pieces.reduce((sum, piece) => sum + free(piece), 0)
    return pieces.flatMap((piece): Said[] => {
      // More than there are stays with the last, which refuses it.
      const count = piece === last ? wanted : Math.min(wanted, free(piece))
      wanted -= count
      // What a file does not name is missing: of pieces it names otherwise there is nothing to write.
      const isOther = outcome === 'missing' && (used.get(piece.id) ?? 0) > 0
      used.set(piece.id, (used.get(piece.id) ?? 0) + count)
      return count === 0 || isOther ? [] : [said(piece.id, count)]
    })
  })
}

// The lines of the file that say otherwise than what was recorded; the first, when a piece that was judged is not named.
function findOtherwise(lot: readonly Row[], checks: readonly Said[], items: readonly StoredItem[]): number[] {
  const bySerial = new Map(
    items.flatMap((item) => (item.serial === null ? [] : [[item.serial.toUpperCase(), item.id]])),
  )
  const said = new Map<string, { lines: number[]; accepted: number; reserved: number; rejected: number }>()
  const wrong: number[] = []
  for (const { at, check } of checks) {
    const line = lot[at]?.line ?? 1
    const id = check.id ?? bySerial.get(check.serial?.toUpperCase() ?? '')
    if (id === undefined) {
      wrong.push(line)
      continue
    }
    const one = said.get(id) ?? { lines: [], accepted: 0, reserved: 0, rejected: 0 }
    one.lines.push(line)
    if (check.outcome !== 'missing') one[check.outcome] += check.quantity ?? 1
    said.set(id, one)
  }
  for (const item of items) {
    const { lines, ...counts } = said.get(item.id) ?? { lines: [], accepted: 0, reserved: 0, rejected: 0 }
    const isSame =
      counts.accepted === item.accepted && counts.reserved === item.reserved && counts.rejected === item.rejected
    if (!isSame) wrong.push(...(lines.length > 0 ? lines : lot.slice(0, 1).map(({ line }) => line)))
  }
  return [...new Set(wrong)].sort((a, b) => a - b)
}
