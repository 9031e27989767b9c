/** The SQL of movements, always for several items at once. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { phrasing } from '../../../platform/violations.ts'
import { itemViolations } from '../problems.ts'
import type { ItemState } from '../vocabulary.ts'

/** What a movement makes of one item. */
export type Movement = {
  itemId: string
  state: ItemState
  officeId: string | null
  siteId: string | null
  custodianId: string | null
  room: string
  loanUntil: string | null
  writeOffOn: string | null
  writeOffDocument: string | null
}

/** Writes what movements change; versions go up by one. Two statements for any number of items. */
export async function updateMoved(ctx: TxContext, movements: readonly Movement[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(movements)}::jsonb) as g (
    "itemId" uuid, state text, "officeId" uuid, "siteId" uuid, "custodianId" uuid, room text, "loanUntil" date,
    "writeOffOn" date, "writeOffDocument" text)`
  await phrasing(itemViolations, async () => {
    await sql`
      update configuration_item c
      set state = g.state, office_id = g."officeId", site_id = g."siteId", version = c.version + 1
      from ${given} where c.organisation_id = ${ctx.organisationId} and c.id = g."itemId"`.execute(ctx.db)
    await sql`
      update asset a
      set custodian_id = g."custodianId", room = g.room, loan_until = g."loanUntil",
          write_off_on = coalesce(g."writeOffOn", a.write_off_on),
          write_off_document = coalesce(g."writeOffDocument", a.write_off_document)
      from ${given} where a.organisation_id = ${ctx.organisationId} and a.item_id = g."itemId"`.execute(ctx.db)
  })
}
