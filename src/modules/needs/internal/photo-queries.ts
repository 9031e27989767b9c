/** The SQL of photographs of deliveries. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { PhotoRow } from '../photo-schema.ts'

export type StoredPhoto = PhotoRow & { sha256: string }

/** The photographs of a delivery, the first added first. */
export async function selectPhotos(ctx: TxContext, deliveryId: string): Promise<StoredPhoto[]> {
  const found = await sql<StoredPhoto>`
    select p.id, p.media_type as "mediaType", f.bytes, x.content::jsonb ->> 'caption' as caption,
           n.given_name || ' ' || n.family_name as "addedBy", e.recorded_at as "addedAt", p.sha256
    from delivery_photo p
    join file f on f.organisation_id = p.organisation_id and f.sha256 = p.sha256
    join event e on e.organisation_id = p.organisation_id and e.id = p.event_id
    left join event_text x on x.organisation_id = p.organisation_id and x.event_id = p.event_id
    left join person n on n.organisation_id = p.organisation_id and n.id = e.actor_id
    where p.organisation_id = ${ctx.organisationId} and p.delivery_id = ${deliveryId} order by p.id limit 500`.execute(
    ctx.db,
  )
  return found.rows
}

export async function isPhotographed(ctx: TxContext, deliveryId: string, sha256: string): Promise<boolean> {
  const found = await ctx.db
    .selectFrom('delivery_photo')
    .select('id')
    .where('organisation_id', '=', ctx.organisationId)
    .where('delivery_id', '=', deliveryId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return found !== undefined
}

export async function insertPhoto(
  ctx: TxContext,
  row: { id: string; deliveryId: string; eventId: number; sha256: string; mediaType: PhotoRow['mediaType'] },
): Promise<void> {
  await ctx.db
    .insertInto('delivery_photo')
    .values({
      organisation_id: ctx.organisationId,
      ...{ id: row.id, delivery_id: row.deliveryId, event_id: row.eventId },
      ...{ sha256: row.sha256, media_type: row.mediaType },
    })
    .execute()
}
