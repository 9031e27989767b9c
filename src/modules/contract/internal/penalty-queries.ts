/** The SQL of penalties, what was decided on them, and what a later decision changed. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Basis, deductionNatures } from '../vocabulary.ts'

export type StoredPenalty = {
  id: string
  contractId: string
  period: string
  indicator: string
  service: string
  scope: string
  nature: (typeof deductionNatures)[number]
  basis: Basis | 'history'
  level: 1 | 2 | 3
  rate: number
  proposedCents: number
  decidedCents: number | null
  adjustedCents: number
  state: 'proposed' | 'countered' | 'decided'
  document: string
  proposedOn: string
  dueOn: string | null
  counteredOn: string | null
  decidedOn: string | null
  version: number
}

const columns = sql`p.id, p.contract_id as "contractId", p.period, p.indicator, p.service, p.scope, p.nature, p.basis, p.level, p.rate,
  p.proposed_cents as "proposedCents", p.decided_cents as "decidedCents", p.state, p.document, p.proposed_on::text as "proposedOn",
  p.due_on::text as "dueOn", p.countered_on::text as "counteredOn", p.decided_on::text as "decidedOn", p.version,
  coalesce((select sum(a.cents) from penalty_adjustment a where a.organisation_id = p.organisation_id and a.penalty_id = p.id), 0)::bigint
    as "adjustedCents"`

/** Every penalty of a contract, the oldest period first. */
export async function selectPenalties(ctx: TxContext, contractId: string): Promise<StoredPenalty[]> {
  const found = await sql<StoredPenalty>`
    select ${columns} from penalty p where p.organisation_id = ${ctx.organisationId} and p.contract_id = ${contractId}
    order by p.period, p.indicator, p.service, p.scope, p.nature`.execute(ctx.db)
  return found.rows
}

/** One penalty, locked for a change. */
export async function lockPenalty(ctx: TxContext, id: string): Promise<StoredPenalty | undefined> {
  const found = await sql<StoredPenalty>`
    select ${columns} from penalty p where p.organisation_id = ${ctx.organisationId} and p.id = ${id} for update`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function insertPenalty(
  ctx: TxContext,
  row: Omit<StoredPenalty, 'version' | 'adjustedCents' | 'counteredOn'>,
): Promise<void> {
  await sql`insert into penalty (organisation_id, id, contract_id, period, indicator, service, scope, nature, basis, level, rate,
      proposed_cents, decided_cents, state, document, proposed_on, due_on, decided_on)
    values (${ctx.organisationId}, ${row.id}, ${row.contractId}, ${row.period}, ${row.indicator}, ${row.service}, ${row.scope}, ${row.nature},
      ${row.basis}, ${row.level}, ${row.rate}, ${row.proposedCents}, ${row.decidedCents}, ${row.state}, ${row.document},
      ${row.proposedOn}, ${row.dueOn}, ${row.decidedOn})`.execute(ctx.db)
}

export async function counterPenaltyRow(ctx: TxContext, id: string, document: string, on: string): Promise<void> {
  await sql`update penalty set state = 'countered', document = ${document}, countered_on = ${on}, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export async function decidePenaltyRow(ctx: TxContext, id: string, cents: number, on: string): Promise<void> {
  await sql`update penalty set state = 'decided', decided_cents = ${cents}, decided_on = ${on}, version = version + 1
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}

export async function insertAdjustment(
  ctx: TxContext,
  row: { id: string; penaltyId: string; becauseOf: string; level: number; rate: number; cents: number },
): Promise<void> {
  await sql`insert into penalty_adjustment (organisation_id, id, penalty_id, because_of, level, rate, cents)
    values (${ctx.organisationId}, ${row.id}, ${row.penaltyId}, ${row.becauseOf}, ${row.level}, ${row.rate}, ${row.cents})`.execute(
    ctx.db,
  )
}
