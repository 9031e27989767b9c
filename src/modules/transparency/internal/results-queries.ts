/** The SQL of published quarters and of the way of an event into the chain. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type StoredResults = {
  id: string
  period: string
  publishedAt: string
  eventId: number
  approvalEvent: number
  figures: string
  figuresSha256: string
  rows: string
  rowsSha256: string
  scopes: string
  scopesSha256: string
}

/** The published quarters (or one) without their files, the newest first. */
export async function selectPublished(ctx: TxContext, period: string | null = null) {
  const found = await sql<Omit<StoredResults, 'figures' | 'rows' | 'scopes'> & { bytes: number[] }>`
    select id, period, published_at as "publishedAt", event_id as "eventId", approval_event as "approvalEvent",
      figures_sha256 as "figuresSha256", rows_sha256 as "rowsSha256", scopes_sha256 as "scopesSha256",
      array[octet_length(figures), octet_length(rows), octet_length(scopes)] as bytes
    from result_publication
    where organisation_id = ${ctx.organisationId} and (${period}::text is null or period = ${period})
    order by period desc`.execute(ctx.db)
  return found.rows
}

/** One published quarter with its files; undefined when it is not published. */
export async function selectResults(ctx: TxContext, period: string): Promise<StoredResults | undefined> {
  const found = await sql<StoredResults>`
    select id, period, published_at as "publishedAt", event_id as "eventId", approval_event as "approvalEvent", figures,
      figures_sha256 as "figuresSha256", rows, rows_sha256 as "rowsSha256", scopes, scopes_sha256 as "scopesSha256"
    from result_publication where organisation_id = ${ctx.organisationId} and period = ${period}`.execute(ctx.db)
  return found.rows[0]
}

export async function insertResults(ctx: TxContext, row: StoredResults): Promise<void> {
  await sql`insert into result_publication (organisation_id, id, period, published_at, event_id, approval_event, figures, figures_sha256,
      rows, rows_sha256, scopes, scopes_sha256)
    values (${ctx.organisationId}, ${row.id}, ${row.period}, ${row.publishedAt}, ${row.eventId}, ${row.approvalEvent}, ${row.figures},
      ${row.figuresSha256}, ${row.rows}, ${row.rowsSha256}, ${row.scopes}, ${row.scopesSha256})`.execute(ctx.db)
}

export type StoredProof = {
  preimage: string
  leaf: string
  seal: number | null
  sealedAt: string | null
  previous: string
  head: string | null
  eventIds: number[] | null
  leaves: string | null
}

/** The event of a publication and the seal it lies in; without a seal for the second it takes to be sealed. */
export async function selectProof(ctx: TxContext, eventId: number): Promise<StoredProof | undefined> {
  const found = await sql<StoredProof>`
    select preimage, leaf, seal, sealed_at as "sealedAt", previous, head, event_ids as "eventIds", leaves
    from publication_proof(${ctx.organisationId}, ${eventId})`.execute(ctx.db)
  const proof = found.rows[0]
  // The driver gives a bigint[] as texts.
  return proof && { ...proof, eventIds: proof.eventIds?.map(Number) ?? null }
}
