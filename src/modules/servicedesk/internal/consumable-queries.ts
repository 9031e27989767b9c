/** The SQL of consumables. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type StoredItem = { id: string; code: string; name: string; printerModel: string; isActive: boolean }

export async function selectItems(ctx: TxContext): Promise<StoredItem[]> {
  const found = await sql<StoredItem>`
    select id, code, name, printer_model as "printerModel", is_active as "isActive" from consumable_item
    where organisation_id = ${ctx.organisationId} order by printer_model, name, id limit 2000`.execute(ctx.db)
  return found.rows
}

/** The whole list, held against other changes of it until the end of the transaction. */
export async function lockItems(ctx: TxContext): Promise<StoredItem[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`consumable_item ${ctx.organisationId}`}, 0))`.execute(
    ctx.db,
  )
  return selectItems(ctx)
}

/** Adds an item or changes the one with its code; returns the id it has. */
export async function upsertItem(ctx: TxContext, item: StoredItem): Promise<string> {
  const found = await sql<{ id: string }>`
    insert into consumable_item (organisation_id, id, code, name, printer_model, is_active)
    values (${ctx.organisationId}, ${item.id}, ${item.code}, ${item.name}, ${item.printerModel}, ${item.isActive})
    on conflict (organisation_id, code) do update
      set name = excluded.name, printer_model = excluded.printer_model, is_active = excluded.is_active
    returning id`.execute(ctx.db)
  return found.rows[0]?.id ?? item.id
}

export async function insertAttempt(ctx: TxContext, attempt: { id: string; case_id: string }): Promise<void> {
  await ctx.db
    .insertInto('delivery_attempt')
    .values({ organisation_id: ctx.organisationId, ...attempt })
    .execute()
}

/** Wrong codes typed for a case in the last hour. */
export async function countAttempts(ctx: TxContext, caseId: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from delivery_attempt
    where organisation_id = ${ctx.organisationId} and case_id = ${caseId}
      and at > clock_timestamp() - interval '1 hour'`.execute(ctx.db)
  return found.rows[0]?.n ?? 0
}
