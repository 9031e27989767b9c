/** The SQL of applications and of their stewards. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ApplicationRow } from '../schema.ts'

const rows = sql`
  select a.id, a.code, a.name, a.area, a.steward_id as "stewardId", p.given_name || ' ' || p.family_name as "stewardName",
         a.begins_on as "beginsOn", a.ends_on as "endsOn", a.version
  from application a left join person p on p.organisation_id = a.organisation_id and p.id = a.steward_id`

/** Every application, by code; `stewardId` takes those of one person. */
export async function selectApplications(ctx: TxContext, stewardId: string | null): Promise<ApplicationRow[]> {
  const found = await sql<ApplicationRow>`
    ${rows} where a.organisation_id = ${ctx.organisationId} and (${stewardId}::uuid is null or a.steward_id = ${stewardId}::uuid)
    order by a.code limit 2000`.execute(ctx.db)
  return found.rows
}

export async function lockApplication(ctx: TxContext, id: string): Promise<ApplicationRow | undefined> {
  const found = await sql<ApplicationRow>`
    ${rows} where a.organisation_id = ${ctx.organisationId} and a.id = ${id} for update of a`.execute(ctx.db)
  return found.rows[0]
}

export type ApplicationValues = Omit<ApplicationRow, 'id' | 'stewardName' | 'version'>

export async function insertApplication(ctx: TxContext, id: string, values: ApplicationValues) {
  const { stewardId, beginsOn, endsOn, ...rest } = values
  await ctx.db
    .insertInto('application')
    .values({
      organisation_id: ctx.organisationId,
      id,
      ...rest,
      steward_id: stewardId,
      begins_on: beginsOn,
      ends_on: endsOn,
      version: 1,
    })
    .execute()
}

/** Writes what may change of an application; the version goes up by one. */
export async function updateApplication(
  ctx: TxContext,
  id: string,
  { name, stewardId, endsOn }: Pick<ApplicationValues, 'name' | 'stewardId' | 'endsOn'>,
) {
  await ctx.db
    .updateTable('application')
    .set({ name, steward_id: stewardId, ends_on: endsOn, version: sql<number>`version + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}

/** People of the administration who are there, by address or by id. */
export async function selectStewards(ctx: TxContext, named: { emails?: readonly string[]; ids?: readonly string[] }) {
  const found = await sql<{ id: string; email: string }>`
    select p.id, p.email from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where p.organisation_id = ${ctx.organisationId} and y.kind = 'administration' and p.left_on is null
      and (p.email = any (${named.emails ?? []}::text[]) or p.id = any (${named.ids ?? []}::uuid[]))`.execute(ctx.db)
  return found.rows
}
