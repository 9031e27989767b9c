/** What the supplier's tool says was done: steps become imported events, never more than declared. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { applyStep, clocksDifferByMs, courseOf, type LocatedStep } from './internal/apply-step.ts'
import { type LockedCase, lockCase } from './internal/case-queries.ts'
import {
  insertReference,
  lockSteps,
  referenceKey,
  selectByNumber,
  selectKnownSteps,
  selectReferences,
  selectTeamsByName,
} from './internal/external-queries.ts'
import { type FileStep, readStepFile } from './internal/step-file.ts'
import { type NeededField, stepKind } from './internal/step-kinds.ts'
import { type Findings, find, refuseSteps } from './supplier-problems.ts'
import {
  caseStepInput,
  externalReferenceInput,
  type Step,
  type StepInput,
  type StepOutcome,
  type StepsResult,
  stepsInput,
} from './supplier-schema.ts'

/** Brings in steps: all of them, or nothing and what is wrong with each. A step known already changes nothing. */
export async function importSteps(ctx: Context, input: z.input<typeof stepsInput>): Promise<StepsResult> {
  allow(ctx.actor, 'step.import')
  const { steps } = parse(stepsInput, input)
  return load(
    ctx,
    steps.map((step, index) => ({ ...step, at: `steps.${index}` })),
    [],
  )
}

/** The same from the nightly CSV file; places are lines. */
export async function importStepFile(ctx: Context, bytes: Uint8Array): Promise<StepsResult> {
  allow(ctx.actor, 'step.import')
  const findings: Findings = []
  return load(ctx, readStepFile(bytes, ctx.zone, findings), findings)
}

/** One step of one case. */
export async function addStep(ctx: Context, caseId: string, input: Omit<StepInput, 'number'>): Promise<StepOutcome> {
  allow(ctx.actor, 'step.import')
  const step = parse(caseStepInput, input)
  const { steps } = await load(ctx, [{ ...step, at: '', caseId }], [])
  return steps[0] ?? fail(notFound())
}

/** Says that a case lives in a tool of the supplier's under a reference. Again the same: nothing changes. */
export async function setReference(
  ctx: Context,
  caseId: string,
  input: z.input<typeof externalReferenceInput>,
): Promise<{ id: string; caseId: string; system: string; reference: string }> {
  allow(ctx.actor, 'step.import')
  const wanted = parse(externalReferenceInput, input)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockSteps(ctx)
    const found = await lockForImport(ctx, caseId)
    const known = (await selectReferences(ctx, [wanted])).get(referenceKey(wanted))
    if (known !== undefined && known !== found.id) {
      const findings: Findings = []
      find(findings, '', 'reference', (t) => t.steps.referenceOfOther)
      refuseSteps(findings)
    }
    const id = known === undefined ? await bind(ctx, found.id, wanted) : found.id
    return { id, caseId: found.id, ...wanted }
  })
}

// Whoever brings steps may do so for every case: the key need not read cases too.
async function lockForImport(ctx: TxContext, caseId: string): Promise<LockedCase> {
  const all = { ...ctx, actor: { ...ctx.actor, isSystem: true } }
  return (await lockCase(all, caseId)) ?? fail(notFound())
}

async function bind(ctx: TxContext, caseId: string, where: { system: string; reference: string }): Promise<string> {
  const id = randomUUIDv7()
  await insertReference(ctx, { id, caseId, ...where })
  await appendEvent(ctx, {
    subjectType: 'external_case',
    subjectId: id,
    kind: 'external_case.linked',
    version: 1,
    witness: witnessOf(ctx),
    payload: { caseId, ...where },
    retention: 'case',
  })
  return id
}

async function load(ctx: Context, steps: readonly FileStep[], findings: Findings): Promise<StepsResult> {
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockSteps(ctx)
    const { fresh, known } = await sortOut(ctx, steps, findings)
    const outcomes = new Map<number, StepOutcome>(known.map(({ index, ...outcome }) => [index, outcome]))
    // By case in one order, so that two imports or an import and a person never wait for each other in a circle.
    const byCase = [...Map.groupBy(fresh, (step) => step.caseId)].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [caseId, ofCase] of byCase) await carryOut(ctx, caseId, ofCase, outcomes, findings)
    refuseSteps(findings)
    const inOrder = [...outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome)
    const count = (wanted: StepOutcome['outcome']) => inOrder.filter(({ outcome }) => outcome === wanted).length
    return {
      applied: count('applied'),
      noted: count('noted'),
      setAside: count('set_aside'),
      known: count('known'),
      steps: inOrder,
    }
  })
}

