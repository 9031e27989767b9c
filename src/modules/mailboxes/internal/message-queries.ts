/** The SQL of what users are told of a wave. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

export type Recipient = { personId: string; addresses: string[] }

/** Who answers for a mailbox of the wave or has one of their own, each once with all of theirs; not who has left. Or one of them. */
export async function selectRecipients(ctx: TxContext, waveId: string, personId: string | null): Promise<Recipient[]> {
  const found = await sql<Recipient>`
    select p.id as "personId", array_agg(b.address order by b.address) as addresses
    from wave_mailbox m
    join mailbox b on b.organisation_id = m.organisation_id and b.id = m.mailbox_id
    join person p on p.organisation_id = b.organisation_id and p.id = b.holder_id and (p.left_on is null or p.left_on > current_date)
    where m.organisation_id = ${ctx.organisationId} and m.wave_id = ${waveId} and m.state <> 'rolled_back'
      and (${personId}::uuid is null or p.id = ${personId})
    group by p.id order by p.id limit 5000`.execute(ctx.db)
  return found.rows
}

/** When a wave is cut over, planned or done. */
export async function selectCutOver(ctx: TxContext, waveId: string): Promise<string | null> {
  const found = await sql<{ at: string | null }>`
    select cut_over_at as at from migration_wave
    where organisation_id = ${ctx.organisationId} and id = ${waveId}`.execute(ctx.db)
  return found.rows[0]?.at ?? null
}
