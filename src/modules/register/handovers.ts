/** Handovers: what passed from hand to hand, and what whoever received it says. */
import { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  type AnsweredHandover,
  type AnswerHandoverInput,
  answerHandoverInput,
  type Handover,
  type HandoverPage,
  type ListHandoversInput,
  listHandoversInput,
  type OwnItems,
} from './handover-schema.ts'
import {
  lockHandover,
  selectHandover,
  selectHandovers,
  selectOwnItems,
  selectToAnswer,
  updateAnswer,
} from './internal/handover-queries.ts'
import { record } from './internal/record.ts'
import { conflict, wrong } from './problems.ts'

/** One page of handovers of items the actor may see, newest first; those nobody confirmed yet, unless asked otherwise. */
export async function listHandovers(ctx: Context, input: ListHandoversInput = {}): Promise<HandoverPage> {
  allow(ctx.actor, 'register.read')
  const { cursor, limit, ...filter } = parse(listHandoversInput, input)
  const before = cursor === undefined ? null : decodeCursor(cursor, filter, z.tuple([z.uuid()]))[0]
  return read(ctx, async (ctx) => {
    const page = await selectHandovers(ctx, filter, before, limit)
    const last = page.rows.at(-1)
    return { rows: page.rows, nextCursor: page.hasMore && last ? encodeCursor([last.id], filter) : null }
  })
}

/** One handover, for whoever may see one of its items, and for who gave or received it. */
export async function findHandover(ctx: Context, id: string): Promise<Handover> {
  if (!may(ctx.actor, 'register.read')) allow(ctx.actor, 'item.receive')
  return read(ctx, async (ctx) => (await selectHandover(ctx, id)) ?? fail(notFound()))
}

/** "I beni affidati a me": what is in the hands of whoever asks, and what they have still to answer for. */
export async function findOwnItems(ctx: Context): Promise<OwnItems> {
  allow(ctx.actor, 'item.receive')
  const { personId } = ctx.actor
  if (personId === null) return { items: [], handovers: [] }
  return read(ctx, async (ctx) => ({
    items: await selectOwnItems(ctx, personId),
    handovers: await selectToAnswer(ctx, personId),
  }))
}

/**
 * What the receiver says of a handover: that it came, or what is wrong. Nobody answers for another; what was disputed may
 * still be confirmed. Refused when it was confirmed already, or when all of it has moved again since.
 */
export async function answerHandover(ctx: Context, id: string, input: AnswerHandoverInput): Promise<AnsweredHandover> {
  allow(ctx.actor, 'item.receive')
  const { answer, note } = parse(answerHandoverInput, input)
  if (answer === 'disputed' && note === '') throw wrong('note', (t) => t.disputeMissing)
  return transact(ctx, async (ctx) => {
    const found = (await lockHandover(ctx, id)) ?? fail(notFound())
    if (!may(ctx.actor, 'item.receive', { requesterId: found.receiverId })) throw notFound()
    if (found.answer === 'confirmed') throw conflict('answered_already', (t) => t.answeredAlready)
    if (found.answer === null || found.itemIds.length === 0) throw conflict('moved_since', (t) => t.movedSince)
    await updateAnswer(ctx, id, answer)
    await record(ctx, {
      subjectType: 'handover',
      subjectId: id,
      kind: answer === 'confirmed' ? 'handover.confirmed' : 'handover.disputed',
      payload: { answeredBefore: found.answer, itemIds: found.itemIds },
      text: { note },
    })
    return { id, answer }
  })
}
