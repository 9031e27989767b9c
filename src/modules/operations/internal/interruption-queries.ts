/** The SQL of planned interruptions. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { InterruptionKind, InterruptionState } from '../vocabulary.ts'

export type StoredInterruption = {
  id: string
  scope_id: string
  scope_code: string
  scope_name: string
  kind: InterruptionKind
  from_at: string
  until_at: string
  reason: string
  state: InterruptionState
  proposed_at: string
  decided_at: string | null
  noticed_at: string | null
  version: number
}

const columns = sql`i.id, i.scope_id, s.code as scope_code, s.name as scope_name, i.kind, i.from_at, i.until_at, i.reason, i.state,
  i.proposed_at, i.decided_at, i.noticed_at, i.version
  from planned_interruption i join monitored_scope s on s.organisation_id = i.organisation_id and s.id = i.scope_id`

/** Interruptions that overlap a period, with those of any time that wait for the city when asked for; in order. */
export async function selectInterruptions(
  ctx: TxContext,
  wanted: { from: string; until: string; scopeId?: string; withWaiting?: boolean },
): Promise<StoredInterruption[]> {
  const { from, until, scopeId = null, withWaiting = false } = wanted
  const found = await sql<StoredInterruption>`
    select ${columns} where i.organisation_id = ${ctx.organisationId}
      and (${scopeId}::uuid is null or i.scope_id = ${scopeId}::uuid)
      and (i.from_at < ${until}::timestamptz and i.until_at > ${from}::timestamptz or ${withWaiting} and i.state = 'proposed')
    order by i.from_at, i.id limit 1000`.execute(ctx.db)
  return found.rows
}

/** One, locked: who decides and who tells users come one after the other. */
export async function lockInterruption(ctx: TxContext, id: string): Promise<StoredInterruption | undefined> {
  const found = await sql<StoredInterruption>`
    select ${columns} where i.organisation_id = ${ctx.organisationId} and i.id = ${id} for update of i`.execute(ctx.db)
  return found.rows[0]
}

export async function insertInterruption(
  ctx: TxContext,
  row: { id: string; scopeId: string; kind: string; from: string; until: string; reason: string; at: string },
) {
  await ctx.db
    .insertInto('planned_interruption')
    .values({
      organisation_id: ctx.organisationId,
      id: row.id,
      scope_id: row.scopeId,
      kind: row.kind,
      from_at: row.from,
      until_at: row.until,
      reason: row.reason,
      state: 'proposed',
      proposed_at: row.at,
      version: 1,
    })
    .execute()
}

/** Writes what an event changed; the version goes up by one. */
export async function updateInterruption(
  ctx: TxContext,
  id: string,
  change: { state?: InterruptionState; decided_at?: string; noticed_at?: string },
) {
  await ctx.db
    .updateTable('planned_interruption')
    .set({ ...change, version: sql<number>`version + 1` })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .execute()
}
