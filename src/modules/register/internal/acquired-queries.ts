/** The SQL that counts and finds what was acquired. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { ItemType } from '../item-types.ts'
import type { ItemState } from '../vocabulary.ts'

export type AcquiredCount = { acquisitionId: string; officeId: string | null; state: ItemState; count: number }
export type FoundSerial = {
  serial: string
  itemId: string
  /** Of the item that has the serial; left out when it is disposed of: the serial was seen, and is free again. */
  code?: string
  state: ItemState
  acquisitionId: string | null
}
export type FoundState = { itemId: string; code: string; type: ItemType; state: ItemState; officeId: string | null }

/** Counts from the index of acquisitions alone, in its order: a million items without a sort. */
export async function selectAcquired(ctx: TxContext, ids: readonly string[] | null): Promise<AcquiredCount[]> {
  const named = ids === null ? sql`true` : sql`acquisition_id = any (${ids}::uuid[])`
  const found = await sql<AcquiredCount>`
    select acquisition_id as "acquisitionId", office_id as "officeId", state, count(*)::int as count
    from configuration_item
    where organisation_id = ${ctx.organisationId} and acquisition_id is not null and ${named}
    group by acquisition_id, state, office_id order by acquisition_id, state, office_id`.execute(ctx.db)
  return found.rows
}

/** Also of items that are disposed of, those first: who keeps the last of each serial keeps the item that has it now. */
export async function selectSerials(ctx: TxContext, serials: readonly string[]): Promise<FoundSerial[]> {
  const keys = serials.map((one) => one.trim().toUpperCase())
  // Two arms, each with a partial index of its own.
  const found = await sql<FoundSerial & { code: string; isDisposed: boolean }>`
    select a.serial, c.id as "itemId", c.code, c.state, c.acquisition_id as "acquisitionId", a.is_disposed as "isDisposed"
    from (
      select * from asset
      where organisation_id = ${ctx.organisationId} and is_disposed and upper(serial) = any (${keys}::text[])
      union all
      select * from asset
      where organisation_id = ${ctx.organisationId} and not is_disposed and upper(serial) = any (${keys}::text[])
    ) a
    join configuration_item c on c.organisation_id = a.organisation_id and c.id = a.item_id
    order by a.is_disposed desc, c.code limit 100000`.execute(ctx.db)
  return found.rows.map(({ code, isDisposed, ...row }) => (isDisposed ? row : { ...row, code }))
}

const standing = sql`select id as "itemId", code, type, state, office_id as "officeId" from configuration_item`

export async function selectStates(ctx: TxContext, ids: readonly string[]): Promise<FoundState[]> {
  const found = await sql<FoundState>`
    ${standing} where organisation_id = ${ctx.organisationId} and id = any (${ids}::uuid[]) order by code limit 100000`.execute(
    ctx.db,
  )
  return found.rows
}

export async function selectByCode(ctx: TxContext, codes: readonly string[]): Promise<FoundState[]> {
  const found = await sql<FoundState>`
    ${standing} where organisation_id = ${ctx.organisationId} and code = any (${codes}::text[]) order by code limit 100000`.execute(
    ctx.db,
  )
  return found.rows
}
