/** One movement for many items, by what is scanned or typed of them. */
import { randomUUIDv7 } from 'node:crypto'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type MovedItems, type MoveItemsInput, moveItemsInput } from './bulk-schema.ts'
import { lockItems, type StoredItem } from './internal/item-queries.ts'
import { mayHappen } from './internal/lifecycle.ts'
import { selectMarked } from './internal/marks.ts'
import { carryOutForAll } from './internal/move.ts'
import { wrong, wrongField } from './problems.ts'
import { registerTexts } from './texts.ts'
import type { ItemAct } from './vocabulary.ts'

/**
 * Carries out one movement for all these items, or for none: each is named by code, serial, inventory number or label, and
 * twice is once. Refused with every line that is wrong: unknown, or in a state that does not allow it.
 */
export async function moveItems(ctx: Context, input: MoveItemsInput): Promise<MovedItems> {
  allow(ctx.actor, 'register.manage')
  const { items: marks, ...request } = parse(moveItemsInput, input)
  if (request.on !== null && request.on > Temporal.Now.plainDateISO(ctx.zone).toString())
    throw wrong('on', (t) => t.inFuture)
  return transact(ctx, async (ctx) => {
    const found = await itemsOf(ctx, marks)
    const repeated = await claimKey(ctx, 'items.move', { marks, request }, randomUUIDv7())
    if (repeated !== null) return { moved: found.length }
    refuseStates(request.act, marks, found)
    const items = [...new Map(found.map((item) => [item.id, item])).values()]
    await carryOutForAll(ctx, items, { ...request, version: undefined, replacementId: null, replacementCode: null })
    return { moved: items.length }
  })
}

async function itemsOf(ctx: TxContext, marks: readonly string[]): Promise<StoredItem[]> {
  const ids = await selectMarked(ctx, marks)
  const known = ids.filter((id) => id !== null)
  const stored = new Map((await lockItems(ctx, [...new Set(known)])).map((item) => [item.id, item]))
  const unknown = marks.flatMap((mark, at) =>
    stored.has(ids[at] ?? '') ? [] : [wrongField(lineOf(at), (t) => t.unknownMark(mark))],
  )
  if (unknown.length > 0) throw refused(unknown)
  return ids.flatMap((id) => stored.get(id ?? '') ?? [])
}

function refuseStates(act: ItemAct, marks: readonly string[], found: readonly StoredItem[]): void {
  const wrongs = found.flatMap(({ code, state }, at) =>
    mayHappen(act, state) ? [] : [wrongField(lineOf(at), (t) => t.wrongMarkState(marks[at] ?? code, code, state))],
  )
  if (wrongs.length > 0) throw refused(wrongs)
}

const lineOf = (at: number) => `line ${at + 1}`

function refused(fields: readonly FieldProblem[]): Problem {
  return new Problem(
    'conflict',
    'items_refused',
    say(registerTexts, (t) => t.problems.itemsRefused),
    fields,
  )
}
