/** The SQL of desk agreements. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { AgreementTerms } from './agreement.ts'

export type StoredAgreement = { id: string; number: number; effectiveFrom: string; knownFrom: string; terms: unknown }

const columns = sql`id, number, effective_from as "effectiveFrom", known_from as "knownFrom", terms`

export async function selectAgreements(ctx: TxContext): Promise<StoredAgreement[]> {
  const found = await sql<StoredAgreement>`
    select ${columns} from desk_agreement_version
    where organisation_id = ${ctx.organisationId} order by number desc limit 1000`.execute(ctx.db)
  return found.rows
}

export async function selectAgreement(ctx: TxContext, id: string): Promise<StoredAgreement | undefined> {
  const found = await sql<StoredAgreement>`
    select ${columns} from desk_agreement_version
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
  return found.rows[0]
}

/** The version that holds on a local date: the last to begin; of two that begin together, the one known later. */
export async function selectInForce(ctx: TxContext, date: string): Promise<{ id: string } | undefined> {
  const found = await sql<{ id: string }>`
    select id from desk_agreement_version
    where organisation_id = ${ctx.organisationId} and effective_from <= ${date}::date
    order by effective_from desc, number desc limit 1`.execute(ctx.db)
  return found.rows[0]
}

/** Versions are added one after the other. */
export async function lockAgreements(ctx: TxContext): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`agreement ${ctx.organisationId}`}, 0))`.execute(ctx.db)
}

/** Writes a version under the next number and returns that. Call with the lock. */
export async function insertAgreement(
  ctx: TxContext,
  added: { id: string; effectiveFrom: string; terms: AgreementTerms },
): Promise<number> {
  const found = await sql<{ number: number }>`
    insert into desk_agreement_version (organisation_id, id, number, effective_from, terms)
    select ${ctx.organisationId}, ${added.id}, coalesce(max(number), 0) + 1, ${added.effectiveFrom}::date, ${JSON.stringify(added.terms)}::jsonb
    from desk_agreement_version where organisation_id = ${ctx.organisationId}
    returning number`.execute(ctx.db)
  return found.rows[0]?.number ?? 1
}
