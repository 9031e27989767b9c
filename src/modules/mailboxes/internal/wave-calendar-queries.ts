/** The SQL of the calendar of waves. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Load } from './estimate.ts'
import { visibleInWaves } from './wave-queries.ts'

export type WaveLoad = Load & { waveId: string; dailyBytes: number | null }

/** What is left to copy of every mailbox in waves that were not cut over, and what the target takes in a day. */
export async function selectLoads(ctx: TxContext): Promise<WaveLoad[]> {
  const found = await sql<WaveLoad>`
    select w.id as "waveId", t.daily_bytes::float8 as "dailyBytes",
           greatest(0, m.messages - m.done_messages)::float8 as messages, greatest(0, m.bytes - m.done_bytes)::float8 as bytes
    from migration_wave w
    join mail_server t on t.organisation_id = w.organisation_id and t.id = w.to_server_id
    join wave_mailbox m on m.organisation_id = w.organisation_id and m.wave_id = w.id and m.state in ('surveyed', 'prepared', 'copying')
    join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
    where w.organisation_id = ${ctx.organisationId} and w.state in ('planned', 'copying', 'paused') and ${visibleInWaves(ctx)}
    limit 20000`.execute(ctx.db)
  return found.rows
}
