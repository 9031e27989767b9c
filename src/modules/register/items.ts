/** Items: put in the register, corrected, moved, found. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { invalid, parse, sayIssue } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { centsText } from '../../platform/money.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { giveCodes, noteCodes } from './internal/code-queries.ts'
import { custodianOf } from './internal/custodian.ts'
import { addedEvent, changedEvent } from './internal/item-events.ts'
import { insertItems, lockItems, type StoredItem, updateItems } from './internal/item-queries.ts'
import { selectItem, selectItems } from './internal/list-queries.ts'
import { carryOut } from './internal/move.ts'
import { record } from './internal/record.ts'
import { type AttributeValues, attributesSchema, type ItemType, isItemType, itemTypes } from './item-types.ts'
import { conflict, wrong } from './problems.ts'
import { residualValue } from './residual-value.ts'
import {
  type AddedItem,
  type AddItemInput,
  addItemInput,
  type ChangedItem,
  type ChangeItemInput,
  changeItemInput,
  type ItemDetail,
  type ItemPage,
  type ListItemsInput,
  listItemsInput,
  type MoveItemInput,
  moveItemInput,
} from './schema.ts'

/** One page of the items the actor may see, by code; those that are not retired, unless asked otherwise. */
export async function listItems(ctx: Context, input: ListItemsInput = {}): Promise<ItemPage> {
  allow(ctx.actor, 'register.read')
  const { cursor, limit, ...filter } = parse(listItemsInput, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, filter, z.tuple([z.string()]))[0]
  return read(ctx, async (ctx) => {
    const page = await selectItems(ctx, filter, after, limit)
    const last = page.rows.at(-1)
    return {
      rows: page.rows,
      nextCursor: page.hasMore && last ? encodeCursor([last.code], filter) : null,
      isCapped: page.isCapped,
    }
  })
}

/** One item with both its records; what it is worth today. */
export async function findItem(ctx: Context, id: string): Promise<ItemDetail> {
  allow(ctx.actor, 'register.read')
  return read(ctx, async (ctx) => {
    const { costCents, ...found } = (await selectItem(ctx, id)) ?? fail(notFound())
    const today = Temporal.Now.plainDateISO(ctx.zone).toString()
    const left = residualValue({ ...found, costCents }, today)
    return { ...found, cost: euros(costCents), residualValue: euros(left) }
  })
}

const euros = (cents: number | null) => (cents === null ? null : centsText(BigInt(cents)))

/**
 * Puts an item in the register, in any state but disposed of. Without a code it is given the next of its type. Refused when
 * code, tag or serial are another's, or its attributes are not those of its type.
 */
export async function addItem(ctx: Context, input: AddItemInput): Promise<AddedItem> {
  allow(ctx.actor, 'register.manage')
  const { cost: costCents, document, code, type, attributes, custodianEmail, ...request } = parse(addItemInput, input)
  if (!isItemType(type)) throw wrong('type', (t) => t.unknownType)
  const values = checkAttributes(type, attributes)
  if (itemTypes[type].family === 'databases' && request.officeId === null)
    throw wrong('officeId', (t) => t.officeMissing)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'item.add', { ...request, custodianEmail, code, type, values, costCents }, id)
    if (earlier !== null) return { id: earlier, code: (await lockItems(ctx, [earlier]))[0]?.code ?? '' }
    const custodianId = await custodianOf(ctx, request.custodianId, custodianEmail)
    const given = await codeFor(ctx, type, code)
    const item = { ...request, custodianId, id, code: given, type, attributes: values, costCents, acquisitionId: null }
    await insertItems(ctx, [item])
    await record(ctx, addedEvent(item, document))
    return { id, code: item.code }
  })
}

async function codeFor(ctx: TxContext, type: ItemType, code: string | null): Promise<string> {
  if (code === null) return (await giveCodes(ctx, [itemTypes[type].prefix]))[0] ?? ''
  await noteCodes(ctx, [code])
  return code
}

/** The attributes as their type wants them, or a Problem that names each that is wrong. */
export function checkAttributes(type: ItemType, attributes: Record<string, unknown>): AttributeValues {
  const parsed = attributesSchema(type).safeParse(attributes)
  if (parsed.success) return parsed.data
  throw invalid(
    parsed.error.issues.map((issue) => ({
      path: ['attributes', ...issue.path].join('.'),
      say: sayIssue(issue, attributes),
    })),
  )
}

/**
 * Corrects what the register says of an item; what is left out stays. Where it is and how it stands changes by a movement.
 */
export async function changeItem(ctx: Context, id: string, input: ChangeItemInput): Promise<ChangedItem> {
  allow(ctx.actor, 'register.manage')
  const { version, cost: costCents, attributes, ...request } = parse(changeItemInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockItems(ctx, [id]))[0] ?? fail(notFound())
    if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
    const item: StoredItem = {
      ...found,
      ...request,
      costCents: costCents === undefined ? found.costCents : costCents,
      attributes: attributes === undefined ? found.attributes : checkAttributes(found.type, attributes),
    }
    await updateItems(ctx, [item])
    await record(ctx, changedEvent(found, item))
    return { id, state: found.state, version: found.version + 1 }
  })
}

/**
 * Carries out a movement, with the document it rests on: the state follows the life of items, office, site, person and room
 * are those given. `replace` retires this item and puts another in use in its place, or neither. Refused when the state
 * does not allow it, or the day is in the future.
 */
export async function moveItem(ctx: Context, id: string, input: MoveItemInput): Promise<ChangedItem> {
  allow(ctx.actor, 'register.manage')
  const request = parse(moveItemInput, input)
  if (request.on !== null && request.on > Temporal.Now.plainDateISO(ctx.zone).toString())
    throw wrong('on', (t) => t.inFuture)
  return transact(ctx, (ctx) => carryOut(ctx, id, request))
}
