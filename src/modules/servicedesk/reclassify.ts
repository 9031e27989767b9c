/** What a case is counted as: its kind, its urgency, when somebody first called, and which case it repeats. */
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { lockCase, selectPartyKind } from './internal/case-queries.ts'
import type { CaseFacts } from './internal/fold.ts'
import { indicatorOf, leavesIndicator, stateClass } from './internal/lifecycle.ts'
import { caseFor, record } from './internal/record.ts'
import { findNumber } from './internal/resolve-number.ts'
import { severityOf } from './internal/severity.ts'
import { notNow, wrongField } from './problems.ts'
import {
  type ChangedCase,
  changeKindInput,
  correctCallInput,
  decideInput,
  duplicateInput,
  reclassifyInput,
  refuseInput,
} from './schema.ts'

/** Corrects the answers to the two questions, and with them the urgency; what has been waited for stays waited for. */
export async function reclassifyCase(
  ctx: Context,
  id: string,
  input: z.input<typeof reclassifyInput>,
): Promise<ChangedCase> {
  const { version, canWork, onlyMe, reason } = parse(reclassifyInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'reclassify', 'case.work', version)
    const payload = { canWork, onlyMe, severity: severityOf(canWork, onlyMe) }
    return (await record(ctx, found, { kind: 'case.reclassified', version: 1, payload }, { note: reason })).changed
  })
}

/**
 * Changes the kind. One that takes the case out of the contract's indicator it was opened under is only proposed: the
 * city consents or not (contract-logic §3).
 */
export async function changeKind(
  ctx: Context,
  id: string,
  input: z.input<typeof changeKindInput>,
): Promise<ChangedCase> {
  const { version, to, reason } = parse(changeKindInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'change_kind', 'case.work', version)
    if (found.kind === to) fail(invalid([wrongField('to', (t) => t.problems.sameKind)]))
    if (to === 'consumable') fail(invalid([wrongField('to', (t) => t.problems.consumableAnew)]))
    const event =
      leavesIndicator(found.openedKind, to) && !may(ctx.actor, 'case.decide')
        ? ({ kind: 'case.kind_change_proposed', version: 1, payload: { to } } as const)
        : ({ kind: 'case.kind_changed', version: 1, payload: { from: found.kind, to, hasConsent: false } } as const)
    return (await record(ctx, found, event, { note: reason })).changed
  })
}

/** The city agrees that the case changes kind, although it leaves its indicator. */
export async function consentToKind(
  ctx: Context,
  id: string,
  input: z.input<typeof decideInput> = {},
): Promise<ChangedCase> {
  const { version, note } = parse(decideInput, input)
  return transact(ctx, async (ctx) => {
    const { found, to } = await proposedFor(ctx, id, version)
    const payload = { from: found.kind, to, hasConsent: true }
    const text = note === '' ? undefined : { note }
    return (await record(ctx, found, { kind: 'case.kind_changed', version: 1, payload }, text)).changed
  })
}

/** The city does not agree: the case keeps its kind. */
export async function refuseKind(ctx: Context, id: string, input: z.input<typeof refuseInput>): Promise<ChangedCase> {
  const { version, reason } = parse(refuseInput, input)
  return transact(ctx, async (ctx) => {
    const { found, to } = await proposedFor(ctx, id, version)
    const event = { kind: 'case.kind_change_refused', version: 1, payload: { to } } as const
    return (await record(ctx, found, event, { note: reason })).changed
  })
}

async function proposedFor(ctx: TxContext, id: string, version: number | undefined) {
  const found = await caseFor(ctx, id, 'change_kind', 'case.decide', version)
  return { found, to: found.proposedKind ?? fail(notNow('change_kind', found.state)) }
}

/**
 * Says that a case repeats another one, which goes on for both. The first clock holds: if the duplicate was there first,
 * the other's clocks start when the duplicate's did (contract-logic §3).
 */
export async function markDuplicate(
  ctx: Context,
  id: string,
  input: z.input<typeof duplicateInput>,
): Promise<ChangedCase> {
  const { version, of } = parse(duplicateInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'mark_duplicate', 'case.work', version)
    const otherId = await findNumber(ctx, of)
    if (otherId === null) return fail(invalid([wrongField('of', (t) => t.problems.unknownCase)]))
    if (otherId === id) fail(invalid([wrongField('of', (t) => t.problems.duplicateOfItself)]))
    const other = (await lockCase(ctx, otherId)) ?? fail(invalid([wrongField('of', (t) => t.problems.unknownCase)]))
    allow(ctx.actor, 'case.work', other)
    if (stateClass[other.state] === 'final') fail(invalid([wrongField('of', (t) => t.problems.duplicateOfClosed)]))
    // What a duplicate leaves behind must still be counted: by the same indicator, and not as the supplier's own.
    if (!may(ctx.actor, 'case.decide') && (await leavesTheCount(ctx, found, other)))
      fail(invalid([wrongField('of', (t) => t.problems.duplicateElsewhere)]))
    const { changed } = await record(ctx, found, {
      kind: 'case.duplicate_marked',
      version: 1,
      payload: { ofCaseId: otherId },
    })
    await record(ctx, other, { kind: 'case.joined', version: 1, payload: { caseId: id, startedAt: firstStart(found) } })
    return changed
  })
}

async function leavesTheCount(ctx: TxContext, found: CaseFacts, other: CaseFacts): Promise<boolean> {
  const indicator = indicatorOf[found.openedKind]
  if (indicator === null) return false
  if (indicator !== indicatorOf[other.openedKind]) return true
  const [mine, theirs] = [found.requesterId, other.requesterId]
  return (await selectPartyKind(ctx, theirs)) === 'supplier' && (await selectPartyKind(ctx, mine)) !== 'supplier'
}

function firstStart(found: CaseFacts): string {
  const start = found.timeline.cycles.resolution[0]?.from
  return start === undefined ? found.openedAt : new Date(start).toISOString()
}

const oldestCallMs = 30 * 86_400_000

/** The caller says when they really called: clocks start then. Only whoever asked may, at most thirty days back. */
export async function correctCall(
  ctx: Context,
  id: string,
  input: z.input<typeof correctCallInput>,
): Promise<ChangedCase> {
  const { version, calledAt } = parse(correctCallInput, input)
  return transact(ctx, async (ctx) => {
    const found = await caseFor(ctx, id, 'correct_call', 'case.answer', version)
    const at = Date.parse(calledAt)
    if (found.channel !== 'phone') throw notNow('correct_call', found.state)
    if (at > Date.now() || at < Date.now() - oldestCallMs)
      fail(invalid([wrongField('calledAt', (t) => t.problems.wrongCall)]))
    const payload = { calledAt: new Date(at).toISOString() }
    return (await record(ctx, found, { kind: 'case.call_corrected', version: 1, payload })).changed
  })
}
