/** The SQL of the register as a file. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { BoxFilter } from '../box-schema.ts'
import type { BoxKind } from '../box-vocabulary.ts'
import { filtered } from './box-queries.ts'
import { visibleBoxes } from './box-visible.ts'

export type ExportedBox = {
  id: string
  kind: BoxKind
  sizeBytes: number | null
  messageCount: number | null
} & Record<
  'address' | 'name' | 'office' | 'holder' | 'aliases' | 'forwards' | 'delegates' | 'quota' | 'register' | 'published',
  string | null
> &
  Record<'lastReceived' | 'lastRead' | 'lastSent' | 'activity', string | null>

/** Every mailbox of a filter, as the import takes it. */
export async function selectExported(ctx: TxContext, filter: BoxFilter): Promise<ExportedBox[]> {
  const found = await sql<ExportedBox>`
    select m.id, m.address, m.kind, m.name, o.code as office, p.email as holder, m.quota_bytes::text as quota,
           m.size_bytes as "sizeBytes", m.message_count as "messageCount", m.last_received_on as "lastReceived",
           m.last_read_on as "lastRead", m.last_sent_on as "lastSent", m.activity, m.register_code as register,
           m.published_at as published,
           (select string_agg(a.address, ' ' order by a.address) from mailbox_alias a
            where a.organisation_id = m.organisation_id and a.mailbox_id = m.id) as aliases,
           (select string_agg(case when f.keeps_copy then '' else '>' end || f.address, ' ' order by f.address) from mailbox_forward f
            where f.organisation_id = m.organisation_id and f.mailbox_id = m.id) as forwards,
           (select string_agg(d.address, ' ' order by d.address) from mailbox_delegate d
            where d.organisation_id = m.organisation_id and d.mailbox_id = m.id) as delegates
    from mailbox m
    left join office o on o.organisation_id = m.organisation_id and o.id = m.office_id
    left join person p on p.organisation_id = m.organisation_id and p.id = m.holder_id
    where m.organisation_id = ${ctx.organisationId} and ${visibleBoxes(ctx)} and ${filtered(ctx, filter)}
    order by m.address limit 100000`.execute(ctx.db)
  return found.rows
}
