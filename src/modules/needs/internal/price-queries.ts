/** The SQL of price lists. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Category } from '../vocabulary.ts'

export type StoredPrice = {
  code: string
  category: Category
  description: string
  unitCents: number
  referenceCents: number | null
  reference: string | null
}

/** The list in force on a day, or none. */
export async function selectListOn(ctx: TxContext, day: string) {
  const found = await sql<{ id: string; name: string; effectiveFrom: string; act: string }>`
    select id, name, effective_from as "effectiveFrom", act from price_list
    where organisation_id = ${ctx.organisationId} and effective_from <= ${day} order by effective_from desc limit 1`.execute(
    ctx.db,
  )
  return found.rows[0]
}

export async function selectPrices(ctx: TxContext, listId: string): Promise<StoredPrice[]> {
  const found = await sql<StoredPrice>`
    select code, category, description, unit_cents as "unitCents", reference_cents as "referenceCents", reference
    from price_list_item where organisation_id = ${ctx.organisationId} and list_id = ${listId} order by description, code limit 5000`.execute(
    ctx.db,
  )
  return found.rows
}

export async function insertList(
  ctx: TxContext,
  list: { id: string; name: string; effectiveFrom: string; act: string },
  items: readonly StoredPrice[],
): Promise<void> {
  await ctx.db
    .insertInto('price_list')
    .values({
      organisation_id: ctx.organisationId,
      ...{ id: list.id, name: list.name, effective_from: list.effectiveFrom, act: list.act },
    })
    .execute()
  await ctx.db
    .insertInto('price_list_item')
    .values(
      items.map(({ unitCents, referenceCents, ...item }) => ({
        organisation_id: ctx.organisationId,
        list_id: list.id,
        ...item,
        unit_cents: unitCents,
        reference_cents: referenceCents,
      })),
    )
    .execute()
}
