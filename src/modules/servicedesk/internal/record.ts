/** Load and lock, append and fold: the two halves every change of a case shares. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'
import { type Action, allow } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { loadRules } from '../agreements.ts'
import { notNow, stale } from '../problems.ts'
import type { ChangedCase } from '../schema.ts'
import type { CaseEvent, RecordedEvent } from './case-events.ts'
import { type LockedCase, lockCase, selectChanger, updateCase } from './case-queries.ts'
import { applyEvent } from './fold.ts'
import { type CaseAct, isAllowed } from './lifecycle.ts'
import { tell } from './tell.ts'

/** The case, locked; refused when unseen, forbidden, changed since `version`, or when the act does not fit its state. */
export async function caseFor(
  ctx: TxContext,
  id: string,
  act: CaseAct,
  action: Action,
  version?: number,
): Promise<LockedCase> {
  const found = (await lockCase(ctx, id)) ?? fail(notFound())
  allow(ctx.actor, action, found)
  if (version !== undefined && version !== found.version)
    throw stale({ by: await changer(ctx, found), at: found.updatedAt, zone: ctx.zone })
  if (!isAllowed(found.kind, act, found.state)) throw notNow(act, found.state)
  return found
}

/** Who changed it last, as this reader may know: the supplier's people are shown to each other only. */
export async function changer(ctx: TxContext, found: LockedCase): Promise<string | null> {
  const who = await selectChanger(ctx, found.updatedBy)
  return (ctx.actor.partyKind === 'supplier' || ctx.actor.isSystem ? who?.name : who?.party) ?? null
}

/**
 * Appends the event, writes the row it leads to, and tells open pages. `occurredAt` (ISO, with zone) is for what
 * happened before it was typed, synced or imported.
 */
export async function record(
  ctx: TxContext,
  found: LockedCase,
  event: CaseEvent,
  text?: Record<string, string>,
  occurredAt?: string,
) {
  const appended = await appendEvent(ctx, {
    subjectType: 'case',
    subjectId: found.id,
    kind: event.kind,
    version: event.version,
    witness: witnessOf(ctx),
    occurredAt,
    payload: event.payload,
    text,
    retention: 'case',
  })
  return applyRecorded(ctx, found, { ...event, at: appended.occurredAt, actorId: ctx.actor.personId }, appended.id)
}

/** Writes the row that follows from a case's facts, without an event: for clocks that a changed calendar moved. */
export async function applyClocks(ctx: TxContext, { id, ...facts }: LockedCase): Promise<void> {
  await updateCase(ctx, id, facts, await loadRules(ctx, facts.agreementId, facts.openedAt))
}

async function applyRecorded(ctx: TxContext, found: LockedCase, event: RecordedEvent, eventId: number) {
  const { id, ...facts } = found
  const next = applyEvent(facts, event)
  await updateCase(ctx, id, next, await loadRules(ctx, next.agreementId, next.openedAt))
  await tell(ctx, found, event, { id: eventId, occurredAt: event.at })
  ctx.services.live.announce(ctx)
  const changed: ChangedCase = { id, state: next.state, version: next.version }
  return { changed, eventId, next: { id, ...next } }
}
