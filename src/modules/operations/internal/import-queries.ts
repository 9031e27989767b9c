/** The SQL of files that were brought in. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { conflict } from '../problems.ts'
import type { ImportRow } from '../schema.ts'
import type { ImportKind } from '../vocabulary.ts'

/** One import at a time inside an administration, so that what is known is known to both; refused while another runs. */
export async function lockImports(ctx: TxContext): Promise<void> {
  // Keys and digest of some million lines take longer than a page may.
  await sql`set local statement_timeout = '5min'`.execute(ctx.db)
  const taken = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('operations import ' || ${ctx.organisationId}, 0)) as is_mine`.execute(
    ctx.db,
  )
  if (taken.rows[0]?.is_mine !== true) throw conflict('import_running', (t) => t.importRunning)
}

// What a row says, as JSON text, by the day it is about: the digest of the digests of the days is sealed with the event.
const canonical = {
  samples: sql`select day, jsonb_build_array(scope_id, probe_id, day, part, witness, at_ms, failed_ms, took_ms)::text as said, organisation_id, import_id from probe_day`,
  outages: sql`select from_at::date as day, jsonb_build_array(scope_id, from_at, until_at, reason, is_excluded)::text as said, organisation_id, import_id from declared_outage`,
  calls: sql`select started_at::date as day, concat_ws('|', source, witness, key, started_at, outcome, waited_s, coalesce(answered_at::text, '-'), coalesce(ended_at::text, '-')) as said, organisation_id, import_id from call_record`,
}

/** SHA-256 of the rows an import added, in one order; the same as long as none of them changed, came or went. */
export async function digestOf(ctx: TxContext, what: ImportKind, id: string): Promise<string> {
  const found = await sql<{ digest: string }>`
    select encode(sha256(coalesce(string_agg(of_day, ''::bytea order by day), ''::bytea)), 'hex') as digest
    from (select day, sha256(convert_to(string_agg(said, E'\n' order by said collate "C"), 'UTF8')) as of_day
          from (${canonical[what]}) as rows
          where organisation_id = ${ctx.organisationId} and import_id = ${id} group by day) as days`.execute(ctx.db)
  return found.rows[0]?.digest ?? ''
}

export async function insertImport(ctx: TxContext, row: Omit<ImportRow, 'madeAt'> & { digest: string }) {
  const { by, ...rest } = row
  await ctx.db
    .insertInto('operations_import')
    .values({ organisation_id: ctx.organisationId, ...rest, by_party: by })
    .execute()
}

const columns = sql`id, what, made_at as "madeAt", by_party as by, sha256, lines, added, known`

/** The newest imports. */
export async function selectImports(ctx: TxContext, limit: number): Promise<ImportRow[]> {
  const found = await sql<ImportRow>`
    select ${columns} from operations_import where organisation_id = ${ctx.organisationId}
    order by made_at desc, id limit ${limit}`.execute(ctx.db)
  return found.rows
}

/** One import with the digest that its sealed event carries. */
export async function selectImport(ctx: TxContext, id: string) {
  const found = await sql<ImportRow & { sealed: string | null }>`
    select ${columns}, (select e.payload->>'digest' from event e where e.organisation_id = i.organisation_id
      and e.subject_type = 'operations_import' and e.subject_id = i.id order by e.id limit 1) as sealed
    from operations_import i where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
  return found.rows[0]
}
