/** The SQL of published years of the needs plan. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ReconciledLine } from '../../needs/schema.ts'
import type { PublishedNeeds } from '../needs-results-schema.ts'

/** A line as it was published: offices stay inside. */
export type PublishedLine = Omit<ReconciledLine, 'offices' | 'lineId'>
export type PublishedContent = {
  lines: PublishedLine[]
  plannedExVat: string
  orderedExVat: string
  payableExVat: string
  paidExVat: string
}

export type StoredNeeds = PublishedNeeds & { id: string; content: PublishedContent; csv: string }

/** Every publication without its file, the newest year and number first. */
export async function selectPublishedNeeds(ctx: TxContext): Promise<(PublishedNeeds & { bytes: number })[]> {
  const found = await sql<PublishedNeeds & { bytes: number }>`
    select year, number, published_at as "publishedAt", event_id as "eventId", sha256, octet_length(csv) as bytes
    from needs_publication where organisation_id = ${ctx.organisationId} order by year desc, number desc limit 500`.execute(
    ctx.db,
  )
  return found.rows
}

/** The newest publication of a year; undefined when it is not published. */
export async function selectNeeds(ctx: TxContext, year: number): Promise<StoredNeeds | undefined> {
  const found = await sql<StoredNeeds>`
    select id, year, number, published_at as "publishedAt", event_id as "eventId", sha256, content, csv
    from needs_publication where organisation_id = ${ctx.organisationId} and year = ${year} order by number desc limit 1`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function insertNeeds(ctx: TxContext, row: StoredNeeds): Promise<void> {
  await sql`
    insert into needs_publication (organisation_id, id, year, number, published_at, event_id, content, csv, sha256)
    values (${ctx.organisationId}, ${row.id}, ${row.year}, ${row.number}, ${row.publishedAt}, ${row.eventId},
            ${JSON.stringify(row.content)}, ${row.csv}, ${row.sha256})`.execute(ctx.db)
}
