/** Deliveries as the supplier declares them: a note, its pieces with their serial numbers, a line of the plan or none. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { type FieldProblem, fail, notFound } from '../../platform/problem.ts'
import { findSerials } from '../register/acquired.ts'
import { tellContacts } from './delivery-mail.ts'
import {
  insertDelivery,
  insertItems,
  type NewItem,
  type StoredDelivery,
  type StoredItem,
  selectByNote,
  selectDeliveries,
  selectDelivery,
  selectItems,
  selectOfficesByCode,
  selectSeenSerials,
} from './internal/delivery-queries.ts'
import { lockOrders, type StoredOrder, selectOrdered } from './internal/order-queries.ts'
import { selectLines } from './internal/plan-queries.ts'
import { record } from './internal/record.ts'
import { toLookAt } from './internal/sample.ts'
import {
  type DeclareDeliveryInput,
  type DeclaredItem,
  type DeliveryItemRow,
  type DeliveryRow,
  declareDeliveryInput,
  listDeliveriesInput,
} from './order-schema.ts'
import { ownSupplier } from './orders.ts'
import { money, today } from './plans.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import { goodsOf } from './vocabulary.ts'

/** The deliveries, the longest waiting first; who works for a supplier sees its own. */
export async function listDeliveries(ctx: Context, input: { year?: unknown; state?: unknown }): Promise<DeliveryRow[]> {
  allow(ctx.actor, 'orders.read')
  const { year, state } = parse(listDeliveriesInput, input)
  return read(ctx, async (ctx) =>
    (
      await selectDeliveries(ctx, { year: year ?? null, isWaiting: state === 'waiting', supplierId: ownSupplier(ctx) })
    ).map(deliveryOf),
  )
}

/** One delivery with its pieces; those of the sample are marked once the verification began. */
export async function findDelivery(
  ctx: Context,
  id: string,
): Promise<DeliveryRow & { isVerifier: boolean; items: DeliveryItemRow[] }> {
  allow(ctx.actor, 'orders.read')
  return read(ctx, async (ctx) => {
    const found = await visible(ctx, await selectDelivery(ctx, id))
    const items = await selectItems(ctx, id)
    // Who delivers does not learn which pieces will be looked at.
    const isHidden = ctx.actor.partyKind === 'supplier' && found.state !== 'verified'
    const sample = isHidden ? new Set<string>() : sampleOf(found, items)
    const isVerifier = found.verifierId !== null && found.verifierId === ctx.actor.personId
    return { ...deliveryOf(found), isVerifier, items: items.map((item) => itemOf(item, sample.has(item.id))) }
  })
}

/** A delivery that the actor may see, or "not found". */
export async function visible(ctx: TxContext, found: StoredDelivery | undefined): Promise<StoredDelivery> {
  const own = ownSupplier(ctx)
  if (found === undefined || (own !== null && found.supplierId !== own)) throw notFound()
  return found
}

/** The pieces that are looked at: those of the sample, all of a small lot; none before the seed is drawn. */
export function sampleOf(delivery: StoredDelivery, items: readonly StoredItem[]): ReadonlySet<string> {
  if (delivery.sampleSeed === null) return new Set()
  return toLookAt(items, delivery.sampleSeed)
}

/**
 * Declares a delivery on an order. Serial numbers are needed where the category has them, and none is on the note twice; one
 * that was seen before is taken and marked. A closed line takes nothing more. The same note declared again changes nothing;
 * declared otherwise it is refused.
 */
export async function declareDelivery(
  ctx: Context,
  input: DeclareDeliveryInput,
): Promise<{ id: string; isNew: boolean }> {
  allow(ctx.actor, 'needs.deliver')
  const { order: number, note, deliveredOn, items } = parse(declareDeliveryInput, input)
  if (deliveredOn > today(ctx)) throw wrong('deliveredOn', (t) => t.inFuture)
  return transact(ctx, async (ctx) => {
    const own = ownSupplier(ctx)
    const [order] = await lockOrders(ctx, [number])
    if (order === undefined || (own !== null && order.supplierId !== own)) throw wrong('order', (t) => t.unknownOrder)
    const { rows, problems } = await itemsOf(ctx, order, items)
    if (problems.length > 0) throw invalid(problems.slice(0, 100))
    const before = await selectByNote(ctx, order.id, note)
    if (before !== undefined) {
      if (!isSame(await selectItems(ctx, before.id), rows)) throw wrong('note', (t) => t.noteTaken)
      return { id: before.id, isNew: false }
    }
    const id = randomUUIDv7()
    const marked = await withSeen(ctx, id, rows)
    const { id: eventId, occurredAt } = await record(ctx, {
      subjectType: 'delivery',
      subjectId: id,
      kind: 'delivery.declared',
      payload: { orderId: order.id, note, deliveredOn, pieces: pieces(rows), lines: piecesByLine(rows) },
    })
    await insertDelivery(ctx, { id, orderId: order.id, note, deliveredOn, declaredAt: occurredAt })
    await insertItems(ctx, id, marked)
    await tellContacts(ctx, { id, deliveredOn, eventId })
    return { id, isNew: true }
  })
}

type Row = Omit<NewItem, 'seenBefore'>

