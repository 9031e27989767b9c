/** One declared step on one case: carried out if it fits, otherwise set aside. */
import type { Actor, TxContext } from '../../../platform/context.ts'
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

/** A locked case while its steps are carried out, and the last instant that moved it. */
export type Course = { found: LockedCase; latest: number }

/** The course of a case that was just locked. */
export async function courseOf(ctx: TxContext, found: LockedCase): Promise<Course> {
  return { found, latest: await selectLatestMove(ctx, found.id) }
}

type Applied = Pick<StepRow, 'outcome' | 'finding'> & { course: Course }

/** Carries a step out if the case's state allows it; otherwise sets it aside with the reason, and nothing moves. */
export async function applyStep(
  ctx: TxContext,
  course: Course,
  step: LocatedStep,
  findings: Findings,
): Promise<Applied> {
  const { found } = course
  const kind = stepKind(step.step)
  const row = { ...step, caseId: found.id }
  if (kind === null) {
    await insertStep(ctx, { ...row, outcome: 'noted', finding: null })
    return { outcome: 'noted', finding: null, course }
  }
  requireWords(found, step, ctx.actor, findings)
  const declared = Date.parse(step.occurredAt)
  const latest = Math.max(course.latest, latestOf(found.timeline))
  // Within the minute in which clocks differ, what comes after is not before. The future is refused, but for that minute.
  const at = Math.min(Math.max(declared, latest), Date.now())
  const closesAt = step.step === 'resolved' ? await answerDeadline(ctx) : null
  const event = kind.event({
    ...step,
    occurredAt: new Date(at).toISOString(),
    teamId: teamOf(found, step, ctx.actor),
    holderId: ctx.actor.personId,
    closesAt: closesAt?.toISOString() ?? '',
  })
  const text = step.text === '' ? undefined : { [kind.text]: step.text }
  if (declared < latest - clocksDifferByMs) return { ...(await setAside(ctx, row, 'out_of_order', text)), course }
  if (event === null || !isFit(found, step, kind.act)) return { ...(await setAside(ctx, row, 'not_now', text)), course }
  await insertStep(ctx, { ...row, outcome: 'applied', finding: null })
  const { next } = await record(ctx, found, event, text, new Date(at).toISOString())
  if (closesAt !== null)
    await ctx.services.jobs.enqueue(ctx, 'servicedesk.close_silent', { caseId: found.id }, closesAt)
  return { outcome: 'applied', finding: null, course: { found: next, latest: at } }
}

function teamOf(found: LockedCase, step: LocatedStep, actor: Actor): string | null {
  return step.teamId ?? found.teamId ?? actor.teamIds[0] ?? null
}

// What a step cannot be without, given how the case stands.
function requireWords(found: LockedCase, step: LocatedStep, actor: Actor, findings: Findings) {
  if (step.step === 'promised' && found.promisedAt !== null && step.text === '')
    find(findings, step.at, 'text', (t) => t.steps.promiseNeedsReason)
  // Somebody must have what was taken: whoever brings the step in, or at least a team.
  if (step.step === 'taken' && teamOf(found, step, actor) === null && actor.personId === null)
    find(findings, step.at, 'team', (t) => t.steps.needs.team)
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
