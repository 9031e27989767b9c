/** Working calendars: versions that never overlap and, once in force, never change. */
import { randomUUIDv7 } from 'node:crypto'
import {
  type CalendarRules,
  type CompiledCalendar,
  calendarRulesSchema,
  compileCalendar,
} from '../../platform/calendar.ts'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse, sayIssue } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { type Placement, placeVersion, withGapsClosed } from './internal/calendar-versions.ts'
import {
  clearDefault,
  endVersion,
  insertCalendar,
  insertVersion,
  lockCalendar,
  type StoredVersion,
  selectCalendars,
  selectNewest,
  selectVersions,
} from './internal/queries/calendars.ts'
import { record } from './internal/record.ts'
import { today } from './internal/today.ts'
import { conflict, wrong, wrongField } from './problems.ts'
import {
  type AddCalendarInput,
  type AddCalendarVersionInput,
  type AddedRow,
  addCalendarInput,
  addCalendarVersionInput,
} from './schema.ts'
import { type OrganisationTexts, organisationTexts } from './texts.ts'

/** A calendar with its versions, oldest first; `until` is the last day. */
export type Calendar = { id: string; name: string; isDefault: boolean; versions: Omit<StoredVersion, 'calendarId'>[] }

/** Every calendar, the default one first. */
export async function listCalendars(ctx: Context): Promise<Calendar[]> {
  allow(ctx.actor, 'organisation.read')
  return read(ctx, async (ctx) => {
    const calendars = await selectCalendars(ctx)
    const versions = Map.groupBy(await selectVersions(ctx, null), (version) => version.calendarId)
    return calendars.map((calendar) => ({
      ...calendar,
      versions: (versions.get(calendar.id) ?? []).map(({ calendarId: _, ...version }) => version),
    }))
  })
}

/** Adds a calendar with its first version. The first calendar, or one that asks for it, becomes the default. */
export async function addCalendar(ctx: Context, input: AddCalendarInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { name, isDefault: wantsDefault, ...first } = parse(addCalendarInput, input)
  const rules = checkVersion(ctx, first)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'calendar.add', { name, wantsDefault, ...first, rules }, id)
    if (earlier !== null) return { id: earlier }
    const isDefault = wantsDefault || !(await selectCalendars(ctx)).some((calendar) => calendar.isDefault)
    if (isDefault) await clearDefault(ctx)
    await phrasing({ calendar_organisation_id_name_key: () => wrong('name', (t) => t.problems.nameTaken) }, () =>
      insertCalendar(ctx, { id, name, isDefault }),
    )
    const version = { id: randomUUIDv7(), calendarId: id, from: first.from, until: first.until, rules }
    await insertVersion(ctx, version)
    await record(ctx, {
      subjectType: 'calendar',
      subjectId: id,
      kind: 'calendar.added',
      payload: { isDefault },
      text: { name },
    })
    await record(ctx, added(version))
    return { id }
  })
}

/**
 * Adds a version. Days that already have hours are refused, with one exception: an open-ended version gives way to one
 * that begins after today. If the new one has an end, the earlier rules go on after it.
 */
export async function addCalendarVersion(
  ctx: Context,
  calendarId: string,
  input: AddCalendarVersionInput,
): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(addCalendarVersionInput, input)
  const rules = checkVersion(ctx, request)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'calendar.version', { calendarId, ...request, rules }, id)
    if (earlier !== null) return { id: earlier }
    if ((await lockCalendar(ctx, calendarId)) === undefined) throw notFound()
    const placement = placeVersion(await selectVersions(ctx, calendarId), request, today(ctx.zone))
    if (placement.what === 'overlap') throw overlap(placement.with)
    const version = { id, calendarId, from: request.from, until: request.until, rules }
    await writeVersion(ctx, version, placement)
    return { id }
  })
}

type NewVersion = { id: string; calendarId: string; from: string; until: string | null; rules: CalendarRules }

