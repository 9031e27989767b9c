/** The SQL that writes items, always for several at once. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { phrasing } from '../../../platform/violations.ts'
import type { AttributeValues, ItemType } from '../item-types.ts'
import { itemViolations } from '../problems.ts'
import type { ItemState, ItemTitle } from '../vocabulary.ts'
import { wordsOf } from './words.ts'

/** What a file or a form says of an item. */
export type ItemValues = {
  name: string
  title: ItemTitle
  takenOverOn: string | null
  attributes: AttributeValues
  tag: string | null
  serial: string | null
  maker: string
  model: string
  costCents: number | null
  purchasedOn: string | null
  warrantyUntil: string | null
  funding: string
  officeId: string | null
  siteId: string | null
  custodianId: string | null
  room: string
}

export type NewItem = ItemValues & {
  id: string
  code: string
  type: ItemType
  state: ItemState
  acquisitionId: string | null
}

/** An item as it is stored, both records. */
export type StoredItem = NewItem & { version: number; loanUntil: string | null }

const withWords = <Row extends Pick<NewItem, 'code' | 'name' | 'tag' | 'serial' | 'maker' | 'model'>>(row: Row) => ({
  ...row,
  words: wordsOf([row.code, row.name, row.tag, row.serial, row.maker, row.model]),
})

const given = (rows: readonly object[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (
  id uuid, code text, type text, name text, state text, title text, "officeId" uuid, "siteId" uuid, attributes jsonb,
  "takenOverOn" date, "acquisitionId" uuid, words text[], tag text, serial text, maker text, model text, "custodianId" uuid,
  room text, "costCents" bigint, "purchasedOn" date, "warrantyUntil" date, funding text)`

/** Adds items: two statements for any number of them. What a constraint forbids is said in words. */
export async function insertItems(ctx: TxContext, rows: readonly NewItem[]): Promise<void> {
  if (rows.length === 0) return
  const items = rows.map(withWords)
  await phrasing(itemViolations, async () => {
    await sql`
      insert into configuration_item (organisation_id, id, code, type, name, state, title, office_id, site_id, attributes,
                                      taken_over_on, acquisition_id, search, version)
      select ${ctx.organisationId}, id, code, type, name, state, title, "officeId", "siteId", attributes, "takenOverOn",
             "acquisitionId", array_to_tsvector(words), 1
      from ${given(items)}`.execute(ctx.db)
    await sql`
      insert into asset (organisation_id, item_id, tag, serial, maker, model, custodian_id, room, cost_cents, purchased_on,
                         warranty_until, funding)
      select ${ctx.organisationId}, id, tag, serial, maker, model, "custodianId", room, "costCents", "purchasedOn",
             "warrantyUntil", funding
      from ${given(items)}`.execute(ctx.db)
  })
}

/** Writes all values of items that are there, and their state and acquisition; the version goes up by one. */
export async function updateItems(ctx: TxContext, rows: readonly NewItem[]): Promise<void> {
  if (rows.length === 0) return
  const items = rows.map(withWords)
  await phrasing(itemViolations, async () => {
    await sql`
      update configuration_item c
      set name = g.name, state = g.state, title = g.title, office_id = g."officeId", site_id = g."siteId", attributes = g.attributes,
          taken_over_on = g."takenOverOn", acquisition_id = g."acquisitionId", search = array_to_tsvector(g.words),
          version = c.version + 1
      from ${given(items)}
      where c.organisation_id = ${ctx.organisationId} and c.id = g.id`.execute(ctx.db)
    await sql`
      update asset a
      set tag = g.tag, serial = g.serial, maker = g.maker, model = g.model, custodian_id = g."custodianId", room = g.room,
          cost_cents = g."costCents", purchased_on = g."purchasedOn", warranty_until = g."warrantyUntil", funding = g.funding
      from ${given(items)}
      where a.organisation_id = ${ctx.organisationId} and a.item_id = g.id`.execute(ctx.db)
  })
}

const stored = sql`
  select c.id, c.code, c.type, c.name, c.state, c.title, c.office_id as "officeId", c.site_id as "siteId", c.attributes,
         c.taken_over_on as "takenOverOn", c.acquisition_id as "acquisitionId", c.version, a.tag, a.serial, a.maker, a.model,
         a.custodian_id as "custodianId", a.room, a.cost_cents as "costCents", a.purchased_on as "purchasedOn",
         a.warranty_until as "warrantyUntil", a.funding, a.loan_until as "loanUntil"
  from configuration_item c join asset a on a.organisation_id = c.organisation_id and a.item_id = c.id`

/** Items by id, locked in one order. */
export async function lockItems(ctx: TxContext, ids: readonly string[]): Promise<StoredItem[]> {
  const found = await sql<StoredItem>`
    ${stored} where c.organisation_id = ${ctx.organisationId} and c.id = any (${ids}::uuid[]) order by c.id for update of c`.execute(
    ctx.db,
  )
  return found.rows
}

/** Items by code, locked in one order. */
export async function lockByCode(ctx: TxContext, codes: readonly string[]): Promise<StoredItem[]> {
  const found = await sql<StoredItem>`
    ${stored} where c.organisation_id = ${ctx.organisationId} and c.code = any (${codes}::text[]) order by c.id for update of c`.execute(
    ctx.db,
  )
  return found.rows
}

/** Items that are not disposed of, by serial number, locked in one order; capitals do not matter. */
export async function lockBySerial(ctx: TxContext, serials: readonly string[]): Promise<StoredItem[]> {
  const found = await sql<StoredItem>`
    ${stored} where c.organisation_id = ${ctx.organisationId} and not a.is_disposed
      and upper(a.serial) = any (${serials.map((one) => one.toUpperCase())}::text[]) order by c.id for update of c`.execute(
    ctx.db,
  )
  return found.rows
}

/** Items by inventory number, locked in one order. */
export async function lockByTag(ctx: TxContext, tags: readonly string[]): Promise<StoredItem[]> {
  const found = await sql<StoredItem>`
    ${stored} where c.organisation_id = ${ctx.organisationId} and a.tag = any (${tags}::text[]) order by c.id for update of c`.execute(
    ctx.db,
  )
  return found.rows
}
