/**
 * Stored = recomputed: every night the open cases are folded anew from their events and compared with their rows. A
 * difference is put right, counted and shown; calendars that changed since explain some, anything else is a bug.
 */
import { randomUUIDv7 } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import { allow } from '../../platform/permissions.ts'
import { agreementInForce, loadRules } from './agreements.ts'
import { refreshEvidence } from './evidence.ts'
import { canonical } from './internal/canonical.ts'
import { caseEvent, type RecordedEvent } from './internal/case-events.ts'
import { lockCase, selectFoldEvents } from './internal/case-queries.ts'
import {
  insertCheck,
  newestCalendar,
  selectCheckIds,
  selectChecks,
  selectStoredClocks,
} from './internal/check-queries.ts'
import { foldCase } from './internal/fold.ts'
import { clockColumns, factColumns } from './internal/fold-columns.ts'
import { applyClocks } from './internal/record.ts'

export const clockCheck = z.object({ at: z.string(), checked: z.int(), differing: z.int() }).openapi('ClockCheck')
export type ClockCheck = z.output<typeof clockCheck>

const batch = 200
const yearMs = 365 * 86_400_000

/**
 * Compares every open case with its events, and the evidence of a year's cases with theirs, and puts right what differs;
 * returns how many did.
 */
export async function checkClocks(ctx: Context): Promise<ClockCheck> {
  const yearAgo = new Date(Date.now() - yearMs).toISOString()
  let after: string | null = null
  let checked = 0
  let differing = await transact(ctx, (ctx) => refreshEvidence(ctx, yearAgo))
  for (;;) {
    const ids: string[] = await read(ctx, (ctx) => selectCheckIds(ctx, after, batch))
    for (const id of ids) differing += (await checkCase(ctx, id)) ? 0 : 1
    checked += ids.length
    after = ids.at(-1) ?? null
    if (ids.length < batch) break
  }
  await transact(ctx, async (ctx) =>
    insertCheck(ctx, { id: randomUUIDv7(), checked, differing, calendar_known: await newestCalendar(ctx) }),
  )
  if (differing > 0) log.warn('clocks.differed', { count: differing })
  return { at: new Date().toISOString(), checked, differing }
}

/** The last runs, the newest first. */
export async function listChecks(ctx: Context): Promise<ClockCheck[]> {
  allow(ctx.actor, 'desk.report')
  return read(ctx, async (ctx) => (await selectChecks(ctx)).map((row) => clockCheck.parse(row)))
}

/** Whether a calendar was changed since the clocks were last compared; then they are compared at once. */
export async function calendarChanged(ctx: Context): Promise<boolean> {
  return read(ctx, async (ctx) => {
    const [last] = await selectChecks(ctx)
    const known = await newestCalendar(ctx)
    return last !== undefined && known !== null && known !== last.calendarKnown
  })
}

async function checkCase(ctx: Context, id: string): Promise<boolean> {
  return transact(ctx, async (ctx) => {
    const found = await lockCase(ctx, id)
    if (!found) return true
    const { id: _, ...stored } = found
    const events = await selectFoldEvents(ctx, id)
    const folded = foldCase(
      events.map(
        (event): RecordedEvent => ({ ...caseEvent.parse(event), at: event.occurred_at, actorId: event.actor_id }),
      ),
    )
    // A case of before there were agreements gets the one everybody begins with.
    const facts = { ...folded, agreementId: folded.agreementId ?? (await agreementInForce(ctx)) }
    const expected = clockColumns(facts, await loadRules(ctx, facts.agreementId, facts.openedAt))
    const isSame =
      canonical(factColumns(stored)) === canonical(factColumns(facts)) &&
      canonical(await storedClocks(ctx, id)) === canonical({ ...expected, clocks: JSON.parse(expected.clocks) })
    if (!isSame) await applyClocks(ctx, { id, ...facts })
    return isSame
  })
}

async function storedClocks(ctx: TxContext, id: string) {
  const { clocks, next_due_at, next_due_metric, next_escalation_at } = await selectStoredClocks(ctx, id)
  return { clocks, next_due_at: instant(next_due_at), next_due_metric, next_escalation_at: instant(next_escalation_at) }
}

function instant(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
