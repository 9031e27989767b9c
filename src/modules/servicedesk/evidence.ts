/**
 * What the record says of each case, for whoever reckons with it: instants with their witnesses, as its events tell them.
 * Nothing here knows an indicator's rule; the contract does.
 */
import { sql } from 'kysely'
import type { Context, TxContext } from '../../platform/context.ts'
import { read } from '../../platform/context.ts'
import type { Witness } from '../../platform/events.ts'
import { allow } from '../../platform/permissions.ts'
import { keepEvidence, selectTitles, streamEvidence } from './internal/evidence-queries.ts'
import type { CaseKind } from './internal/lifecycle.ts'
import { caseNumber } from './internal/number.ts'
import type { Severity } from './vocabulary.ts'

export type { CaseKind } from './internal/lifecycle.ts'
export { caseKinds, indicatorOf } from './internal/lifecycle.ts'

/** An instant (milliseconds since 1970) and whose word it is. */
export type Witnessed = { at: number; witness: Witness }

/** A date told to the user; `isImported` when the supplier's tool says so and SITEC did not send it. */
export type Promised = { givenAt: number; dueAt: number; isImported: boolean }

/** One case as its events tell it. Instants are milliseconds. */
export type CaseEvidence = {
  caseId: string
  number: number
  openedKind: CaseKind
  severity: Severity
  officeId: string | null
  /** Opened by the supplier's own people for themselves. */
  isOwn: boolean
  isReserved: boolean
  isRepeated: boolean
  /** When it was asked: the call, as its caller corrected it, and the first clock of a duplicate that was joined to it. */
  start: Witnessed
  isTypedLater: boolean
  taken: Witnessed | null
  /** The first thing that was done about it: a visit, an answer, a promise, a delivery, an estimate, a solution. */
  activityAt: number | null
  firstPromise: Promised | null
  lastPromise: Promised | null
  promisedTimes: number
  delivered: Witnessed | null
  /** Signed for by whoever asked. */
  received: Witnessed | null
  /** The resolution that stood: the last one that was not reopened. */
  resolved: Witnessed | null
  confirmed: Witnessed | null
  reopenedTimes: number
  cancelledAt: number | null
  /** The events that decide, for proof against the seal: taking in charge, and the end of the work. */
  takenEventId: number | null
  doneEventId: number | null
}

/** Which cases are asked for: by the kind they were opened as, and what lived or fell due around some instants (ISO). */
export type EvidenceQuery = {
  kinds: readonly string[]
  teamIds: readonly string[]
  withoutTeamIds: readonly string[]
  from: string
  until: string
}

/** Cases in no order, some thousands at a time, so that a million fits in memory. */
export function readEvidence(ctx: TxContext, query: EvidenceQuery): AsyncGenerator<CaseEvidence[]> {
  return streamEvidence(ctx, query)
}

/**
 * Gathers anew, from its events, the evidence of every case that could count from an instant (ISO) on, before it is frozen
 * or when the night compares; returns how many rows had not said what their events say: none, unless somebody meddled.
 */
export function refreshEvidence(ctx: TxContext, from: string): Promise<number> {
  return keepEvidence(ctx, from)
}

/** Numbers as people quote them, and titles (empty where the case is reserved or erased), by case. */
export async function nameCases(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, { number: string; title: string }>> {
  allow(ctx.actor, 'case.reconcile')
  return read(ctx, async (ctx) => {
    const rows = await selectTitles(ctx, ids)
    return new Map(
      rows.map((row) => [row.id, { number: caseNumber(row.number, row.opened_at, ctx.zone), title: row.title }]),
    )
  })
}

/** Which of these cases there are. */
export async function knownCases(ctx: TxContext, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await sql<{ id: string }>`
    select id from desk_case where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[])`.execute(
    ctx.db,
  )
  return new Set(found.rows.map(({ id }) => id))
}

/** The cases with these numbers ("2026/12044" or "12044"), by the text that was given. */
export async function casesByNumber(ctx: TxContext, texts: readonly string[]): Promise<Map<string, string>> {
  const numbers = texts.map((text) => Number(text.split('/').at(-1)))
  const found = await ctx.db
    .selectFrom('desk_case')
    .select(['id', 'number'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('number', '=', sql<number>`any (${[...new Set(numbers.filter(Number.isSafeInteger))]}::bigint[])`)
    .execute()
  const byNumber = new Map(found.map(({ id, number }) => [Number(number), id]))
  return new Map(
    texts.flatMap((text, index) => {
      const id = byNumber.get(numbers[index] ?? -1)
      return id === undefined ? [] : [[text, id] as const]
    }),
  )
}
