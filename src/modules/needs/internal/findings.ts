/**
 * Planned, ordered, declared, verified, installed, retired, paid: what differs, and what is to be checked. Pure. A finding
 * is a question to somebody, never a verdict.
 */
import type { Category, Decision, FindingCode, Kind } from '../vocabulary.ts'
import { goodsOf } from '../vocabulary.ts'

/** One order of a line. */
export type Ordered = {
  quantity: number
  unitCents: number
  referenceCents: number | null
  dueOn: string | null
  /** Pieces of this order that were declared, and those that were accepted. */
  declared: number
  accepted: number
  /** Of its invoices that are paid: pieces, cents without VAT. */
  paid: number
  paidCents: number
}

/** What was declared and checked of a line, summed over its deliveries. */
export type Delivered = {
  declared: number
  accepted: number
  reserved: number
  rejected: number
  /** Checked and not there. */
  missing: number
  /** Accepted or reserved, with a serial number of their own. */
  numbered: number
  /** Of another model than ordered, and not rejected; rejected for that or for something else. */
  otherModel: number
  otherModelRejected: number
  /** With a serial number that was seen before, and not rejected; rejected. */
  repeated: number
  repeatedRejected: number
  /** Not checked yet, and over the days for it. */
  late: number
}

/** What offices say of what came for them, in pieces. */
export type Answered = {
  /** Of those said to have arrived as described, and of those said to be missing or different. */
  confirmed: number
  contested: number
  /** Accepted all the same; not found all the same. */
  contestedAccepted: number
  confirmedMissing: number
}

export type LineFacts = {
  number: number
  category: Category
  kind: Kind
  decision: Decision | null
  /** What was approved: pieces and cents. */
  planned: number
  plannedCents: number
  unitCents: number
  orders: readonly Ordered[]
  delivered: Delivered
  answered: Answered
  /** Items of the register taken in under the line that are or were in use. */
  installed: number
  /** Items named to leave, and those of them that left. */
  replaces: number
  retired: number
  paid: number
  paidCents: number
  isApproved: boolean
  isClosed: boolean
  isYearOver: boolean
  today: string
}

export type Finding = { code: FindingCode; count: number }

/** Why two figures that follow one another differ; the texts put it into words. */
export type Reason = {
  code:
    | 'not_ordered'
    | 'awaited'
    | 'to_verify'
    | 'reserved'
    | 'rejected'
    | 'missing'
    | 'to_install'
    | 'to_retire'
    | 'to_pay'
  count: number
}

const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0)

/** Pieces and cents ordered of a line. */
export function orderedOf(orders: readonly Ordered[]): { quantity: number; cents: number } {
  return { quantity: sum(orders, (one) => one.quantity), cents: sum(orders, (one) => one.quantity * one.unitCents) }
}

/** How many old items have to leave: as many as are installed, of a line that replaces. */
export function dueToRetire(line: Pick<LineFacts, 'kind' | 'installed' | 'planned'>): number {
  return line.kind === 'replacement' ? Math.min(line.installed, line.planned) : 0
}

/** What may be paid: what was accepted of each order, up to what was ordered, at its price; cents without VAT. */
export function payableOf(orders: readonly Ordered[]): number {
  return sum(orders, ({ quantity, accepted, unitCents }) => Math.min(quantity, accepted) * unitCents)
}

/** How many pieces are to be installed: those with a number of their own; null when a line has none. */
export function installableOf({ category, delivered }: Pick<LineFacts, 'category' | 'delivered'>): number | null {
  if (goodsOf[category].serial === 'none') return null
  return goodsOf[category].serial === 'optional' && delivered.numbered === 0 ? null : delivered.numbered
}

const rules: Record<Exclude<FindingCode, 'without_line'>, (line: LineFacts) => number> = {
  // Above what was approved: pieces, or money where the pieces fit.
  over_ceiling: (line) => {
    const { quantity, cents } = orderedOf(line.orders)
    if (!line.isApproved) return quantity
    return Math.max(0, quantity - line.planned) || (cents > line.plannedCents ? 1 : 0)
  },
  // What was sent back or was not there may come again.
  over_order: ({ delivered, orders }) =>
    Math.max(0, delivered.declared - delivered.rejected - delivered.missing - orderedOf(orders).quantity),
  // Rejected or not, what was wrong with a lot stays to be checked until the line is closed with a reason.
  short_lot: ({ delivered, isClosed }) => (isClosed ? 0 : delivered.missing),
  other_model: ({ delivered, isClosed }) => (isClosed ? 0 : delivered.otherModel + delivered.otherModelRejected),
  repeated_serial: ({ delivered, isClosed }) => (isClosed ? 0 : delivered.repeated + delivered.repeatedRejected),
  // The verifier says one thing and the office another: somebody goes and looks.
  office_contests: ({ answered, isClosed }) => (isClosed ? 0 : answered.contestedAccepted),
  office_confirms_missing: ({ answered, isClosed }) => (isClosed ? 0 : answered.confirmedMissing),
  late_verification: (line) => line.delivered.late,
  not_delivered: (line) =>
    sum(line.orders, ({ quantity, declared, dueOn }) =>
      dueOn !== null && dueOn < line.today ? Math.max(0, quantity - declared) : 0,
    ),
  not_retired: (line) => Math.max(0, dueToRetire(line) - line.retired),
  price_above_reference: (line) =>
    Math.max(
      0,
      ...line.orders.map(
        (one) => one.unitCents - Math.min(line.unitCents, one.referenceCents ?? Number.MAX_SAFE_INTEGER),
      ),
    ),
  // Order by order: what one supplier delivered is not paid to another.
  paid_over_verified: ({ orders }) =>
    sum(orders, (one) => Math.max(0, one.paidCents - payableOf([one]))) ||
    sum(orders, ({ paid, accepted }) => Math.max(0, paid - accepted)),
  never_ordered: (line) => (line.isYearOver && line.planned > 0 && line.orders.length === 0 ? line.planned : 0),
}

/** What is to be checked about a line, in the order of the rules. */
export function findingsOf(line: LineFacts): Finding[] {
  return Object.entries(rules).flatMap(([code, count]) => {
    const found = count(line)
    return found > 0 ? [{ code: code as FindingCode, count: found }] : []
  })
}

/** Why the figures of a line differ, from the plan to the payment. */
export function reasonsOf(line: LineFacts): Reason[] {
  const { quantity: ordered } = orderedOf(line.orders)
  const { declared, accepted, reserved, rejected, missing } = line.delivered
  const open = declared - accepted - reserved - rejected - missing
  const toInstall = (installableOf(line) ?? 0) - line.installed
  const all: Reason[] = [
    { code: 'not_ordered', count: line.planned - ordered },
    { code: 'awaited', count: ordered - (declared - rejected - missing) },
    { code: 'to_verify', count: open },
    { code: 'reserved', count: reserved },
    { code: 'rejected', count: rejected },
    { code: 'missing', count: missing },
    { code: 'to_install', count: toInstall },
    { code: 'to_retire', count: dueToRetire(line) - line.retired },
    { code: 'to_pay', count: accepted - line.paid },
  ]
  return all.filter(({ count }) => count > 0)
}
