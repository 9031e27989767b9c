/** The SQL that files of the register need: codes of offices and sites, addresses of people, one file at a time. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { conflict } from '../problems.ts'

/** Ids by code, and codes by id. */
export type Places = {
  offices: ReadonlyMap<string, string>
  sites: ReadonlyMap<string, string>
  codes: ReadonlyMap<string, string>
}

/** One file at a time inside an administration, so that what is known is known to both; refused while another runs. */
export async function lockRegisterImports(ctx: TxContext): Promise<void> {
  await sql`set local statement_timeout = '5min'`.execute(ctx.db)
  const taken = await sql<{ is_mine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('register import ' || ${ctx.organisationId}, 0)) as is_mine`.execute(
    ctx.db,
  )
  if (taken.rows[0]?.is_mine !== true) throw conflict('import_running', (t) => t.importRunning)
}

/** Every office and site. */
export async function selectPlaces(ctx: TxContext): Promise<Places> {
  const found = await sql<{ what: string; id: string; code: string }>`
    select 'office' as what, id, code from office where organisation_id = ${ctx.organisationId}
    union all select 'site', id, code from site where organisation_id = ${ctx.organisationId} limit 200000`.execute(
    ctx.db,
  )
  const of = (what: string) => new Map(found.rows.filter((one) => one.what === what).map(({ code, id }) => [code, id]))
  return { offices: of('office'), sites: of('site'), codes: new Map(found.rows.map(({ id, code }) => [id, code])) }
}

/** People by address, those who are there; with those who left when a file tells what was so already. */
export async function selectPeople(
  ctx: TxContext,
  emails: readonly string[],
  withLeft = false,
): Promise<Map<string, string>> {
  const found = await sql<{ id: string; email: string }>`
    select id, email from person where organisation_id = ${ctx.organisationId} and (${withLeft} or left_on is null)
      and email = any (${[...new Set(emails)]}::text[])`.execute(ctx.db)
  return new Map(found.rows.map(({ id, email }) => [email, id]))
}