async function itemsOf(ctx: TxContext, order: StoredOrder, items: readonly DeclaredItem[]) {
  const lines = new Map((await selectLines(ctx, order.planId, null)).map((line) => [line.number, line]))
  const ordered = new Map(
    (await selectOrdered(ctx, order.planId)).flatMap((one) =>
      one.orderId === order.id ? [[one.lineId, one] as const] : [],
    ),
  )
  const offices = await selectOfficesByCode(ctx, [...new Set(items.flatMap(({ office }) => office ?? []))])
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  const rows = items.map((item, at): Row => {
    const wrongAt = (name: string, pick: Parameters<typeof wrongField>[1]) =>
      problems.push(wrongField(`items.${at}.${name}`, pick))
    const line = item.line === null ? undefined : lines.get(item.line)
    if (item.line !== null && line === undefined) wrongAt('line', (t) => t.unknownLine(item.line ?? 0))
    if (line !== undefined && !ordered.has(line.id)) wrongAt('line', (t) => t.notOrdered(line.number))
    if (line !== undefined && line.closedOn !== null) wrongAt('line', (t) => t.lineClosed(line.number))
    if (line !== undefined && goodsOf[line.category].serial === 'required' && item.serial === null)
      wrongAt('serial', (t) => t.serialMissing)
    if (item.serial !== null && item.quantity !== 1) wrongAt('quantity', (t) => t.oneSerialOnePiece)
    const serial = item.serial?.toUpperCase()
    if (serial !== undefined && seen.has(serial)) wrongAt('serial', (t) => t.serialTwice(item.serial ?? ''))
    if (serial !== undefined) seen.add(serial)
    const officeId = item.office === null ? null : (offices.get(item.office) ?? null)
    if (item.office !== null && officeId === null) wrongAt('office', (t) => t.unknownOfficeCode(item.office ?? ''))
    const wantedModel = line === undefined ? null : (ordered.get(line.id)?.model ?? null)
    if (wantedModel !== null && item.model === null) wrongAt('model', (t) => t.modelMissing(wantedModel))
    return {
      ...{ id: randomUUIDv7(), lineId: line?.id ?? null, officeId },
      ...{ model: item.model, serial: item.serial, quantity: item.quantity },
      isOtherModel: wantedModel !== null && item.model !== null && plain(item.model) !== plain(wantedModel),
    }
  })
  return { rows, problems }
}

// "ProDesk 400-G9" and "prodesk 400 g9" are the same model.
function plain(model: string): string {
  return model.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

/** The items of the register that have one of these serials and are there already: one that is awaited is no obstacle. */
export async function findTaken(ctx: TxContext, serials: readonly string[]) {
  const awaited: readonly string[] = ['planned', 'ordered', 'delivered']
  return (await findSerials(ctx, serials)).filter(({ state }) => !awaited.includes(state))
}

async function withSeen(ctx: TxContext, deliveryId: string, rows: readonly Row[]): Promise<NewItem[]> {
  const serials = rows.flatMap(({ serial }) => serial ?? [])
  const inRegister = new Set((await findTaken(ctx, serials)).map(({ serial }) => serial.toUpperCase()))
  const delivered = await selectSeenSerials(ctx, serials, { deliveryId, isTaken: false })
  return rows.map((row) => {
    const serial = row.serial?.toUpperCase() ?? ''
    const where = delivered.has(serial) ? 'delivery' : inRegister.has(serial) ? 'register' : null
    return { ...row, seenBefore: where }
  })
}

function pieces(rows: readonly Row[]): number {
  return rows.reduce((sum, { quantity }) => sum + quantity, 0)
}

function piecesByLine(rows: readonly Row[]): { lineId: string | null; pieces: number }[] {
  return [...Map.groupBy(rows, ({ lineId }) => lineId)].map(([lineId, own]) => ({ lineId, pieces: pieces(own) }))
}

function isSame(before: readonly StoredItem[], rows: readonly Row[]): boolean {
  const key = ({ lineId, officeId, model, serial, quantity }: Omit<Row, 'id' | 'isOtherModel'>) =>
    JSON.stringify([lineId, officeId, model, serial?.toUpperCase() ?? null, quantity])
  const [one, other] = [before.map(key).sort(), rows.map(key).sort()]
  return one.length === other.length && one.every((value, at) => value === other[at])
}

/** A stored delivery as it leaves. */
export function deliveryOf(found: StoredDelivery): DeliveryRow {
  const { cents, orderCents: _, twoPersonCents: __, planId: ___, supplierId: ____, ...known } = found
  const { sampleSeed: _____, verifierId: ______, ...rest } = known
  return { ...rest, amount: money(cents), needsTwo: needsTwo(found) }
}

/** Two persons are needed from the plan's threshold on, which what was declared on the order reaches as a whole. */
export function needsTwo({ orderCents, twoPersonCents }: StoredDelivery): boolean {
  return orderCents >= twoPersonCents
}

function itemOf(item: StoredItem, isInSample: boolean): DeliveryItemRow {
  const { id, line, description, office, model, orderedModel, serial, quantity, accepted, reserved, rejected } = item
  const { isChecked, isSettled, isOtherModel, seenBefore, itemId, reason } = item
  return {
    ...{ id, line, description, office, model, orderedModel, serial, quantity, accepted, reserved, rejected },
    ...{ isChecked, isSettled, isOtherModel, seenBefore, isInSample, itemId, reason },
  }
}

/** The Problem of who may not verify: a person of the supplier, a program, nobody by name. */
export function refuseOtherVerifier(ctx: Pick<Context, 'actor'>): string {
  const { personId, partyKind } = ctx.actor
  if (partyKind === 'supplier') throw conflict('supplier_verifies', (t) => t.supplierVerifies)
  return personId ?? fail(conflict('nobody_verifies', (t) => t.nobodyVerifies))
}
