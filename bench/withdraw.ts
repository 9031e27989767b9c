/** Taking the cases that a run opened out of the queue again. */
import { sql } from 'kysely'
import { loadRules } from '../src/modules/servicedesk/agreements.ts'
import { toFacts } from '../src/modules/servicedesk/internal/case-queries.ts'
import { applyEvent } from '../src/modules/servicedesk/internal/fold.ts'
import { clockColumns, factColumns } from '../src/modules/servicedesk/internal/fold-columns.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
import { read } from '../src/platform/context.ts'
import type { OpenServices } from '../src/platform/services.ts'

/** How the cases that the bench opens are called: those that `withdrawOpened` takes out of the queue again. */
export const openedTitle = (words: string, index: number) => `${words} [bench ${index}]`

/** Cancels them by events, so that every row stays the fold of its own; returns how many there were. */
export async function withdrawOpened(services: OpenServices): Promise<number> {
  const { owner } = services.database
  const opened = await owner
    .selectFrom('desk_case')
    .selectAll()
    .where('state', '=', 'new')
    .where('title', 'like', '%[bench %')
    .execute()
  const [first] = opened
  if (first === undefined) return 0
  const ctx = await systemContextFor(services, first.organisation_id, 'bench')
  const rules = await read(ctx, (ctx) => loadRules(ctx, first.agreement_id, first.opened_at))
  const at = new Date().toISOString()
  await sql`insert into event (organisation_id, subject_type, subject_id, kind, witness, actor_id, party_id, door, occurred_at)
    select c.organisation_id, 'case', c.id, 'case.cancelled', 'U', c.requester_id, p.party_id, 'portal', ${at}
    from desk_case c join person p on p.organisation_id = c.organisation_id and p.id = c.requester_id
    where c.id = any(${opened.map((row) => row.id)}::uuid[])`.execute(owner)
  for (const row of opened) {
    const cancelled = { kind: 'case.cancelled', version: 1, payload: {}, at, actorId: row.requester_id } as const
    const facts = applyEvent(toFacts(row), cancelled)
    const { number: _, requester_id: __, opened_kind: ___, ...columns } = factColumns(facts)
    await owner
      .updateTable('desk_case')
      .set({ ...columns, ...clockColumns(facts, rules) })
      .where('organisation_id', '=', row.organisation_id)
      .where('id', '=', row.id)
      .execute()
  }
  return opened.length
}
