/** The SQL of leaves: what an event is in the seal. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'

/** The leaf of each event, in hexadecimal (ARCHITECTURE §5). */
export async function selectLeaves(ctx: TxContext, ids: readonly number[]): Promise<Map<number, string>> {
  const found = await sql<{ id: number; leaf: string }>`
    select e.id, encode(event_leaf(e), 'hex') as leaf from event e
    where e.organisation_id = ${ctx.organisationId} and e.id = any (${ids}::bigint[])`.execute(ctx.db)
  return new Map(found.rows.map(({ id, leaf }) => [Number(id), leaf]))
}
