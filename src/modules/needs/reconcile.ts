/** Planned = ordered = declared = verified = installed = retired = paid: by line and office, with what is to be checked. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { sayCents } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { type Language, wholeNumber } from '../../platform/texts.ts'
import { countAcquired, findItemStates, type ItemState } from '../register/acquired.ts'
import { type AnsweredFor, selectAnswered } from './internal/answer-queries.ts'
import { selectApproved, selectReplaced } from './internal/approval-queries.ts'
import {
  type Answered,
  type Delivered,
  dueToRetire,
  type Finding,
  findingsOf,
  installableOf,
  type LineFacts,
  type Ordered,
  orderedOf,
  payableOf,
  reasonsOf,
} from './internal/findings.ts'
import { type Invoiced, selectInvoiced, selectOrdered } from './internal/order-queries.ts'
import { type StoredLine, type StoredPlan, selectLines, selectShares } from './internal/plan-queries.ts'
import { type DeliveredFor, selectDelivered } from './internal/reconcile-queries.ts'
import { money, onlyOffices, planOf, today } from './plans.ts'
import type { ReconciledLine, Reconciliation } from './schema.ts'
import { needsTexts } from './texts.ts'

/**
 * The reconciliation of a year. Every figure is counted anew from lines, orders, pieces, the register and invoices; nothing
 * of it is stored. Who reads for an office sees the lines that have something for it.
 */
export async function reconcilePlan(ctx: Context, year: number): Promise<Reconciliation> {
  allow(ctx.actor, 'needs.read')
  return read(ctx, async (ctx) => {
    const plan = await planOf(ctx, year)
    const facts = await factsOf(ctx, plan)
    const own = new Set((await selectLines(ctx, plan.id, onlyOffices(ctx))).map(({ id }) => id))
    const lines = facts.lines.filter(({ line }) => own.has(line.id)).map((one) => reconciled(ctx.language, one, facts))
    const sum = (of: (line: (typeof facts.lines)[number]) => number) =>
      money(facts.lines.filter(({ line }) => own.has(line.id)).reduce((all, line) => all + of(line), 0))
    const loose = facts.delivered
      .filter(({ lineId }) => lineId === null)
      .reduce((all, { declared }) => all + declared, 0)
    return {
      plan: year,
      lines,
      findings:
        loose > 0 && onlyOffices(ctx) === null ? [said(ctx.language, { code: 'without_line', count: loose })] : [],
      plannedExVat: sum(({ facts }) => facts.plannedCents),
      orderedExVat: sum(({ facts }) => orderedOf(facts.orders).cents),
      payableExVat: sum(({ facts }) => payableOf(facts.orders)),
      paidExVat: sum(({ facts }) => facts.paidCents),
    }
  })
}

type OrderOfLine = Ordered & { orderId: string }
type Line = { line: StoredLine; facts: Omit<LineFacts, 'orders'> & { orders: readonly OrderOfLine[] } }
type Share = Awaited<ReturnType<typeof selectShares>>[number]
type Facts = {
  lines: Line[]
  delivered: readonly DeliveredFor[]
  answered: ReadonlyMap<string, AnsweredFor[]>
  shares: ReadonlyMap<string, Share[]>
  installed: ReadonlyMap<string, Map<string | null, number>>
}

