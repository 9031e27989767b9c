/** The SQL of contests and exclusions. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { contestReasons, exclusionReasons } from '../vocabulary.ts'

export type Side = 'administration' | 'supplier'

/** The figure a contest ended in, as stored. */
export type AgreedFigure = {
  inTime: number | null
  total: number | null
  days: number | null
  hundredths: number | null
}

export type StoredContest = {
  id: string
  contractId: string
  period: string
  indicator: string
  service: string
  scope: string
  raisedBy: Side
  reason: (typeof contestReasons)[number]
  evidence: string
  state: 'open' | 'answered' | 'agreed' | 'withdrawn'
  dueOn: string
  agreed: AgreedFigure | null
  raisedAt: string
  settledAt: string | null
  version: number
  cases: number
}

const columns = sql`c.id, c.contract_id as "contractId", c.period, c.indicator, c.service, c.scope, c.raised_by as "raisedBy", c.reason,
  c.evidence, c.state, c.due_on::text as "dueOn", c.agreed, c.raised_at as "raisedAt", c.settled_at as "settledAt", c.version,
  (select count(*)::int from contest_case k where k.organisation_id = c.organisation_id and k.contest_id = c.id) as cases`

/** Contests of some periods, or all of them, the oldest first. */
export async function selectContests(ctx: TxContext, periods: readonly string[] | null): Promise<StoredContest[]> {
  const found = await sql<StoredContest>`
    select ${columns} from contest c
    where c.organisation_id = ${ctx.organisationId} and (${periods}::text[] is null or c.period = any (${periods}::text[]))
    order by c.raised_at, c.id`.execute(ctx.db)
  return found.rows
}

/** One contest, locked for a change. */
export async function lockContest(ctx: TxContext, id: string): Promise<StoredContest | undefined> {
  const found = await sql<StoredContest>`
    select ${columns} from contest c where c.organisation_id = ${ctx.organisationId} and c.id = ${id} for update`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function insertContest(
  ctx: TxContext,
  row: Omit<StoredContest, 'raisedAt' | 'settledAt' | 'version' | 'cases' | 'agreed' | 'state'>,
  caseIds: readonly string[],
): Promise<void> {
  await sql`insert into contest (organisation_id, id, contract_id, period, indicator, service, scope, raised_by, reason, evidence, state, due_on)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.period}, ${row.indicator}, ${row.service}, ${row.scope},
            ${row.raisedBy}, ${row.reason}, ${row.evidence}, 'open', ${row.dueOn})`.execute(ctx.db)
  await sql`insert into contest_case (organisation_id, contest_id, case_id)
    select ${ctx.organisationId}, ${row.id}, unnest(${caseIds}::uuid[])`.execute(ctx.db)
}

export async function updateContest(
  ctx: TxContext,
  id: string,
  state: StoredContest['state'],
  agreed: AgreedFigure | null,
): Promise<void> {
  await sql`update contest set state = ${state}, agreed = ${agreed === null ? null : JSON.stringify(agreed)}::jsonb, version = version + 1,
      settled_at = case when ${state} = 'agreed' then clock_timestamp() end
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export type StoredExclusion = {
  id: string
  contractId: string
  period: string
  indicator: string
  caseId: string
  reason: (typeof exclusionReasons)[number]
  clause: string
  document: string
  askedBy: Side
  noticeAt: string | null
  state: 'asked' | 'agreed' | 'by_manager' | 'refused'
  version: number
}

const exclusionColumns = sql`id, contract_id as "contractId", period, indicator, case_id as "caseId", reason, clause, document,
  asked_by as "askedBy", notice_at as "noticeAt", state, version`

/** Exclusions of some periods, or all of them. */
export async function selectExclusions(ctx: TxContext, periods: readonly string[] | null): Promise<StoredExclusion[]> {
  const found = await sql<StoredExclusion>`
    select ${exclusionColumns} from exclusion
    where organisation_id = ${ctx.organisationId} and (${periods}::text[] is null or period = any (${periods}::text[]))
    order by asked_at, id`.execute(ctx.db)
  return found.rows
}

export async function lockExclusion(ctx: TxContext, id: string): Promise<StoredExclusion | undefined> {
  const found = await sql<StoredExclusion>`
    select ${exclusionColumns} from exclusion where organisation_id = ${ctx.organisationId} and id = ${id} for update`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function insertExclusion(ctx: TxContext, row: Omit<StoredExclusion, 'version' | 'state'>): Promise<void> {
  await sql`insert into exclusion (organisation_id, id, contract_id, period, indicator, case_id, reason, clause, document, asked_by, notice_at, state)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.period}, ${row.indicator}, ${row.caseId}, ${row.reason}, ${row.clause},
            ${row.document}, ${row.askedBy}, ${row.noticeAt}, 'asked')`.execute(ctx.db)
}

export async function decideExclusionRow(
  ctx: TxContext,
  id: string,
  state: 'agreed' | 'by_manager' | 'refused',
): Promise<void> {
  await sql`update exclusion set state = ${state}, decided_at = clock_timestamp(), version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

/** What people wrote with the events of a subject, by event kind: the newest of each. Null where it was erased. */
export async function selectWords(
  ctx: TxContext,
  subjectType: string,
  ids: readonly string[],
): Promise<{ id: string; kind: string; text: string | null }[]> {
  const found = await sql<{ id: string; kind: string; text: string | null }>`
    select distinct on (e.subject_id, e.kind) e.subject_id as id, e.kind, x.content::jsonb->>'what' as text
    from event e left join event_text x on x.organisation_id = e.organisation_id and x.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = ${subjectType} and e.subject_id = any (${ids}::uuid[])
    order by e.subject_id, e.kind, e.id desc`.execute(ctx.db)
  return found.rows
}
