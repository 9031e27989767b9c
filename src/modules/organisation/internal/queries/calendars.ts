/** Every SQL statement about working calendars. */
import { sql } from 'kysely'
import type { CalendarRules } from '../../../../platform/calendar.ts'
import type { TxContext } from '../../../../platform/context.ts'

export type StoredCalendar = { id: string; name: string; isDefault: boolean }
/** Dates are local; `until` is the last day. `rules` were checked when they were written. */
export type StoredVersion = {
  id: string
  calendarId: string
  from: string
  until: string | null
  knownFrom: string
  rules: CalendarRules
}

export async function selectCalendars(ctx: TxContext): Promise<StoredCalendar[]> {
  const found = await sql<StoredCalendar>`
    select id, name, is_default as "isDefault" from calendar
    where organisation_id = ${ctx.organisationId} order by is_default desc, name, id limit 1000`.execute(ctx.db)
  return found.rows
}

const version = sql`
  id, calendar_id as "calendarId", lower(validity) as "from", upper(validity) - 1 as until, known_from as "knownFrom", rules`

/** Versions of one calendar, or of all (null), oldest first. */
export async function selectVersions(ctx: TxContext, calendarId: string | null): Promise<StoredVersion[]> {
  const found = await sql<StoredVersion>`
    select ${version} from calendar_version
    where organisation_id = ${ctx.organisationId} and (${calendarId}::uuid is null or calendar_id = ${calendarId}::uuid)
    order by calendar_id, lower(validity) limit 10000`.execute(ctx.db)
  return found.rows
}

/** The calendar, locked: its versions are added one after the other. */
export async function lockCalendar(ctx: TxContext, id: string): Promise<StoredCalendar | undefined> {
  const found = await sql<StoredCalendar>`
    select id, name, is_default as "isDefault" from calendar
    where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(ctx.db)
  return found.rows[0]
}

/** Which calendar (null for the default one) and when its newest version became known: what a compiled one depends on. */
export async function selectNewest(
  ctx: TxContext,
  id: string | null,
): Promise<{ id: string; knownFrom: string | null } | undefined> {
  const found = await sql<{ id: string; knownFrom: string | null }>`
    select c.id, max(v.known_from) as "knownFrom" from calendar c
    left join calendar_version v on v.organisation_id = c.organisation_id and v.calendar_id = c.id
    where c.organisation_id = ${ctx.organisationId} and ${id === null ? sql`c.is_default` : sql`c.id = ${id}`}
    group by c.id`.execute(ctx.db)
  return found.rows[0]
}

export async function insertCalendar(ctx: TxContext, calendar: StoredCalendar): Promise<void> {
  await ctx.db
    .insertInto('calendar')
    .values({
      organisation_id: ctx.organisationId,
      id: calendar.id,
      name: calendar.name,
      is_default: calendar.isDefault,
    })
    .execute()
}

/** Takes the default away from whichever calendar has it. */
export async function clearDefault(ctx: TxContext): Promise<void> {
  await sql`update calendar set is_default = false where organisation_id = ${ctx.organisationId} and is_default`.execute(
    ctx.db,
  )
}

export async function insertVersion(
  ctx: TxContext,
  added: { id: string; calendarId: string; from: string; until: string | null; rules: CalendarRules },
): Promise<void> {
  await sql`
    insert into calendar_version (organisation_id, id, calendar_id, validity, rules)
    values (${ctx.organisationId}, ${added.id}, ${added.calendarId}, daterange(${added.from}::date, ${added.until}::date, '[]'),
            ${JSON.stringify(added.rules)}::jsonb)`.execute(ctx.db)
}

/** Gives an open-ended version its last day. */
export async function endVersion(ctx: TxContext, id: string, lastDay: string): Promise<void> {
  await sql`
    update calendar_version set validity = daterange(lower(validity), ${lastDay}::date, '[]')
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}