/** What every line of a plan is reckoned from. */
export async function factsOf(ctx: TxContext, plan: StoredPlan): Promise<Facts> {
  const lines = await selectLines(ctx, plan.id, null)
  const approved = new Map(
    plan.state === 'approved'
      ? (await selectApproved(ctx, plan.id, plan.variation)).map((line) => [line.lineId, line])
      : [],
  )
  const delivered = await selectDelivered(ctx, plan.id, today(ctx))
  const byLine = Map.groupBy(delivered, ({ lineId }) => lineId)
  const ordered = Map.groupBy(await selectOrdered(ctx, plan.id), ({ lineId }) => lineId)
  const invoiced = Map.groupBy(await selectInvoiced(ctx, plan.id), ({ lineId }) => lineId)
  const answered = Map.groupBy(await selectAnswered(ctx, plan.id), ({ lineId }) => lineId)
  const installed = await installedOf(ctx, lines)
  const replaced = await replacedOf(ctx, plan.id)
  const now = today(ctx)
  const facts = lines.map((line): Line => {
    const own = byLine.get(line.id) ?? []
    const paid = (invoiced.get(line.id) ?? []).filter(({ isPaid }) => isPaid)
    const ceiling = approved.get(line.id)
    return {
      line,
      facts: {
        ...{ number: line.number, category: line.category, kind: line.kind, decision: line.decision },
        planned: ceiling?.quantity ?? line.decidedQuantity ?? line.quantity,
        plannedCents: ceiling?.exCents ?? (line.decidedQuantity ?? line.quantity) * line.unitCents,
        unitCents: ceiling?.unitCents ?? line.unitCents,
        orders: (ordered.get(line.id) ?? []).map((order) => withDelivered(order, own, paid)),
        delivered: sumOf(own),
        answered: allSaid(answered.get(line.id) ?? []),
        installed: [...(installed.get(line.id)?.values() ?? [])].reduce((all, count) => all + count, 0),
        ...(replaced.get(line.id) ?? { replaces: 0, retired: 0 }),
        paid: paid.reduce((all, { quantity }) => all + quantity, 0),
        paidCents: paid.reduce((all, { cents }) => all + cents, 0),
        ...{
          isApproved: plan.state === 'approved',
          isClosed: line.closedOn !== null,
          isYearOver: now > `${plan.year}-12-31`,
          today: now,
        },
      },
    }
  })
  const shares = Map.groupBy(await selectShares(ctx, plan.id), ({ lineId }) => lineId)
  return { lines: facts, delivered, answered, shares, installed }
}

function withDelivered(
  order: Omit<Ordered, 'declared' | 'accepted' | 'paid' | 'paidCents'> & { orderId: string },
  own: readonly DeliveredFor[],
  invoiced: readonly Invoiced[],
): OrderOfLine {
  const { declared, accepted } = sumOf(own.filter(({ orderId }) => orderId === order.orderId))
  const paid = invoiced.filter(({ orderId }) => orderId === order.orderId)
  const { orderId, quantity, unitCents, referenceCents, dueOn } = order
  return {
    ...{ orderId, quantity, unitCents, referenceCents, dueOn, declared, accepted },
    paid: paid.reduce((all, { quantity }) => all + quantity, 0),
    paidCents: paid.reduce((all, { cents }) => all + cents, 0),
  }
}

/** What may be paid of a line of an order and is not yet: cents without VAT, by order and line. */
export type Left = Map<string, number>
export const leftKey = ({ orderId, lineId }: { orderId: string; lineId: string }) => `${orderId} ${lineId}`

/** What may still be paid, order by order: what one supplier delivered is not paid to another. */
export async function leftToPay(ctx: TxContext, plan: StoredPlan): Promise<Left> {
  const { lines } = await factsOf(ctx, plan)
  return new Map(
    lines.flatMap(({ line, facts }) =>
      facts.orders.map((one): [string, number] => [
        leftKey({ orderId: one.orderId, lineId: line.id }),
        payableOf([one]) - one.paidCents,
      ]),
    ),
  )
}

const none: Delivered = {
  ...{ declared: 0, accepted: 0, reserved: 0, rejected: 0, missing: 0, numbered: 0 },
  ...{ otherModel: 0, otherModelRejected: 0, repeated: 0, repeatedRejected: 0, late: 0 },
}

function sumOf(rows: readonly DeliveredFor[]): Delivered {
  const names = Object.keys(none) as (keyof Delivered)[]
  return rows.reduce(
    (sum, row) => Object.fromEntries(names.map((name) => [name, sum[name] + row[name]])) as Delivered,
    none,
  )
}

function allSaid(rows: readonly AnsweredFor[]): Answered {
  const sum = (name: keyof Answered) => rows.reduce((all, row) => all + row[name], 0)
  return {
    ...{ confirmed: sum('confirmed'), contested: sum('contested') },
    ...{ contestedAccepted: sum('contestedAccepted'), confirmedMissing: sum('confirmedMissing') },
  }
}

