/** "Come si calcola questa scadenza": every clock of a case, opened into the minutes and events it was reckoned from. */
import { z } from '@hono/zod-openapi'
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { loadRules } from './agreements.ts'
import { selectAgreement } from './internal/agreement-queries.ts'
import { canonical } from './internal/canonical.ts'
import { caseEvent } from './internal/case-events.ts'
import { selectCase, selectFoldEvents, toFacts } from './internal/case-queries.ts'
import { type Clock, clocksOf } from './internal/clocks.ts'
import { caseStates, waitingReasons } from './internal/lifecycle.ts'
import { caseNumber } from './internal/number.ts'
import { tracePieces, traceRows, type WitnessedEvent } from './internal/trace.ts'
import { clockRow } from './schema.ts'

const instant = z.string().openapi({ format: 'date-time' })
const milliseconds = z.int().openapi({ description: 'Milliseconds' })

const traceRow = z.object({
  from: instant,
  to: instant,
  state: z.enum(caseStates),
  waitingFor: z.enum(waitingReasons).nullable(),
  began: z.object({ eventId: z.int(), kind: z.string(), witness: z.enum(['T', 'U', 'M', 'A', 'S', 'I']) }),
  runMs: milliseconds,
  pauseMs: milliseconds,
  closedMs: milliseconds,
  totalMs: milliseconds,
})

const tracedClock = clockRow
  .extend({
    end: z.enum(['done', 'moved', 'cancelled', 'duplicate', 'rejected']).nullable(),
    /** Service time counted until now, or until it stopped. */
    countedMs: milliseconds,
    remainingMs: milliseconds,
    pausedBy: z.array(z.enum(waitingReasons)),
    rows: z.array(traceRow),
    pieces: z.array(z.object({ from: instant, to: instant, what: z.enum(['run', 'pause', 'closed']) })),
  })
  .openapi('TracedClock')

export const caseTrace = z
  .object({
    id: z.uuid(),
    number: z.string(),
    at: instant,
    agreement: z.object({ number: z.int(), effectiveFrom: z.string() }).nullable(),
    /** Whether what is stored equals what the events give now. */
    isAsStored: z.boolean(),
    events: z.int(),
    clocks: z.array(tracedClock),
  })
  .openapi('CaseTrace')
export type CaseTrace = z.output<typeof caseTrace>

const mostPieces = 400

/** Recomputes every clock of a case from its events, as of now, and says how. For everybody who may read the case. */
export async function traceCase(ctx: Context, id: string): Promise<CaseTrace> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) => {
    const row = (await selectCase(ctx, id)) ?? fail(notFound())
    const facts = toFacts(row)
    const rules = await loadRules(ctx, facts.agreementId, facts.openedAt)
    const agreement = facts.agreementId === null ? undefined : await selectAgreement(ctx, facts.agreementId)
    const events = (await selectFoldEvents(ctx, id)).map(
      (event): WitnessedEvent => ({
        ...caseEvent.parse(event),
        at: event.occurred_at,
        actorId: event.actor_id,
        eventId: event.id,
        witness: event.witness,
        recordedAt: event.recorded_at,
      }),
    )
    const now = Date.now()
    const clocks = rules === null ? [] : clocksOf(facts.timeline, rules.terms, rules.calendar)
    return caseTrace.parse({
      id,
      number: caseNumber(facts.number, facts.openedAt, ctx.zone),
      at: new Date(now).toISOString(),
      agreement: agreement ? { number: agreement.number, effectiveFrom: agreement.effectiveFrom } : null,
      isAsStored: canonical(clocks) === canonical(row.clocks),
      events: events.length,
      clocks: rules === null ? [] : clocks.map((clock) => traced(events, facts.timeline, clock, rules, now)),
    })
  })
}

type Rules = NonNullable<Awaited<ReturnType<typeof loadRules>>>

function traced(
  events: readonly WitnessedEvent[],
  timeline: Parameters<typeof traceRows>[1],
  clock: Clock,
  { terms, calendar }: Rules,
  now: number,
) {
  const rows = traceRows(events, timeline, clock, terms, calendar, now)
  const countedMs = rows.at(-1)?.totalMs ?? 0
  return {
    ...clock,
    startedAt: iso(clock.startedAt),
    countedTo: iso(clock.countedTo),
    dueAt: clock.dueAt === null ? null : iso(clock.dueAt),
    stoppedAt: clock.stoppedAt === null ? null : iso(clock.stoppedAt),
    countedMs,
    remainingMs: clock.targetMs - countedMs,
    pausedBy: clock.metric === 'promised' ? [] : (terms.pauses[clock.metric] ?? []),
    rows: rows.map((row) => ({ ...row, from: iso(row.from), to: iso(row.to) })),
    pieces: tracePieces(timeline, clock, terms, calendar, now, mostPieces).map((piece) => ({
      ...piece,
      from: iso(piece.from),
      to: iso(piece.to),
    })),
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
