/** The SQL of the runbook: what was ticked, by whom, and what stands in the way of a step. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { type CheckCode, type CheckState, runbook } from '../wave-vocabulary.ts'

export type TickedRow = {
  code: CheckCode
  state: CheckState
  at: string | null
  by: string | null
  note: string | null
}

export async function selectChecks(ctx: TxContext, waveId: string): Promise<TickedRow[]> {
  const found = await sql<TickedRow>`
    select k.code, k.state, e.occurred_at as at, p.given_name || ' ' || p.family_name as by, (x.content::jsonb)->>'note' as note
    from wave_check k
    left join event e on e.organisation_id = k.organisation_id and e.id = k.event_id
    left join event_text x on x.organisation_id = k.organisation_id and x.event_id = k.event_id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    where k.organisation_id = ${ctx.organisationId} and k.wave_id = ${waveId} order by k.code`.execute(ctx.db)
  return found.rows
}

/** The checks that must be ticked before this step and are not. */
export async function openGates(ctx: TxContext, waveId: string, gate: 'cut_over' | 'close'): Promise<CheckCode[]> {
  const ticked = new Map((await selectChecks(ctx, waveId)).map(({ code, state }) => [code, state]))
  return runbook
    .filter((one) => one.gate === gate && (ticked.get(one.code) ?? 'open') === 'open')
    .map(({ code }) => code)
}

export async function upsertCheck(ctx: TxContext, waveId: string, code: CheckCode, state: CheckState, eventId: number) {
  await sql`
    insert into wave_check (organisation_id, wave_id, code, state, event_id)
    values (${ctx.organisationId}, ${waveId}, ${code}, ${state}, ${state === 'open' ? null : eventId})
    on conflict (organisation_id, wave_id, code) do update set state = excluded.state, event_id = excluded.event_id`.execute(
    ctx.db,
  )
}