// In use now or once: what was installed and left since was installed.
const installedStates: readonly ItemState[] = ['in_use', 'repair', 'retired', 'disposed']

async function installedOf(ctx: TxContext, lines: readonly StoredLine[]) {
  const installed = new Map<string, Map<string | null, number>>()
  const counts = await countAcquired(
    ctx,
    lines.map(({ id }) => id),
  )
  for (const { acquisitionId, officeId, state, count } of counts) {
    if (!installedStates.includes(state)) continue
    const byOffice = installed.get(acquisitionId) ?? new Map<string | null, number>()
    installed.set(acquisitionId, byOffice.set(officeId, (byOffice.get(officeId) ?? 0) + count))
  }
  return installed
}

async function replacedOf(ctx: TxContext, planId: string) {
  const rows = await selectReplaced(ctx, planId)
  const states = await findItemStates(
    ctx,
    rows.map(({ itemId }) => itemId),
  )
  const left = new Set(
    states.flatMap(({ itemId, state }) => (state === 'retired' || state === 'disposed' ? [itemId] : [])),
  )
  return new Map(
    [...Map.groupBy(rows, ({ lineId }) => lineId)].map(([lineId, own]) => [
      lineId,
      { replaces: own.length, retired: own.filter(({ itemId }) => left.has(itemId)).length },
    ]),
  )
}

function reconciled(language: Language, { line, facts }: Line, all: Facts): ReconciledLine {
  const { quantity, cents } = orderedOf(facts.orders)
  const installable = installableOf(facts)
  return {
    ...{ line: line.number, lineId: line.id, description: line.description, category: line.category },
    ...{ planned: facts.planned, ordered: quantity, declared: facts.delivered.declared },
    ...{ verified: facts.delivered.accepted, reserved: facts.delivered.reserved, rejected: facts.delivered.rejected },
    installed: installable === null ? null : facts.installed,
    retired: line.kind === 'replacement' ? facts.retired : null,
    ...{ confirmed: facts.answered.confirmed, contested: facts.answered.contested },
    paid: facts.paid,
    plannedExVat: money(facts.plannedCents),
    orderedExVat: money(cents),
    payableExVat: money(payableOf(facts.orders)),
    paidExVat: money(facts.paidCents),
    isClosed: line.closedOn !== null,
    offices: officesOf(line, facts, all),
    reasons: reasonsOf(facts).map(({ code, count }) => needsTexts[language].reasons[code](count)),
    findings: findingsOf(facts).map((finding) => said(language, finding)),
  }
}

function officesOf(line: StoredLine, facts: LineFacts, all: Facts): ReconciledLine['offices'] {
  const shares = all.shares.get(line.id) ?? []
  const delivered = Map.groupBy(
    all.delivered.filter(({ lineId }) => lineId === line.id),
    ({ officeId }) => officeId,
  )
  const answered = all.answered.get(line.id) ?? []
  const installed = all.installed.get(line.id) ?? new Map<string | null, number>()
  const names = new Map(shares.map(({ officeId, office }) => [officeId, office]))
  const ids = new Set<string | null>([...names.keys(), ...delivered.keys(), ...installed.keys()])
  return [...ids].map((officeId) => {
    const own = sumOf(delivered.get(officeId) ?? [])
    const said = answered.find((one) => one.officeId === officeId)
    return {
      officeId,
      office: officeId === null ? null : (names.get(officeId) ?? null),
      planned: shares.find((share) => share.officeId === officeId)?.quantity ?? 0,
      ...{ declared: own.declared, verified: own.accepted },
      ...{ confirmed: said?.confirmed ?? 0, contested: said?.contested ?? 0 },
      installed: installableOf(facts) === null ? null : (installed.get(officeId) ?? 0),
    }
  })
}

function said(language: Language, { code, count }: Finding) {
  const isMoney = code === 'price_above_reference' || code === 'paid_over_verified'
  const words = isMoney ? sayCents(money(count), language) : wholeNumber(count, language)
  return { code, count, says: needsTexts[language].findings[code](words) }
}

/** Old items that still have to leave before a line can be closed. */
export function stillToRetire(facts: LineFacts): number {
  return Math.max(0, dueToRetire(facts) - facts.retired)
}
