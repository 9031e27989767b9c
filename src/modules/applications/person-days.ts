/** Person-days of small maintenance: the supplier declares, the city accepts or contests, a counter-entry corrects. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { eraseText } from '../../platform/events.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, may } from '../../platform/permissions.ts'
import { type FieldProblem, fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { casesByNumber, type NumberedCase } from '../servicedesk/case-by-number.ts'
import { selectApplications } from './internal/application-queries.ts'
import { insertEntry, lockEntries, selectEventIds, updateDecision } from './internal/entry-queries.ts'
import { record } from './internal/record.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import {
  type ApplicationRow,
  counterInput,
  type DecideInput,
  type DeclareInput,
  decideInput,
  declareInput,
  eraseWordsInput,
  tenthsOf,
} from './schema.ts'
import type { Area } from './vocabulary.ts'

/** Declares days, for an application or for none, of a case or of none. */
export async function declareDays(ctx: Context, input: DeclareInput): Promise<{ id: string }> {
  allow(ctx.actor, 'persondays.declare')
  const request = parse(declareInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'persondays.declare', request, id)
    if (earlier !== null) return { id: earlier }
    const application = (await selectApplications(ctx, null)).find((one) => one.id === request.applicationId)
    const of = (await casesByNumber(ctx, [request.case])).get(request.case)
    const wrongs = problemsOf(ctx, request, application, of)
    const area = application?.area ?? request.area
    if (wrongs.length > 0 || area === undefined) throw invalid(wrongs)
    await phrasing(
      { person_day_entry_organisation_id_reference_key: () => wrong('reference', (t) => t.referenceTaken) },
      () => keepDeclared(ctx, id, { ...request, area, of: of ?? null }),
    )
    return { id }
  })
}

type Declared = z.output<typeof declareInput>

/** What is wrong with a declaration, by field. */
export function problemsOf(
  ctx: Pick<Context, 'zone'>,
  request: Omit<Declared, 'what'>,
  application: ApplicationRow | undefined,
  of: NumberedCase | undefined,
): FieldProblem[] {
  const { applicationId, area, day } = request
  const isIn = application && day >= application.beginsOn && (application.endsOn === null || day <= application.endsOn)
  return [
    ...(applicationId !== null && application === undefined
      ? [wrongField('applicationId', (t) => t.unknownApplication)]
      : []),
    ...(application !== undefined && !isIn ? [wrongField('day', (t) => t.outOfLife)] : []),
    ...(application === undefined && applicationId === null && area === undefined
      ? [wrongField('area', (t) => t.noArea)]
      : []),
    ...(application !== undefined && area !== undefined && area !== application.area
      ? [wrongField('area', (t) => t.otherArea)]
      : []),
    ...(request.case !== '' && of === undefined ? [wrongField('case', (t) => t.unknownCase)] : []),
    ...(of !== undefined && of.kind !== 'small_maintenance' ? [wrongField('case', (t) => t.otherKind)] : []),
    ...(day > Temporal.Now.plainDateISO(ctx.zone).toString() ? [wrongField('day', (t) => t.inFuture)] : []),
  ]
}

/** Writes a declared entry: its words stay beside the event alone. */
export async function keepDeclared(
  ctx: TxContext,
  id: string,
  { what, days, of, area, ...request }: Omit<Declared, 'area'> & { area: Area; of: NumberedCase | null },
): Promise<void> {
  const { applicationId, day, reference = null } = request
  const facts = { area, applicationId, caseId: of?.id ?? null, day, tenths: tenthsOf(days) }
  const { id: eventId } = await record(ctx, {
    subjectType: 'person_day_entry',
    subjectId: id,
    kind: 'persondays.declared',
    payload: { ...facts, reference },
    text: { what },
  })
  await insertEntry(ctx, {
    ...{ id, ...facts, reference, eventId },
    ...{ caseNumber: of?.number ?? null, state: 'declared', correctsId: null },
  })
}

