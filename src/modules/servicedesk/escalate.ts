/**
 * Escalations: facts, not states. When a clock has used up 50, 75, 90, 100, 120 hundredths of its target, that is
 * recorded once, and whoever must know reads it from the first hour their office is open (peers §6).
 */
import { randomUUIDv7 } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { nextOpening } from '../../platform/calendar.ts'
import { type Context, read, type Services, type TxContext, transact } from '../../platform/context.ts'
import { allow, may } from '../../platform/permissions.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { loadRules } from './agreements.ts'
import { type Audience, audienceOf } from './internal/audience.ts'
import { lockCase } from './internal/case-queries.ts'
import { type Clock, clocksOf, levelsOf, within } from './internal/clocks.ts'
import { insertEscalation, selectDueEscalations, selectEscalations } from './internal/escalation-queries.ts'
import { seesAll } from './internal/list-queries.ts'
import { caseNumber } from './internal/number.ts'
import { applyClocks, record } from './internal/record.ts'
import { readsWords } from './internal/reserved.ts'
import { metrics } from './vocabulary.ts'

const atOnce = 500

/** Tells every level that was reached by now, whatever administration the case is of. Returns how many it told. */
export async function escalateDue(services: Services): Promise<number> {
  let told = 0
  for (;;) {
    const due = await selectDueEscalations(services.database, atOnce)
    const before = told
    const contexts = new Map<string, Context>()
    for (const { organisationId, caseId } of due) {
      const ctx = contexts.get(organisationId) ?? (await systemContextFor(services, organisationId, 'Scadenze'))
      contexts.set(organisationId, ctx)
      told += await escalateCase(ctx, caseId, Date.now())
    }
    // A full batch that told nothing would come back for ever.
    if (due.length < atOnce || told === before) return told
  }
}

/**
 * Tells the levels a case reached by `now`, each once. The clocks are derived anew first: what was due may be waiting, or
 * over, since it was stored.
 */
export async function escalateCase(ctx: Context, id: string, now: number): Promise<number> {
  return transact(ctx, async (ctx) => {
    const found = await lockCase(ctx, id)
    const rules = found && (await loadRules(ctx, found.agreementId, found.openedAt))
    if (!found || !rules) return 0
    const clocks = clocksOf(found.timeline, rules.terms, rules.calendar).filter(({ state }) => state === 'running')
    const reached = clocks.flatMap((clock) =>
      levelsOf(found.timeline, clock, rules.calendar)
        .filter(({ at }) => at <= now)
        .map((level) => ({ clock, ...level })),
    )
    let current = found
    for (const { clock, level, at } of reached) {
      const { metric, cycle } = clock
      const event = { kind: 'case.escalated', version: 1, payload: { metric, cycle, level } } as const
      current = (await record(ctx, current, event)).next
      await insertEscalation(ctx, await escalation(ctx, id, clock, level, at))
    }
    if (reached.length === 0) await applyClocks(ctx, found)
    return reached.length
  })
}

async function escalation(ctx: TxContext, caseId: string, { metric, cycle }: Clock, level: number, at: number) {
  const year = new Date(at).getUTCFullYear()
  const calendar = await loadCalendar(ctx, null, year - 1, year + 1)
  const tellAt = nextOpening(calendar, within(calendar, at))
  return {
    id: randomUUIDv7(),
    case_id: caseId,
    metric,
    cycle,
    level,
    audience: audienceOf(level),
    reached_at: new Date(at).toISOString(),
    tell_at: new Date(tellAt).toISOString(),
  }
}

export const escalationRow = z
  .object({
    caseId: z.uuid(),
    number: z.string(),
    title: z.string(),
    teamName: z.string().nullable(),
    metric: z.enum(metrics),
    level: z.int(),
    reachedAt: z.string(),
  })
  .openapi('Escalation')
export type EscalationRow = z.output<typeof escalationRow>

/** What the actor should know of open cases: the highest level of each clock, the newest first, from opening hours on. */
export async function listEscalations(ctx: Context): Promise<EscalationRow[]> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) =>
    (await recentEscalations(ctx)).map((row) =>
      escalationRow.parse({
        caseId: row.case_id,
        number: caseNumber(row.number, row.opened_at, ctx.zone),
        title: readsWords(ctx, row) ? row.title : '',
        teamName: row.team_name,
        metric: row.metric,
        level: row.level,
        reachedAt: row.reached_at,
      }),
    ),
  )
}

// The same rows for everybody of the same audiences who sees every case; whose words they may read is decided after.
function recentEscalations(ctx: TxContext) {
  const audiences = audiencesOf(ctx)
  const select = () => selectEscalations(ctx, audiences)
  return seesAll(ctx) ? ctx.services.live.keep(ctx, `escalations ${audiences.join(' ')}`, select) : select()
}

function audiencesOf(ctx: TxContext): Audience[] {
  const { roles } = ctx.actor
  return [
    ...(may(ctx.actor, 'case.take') ? (['holder'] as const) : []),
    ...(roles.includes('team_leader') ? (['team_leader'] as const) : []),
    ...(roles.includes('contract_manager') || roles.includes('head_of_ict') ? (['contract_manager'] as const) : []),
  ]
}
