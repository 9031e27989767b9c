/** One declared step on one case: carried out if it fits, otherwise set aside. */
import type { TxContext } from '../../../platform/context.ts'
import { appendEvent, witnessOf } from '../../../platform/events.ts'
import { undelivered } from '../consumables.ts'
import { type Findings, find } from '../supplier-problems.ts'
import { answerDeadline } from '../work-case.ts'
import type { LockedCase } from './case-queries.ts'
import { insertStep, type StepRow, selectLatestMove } from './external-queries.ts'
import { type CaseAct, isAllowed } from './lifecycle.ts'
import { record } from './record.ts'
import type { FileStep } from './step-file.ts'
import { latestOf, stepKind } from './step-kinds.ts'

/** How far the supplier's clock may differ from ours; its instants often have whole minutes only. */
export const clocksDifferByMs = 60_000

/** A step with the case and the team it is about. */
export type LocatedStep = FileStep & { caseId: string; teamId: string | null; digest: Buffer; index: number }

/** Carries a step out if the case's state allows it; otherwise sets it aside with the reason, and nothing moves. */
export async function applyStep(
  ctx: TxContext,
  found: LockedCase,
  step: LocatedStep,
  findings: Findings,
): Promise<Pick<StepRow, 'outcome' | 'finding'>> {
  const kind = stepKind(step.step)
  const row = { ...step, caseId: found.id }
  if (kind === null) {
    await insertStep(ctx, { ...row, outcome: 'noted', finding: null })
    return { outcome: 'noted', finding: null }
  }
  if (step.step === 'promised' && found.promisedAt !== null && step.text === '')
    find(findings, step.at, 'text', (t) => t.steps.promiseNeedsReason)
  const declared = Date.parse(step.occurredAt)
  const latest = Math.max(await selectLatestMove(ctx, found.id), latestOf(found.timeline))
  // Within the minute in which clocks differ, what comes after is not before. The future is refused, but for that minute.
  const at = new Date(Math.min(Math.max(declared, latest), Date.now())).toISOString()
  const closesAt = await answerDeadline(ctx)
  const teamId = step.teamId ?? found.teamId ?? ctx.actor.teamIds[0] ?? null
  const holderId = ctx.actor.personId
  // Somebody must have what was taken: whoever brings the step in, or at least a team.
  if (step.step === 'taken' && teamId === null && holderId === null)
    find(findings, step.at, 'team', (t) => t.steps.needs.team)
  const event = kind.event({ ...step, occurredAt: at, teamId, holderId, closesAt: closesAt.toISOString() })
  const text = step.text === '' ? undefined : { [kind.text]: step.text }
  if (declared < latest - clocksDifferByMs) return setAside(ctx, row, 'out_of_order', text)
  if (event === null || !isFit(found, step, kind.act)) return setAside(ctx, row, 'not_now', text)
  await insertStep(ctx, { ...row, outcome: 'applied', finding: null })
  await record(ctx, found, event, text, at)
  if (event.kind === 'case.resolved')
    await ctx.services.jobs.enqueue(ctx, 'servicedesk.close_silent', { caseId: found.id }, closesAt)
  return { outcome: 'applied', finding: null }
}

// The same refusals as for who works in SITEC: what was not all delivered, and what is the city's to decide.
function isFit(found: LockedCase, step: LocatedStep, act: CaseAct): boolean {
  if (step.step === 'resolved' && undelivered(found) > 0) return false
  if (step.step === 'resumed' && found.waitingFor === 'approval') return false
  return isAllowed(found.kind, act, found.state)
}

async function setAside(
  ctx: TxContext,
  row: Omit<StepRow, 'outcome' | 'finding'>,
  finding: 'not_now' | 'out_of_order',
  text: Record<string, string> | undefined,
) {
  const id = await insertStep(ctx, { ...row, outcome: 'set_aside', finding })
  await appendEvent(ctx, {
    subjectType: 'external_step',
    subjectId: id,
    kind: 'external_step.set_aside',
    version: 1,
    witness: witnessOf(ctx),
    occurredAt: row.occurredAt,
    payload: { caseId: row.caseId, system: row.system, step: row.step, finding },
    text,
    retention: 'case',
  })
  return { outcome: 'set_aside', finding } as const
}
