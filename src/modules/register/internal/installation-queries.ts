/** The SQL of what the desk installed. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { DeskInstallation } from '../case-item-schema.ts'

/** How far the desk's record is read; null before the first time. One reader at a time. */
export async function lockWatermark(ctx: TxContext): Promise<number | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended('register desk ' || ${ctx.organisationId}, 0))`.execute(
    ctx.db,
  )
  const found = await sql<{ event_id: number }>`
    select event_id from desk_watermark where organisation_id = ${ctx.organisationId}`.execute(ctx.db)
  return found.rows[0]?.event_id ?? null
}

export async function writeWatermark(ctx: TxContext, eventId: number): Promise<void> {
  await sql`
    insert into desk_watermark (organisation_id, event_id) values (${ctx.organisationId}, ${eventId})
    on conflict (organisation_id) do update set event_id = excluded.event_id`.execute(ctx.db)
}

type Noted = Pick<DeskInstallation, 'serial' | 'caseId' | 'itemId' | 'outcome'> & { eventId: number }

/** Notes a serial number; false when it was noted before. */
export async function insertInstallation(ctx: TxContext, noted: Noted): Promise<boolean> {
  const { eventId, serial, caseId, itemId, outcome } = noted
  const added = await sql`
    insert into desk_installation (organisation_id, event_id, serial, case_id, item_id, outcome)
    values (${ctx.organisationId}, ${eventId}, ${serial}, ${caseId}, ${itemId}::uuid, ${outcome})
    on conflict do nothing returning serial`.execute(ctx.db)
  return added.rows.length > 0
}

/** The newest first. */
export async function selectInstallations(ctx: TxContext, limit: number): Promise<DeskInstallation[]> {
  const found = await sql<DeskInstallation>`
    select i.case_id as "caseId", extract(year from k.opened_at at time zone ${ctx.zone})::int || '/' || k.number as number,
           i.serial, i.item_id as "itemId", c.code, i.outcome, i.noted_at as "notedAt"
    from desk_installation i
    join desk_case k on k.organisation_id = i.organisation_id and k.id = i.case_id
    left join configuration_item c on c.organisation_id = i.organisation_id and c.id = i.item_id
    where i.organisation_id = ${ctx.organisationId}
    order by i.event_id desc, i.serial limit ${limit}`.execute(ctx.db)
  return found.rows
}