/**
 * Accepts or contests several entries, all or none. What was contested may be accepted later; what was accepted stays:
 * only a counter-entry takes it back. A steward decides on the entries of their own applications.
 */
export async function decideDays(ctx: Context, input: DecideInput): Promise<{ decided: number }> {
  allow(ctx.actor, 'persondays.decide')
  if (!ctx.actor.isSystem && ctx.actor.partyKind !== 'administration')
    throw conflict('supplier_decides', (t) => t.notForSupplier)
  const { entries, decision, reason } = parse(decideInput, input)
  if (decision === 'contest' && reason.length < 3) throw wrong('reason', (t) => t.reasonMissing)
  const seen = new Map(entries.map((entry) => [entry.id, entry.version]))
  return transact(ctx, async (ctx) => {
    const found = await lockEntries(ctx, [...seen.keys()])
    if (found.length < seen.size) throw notFound()
    const state = decision === 'accept' ? 'accepted' : 'contested'
    for (const entry of found) {
      if (!may(ctx.actor, 'persondays.decide', { requesterId: entry.stewardId })) throw notFound()
      const version = seen.get(entry.id)
      if (version !== undefined && version !== entry.version) throw conflict('stale', (t) => t.stale)
      if (entry.state === 'accepted' || entry.state === state) throw conflict('decided', (t) => t.decided)
      if (entry.isCorrected) throw conflict('corrected', (t) => t.corrected)
      const { id: eventId } = await record(ctx, {
        subjectType: 'person_day_entry',
        subjectId: entry.id,
        kind: `persondays.${state}`,
        payload: { before: entry.state },
        ...(reason !== '' && { text: { reason } }),
      })
      await updateDecision(ctx, entry.id, state, eventId)
    }
    return { decided: found.length }
  })
}

/**
 * Takes an entry back with an entry of as many days less; nothing is edited. It waits for the city when the entry was
 * accepted; otherwise the two stand together as they are.
 */
export async function counterEntry(
  ctx: Context,
  id: string,
  input: z.input<typeof counterInput>,
): Promise<{ id: string }> {
  allow(ctx.actor, 'persondays.declare')
  const { version, reason } = parse(counterInput, input)
  return transact(ctx, async (ctx) => {
    const counterId = randomUUIDv7()
    const earlier = await claimKey(ctx, 'persondays.counter', { id, reason }, counterId)
    if (earlier !== null) return { id: earlier }
    const [found = fail(notFound())] = await lockEntries(ctx, [id])
    if (version !== undefined && version !== found.version) throw conflict('stale', (t) => t.stale)
    if (found.correctsId !== null) throw conflict('is_correction', (t) => t.isCorrection)
    if (found.isCorrected) throw conflict('corrected', (t) => t.corrected)
    const { area, applicationId, caseId, caseNumber, day } = found
    const facts = { area, applicationId, caseId, day, tenths: -found.tenths }
    const { id: eventId } = await record(ctx, {
      subjectType: 'person_day_entry',
      subjectId: counterId,
      kind: 'persondays.corrected',
      payload: { ...facts, corrects: id },
      text: { what: reason },
    })
    const state = found.state === 'contested' ? 'contested' : 'declared'
    await insertEntry(ctx, { id: counterId, ...facts, caseNumber, reference: null, state, correctsId: id, eventId })
    return { id: counterId }
  })
}

/** Erases the words of an entry and of what was decided on it, for ever; days and states stay. */
export async function eraseWords(
  ctx: Context,
  id: string,
  input: z.input<typeof eraseWordsInput>,
): Promise<{ erased: number }> {
  allow(ctx.actor, 'applications.manage')
  const { reason } = parse(eraseWordsInput, input)
  return transact(ctx, async (ctx) => {
    if ((await lockEntries(ctx, [id])).length === 0) throw notFound()
    const erased = await eraseText(ctx, await selectEventIds(ctx, id), reason)
    const happening = { subjectType: 'person_day_entry', subjectId: id, kind: 'persondays.words_erased' } as const
    await record(ctx, { ...happening, payload: { erased, reason } })
    return { erased }
  })
}
