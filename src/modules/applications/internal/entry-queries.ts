/** The SQL of the person-day ledger. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { EntryRow } from '../schema.ts'
import type { Area, EntryState } from '../vocabulary.ts'
import type { LedgerEntry, Quota } from './ledger.ts'

type Selected = Omit<EntryRow, 'what' | 'reason'> & {
  said: string | null
  decided: string | null
  stewardId: string | null
}

const rows = sql`
  select e.id, e.area, e.application_id as "applicationId", a.name as "applicationName", a.steward_id as "stewardId",
         e.case_id as "caseId", e.case_number as "caseNumber", e.reference, e.day, e.tenths, e.state, e.corrects_id as "correctsId",
         exists (select from person_day_entry c where c.organisation_id = e.organisation_id and c.corrects_id = e.id) as "isCorrected",
         v.occurred_at as "declaredAt", e.version, x.content as said, d.content as decided
  from person_day_entry e
  left join application a on a.organisation_id = e.organisation_id and a.id = e.application_id
  join event v on v.organisation_id = e.organisation_id and v.id = e.event_id
  left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.event_id
  left join event_text d on d.organisation_id = e.organisation_id and d.event_id = e.decision_id`

/** The entries of a year, newest first; `stewardId` takes those of one person's applications. */
export async function selectEntries(ctx: TxContext, year: number, stewardId: string | null, limit: number) {
  const found = await sql<Selected>`
    ${rows} where e.organisation_id = ${ctx.organisationId} and e.day >= make_date(${year}::int, 1, 1) and e.day < make_date(${year}::int + 1, 1, 1)
      and (${stewardId}::uuid is null or a.steward_id = ${stewardId}::uuid)
    order by e.day desc, e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows.map(toRow)
}

/** Some entries, locked in one order, with who is the steward of each. */
export async function lockEntries(ctx: TxContext, ids: readonly string[]) {
  const found = await sql<Selected>`
    ${rows} where e.organisation_id = ${ctx.organisationId} and e.id = any (${ids}::uuid[]) order by e.id for update of e`.execute(
    ctx.db,
  )
  return found.rows.map((row) => ({ ...toRow(row), stewardId: row.stewardId }))
}

/** The entries that have one of these references. */
export async function selectByReference(ctx: TxContext, references: readonly string[]): Promise<EntryRow[]> {
  const found = await sql<Selected>`
    ${rows} where e.organisation_id = ${ctx.organisationId} and e.reference = any (${references}::text[])`.execute(
    ctx.db,
  )
  return found.rows.map(toRow)
}

function toRow({ said, decided, stewardId: _, ...row }: Selected): EntryRow {
  const word = (content: string | null, name: string): string | null =>
    content === null ? null : (JSON.parse(content)[name] ?? null)
  return { ...row, what: word(said, 'what'), reason: word(decided, 'reason') }
}

/** What the ledger of a year is reckoned from. */
export async function selectLedger(ctx: TxContext, year: number): Promise<LedgerEntry[]> {
  const found = await sql<LedgerEntry>`
    select id, area, application_id as "applicationId", case_id as "caseId", case_number as "caseNumber", tenths, state, corrects_id as "correctsId"
    from person_day_entry where organisation_id = ${ctx.organisationId}
      and day >= make_date(${year}::int, 1, 1) and day < make_date(${year}::int + 1, 1, 1) order by day, id`.execute(
    ctx.db,
  )
  return found.rows
}

export async function insertEntry(
  ctx: TxContext,
  row: {
    id: string
    area: Area
    applicationId: string | null
    caseId: string | null
    caseNumber: string | null
    reference: string | null
    day: string
    tenths: number
    state: EntryState
    correctsId: string | null
    eventId: number
  },
) {
  const { applicationId, caseId, caseNumber, correctsId, eventId, ...rest } = row
  await ctx.db
    .insertInto('person_day_entry')
    .values({
      organisation_id: ctx.organisationId,
      ...rest,
      application_id: applicationId,
      case_id: caseId,
      case_number: caseNumber,
      corrects_id: correctsId,
      event_id: eventId,
      version: 1,
    })
    .execute()
}

/** Writes what was decided on an entry; the version goes up by one. */
export async function updateDecision(ctx: TxContext, id: string, state: EntryState, decisionId: number) {
  await ctx.db
    .updateTable('person_day_entry')
    .set({ state, decision_id: decisionId, version: sql<number>`version + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** The quotas in force, the newest known of each year and area, as far as they are asked for. */
export async function selectQuotas(ctx: TxContext, years: readonly number[]) {
  const found = await sql<{ year: number; area: Area } & Quota>`
    select distinct on (year, area) year, area, tenths, most_tenths as "mostTenths", act from person_day_quota
    where organisation_id = ${ctx.organisationId} and year = any (${years}::int[])
    order by year, area, known_from desc, id desc`.execute(ctx.db)
  return found.rows
}

export async function insertQuota(
  ctx: TxContext,
  { mostTenths, knownFrom, ...row }: { id: string; year: number; area: Area; knownFrom: string } & Quota,
) {
  await ctx.db
    .insertInto('person_day_quota')
    .values({ organisation_id: ctx.organisationId, ...row, most_tenths: mostTenths, known_from: knownFrom })
    .execute()
}

/** The events of an entry that have words. */
export async function selectEventIds(ctx: TxContext, id: string): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select e.id from event e join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'person_day_entry' and e.subject_id = ${id}`.execute(
    ctx.db,
  )
  return found.rows.map((row) => row.id)
}