async function writeVersion(
  ctx: TxContext,
  version: NewVersion,
  placement: Exclude<Placement<StoredVersion>, { what: 'overlap' }>,
) {
  const problems = { calendar_version_overlap: () => overlap(version) }
  if (placement.what === 'after') {
    await endVersion(ctx, placement.before.id, placement.endsOn)
    const payload = { versionId: placement.before.id, until: placement.endsOn }
    await record(ctx, {
      subjectType: 'calendar',
      subjectId: version.calendarId,
      kind: 'calendar.version_ended',
      payload,
    })
  }
  await phrasing(problems, () => insertVersion(ctx, version))
  await record(ctx, added(version))
  if (placement.what === 'after' && placement.resumesOn !== null) {
    const { calendarId } = version
    const resumed = {
      id: randomUUIDv7(),
      calendarId,
      from: placement.resumesOn,
      until: null,
      rules: placement.before.rules,
    }
    await phrasing(problems, () => insertVersion(ctx, resumed))
    await record(ctx, added(resumed))
  }
}

// What a person wrote as a reason is text; the rest of the rules is sealed.
function added({ id, calendarId, from, until, rules }: NewVersion) {
  const reasons = Object.fromEntries(rules.exceptions.map(({ date, reason }) => [date, reason]))
  const exceptions = rules.exceptions.map(({ date, windows }) => ({ date, windows }))
  const payload = { versionId: id, from, until, rules: { ...rules, exceptions } }
  return {
    subjectType: 'calendar' as const,
    subjectId: calendarId,
    kind: 'calendar.version_added',
    payload,
    text: reasons,
  }
}

const compiled = new Map<string, CompiledCalendar>()
const mostCompiled = 50

/**
 * A calendar (null: the default one) compiled for some years, closed on the days that no version covers.
 * Compiled once per newest version. Refused when there is none for those years.
 */
export async function loadCalendar(
  ctx: Context,
  calendarId: string | null,
  fromYear: number,
  toYear: number,
): Promise<CompiledCalendar> {
  return read(ctx, async (ctx) => {
    const newest = (await selectNewest(ctx, calendarId)) ?? fail(calendarId === null ? empty() : notFound())
    const key = `${newest.id} ${newest.knownFrom} ${fromYear} ${toYear}`
    const known = compiled.get(key)
    if (known !== undefined) return known
    const versions = withGapsClosed(await selectVersions(ctx, newest.id))
    const [first] = versions
    if (first === undefined || first.effectiveFrom > `${toYear}-12-31`) throw empty()
    const calendar = compileCalendar(versions, fromYear, toYear)
    const oldest = compiled.keys().next().value
    if (compiled.size >= mostCompiled && oldest !== undefined) compiled.delete(oldest)
    compiled.set(key, calendar)
    return calendar
  })
}

/** The rules, checked; one `invalid` Problem names every wrong field in the words of the catalogue. */
export function checkRules(zone: string, rules: unknown): CalendarRules {
  const given = typeof rules === 'object' && rules !== null ? { zone, ...rules } : rules
  const parsed = calendarRulesSchema.safeParse(given)
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map((issue) => {
        const path = ['rules', ...issue.path].join('.')
        return isRuleCode(issue.message)
          ? wrongField(path, ruleText(issue.message))
          : { path, say: sayIssue(issue, given) }
      }),
    )
  }
  if (parsed.data.zone !== zone) throw wrong('rules.zone', (t) => t.calendar.zone_other(zone))
  return parsed.data
}

function checkVersion(
  ctx: Context,
  { from, until, rules }: { from: string; until: string | null; rules: unknown },
): CalendarRules {
  if (until !== null && until < from) throw wrong('until', (t) => t.calendar.untilBeforeFrom)
  return checkRules(ctx.zone, rules)
}

type CalendarTexts = OrganisationTexts['calendar']
type RuleCode = { [Key in keyof CalendarTexts]: CalendarTexts[Key] extends string ? Key : never }[keyof CalendarTexts]

function isRuleCode(message: string): message is RuleCode {
  return message in organisationTexts.it.calendar
}

function ruleText(code: RuleCode) {
  return (t: OrganisationTexts) => t.calendar[code]
}

function overlap({ from, until }: { from: string; until: string | null }) {
  return conflict('calendar_overlap', (t) => t.calendar.overlap(from, until))
}

function empty() {
  return conflict('calendar_empty', (t) => t.calendar.empty)
}
