/** Desk agreements: versions that are added and never changed, and which one a case runs on. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { type CompiledCalendar, openBetween } from '../../platform/calendar.ts'
import { type Context, read, systemActor, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent, witnessOf } from '../../platform/events.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { Problem } from '../../platform/problem.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { type AgreementTerms, agreementTerms, firstTerms } from './internal/agreement.ts'
import {
  insertAgreement,
  lockAgreements,
  selectAgreement,
  selectAgreements,
  selectInForce,
} from './internal/agreement-queries.ts'
import { serviceTime } from './internal/clocks.ts'
import type { DeskRules } from './internal/fold-columns.ts'
import { wrongField } from './problems.ts'

export const addAgreementInput = z
  .object({
    effectiveFrom: z.iso.date().openapi({ description: 'Local date; cases opened from then on run on it' }),
    terms: z
      .record(z.string(), z.unknown())
      .openapi({ description: 'calendarId, targets, pauses: as in the versions that are there' }),
    reason: z.string().trim().min(3).max(2000).openapi({ description: 'The act it comes from' }),
  })
  .openapi('AddAgreement')

export const agreementVersion = z
  .object({
    id: z.uuid(),
    number: z.int(),
    effectiveFrom: z.string(),
    knownFrom: z.string(),
    isInForce: z.boolean(),
    terms: agreementTerms,
  })
  .openapi('AgreementVersion')
export type AgreementVersion = z.output<typeof agreementVersion>

/** Every version, the newest first; `isInForce` marks the one that a case opened today would get. */
export async function listAgreements(ctx: Context): Promise<AgreementVersion[]> {
  allow(ctx.actor, 'agreement.read')
  return read(ctx, async (ctx) => {
    const inForce = await selectInForce(ctx, localDate(ctx))
    return (await selectAgreements(ctx)).map((row) =>
      agreementVersion.parse({ ...row, terms: row.terms, isInForce: row.id === inForce?.id }),
    )
  })
}

/**
 * Adds a version. Refused: terms that say two things about the same case, a calendar that is not there or that does not
 * open for long enough to keep a target within a year. Open cases keep theirs: `rerateCases` moves them, and says what changes.
 */
export async function addAgreement(
  ctx: Context,
  input: z.input<typeof addAgreementInput>,
): Promise<{ id: string; number: number }> {
  const { effectiveFrom, terms, reason } = parse(addAgreementInput, input)
  allow(ctx.actor, 'agreement.manage')
  const checked = checkTerms(terms)
  return transact(ctx, async (ctx) => {
    await requireOpenings(ctx, checked, effectiveFrom)
    const id = randomUUIDv7()
    await lockAgreements(ctx)
    const number = await insertAgreement(ctx, { id, effectiveFrom, terms: checked })
    await announceAgreement(ctx, id, number, effectiveFrom, checked, { reason })
    return { id, number }
  })
}

async function announceAgreement(
  ctx: TxContext,
  id: string,
  number: number,
  effectiveFrom: string,
  terms: AgreementTerms,
  text?: { reason: string },
) {
  await appendEvent(ctx, {
    subjectType: 'agreement',
    subjectId: id,
    kind: 'agreement.added',
    version: 1,
    witness: witnessOf(ctx),
    payload: { number, effectiveFrom, terms },
    text,
    retention: 'organisation',
  })
}

/** The version that holds today; the first case of an administration lays down the one everybody begins with. */
export async function agreementInForce(ctx: TxContext): Promise<string | null> {
  const inForce = await selectInForce(ctx, localDate(ctx))
  if (inForce !== undefined) return inForce.id
  await lockAgreements(ctx)
  const [earlier] = await selectAgreements(ctx)
  if (earlier !== undefined) return null
  const id = randomUUIDv7()
  await insertAgreement(ctx, { id, effectiveFrom: firstEffective, terms: firstTerms })
  await announceAgreement({ ...ctx, actor: systemActor('Primo accordo') }, id, 1, firstEffective, firstTerms)
  return id
}

/** Before anything anybody will bring along. */
const firstEffective = '2000-01-01'

const known = new Map<string, AgreementTerms>()

/**
 * What a case's clocks run on, for cases opened from `since` (ISO) on; null when the case has no agreement or the
 * administration no calendar. Versions never change, so they are read once.
 */
export async function loadRules(ctx: TxContext, agreementId: string | null, since: string): Promise<DeskRules> {
  if (agreementId === null) return null
  const terms = known.get(agreementId) ?? (await loadTerms(ctx, agreementId))
  const from = new Date(since).getUTCFullYear() - 1
  try {
    return { terms, calendar: await recentCalendar(ctx, terms.calendarId, from) }
  } catch (error) {
    if (error instanceof Problem && error.code === 'calendar_empty') return null
    throw error
  }
}

const recent = new Map<string, { until: number; calendar: CompiledCalendar }>()
const recentMs = 2000

// Asked at every act on a case: a calendar is taken as it was two seconds ago. One that was changed since is followed by
// `follow_calendars`, which compares every open case again.
async function recentCalendar(ctx: TxContext, calendarId: string | null, from: number): Promise<CompiledCalendar> {
  const key = `${ctx.organisationId} ${calendarId} ${from}`
  const kept = recent.get(key)
  if (kept && kept.until > Date.now()) return kept.calendar
  const calendar = await loadCalendar(ctx, calendarId, from, new Date().getUTCFullYear() + 2)
  if (recent.size > 200) recent.clear()
  recent.set(key, { until: Date.now() + recentMs, calendar })
  return calendar
}

async function loadTerms(ctx: TxContext, id: string): Promise<AgreementTerms> {
  const row = await selectAgreement(ctx, id)
  const terms = agreementTerms.parse(row?.terms)
  known.set(id, terms)
  return terms
}

function checkTerms(terms: unknown): AgreementTerms {
  const parsed = agreementTerms.safeParse(terms)
  if (parsed.success) return parsed.data
  throw invalid(
    parsed.error.issues.map((issue) =>
      wrongField(['terms', ...issue.path].join('.'), (t) =>
        issue.message.startsWith('target_twice') ? t.problems.targetTwice : t.problems.wrongTerms,
      ),
    ),
  )
}

const yearMs = 366 * 86_400_000

// A target that the calendar cannot keep within a year would be a clock that never ends.
async function requireOpenings(ctx: TxContext, terms: AgreementTerms, effectiveFrom: string) {
  const year = Number(effectiveFrom.slice(0, 4))
  const calendar = await loadCalendar(ctx, terms.calendarId, year, year + 1)
  const from = Math.max(calendar.from, Date.parse(`${effectiveFrom}T00:00:00Z`))
  const open = from >= calendar.to ? 0 : openBetween(calendar, from, Math.min(calendar.to, from + yearMs))
  const wrong = terms.targets.flatMap(({ within }, index) => {
    const needed = from >= calendar.to ? null : serviceTime(within, from, calendar)
    return needed === null || needed > open
      ? [wrongField(`terms.targets.${index}.within`, (t) => t.problems.neverOpens)]
      : []
  })
  if (wrong.length > 0) throw invalid(wrong)
}

function localDate(ctx: Context): string {
  return Temporal.Now.plainDateISO(ctx.zone).toString()
}
