/** The SQL of who opens whose mailbox on a server, with what is needed to move both. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Delegation } from './together.ts'
import { visibleInWaves } from './wave-queries.ts'

/** Every mailbox of a server that somebody opens as delegate, with that somebody's own mailbox on the same server. */
export async function selectDelegations(ctx: TxContext, serverId: string): Promise<Delegation[]> {
  const found = await sql<Delegation>`
    select b.id as "sharedId", o.id as "delegateId"
    from mailbox_delegate d
    join mailbox b on b.organisation_id = d.organisation_id and b.id = d.mailbox_id
    join mailbox o on o.organisation_id = d.organisation_id and o.address = d.address and o.id <> b.id
    where d.organisation_id = ${ctx.organisationId} and b.server_id = ${serverId} and o.server_id = ${serverId}
      and b.kind <> 'certified' and o.kind <> 'certified' and b.gone_since is null and o.gone_since is null and ${visibleInWaves(ctx)}
    order by b.address, o.address`.execute(ctx.db)
  return found.rows
}

export type Outside = {
  mailboxId: string
  address: string
  office: string | null
  hasDecision: boolean
  waveNumber: number | null
}

/** These mailboxes, whether an approved decision lets them move, and the wave that has them already. */
export async function selectOutside(ctx: TxContext, ids: readonly string[]): Promise<Outside[]> {
  if (ids.length === 0) return []
  const found = await sql<Outside>`
    select b.id as "mailboxId", b.address, o.name as office,
           exists (select from mailbox_decision d where d.organisation_id = b.organisation_id and d.mailbox_id = b.id
                   and d.state = 'approved' and d.kind in ('keep', 'rename', 'merge', 'delegate')) as "hasDecision",
           (select max(w.number) from wave_mailbox m join migration_wave w on w.organisation_id = m.organisation_id and w.id = m.wave_id
            where m.organisation_id = b.organisation_id and m.mailbox_id = b.id and m.state <> 'rolled_back') as "waveNumber"
    from mailbox b left join office o on o.organisation_id = b.organisation_id and o.id = b.office_id
    where b.organisation_id = ${ctx.organisationId} and b.id = any (${[...ids]}::uuid[]) order by b.address`.execute(
    ctx.db,
  )
  return found.rows
}
