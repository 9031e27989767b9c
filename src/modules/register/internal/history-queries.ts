/** The SQL of what happened to an item. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { HistoryRow } from '../history-schema.ts'
import type { ItemState } from '../vocabulary.ts'

/** The newest events of an item and of its handovers, with the words that are still there; people of the supplier are a party, not a name. */
export async function selectHistory(ctx: TxContext, itemId: string, limit: number): Promise<HistoryRow[]> {
  const found = await sql<HistoryRow>`
    with e as materialized (
      (select * from event where organisation_id = ${ctx.organisationId} and subject_type = 'configuration_item'
         and subject_id = ${itemId} order by id desc limit ${limit})
      union all
      (select v.* from handover_item i
       join event v on v.organisation_id = i.organisation_id and v.subject_type = 'handover' and v.subject_id = i.handover_id
       where i.organisation_id = ${ctx.organisationId} and i.item_id = ${itemId} order by v.id desc limit ${limit})
    )
    select e.id, e.kind, e.occurred_at as "at", e.recorded_at as "recordedAt", e.witness, y.kind as by, e.door,
           e.payload->>'state' as state, e.payload->>'before' as before,
           coalesce(e.payload->'changed', '[]') as changed, o.name as "officeName", s.name as "siteName",
           p.given_name || ' ' || p.family_name as "custodianName", other.id as "otherId", other.code as "otherCode",
           t.content::jsonb->>'document' as document, t.content::jsonb->>'note' as note
    from e
    left join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
    left join party y on y.organisation_id = e.organisation_id and y.id = e.party_id
    left join office o on o.organisation_id = e.organisation_id and o.id = (e.payload->>'officeId')::uuid
    left join site s on s.organisation_id = e.organisation_id and s.id = (e.payload->>'siteId')::uuid
    left join person p on p.organisation_id = e.organisation_id and p.id = (e.payload->>'custodianId')::uuid
    left join configuration_item other on other.organisation_id = e.organisation_id
      and other.id = coalesce(e.payload->>'replacedBy', e.payload->>'replaces')::uuid
    order by e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}

export type FoldedEvent = {
  kind: string
  payload: {
    state: ItemState
    officeId?: string | null
    siteId?: string | null
    custodianId?: string | null
    acquisitionId?: string | null
  }
}

/** Every event of an item in the order of the record. */
export async function selectEvents(ctx: TxContext, itemId: string): Promise<FoldedEvent[]> {
  const found = await sql<FoldedEvent>`
    select kind, payload from event
    where organisation_id = ${ctx.organisationId} and subject_type = 'configuration_item' and subject_id = ${itemId}
    order by id limit 10000`.execute(ctx.db)
  return found.rows
}
