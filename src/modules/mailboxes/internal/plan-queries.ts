/** The SQL of the plan: every mailbox with what was decided of it. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { DecisionKind, DecisionState, MailboxKind } from '../decision-vocabulary.ts'
import { openStates } from './decision-lifecycle.ts'
import { readableBox } from './decision-list-queries.ts'

export type PlannedBox = {
  id: string
  officeId: string | null
  office: string | null
  kind: MailboxKind
  bytes: number
  decision: DecisionKind | null
  state: DecisionState | null
  /** Where its messages go, and to whose office. */
  intoOfficeId: string | null
}

/** The mailboxes there are, and those that a decision has ended; one row each. */
export async function selectPlanned(ctx: TxContext): Promise<PlannedBox[]> {
  const found = await sql<PlannedBox>`
    select m.id, m.office_id as "officeId", o.name as office, m.kind, coalesce(m.size_bytes, 0) as bytes, d.kind as decision,
           d.state, t.office_id as "intoOfficeId"
    from mailbox m
    left join office o on o.organisation_id = m.organisation_id and o.id = m.office_id
    left join lateral (
      select q.kind, q.state, q.into_id from mailbox_decision q
      where q.organisation_id = m.organisation_id and q.mailbox_id = m.id
        and q.state = any(${[...openStates, 'carried_out']}::text[])
      order by q.proposed_at desc limit 1) d on true
    left join mailbox t on t.organisation_id = m.organisation_id and t.id = d.into_id
    where m.organisation_id = ${ctx.organisationId} and ${readableBox(ctx)}
      and (m.gone_since is null or d.state = 'carried_out')
    order by o.name nulls last, m.address`.execute(ctx.db)
  return found.rows
}
