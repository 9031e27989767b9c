/**
 * Consumables: what there is by printer model, and handing it over in parts. Each part has a code of six digits on its
 * delivery note; who receives it types the code, and no one of the supplier can (contract-logic §2, A.3.2).
 */
import { createHmac, randomUUIDv7, timingSafeEqual } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import type { ItemLine } from './internal/case-events.ts'
import { countAttempts, insertAttempt, selectItems, upsertItem } from './internal/consumable-queries.ts'
import type { CaseFacts, Delivery } from './internal/fold.ts'
import { caseFor, record } from './internal/record.ts'
import { recordItemEvent } from './internal/record-item.ts'
import { tooManyCodes, wrongField } from './problems.ts'
import { type ChangedCase, deliverInput, receiveInput } from './schema.ts'

export const consumableItem = z
  .object({ id: z.uuid(), code: z.string(), name: z.string(), printerModel: z.string(), isActive: z.boolean() })
  .openapi('ConsumableItem')
export type ConsumableItem = z.output<typeof consumableItem>

export const saveItemInput = z
  .object({
    code: z.string().trim().min(1).max(40),
    name: z.string().trim().min(2).max(120),
    printerModel: z.string().trim().max(120).default(''),
    isActive: z.boolean().default(true),
  })
  .openapi('SaveConsumableItem')

/** What may be asked for, by printer model and name; also what is no longer offered when `all`. */
export async function listItems(ctx: Context, all = false): Promise<ConsumableItem[]> {
  allow(ctx.actor, 'organisation.read')
  return read(ctx, async (ctx) => (await selectItems(ctx)).filter((item) => all || item.isActive))
}

/** Adds an item, or changes the one with this code. */
export async function saveItem(ctx: Context, input: z.input<typeof saveItemInput>): Promise<{ id: string }> {
  const item = parse(saveItemInput, input)
  return transact(ctx, async (ctx) => {
    allow(ctx.actor, 'consumable.manage')
    const id = await upsertItem(ctx, { id: randomUUIDv7(), ...item })
    await recordItemEvent(ctx, id, item)
    return { id }
  })
}

/** Refuses lines that name an item twice, or one that is not offered. */
export async function requireItems(ctx: TxContext, lines: readonly ItemLine[], path: string): Promise<void> {
  const offered = new Set((await selectItems(ctx)).filter((item) => item.isActive).map((item) => item.id))
  const wrong = lines.flatMap((line, index) => {
    if (!offered.has(line.itemId)) return [wrongField(`${path}.${index}.itemId`, (t) => t.problems.unknownItem)]
    const isRepeated = lines.findIndex((other) => other.itemId === line.itemId) < index
    return isRepeated ? [wrongField(`${path}.${index}.itemId`, (t) => t.problems.itemTwice)] : []
  })
  if (wrong.length > 0) throw invalid(wrong)
}

/**
 * Hands over some of what was asked for; returns the code for the delivery note. Refused: more than is still missing, or
 * something nobody asked for.
 */
export async function deliver(
  ctx: Context,
  id: string,
  input: z.input<typeof deliverInput>,
): Promise<ChangedCase & { deliveryId: string; code: string }> {
  const { version, lines } = parse(deliverInput, input)
  return transact(ctx, async (ctx) => {
    const deliveryId = randomUUIDv7()
    const earlier = await claimKey(ctx, `case.deliver ${id}`, { lines }, deliveryId)
    const found = await caseFor(ctx, id, 'deliver', 'case.work', earlier === null ? version : undefined)
    if (earlier !== null) {
      const { state, version: now } = found
      return { id, state, version: now, deliveryId: earlier, code: deliveryCode(ctx, earlier) }
    }
    requireMissing(found, lines)
    const event = { kind: 'case.delivered', version: 1, payload: { deliveryId, lines, teamId: found.teamId } } as const
    const { changed } = await record(ctx, found, event)
    return { ...changed, deliveryId, code: deliveryCode(ctx, deliveryId) }
  })
}

function requireMissing(found: CaseFacts, lines: readonly ItemLine[]) {
  const wrong = lines.flatMap((line, index) => {
    const missing = missingOf(found, line.itemId)
    const isRepeated = lines.findIndex((other) => other.itemId === line.itemId) < index
    return line.quantity > missing || isRepeated
      ? [wrongField(`lines.${index}.quantity`, (t) => t.problems.tooManyPieces(missing))]
      : []
  })
  if (wrong.length > 0) throw invalid(wrong)
}

const mostAttempts = 5

/**
 * Signs for a delivery with the code of its note: the asker, or the contact of the asker's office. The last piece closes
 * the case as confirmed. A wrong code is counted; after five in an hour the desk must be called.
 */
export async function receiveDelivery(
  ctx: Context,
  id: string,
  input: z.input<typeof receiveInput>,
): Promise<ChangedCase> {
  allow(ctx.actor, 'case.receive')
  const { version, code } = parse(receiveInput, input)
  const signed = await transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'receive', 'case.receive', version)
    if ((await countAttempts(ctx, id)) >= mostAttempts) throw tooManyCodes()
    const delivery = found.deliveries.find((one) => one.receivedAt === null && isCode(ctx, one, code))
    if (delivery === undefined) {
      await insertAttempt(ctx, { id: randomUUIDv7(), case_id: id })
      return null
    }
    const isLast =
      undelivered(found) === 0 &&
      found.deliveries.every((one) => one.receivedAt !== null || one.deliveryId === delivery.deliveryId)
    const payload = { deliveryId: delivery.deliveryId, isLast }
    return (await record(ctx, found, { kind: 'case.received', version: 1, payload })).changed
  })
  // Outside the transaction: the attempt counts although it is refused.
  return signed ?? fail(invalid([wrongField('code', (t) => t.problems.wrongCode)]))
}

/** Pieces asked for and not delivered yet. */
export function undelivered(found: Pick<CaseFacts, 'details' | 'deliveries'>): number {
  return found.details.items.reduce((sum, line) => sum + missingOf(found, line.itemId), 0)
}

/** The code of a delivery note: derived from the installation's key, so it is kept nowhere. */
export function deliveryCode(ctx: Context, deliveryId: string): string {
  const digest = createHmac('sha256', ctx.services.secret).update(`delivery ${deliveryId}`).digest()
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}

function isCode(ctx: Context, delivery: Delivery, code: string): boolean {
  return timingSafeEqual(Buffer.from(deliveryCode(ctx, delivery.deliveryId)), Buffer.from(code))
}

function missingOf(found: Pick<CaseFacts, 'details' | 'deliveries'>, itemId: string): number {
  return (
    pieces(found.details.items, itemId) -
    pieces(
      found.deliveries.flatMap(({ lines }) => lines),
      itemId,
    )
  )
}

/** How many pieces of an item some lines hold. */
export function pieces(lines: readonly ItemLine[], itemId: string): number {
  return lines.reduce((sum, line) => sum + (line.itemId === itemId ? line.quantity : 0), 0)
}
