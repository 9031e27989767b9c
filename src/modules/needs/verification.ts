/**
 * The verification of a lot by the administration: begun (the sample is drawn), checked piece by piece, closed, confirmed by
 * a second person where it is worth much. Only then do pieces become items of the register, and may be paid.
 */
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { appendPlainEvents, witnessOf } from '../../platform/events.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { type FieldProblem, fail, notFound } from '../../platform/problem.ts'
import { intakeItems } from '../register/intake.ts'
import { findTaken, needsTwo, refuseOtherVerifier, sampleOf } from './deliveries.ts'
import {
  type Finding,
  type Found,
  findPiece,
  indexPieces,
  outcomeOf,
  restOf,
  type Tally,
  takeCheck,
  tally,
} from './internal/checks.ts'
import {
  type Checked,
  lockDelivery,
  reopenSettled,
  type StoredDelivery,
  type StoredItem,
  selectItems,
  selectParts,
  selectSeenSerials,
  updateChecked,
  updateDelivery,
  updateTakenIn,
} from './internal/delivery-queries.ts'
import { record } from './internal/record.ts'
import {
  type Check,
  type CheckInput,
  checkInput,
  closeVerificationInput,
  confirmVerificationInput,
} from './order-schema.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import { goodsOf, type Outcome } from './vocabulary.ts'

/** Begins the verification; who closes it will answer for it. The seed of the sample is drawn and sealed before any check. */
export async function beginVerification(ctx: Context, id: string): Promise<{ id: string; version: number }> {
  allow(ctx.actor, 'needs.verify')
  return transact(ctx, async (ctx) => {
    const found = await lotToCheck(ctx, id, undefined)
    const begun = await begin(ctx, found)
    return { id, version: begun.version }
  })
}

async function begin(ctx: TxContext, found: StoredDelivery): Promise<StoredDelivery> {
  if (found.state === 'checking') return found
  const verifierId = refuseOtherVerifier(ctx)
  const items = await selectItems(ctx, found.id)
  const sampleSeed = found.sampleSeed ?? randomBytes(16).toString('hex')
  const size = sampleOf({ ...found, sampleSeed }, items).size
  const payload = { sampleSeed, sampleSize: size, of: items.length }
  await record(ctx, { subjectType: 'delivery', subjectId: found.id, kind: 'delivery.verification_begun', payload })
  await updateDelivery(ctx, found.id, { state: 'checking', verifierId, sampleSeed, sampleSize: size })
  return { ...found, state: 'checking', verifierId, sampleSeed, sampleSize: size, version: found.version + 1 }
}

/**
 * Notes what was found of some pieces, all or none: accepted, with reserve, rejected, missing. Checked again, the last look
 * counts, until the verification is closed. A serial number that is already taken is not accepted; another model than the
 * one ordered only with a reason. Saying the same again changes nothing, so that a phone may send it twice.
 */
export async function checkItems(
  ctx: Context,
  id: string,
  input: CheckInput,
): Promise<{ checked: number; unchanged: number }> {
  allow(ctx.actor, 'needs.verify')
  const { checks } = parse(checkInput, input)
  return transact(ctx, async (ctx) => {
    const delivery = await begin(ctx, await lotToCheck(ctx, id, undefined))
    const items = await selectItems(ctx, id)
    const found = await decide(ctx, delivery, items, checks)
    const changed = found.filter(({ item, after }) => !isAsBefore(item, after))
    await keepChecks(ctx, delivery.id, changed, false)
    return { checked: changed.length, unchanged: found.length - changed.length }
  })
}

