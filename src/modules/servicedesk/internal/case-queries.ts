/** The SQL of one case: locking, writing, its story and its attachments. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Rows } from '../../../platform/rows.gen.ts'
import type { CaseFacts } from './fold.ts'
import { clockColumns, type DeskRules, factColumns } from './fold-columns.ts'
import { selectRows } from './list-queries.ts'
import { readableVisibilities, visibleCases } from './visible.ts'

/**
 * Who asks, the number of the case to be, the agreement it runs on, and the case of the last fifteen days that it repeats
 * (contract-logic §3: same subject and office), in one round trip.
 */
export async function loadRequester(
  ctx: TxContext,
  who: { id?: string; email?: string; title: string; today: string },
) {
  const found = await sql<{
    id: string
    office_id: string | null
    place: string
    number: number
    agreement_id: string | null
    repeats_id: string | null
  }>`select id, office_id, place, number, agreement_id, repeats_id
     from opening_of(${ctx.organisationId}, ${who.id ?? null}, ${who.email ?? null}, ${who.today}::date, ${who.title})`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export type LockedCase = CaseFacts & { id: string }

/**
 * The case, if the actor may see it, locked until the end of the transaction: its events come one after the other.
 * Locked alone: a row joined to one that waited for its lock would still be the old one.
 */
export async function lockCase(ctx: TxContext, id: string): Promise<LockedCase | undefined> {
  const row = await ctx.db
    .selectFrom('desk_case as c')
    .selectAll('c')
    .where('c.organisation_id', '=', ctx.organisationId)
    .where('c.id', '=', id)
    .where(visibleCases(ctx))
    .forUpdate()
    .executeTakeFirst()
  return row && { ...toFacts(row), id: row.id }
}

/** A person's name and party, for saying who was first. */
export async function selectChanger(ctx: TxContext, personId: string | null) {
  const found = await sql<{ name: string; party: string }>`
    select p.given_name || ' ' || p.family_name as name, y.name as party
    from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where p.organisation_id = ${ctx.organisationId} and p.id = ${personId}`.execute(ctx.db)
  return found.rows[0]
}

/** The kind of the party a person belongs to; undefined for nobody. */
export async function selectPartyKind(ctx: TxContext, personId: string | null): Promise<string | undefined> {
  const found = await sql<{ kind: string }>`
    select y.kind from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where p.organisation_id = ${ctx.organisationId} and p.id = ${personId}`.execute(ctx.db)
  return found.rows[0]?.kind
}

type CaseColumns = { [Column in keyof Rows['desk_case']]: unknown }

/** The facts in a row of desk_case. The CHECKs of the table hold the texts to the types. */
export function toFacts(row: CaseColumns): CaseFacts {
  return {
    number: row.number,
    kind: row.kind,
    openedKind: row.opened_kind,
    proposedKind: row.proposed_kind,
    state: row.state,
    severity: row.severity,
    requesterId: row.requester_id,
    officeId: row.office_id,
    channel: row.channel,
    reserved: row.reserved,
    agreementId: row.agreement_id,
    details: row.details,
    deliveries: row.deliveries,
    personDays: row.person_days === null ? null : Number(row.person_days),
    repeatsId: row.repeats_id,
    duplicateOf: row.duplicate_of,
    teamId: row.team_id,
    holderId: row.holder_id,
    waitingFor: row.waiting_for,
    closedHow: row.closed_how,
    openedAt: row.opened_at,
    takenAt: row.taken_at,
    resolvedAt: row.resolved_at,
    closesAt: row.closes_at,
    closedAt: row.closed_at,
    promisedAt: row.promised_at,
    firstPromisedAt: row.first_promised_at,
    promisedTimes: row.promised_times,
    reopenedTimes: row.reopened_times,
    timeline: row.timeline,
    version: row.version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  } as CaseFacts
}

export async function insertCase(
  ctx: TxContext,
  id: string,
  facts: CaseFacts,
  words: { title: string; description: string; place: string; about: string },
  rules: DeskRules,
) {
  await ctx.db
    .insertInto('desk_case')
    .values({
      organisation_id: ctx.organisationId,
      id,
      title: words.title,
      place: words.place,
      about: words.about,
      // What is reserved is found by its number alone.
      search: facts.reserved
        ? sql`''::tsvector`
        : sql`to_tsvector('it', ${`${words.title} ${words.about} ${words.description}`})`,
      ...factColumns(facts),
      ...clockColumns(facts, rules),
    })
    .execute()
}

export async function updateCase(ctx: TxContext, id: string, facts: CaseFacts, rules: DeskRules) {
  const { number: _, requester_id: __, opened_kind: ___, ...columns } = factColumns(facts)
  await ctx.db
    .updateTable('desk_case')
    .set({ ...columns, ...clockColumns(facts, rules) })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** Takes a case's words and attachments out of every place where they are kept; returns its events with text. */
export async function blankCase(ctx: TxContext, id: string): Promise<number[]> {
  await ctx.db
    .updateTable('desk_case')
    .set({ title: '', place: '', about: '', search: sql`''::tsvector` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
  await sql`
    with gone as (
      delete from case_attachment where organisation_id = ${ctx.organisationId} and case_id = ${id} returning sha256
    )
    delete from file f where f.organisation_id = ${ctx.organisationId} and f.sha256 in (select sha256 from gone)
      and not exists (select from case_attachment a
                      where a.organisation_id = f.organisation_id and a.sha256 = f.sha256 and a.case_id <> ${id})
      and not exists (select from mail_message m
                      where m.organisation_id = f.organisation_id and m.file_sha256 = f.sha256)`.execute(ctx.db)
  const events = await ctx.db
    .selectFrom('event')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('subject_type', '=', 'case')
    .where('subject_id', '=', id)
    .where('text_digest', 'is not', null)
    .execute()
  return events.map((event) => event.id)
}

export async function teamExists(ctx: TxContext, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('team')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** One case with the names around it, if the actor may see it. */
export async function selectCase(ctx: TxContext, id: string) {
  return selectRows(ctx)
    .innerJoin('person as r', (join) =>
      join.onRef('r.organisation_id', '=', 'c.organisation_id').onRef('r.id', '=', 'c.requester_id'),
    )
    .selectAll('c')
    .select([sql<string>`r.given_name || ' ' || r.family_name`.as('requester_name'), 'r.phone as requester_phone'])
    .where('c.id', '=', id)
    .where(visibleCases(ctx))
    .executeTakeFirst()
}

/** The story of a case, oldest first: its events with the words beside them, as far as the actor may read them. */
export async function selectEntries(ctx: TxContext, id: string) {
  const found = await sql<{
    id: number
    kind: string
    version: number
    occurred_at: string
    recorded_at: string
    witness: string
    payload: Record<string, unknown>
    content: string | null
    erased_reason: string | null
    actor_id: string | null
    author: string | null
    party_kind: string | null
    party_name: string | null
    team_name: string | null
  }>`
    select e.id, e.kind, e.version, e.occurred_at, e.recorded_at, e.witness, e.payload, x.content, x.erased_reason, e.actor_id,
           p.given_name || ' ' || p.family_name as author, y.kind as party_kind, y.name as party_name, t.name as team_name
    from event e
    left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join party y on y.organisation_id = e.organisation_id and y.id = e.party_id
    left join team t on t.organisation_id = e.organisation_id and t.id = (e.payload->>'teamId')::uuid
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'case' and e.subject_id = ${id}
      and coalesce(e.payload->>'visibility', 'public') = any(${readableVisibilities(ctx)}::text[])
    order by e.id limit 1000`.execute(ctx.db)
  return found.rows
}

export type FoundEntry = Awaited<ReturnType<typeof selectEntries>>[number]

/** Numbers of other cases that a case names. */
export async function selectReferences(ctx: TxContext, ids: readonly (string | null)[]) {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return []
  return ctx.db
    .selectFrom('desk_case')
    .select(['id', 'number', 'opened_at'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', 'in', wanted)
    .execute()
}

/** The attachments of a case that the actor may see. */
export async function selectAttachments(ctx: TxContext, caseId: string) {
  return ctx.db
    .selectFrom('case_attachment as a')
    .innerJoin('file as f', (join) =>
      join.onRef('f.organisation_id', '=', 'a.organisation_id').onRef('f.sha256', '=', 'a.sha256'),
    )
    .select(['a.id', 'a.name', 'a.visibility', 'a.sha256', 'f.bytes', 'f.media_type'])
    .where('a.organisation_id', '=', ctx.organisationId)
    .where('a.case_id', '=', caseId)
    .where('a.visibility', 'in', readableVisibilities(ctx))
    .orderBy('a.id')
    .limit(200)
    .execute()
}

export async function insertAttachments(
  ctx: TxContext,
  rows: { id: string; case_id: string; event_id: number; sha256: string; name: string; visibility: string }[],
) {
  if (rows.length === 0) return
  await ctx.db
    .insertInto('case_attachment')
    .values(rows.map((row) => ({ organisation_id: ctx.organisationId, ...row })))
    .execute()
}

/** The events of a case as the fold wants them. */
export async function selectFoldEvents(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('event')
    .select(['id', 'kind', 'version', 'payload', 'occurred_at', 'recorded_at', 'actor_id', 'witness'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('subject_type', '=', 'case')
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute()
}

/** Number and opening of a case, whoever may see it: for repeating an answer already given. */
export async function selectOpened(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('desk_case')
    .select(['number', 'opened_at'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