/** Which case each step is of, which are known already, and what is wrong with the others. */
async function sortOut(ctx: TxContext, steps: readonly FileStep[], findings: Findings) {
  const references = await selectReferences(ctx, steps.flatMap(withReference))
  const numbers = await selectByNumber(
    ctx,
    steps.flatMap(({ number }) => plainNumber(number) ?? []),
  )
  const teams = await selectTeamsByName(ctx, [...new Set(steps.map(({ team }) => team))])
  const before = await selectKnownSteps(ctx, steps)
  const fresh: LocatedStep[] = []
  const known: (StepOutcome & { index: number })[] = []
  for (const [index, step] of steps.entries()) {
    const caseId = caseOf(step, references, numbers, findings)
    const teamId = step.team === '' ? null : teams.get(step.team)
    if (teamId === undefined) find(findings, step.at, 'team', (t) => t.steps.unknownTeam)
    if (caseId === null || teamId === undefined) continue
    const digest = digestOf(step, caseId)
    const name = `${step.system} ${step.key}`
    const earlier = before.get(name)
    before.set(name, { caseId, digest })
    if (earlier === undefined) fresh.push({ ...step, caseId, teamId, digest, index })
    else if (!earlier.digest.equals(digest)) find(findings, step.at, 'key', (t) => t.steps.keyReused)
    else known.push({ key: step.key, caseId, step: step.step, outcome: 'known', finding: null, index })
  }
  return { fresh, known }
}

function caseOf(
  step: FileStep,
  references: Map<string, string>,
  numbers: Map<number, string>,
  findings: Findings,
): string | null {
  const number = plainNumber(step.number)
  const byReference = step.reference === undefined ? undefined : references.get(referenceKey(withReference(step)[0]))
  const byNumber = step.caseId ?? (number === null ? undefined : numbers.get(number))
  if (step.reference === undefined && number === null && step.caseId === undefined)
    find(findings, step.at, 'reference', (t) => t.steps.noReference)
  else if (number !== null && byNumber === undefined) find(findings, step.at, 'number', (t) => t.steps.unknownNumber)
  else if (byReference !== undefined && byNumber !== undefined && byReference !== byNumber)
    find(findings, step.at, 'reference', (t) => t.steps.referenceOfOther)
  else if (byReference === undefined && byNumber === undefined)
    find(findings, step.at, 'reference', (t) => t.steps.unknownReference)
  else {
    const caseId = byNumber ?? byReference ?? null
    // Later lines of the same file may name the case by this reference alone.
    if (caseId !== null && step.reference !== undefined) references.set(referenceKey(withReference(step)[0]), caseId)
    return caseId
  }
  return null
}

function withReference({ system, reference }: Step): [{ system: string; reference: string }] {
  return [{ system, reference: reference ?? '' }]
}

function plainNumber(number: string | undefined): number | null {
  return number === undefined ? null : Number(number.split('/').at(-1))
}

// The words are kept only beside the event; here they are a digest, so that the same key with other words is found.
function digestOf(step: FileStep, caseId: string): Buffer {
  const { step: name, text, team, reason, outcome } = step
  const instants = [step.occurredAt, step.promisedFor, step.startedAt].map((at) => at && new Date(at).toISOString())
  const said = [caseId, name, text, team, reason, outcome, ...instants]
  return createHash('sha256').update(JSON.stringify(said)).digest()
}

/** The new steps of one case, oldest first, each on what the one before made of it. */
async function carryOut(
  ctx: TxContext,
  caseId: string,
  steps: readonly LocatedStep[],
  outcomes: Map<number, StepOutcome>,
  findings: Findings,
) {
  const first = await lockForImport(ctx, caseId)
  const bound = await selectReferences(ctx, steps.flatMap(withReference))
  const inOrder = steps.toSorted((a, b) => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || a.index - b.index)
  if (inOrder.filter((step) => isPossible(step, first, findings)).length < inOrder.length) return
  let course = await courseOf(ctx, first)
  for (const step of inOrder) {
    const [where] = withReference(step)
    if (where.reference !== '' && !bound.has(referenceKey(where))) {
      await bind(ctx, caseId, where)
      bound.set(referenceKey(where), caseId)
    }
    const { outcome, finding, course: after } = await applyStep(ctx, course, step, findings)
    course = after
    outcomes.set(step.index, { key: step.key, caseId, step: step.step, outcome, finding })
  }
}

const farthestPromiseMs = 2 * 366 * 86_400_000
const longestVisitMs = 24 * 3_600_000

/** Whether a step may be true at all, in time and in what it says. */
function isPossible(step: LocatedStep, found: LockedCase, findings: Findings): boolean {
  const wrong = (field: string, pick: Parameters<typeof find>[3]) => find(findings, step.at, field, pick)
  const before = findings.length
  const at = Date.parse(step.occurredAt)
  const start = Date.parse(step.startedAt ?? step.occurredAt)
  const promised = Date.parse(step.promisedFor ?? '')
  const opened = Date.parse(found.openedAt) - clocksDifferByMs
  if (at > Date.now() + clocksDifferByMs) wrong('occurredAt', (t) => t.steps.inFuture)
  if (at < opened) wrong('occurredAt', (t) => t.steps.beforeOpening)
  if (start > at || at - start > longestVisitMs) wrong('startedAt', (t) => t.steps.wrongVisit)
  else if (start < opened && at >= opened) wrong('startedAt', (t) => t.steps.beforeOpening)
  if (promised <= at || promised > at + farthestPromiseMs) wrong('promisedFor', (t) => t.steps.wrongPromise)
  for (const field of stepKind(step.step)?.needs ?? [])
    if (!hasField(step, field)) wrong(field, (t) => t.steps.needs[field])
  return findings.length === before
}

function hasField(step: LocatedStep, field: NeededField): boolean {
  if (field === 'team') return step.teamId !== null
  return step[field] !== undefined && step[field] !== ''
}