async function decide(
  ctx: TxContext,
  delivery: StoredDelivery,
  items: readonly StoredItem[],
  checks: readonly Check[],
) {
  const problems: FieldProblem[] = []
  const pieces = indexPieces(items)
  const before = new Map(items.map((item) => [item.id, item]))
  // Once for each piece, as the last of its checks leaves it.
  const last = new Map<string, Found>()
  for (const [at, check] of checks.entries()) {
    const one = findPiece(pieces, check)
    if ('item' in one) {
      takeCheck(pieces, one)
      last.set(one.item.id, { item: before.get(one.item.id) ?? one.item, after: one.after, at })
    } else problems.push(wrongField(`checks.${at}.${one.path}`, (t) => sayPiece(t, one, check)))
  }
  const found = [...last.values()]
  const toTake = found.filter(({ after }) => after.accepted + after.reserved > 0)
  const serials = toTake.flatMap(({ item }) => item.serial ?? [])
  const registered = new Map((await findTaken(ctx, serials)).map((one) => [one.serial.toUpperCase(), one]))
  const taken = await selectSeenSerials(ctx, serials, { deliveryId: delivery.id, isTaken: true })
  for (const { item, at } of toTake) {
    const serial = item.serial?.toUpperCase()
    if (serial === undefined) continue
    const code = registered.get(serial)?.code
    if (code !== undefined || taken.has(serial))
      problems.push(wrongField(`checks.${at}.serial`, (t) => t.serialInUse(item.serial ?? '', code ?? null)))
  }
  if (problems.length > 0) throw invalid(problems.slice(0, 100))
  return found
}

function sayPiece(t: Parameters<Parameters<typeof wrongField>[1]>[0], one: Finding, check: Check): string {
  return one.code === 'tooMany' ? t.piecesLeft(one.left) : t.pieces[one.code](check.serial ?? '')
}

function isAsBefore(item: StoredItem, after: Found['after']): boolean {
  return (
    item.isChecked &&
    !item.isSettled &&
    item.accepted === after.accepted &&
    item.reserved === after.reserved &&
    item.rejected === after.rejected &&
    (item.reason ?? '') === after.reason
  )
}

// Checks with words are events of their own; the others are written together. `isSettled`: by the closing, not by looking.
async function keepChecks(
  ctx: TxContext,
  deliveryId: string,
  found: readonly Found[],
  isSettled: boolean,
): Promise<void> {
  const event = ({ item, after: { reason: _, ...counts } }: Found) => ({
    ...({ subjectType: 'delivery', subjectId: deliveryId, kind: 'delivery.piece_checked' } as const),
    payload: { pieceId: item.id, lineId: item.lineId, ...counts, ...(isSettled && { isSettled }) },
  })
  const rows: Checked[] = []
  for (const one of found) {
    const { reason, ...counts } = one.after
    const checkId = reason === '' ? null : (await record(ctx, { ...event(one), text: { reason } })).id
    rows.push({ id: one.item.id, ...counts, isSettled, checkId })
  }
  const plain = found.filter(({ after }) => after.reason === '')
  const common = { version: 1, witness: witnessOf(ctx), retention: 'organisation' } as const
  if (plain.length > 0)
    await appendPlainEvents(
      ctx,
      plain.map((one) => ({ ...event(one), ...common })),
    )
  if (rows.length > 0) await updateChecked(ctx, rows)
  ctx.services.live.announce(ctx)
}

/**
 * Closes the verification. All pieces were looked at, or the whole sample and nothing in it was wrong: then the others are
 * accepted on the sample. `rest: 'missing'` says that what was not looked at is not there. From the plan's threshold on,
 * which all that was declared on the order reaches together, the lot waits for a second person; below it is verified at once.
 */
export async function closeVerification(ctx: Context, id: string, input: z.input<typeof closeVerificationInput>) {
  allow(ctx.actor, 'needs.verify')
  const { version, rest } = parse(closeVerificationInput, input)
  return transact(ctx, async (ctx) => {
    const delivery = await lotToCheck(ctx, id, version)
    if (delivery.state !== 'checking') throw conflict('not_begun', (t) => t.notBegun)
    const items = await selectItems(ctx, id)
    await keepChecks(ctx, id, toSettle(delivery, items, rest), true)
    const all = await selectItems(ctx, id)
    const verifierId = refuseOtherVerifier(ctx)
    if (!needsTwo(delivery)) return verify(ctx, { ...delivery, verifierId }, all, { verifierId })
    const counts = tally(all)
    await record(ctx, { subjectType: 'delivery', subjectId: id, kind: 'delivery.verification_closed', payload: counts })
    await updateDelivery(ctx, id, { state: 'confirming', verifierId })
    return { state: 'confirming' as const, outcome: null, itemsTakenIn: 0, missing: counts.missing }
  })
}

function toSettle(delivery: StoredDelivery, items: readonly StoredItem[], rest: 'refuse' | 'missing'): Found[] {
  const settled = restOf(items, sampleOf(delivery, items), rest)
  if (settled === 'open') {
    const open = items.filter(({ isChecked }) => !isChecked)
    throw conflict('unchecked', (t) => t.unchecked(open.reduce((sum, { quantity }) => sum + quantity, 0)))
  }
  return settled
}

