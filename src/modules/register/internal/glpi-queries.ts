/** The SQL of what an inventory recognises. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** Type, name and serial number as they are written of the items with these serial numbers that are not disposed of, by the number in capitals. */
export async function selectBySerial(
  ctx: TxContext,
  serials: readonly string[],
): Promise<Map<string, { type: string; name: string; serial: string }>> {
  const found = await sql<{ serial: string; type: string; name: string }>`
    select a.serial, c.type, c.name
    from asset a join configuration_item c on c.organisation_id = a.organisation_id and c.id = a.item_id
    where a.organisation_id = ${ctx.organisationId} and not a.is_disposed and a.serial is not null
      and upper(a.serial) = any (${serials.map((one) => one.toUpperCase())}::text[])`.execute(ctx.db)
  return new Map(found.rows.map((row) => [row.serial.toUpperCase(), row]))
}
