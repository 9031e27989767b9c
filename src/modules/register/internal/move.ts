/** Movements: what each does to the item, and to the one that takes its place. */
import type { z } from 'zod'
import type { TxContext } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { conflict, wrong } from '../problems.ts'
import type { ChangedItem, moveItemInput } from '../schema.ts'
import type { ItemState } from '../vocabulary.ts'
import { custodianOf } from './custodian.ts'
import { handOver } from './hand-over.ts'
import { lockByCode, lockItems, type StoredItem } from './item-queries.ts'
import { lifecycle, mayHappen, readyStates } from './lifecycle.ts'
import { type Movement, updateMoved } from './move-queries.ts'
import { passRelations } from './pass-relations.ts'
import { recordAll } from './record.ts'
import { relationEvent } from './relation-event.ts'
import { deleteRelationsOf } from './relation-queries.ts'

export type MoveRequest = z.output<typeof moveItemInput>

/** One item that moves: how it was, what becomes of it, what its event says. */
export type Move = Movement & {
  item: StoredItem
  kind: string
  /** It leaves the hands it was in. */
  isBack: boolean
  other: Record<string, string>
}

/** Locks what is concerned, checks the life, writes items and events. */
export async function carryOut(ctx: TxContext, id: string, given: MoveRequest): Promise<ChangedItem> {
  const request = { ...given, custodianId: await custodianOf(ctx, given.custodianId, given.custodianEmail) }
  const [found, replacement] = await itemsOf(ctx, id, request)
  if (request.version !== undefined && request.version !== found.version) throw conflict('stale', (t) => t.stale)
  if (!mayHappen(request.act, found.state)) throw wrongState(found.state)
  requireBorrower(request)
  const old = moveOf(ctx, found, request, replacement === null ? {} : { replacedBy: replacement.id })
  await writeMoves(ctx, replacement === null ? [old] : [inPlaceOf(ctx, found, replacement, request), old], request)
  if (replacement !== null) await passRelations(ctx, found.id, replacement.id)
  return { id, state: old.state, version: found.version + 1 }
}

/** The same for many items that are locked and whose states allow it. */
export async function carryOutForAll(ctx: TxContext, items: readonly StoredItem[], given: MoveRequest): Promise<void> {
  const request = { ...given, custodianId: await custodianOf(ctx, given.custodianId, given.custodianEmail) }
  requireBorrower(request)
  const moves = items.map((item) => moveOf(ctx, item, request, {}))
  await writeMoves(ctx, moves, request)
}

function requireBorrower({ act, custodianId, officeId }: MoveRequest): void {
  if (act === 'loan' && !custodianId && !officeId) throw wrong('custodianId', (t) => t.lenderMissing)
}

async function writeMoves(ctx: TxContext, moves: readonly Move[], request: MoveRequest): Promise<void> {
  const { act, document, note } = request
  await updateMoved(
    ctx,
    moves.map(({ item: _, kind: __, isBack: ___, other: ____, ...movement }) => movement),
  )
  const handovers = await handOver(ctx, act, request.on ?? today(ctx), moves)
  await recordAll(
    ctx,
    moves.map((move) => {
      const { item, kind, state, officeId, siteId, custodianId, loanUntil, room, other } = move
      const handoverId = handovers.get(item.id)
      return {
        subjectType: 'configuration_item' as const,
        subjectId: item.id,
        kind,
        payload: {
          ...{ state, before: item.state, officeId, siteId, custodianId, loanUntil, ...other },
          ...(handoverId !== undefined && { handoverId }),
        },
        text: { document, note, room: room === item.room ? '' : room },
        ...(request.on !== null && { occurredAt: noon(request.on, ctx.zone) }),
      }
    }),
  )
  if (act === 'dispose') for (const { itemId } of moves) await severRelations(ctx, itemId)
}

// Nothing rests any more on what is disposed of.
async function severRelations(ctx: TxContext, id: string): Promise<void> {
  const severed = await deleteRelationsOf(ctx, id)
  await recordAll(
    ctx,
    severed.map((relation) => relationEvent(relation, 'relation.removed')),
  )
}

async function itemsOf(ctx: TxContext, id: string, request: MoveRequest): Promise<[StoredItem, StoredItem | null]> {
  if (request.act !== 'replace') return [(await lockItems(ctx, [id]))[0] ?? fail(notFound()), null]
  const { replacementId, replacementCode } = request
  // Locked together in one order: two replacements that cross wait for each other, and neither is lost.
  const byCode = replacementCode === null ? undefined : (await lockByCode(ctx, [replacementCode]))[0]
  const otherId = replacementId ?? byCode?.id ?? fail(wrong('replacementCode', (t) => t.replacementMissing))
  if (otherId === id) throw wrong('replacementId', (t) => t.replacementSame)
  const both = await lockItems(ctx, [id, otherId])
  const found = both.find((one) => one.id === id) ?? fail(notFound())
  const other = both.find((one) => one.id === otherId) ?? fail(wrong('replacementId', (t) => t.unknownItem))
  if (other.type !== found.type) throw wrong('replacementId', (t) => t.replacementOther)
  if (!readyStates.includes(other.state)) {
    const { state } = other
    throw conflict('replacement_not_ready', (t) => t.replacementState(state))
  }
  return [found, other]
}

// The new one goes where the old one was, unless the act says otherwise; the old one stays with nobody.
function inPlaceOf(ctx: TxContext, old: StoredItem, replacement: StoredItem, request: MoveRequest): Move {
  const place = {
    officeId: request.officeId ?? old.officeId,
    siteId: request.siteId ?? old.siteId,
    custodianId: request.custodianId ?? old.custodianId,
    room: request.room ?? old.room,
  }
  return moveOf(ctx, replacement, { ...request, ...place, act: 'install' }, { replaces: old.id })
}

const leavingActs: readonly string[] = ['return', 'repair', 'replace', 'retire', 'dispose']

function moveOf(ctx: TxContext, item: StoredItem, request: MoveRequest, other: Record<string, string>): Move {
  const { act, document } = request
  const isOld = act === 'replace'
  const { to, kind } = lifecycle[act]
  return {
    item,
    itemId: item.id,
    kind,
    other,
    isBack: leavingActs.includes(act),
    state: to ?? item.state,
    officeId: isOld || request.officeId === undefined ? item.officeId : request.officeId,
    siteId: isOld || request.siteId === undefined ? item.siteId : request.siteId,
    custodianId: custodianAfter(item, request),
    room: isOld || request.room === undefined ? item.room : request.room,
    loanUntil: act === 'loan' ? request.loanUntil : act === 'move' || act === 'change' ? item.loanUntil : null,
    writeOffOn: act === 'dispose' ? (request.on ?? today(ctx)) : null,
    writeOffDocument: act === 'dispose' ? document : null,
  }
}

// What comes back, is retired or replaced is in nobody's hands any more, unless somebody is named. A repair ends where it began.
function custodianAfter(item: StoredItem, { act, custodianId }: MoveRequest): string | null {
  if (act !== 'replace' && custodianId !== undefined) return custodianId
  return leavingActs.includes(act) && act !== 'repair' ? null : item.custodianId
}

const today = (ctx: TxContext) => Temporal.Now.plainDateISO(ctx.zone).toString()

/** An act of a day that is past happened at its noon, for want of the hour. */
function noon(day: string, zone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant().toString()
}

function wrongState(state: ItemState) {
  return conflict('wrong_state', (t) => t.wrongState(state))
}
