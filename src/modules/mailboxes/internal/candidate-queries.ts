/** The SQL of mailboxes that nothing was decided of yet, with the facts that suggestions rest on. */
import { sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { MailboxKind } from '../decision-vocabulary.ts'
import { hasOpen, matching, readableBox } from './decision-list-queries.ts'

export type CandidateFacts = {
  id: string
  address: string
  name: string
  kind: MailboxKind
  officeId: string | null
  office: string | null
  sizeBytes: number | null
  messages: number | null
  delegates: number
  quietDays: number | null
  unreadDays: number | null
  hasHolder: boolean
  holderLeft: boolean
  isPublished: boolean
  isRegistered: boolean
  /** Somebody looked at its being unused, and put it aside. */
  isUnusedAside: boolean
}

export type CandidateFilter = {
  officeId?: string | undefined
  words?: string | undefined
  /** These ones, whatever was decided of them. */
  ids?: readonly string[]
}

/** Mailboxes without a decision after an address, by address; the facts of each. */
export async function selectCandidates(
  ctx: TxContext,
  { officeId, words, ids }: CandidateFilter,
  after: string,
  limit: number,
): Promise<CandidateFacts[]> {
  const today = Temporal.Now.plainDateISO(ctx.zone).toString()
  const found = await sql<CandidateFacts>`
    select m.id, m.address, m.name, m.kind, m.office_id as "officeId", o.name as office, m.size_bytes as "sizeBytes",
           m.message_count as messages,
           (select count(*)::int from mailbox_delegate d
            where d.organisation_id = m.organisation_id and d.mailbox_id = m.id) as delegates,
           ${today}::date - m.last_received_on as "quietDays",
           ${today}::date - greatest(m.last_read_on, m.last_sent_on) as "unreadDays",
           p.id is not null as "hasHolder", coalesce(p.left_on <= ${today}::date, false) as "holderLeft",
           m.published_at is not null as "isPublished", m.register_code is not null as "isRegistered",
           exists (select from mailbox_finding_aside a where a.organisation_id = m.organisation_id
                   and a.mailbox_id = m.id and a.finding = 'unused') as "isUnusedAside"
    from mailbox m
    left join office o on o.organisation_id = m.organisation_id and o.id = m.office_id
    left join person p on p.organisation_id = m.organisation_id and p.id = m.holder_id
    where m.organisation_id = ${ctx.organisationId} and m.gone_since is null and ${readableBox(ctx)}
      and ${ids === undefined ? sql`not ${hasOpen}` : sql`m.id = any(${[...ids]}::uuid[])`}
      and ${officeId === undefined ? sql`true` : sql`m.office_id = ${officeId}`} and ${matching(words)}
      and m.address > ${after}
    order by m.address limit ${limit}`.execute(ctx.db)
  return found.rows
}

export type Twin = { id: string; intoId: string; address: string }

/**
 * Of these mailboxes those that share so many thousandths with a larger one of their office, with that one: the smaller goes
 * into the larger, never both ways; of equals the later address into the earlier. Two of which somebody put aside that they
 * are doubles stay two.
 */
export async function selectTwins(ctx: TxContext, ids: readonly string[], leastShared: number): Promise<Twin[]> {
  const found = await sql<Twin>`
    select distinct on (m.id) m.id, t.id as "intoId", t.address from mailbox_overlap v
    join mailbox m on m.organisation_id = v.organisation_id and m.id in (v.one_id, v.other_id)
    join mailbox t on t.organisation_id = v.organisation_id and t.id = case when m.id = v.one_id then v.other_id else v.one_id end
    where v.organisation_id = ${ctx.organisationId} and m.id = any(${[...ids]}::uuid[]) and v.shared >= ${leastShared}
      and t.gone_since is null and t.office_id = m.office_id
      and (coalesce(t.message_count, 0), m.address) > (coalesce(m.message_count, 0), t.address)
      and not exists (select from mailbox_finding_aside a
                      where a.organisation_id = m.organisation_id and a.finding = 'duplicate'
                        and (a.mailbox_id, a.about) in ((m.id, t.address), (t.id, m.address)))
    order by m.id, t.message_count desc nulls last, t.address`.execute(ctx.db)
  return found.rows
}

/** Offices that have mailboxes the actor reads, with how many proposals wait for them. */
export async function selectOffices(ctx: TxContext) {
  const found = await sql<{ id: string; name: string; waiting: number }>`
    select o.id, o.name, count(d.id)::int as waiting from mailbox m
    join office o on o.organisation_id = m.organisation_id and o.id = m.office_id
    left join mailbox_decision d on d.organisation_id = m.organisation_id and d.mailbox_id = m.id and d.state = 'proposed'
    where m.organisation_id = ${ctx.organisationId} and m.gone_since is null and ${readableBox(ctx)}
    group by o.id, o.name order by o.name, o.id limit 1000`.execute(ctx.db)
  return found.rows
}
