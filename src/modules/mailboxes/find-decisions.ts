/** Reading decisions: lists by what they wait for, one with its history, mailboxes without one with a suggestion. */
import { z } from 'zod'
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { rulesInForce } from './box-rules.ts'
import {
  type CandidateRow,
  type DecisionOutput,
  type DecisionPage,
  type DecisionRow,
  type ListCandidatesInput,
  type ListDecisionsInput,
  listCandidatesInput,
  listDecisionsInput,
  type ViewCounts,
} from './decision-schema.ts'
import { mostAtOnce } from './decision-vocabulary.ts'
import {
  type CandidateFacts,
  selectCandidates,
  selectOffices,
  selectTwins,
  type Twin,
} from './internal/candidate-queries.ts'
import {
  countViews,
  selectDecision,
  selectDecisions,
  selectHistory,
  selectOpenOf,
} from './internal/decision-list-queries.ts'
import { selectByAddress } from './internal/decision-queries.ts'
import { suggest } from './internal/suggest.ts'

const decisionTuple = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** One page of a view, with how many each view has. */
export async function listDecisions(ctx: Context, input: ListDecisionsInput = {}): Promise<DecisionPage> {
  const { cursor, limit, ...filter } = parse(listDecisionsInput, input)
  allow(ctx.actor, 'mailboxes.read')
  const tuple = cursor === undefined ? null : decodeCursor(cursor, filter, decisionTuple)
  const after = tuple === null ? null : { proposedAt: tuple[0], id: tuple[1] }
  return read(ctx, async (ctx) => {
    const { rows, hasMore } = await selectDecisions(ctx, filter, after, limit)
    const last = rows.at(-1)
    return {
      rows,
      nextCursor: hasMore && last ? encodeCursor([last.proposedAt, last.id], filter) : null,
      counts: await countViews(ctx),
    }
  })
}

/** How many wait in each view, of what the actor reads. */
export async function countDecisions(ctx: Context): Promise<ViewCounts> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, countViews)
}

/** The id of a mailbox by its address; undefined when there is none. */
export async function findMailboxId(ctx: Context, address: string): Promise<string | undefined> {
  allow(ctx.actor, 'mailboxes.propose')
  return (await read(ctx, (ctx) => selectByAddress(ctx, [address.trim().toLowerCase()])))[0]?.id
}

/** One decision with the history of its mailbox. */
export async function findDecision(ctx: Context, id: string): Promise<DecisionOutput> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => {
    const found = (await selectDecision(ctx, id)) ?? fail(notFound())
    return { ...found, history: await selectHistory(ctx, found.mailboxId) }
  })
}

/** What is decided of a mailbox that the actor reads, as long as it is open or carried out; null when nothing is. */
export async function findOpenDecision(ctx: Context, mailboxId: string): Promise<DecisionRow | null> {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, async (ctx) => (await selectOpenOf(ctx, mailboxId)) ?? null)
}

/** The offices with mailboxes that the actor reads. */
export async function listDecisionOffices(ctx: Context) {
  allow(ctx.actor, 'mailboxes.read')
  return read(ctx, selectOffices)
}

/** How many rows are looked through at once for those of one suggestion. */
const stride = 500

/** One page of the mailboxes that nothing was decided of, by address, each with what could become of it. */
export async function listCandidates(
  ctx: Context,
  input: ListCandidatesInput = {},
): Promise<{ rows: CandidateRow[]; nextCursor: string | null }> {
  const { cursor, limit, suggested, ...filter } = parse(listCandidatesInput, input)
  allow(ctx.actor, 'mailboxes.propose')
  const named = { ...filter, suggested }
  let after = cursor === undefined ? '' : decodeCursor(cursor, named, z.tuple([z.string()]))[0]
  return read(ctx, async (ctx) => {
    const rows: CandidateRow[] = []
    // A suggestion is reckoned, not stored: of the mailboxes in order those that have it are taken.
    for (;;) {
      const facts = await selectCandidates(ctx, filter, after, suggested === undefined ? limit + 1 : stride)
      const found = await withSuggestions(ctx, facts)
      rows.push(...found.filter(({ suggestion }) => suggested === undefined || suggestion.kind === suggested))
      after = facts.at(-1)?.address ?? after
      if (rows.length > limit || suggested === undefined || facts.length < stride) break
    }
    const last = rows[limit - 1]
    const nextCursor = rows.length > limit && last !== undefined ? encodeCursor([last.address], named) : null
    return { rows: rows.slice(0, limit), nextCursor }
  })
}

/** Some mailboxes by id, each with what could become of it, whatever was decided before; those that are none are left out. */
export async function findCandidates(ctx: Context, ids: readonly string[]): Promise<CandidateRow[]> {
  allow(ctx.actor, 'mailboxes.propose')
  if (ids.length === 0) return []
  return read(ctx, async (ctx) => withSuggestions(ctx, await selectCandidates(ctx, { ids }, '', mostAtOnce)))
}

async function withSuggestions(ctx: TxContext, facts: readonly CandidateFacts[]): Promise<CandidateRow[]> {
  const { duplicateShare, unusedAfterDays } = await rulesInForce(ctx)
  const ids = facts.map(({ id }) => id)
  const twins = new Map((await selectTwins(ctx, ids, duplicateShare)).map((one) => [one.id, one]))
  return facts.map((one) => candidateOf(one, twins.get(one.id), unusedAfterDays))
}

function candidateOf(facts: CandidateFacts, twin: Twin | undefined, unusedAfterDays: number): CandidateRow {
  const { unreadDays, isUnusedAside, hasHolder, holderLeft, isPublished, isRegistered, ...row } = facts
  const { quietDays } = row
  const known = { kind: row.kind, holderLeft, hasHolder, delegates: row.delegates, messages: row.messages }
  const suggestion = suggest(
    { ...known, ...{ quietDays, unreadDays, isUnusedAside, isPublished, isRegistered, twinId: twin?.intoId ?? null } },
    unusedAfterDays,
  )
  return { ...row, suggestion: { ...suggestion, into: suggestion.intoId === null ? null : (twin?.address ?? null) } }
}