/**
 * The second person agrees, and the lot is verified; or gives it back with a reason, to be checked again, what was settled
 * without being looked at included. Who declared the lot or had a hand in checking it is no second person.
 */
export async function confirmVerification(ctx: Context, id: string, input: z.input<typeof confirmVerificationInput>) {
  allow(ctx.actor, 'needs.verify')
  const { version, agrees, reason } = parse(confirmVerificationInput, input)
  const secondId = refuseOtherVerifier(ctx)
  if (!agrees && reason.length < 3) throw wrong('reason', (t) => t.reasonMissing)
  return transact(ctx, async (ctx) => {
    const delivery = (await lockDelivery(ctx, id)) ?? fail(notFound())
    if (version !== undefined && version !== delivery.version) throw conflict('stale', (t) => t.stale)
    if (delivery.state !== 'confirming') throw conflict('nothing_to_confirm', (t) => t.nothingToConfirm)
    if ((await selectParts(ctx, id, secondId)).size > 0) throw conflict('same_person', (t) => t.samePerson)
    const items = await selectItems(ctx, id)
    if (agrees) return verify(ctx, delivery, items, { secondId })
    const of = { subjectType: 'delivery', subjectId: id, kind: 'delivery.verification_returned' } as const
    await record(ctx, { ...of, payload: {}, text: { reason } })
    await reopenSettled(ctx, id)
    await updateDelivery(ctx, id, { state: 'checking' })
    const { missing } = tally(await selectItems(ctx, id))
    return { state: 'checking' as const, outcome: null, itemsTakenIn: 0, missing }
  })
}

async function verify(
  ctx: TxContext,
  delivery: StoredDelivery,
  items: readonly StoredItem[],
  more: { verifierId?: string; secondId?: string },
) {
  const counts: Tally = tally(items)
  const outcome: Outcome = outcomeOf(counts)
  const takenIn = await takeIn(ctx, delivery, items)
  await record(ctx, {
    subjectType: 'delivery',
    subjectId: delivery.id,
    kind: 'delivery.verified',
    payload: { outcome, ...counts, itemsTakenIn: takenIn, verifierId: delivery.verifierId, ...more },
  })
  await updateDelivery(ctx, delivery.id, { state: 'verified', outcome, ...more })
  return { state: 'verified' as const, outcome, itemsTakenIn: takenIn, missing: counts.missing }
}

// What has a number of its own and was taken, also with reserve, becomes an item of the register.
async function takeIn(ctx: TxContext, delivery: StoredDelivery, items: readonly StoredItem[]): Promise<number> {
  const rows = items.flatMap((item) => {
    const type = item.category === null ? null : goodsOf[item.category].itemType
    if (type === null || item.lineId === null || item.serial === null || item.accepted + item.reserved === 0) return []
    return [{ item, type, acquisitionId: item.lineId, serial: item.serial }]
  })
  const taken = await intakeItems(
    ctx,
    rows.map(({ item, type, acquisitionId, serial }) => ({
      ...{ acquisitionId, type, serial, name: item.description ?? item.model ?? serial, model: item.model },
      ...{ officeId: item.officeId, siteId: item.siteId, costCents: item.unitCents, funding: item.funding },
      ...{ purchasedOn: delivery.deliveredOn, warrantyUntil: null, document: `${delivery.order} ${delivery.note}` },
    })),
  )
  const pairs = taken.flatMap(({ itemId }, at) => {
    const id = rows[at]?.item.id
    return id === undefined ? [] : [{ id, itemId }]
  })
  if (pairs.length > 0) await updateTakenIn(ctx, pairs)
  return pairs.length
}

async function lotToCheck(ctx: TxContext, id: string, version: number | undefined): Promise<StoredDelivery> {
  const personId = refuseOtherVerifier(ctx)
  const found = (await lockDelivery(ctx, id)) ?? fail(notFound())
  if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
  if (found.state === 'verified') throw conflict('verified', (t) => t.verifiedAlready)
  if (found.state === 'confirming') throw conflict('confirming', (t) => t.awaitsSecond)
  if ((await selectParts(ctx, id, personId)).has('declared')) throw conflict('declarer', (t) => t.declarerVerifies)
  return found
}
