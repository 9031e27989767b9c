/** The SQL of lists of mailboxes, of single ones, and of the facts that findings go by. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { BoxDetail, BoxEvent, BoxFilter, BoxRow } from '../box-schema.ts'
import type { BoxFacts, Overlap } from './box-findings.ts'
import { visibleBoxes } from './box-visible.ts'

const newest = sql`greatest(m.last_received_on, m.last_read_on, m.last_sent_on)`
const rowColumns = sql`m.id, m.address, m.name, m.kind, m.office_id as "officeId", o.name as "officeName",
  p.given_name || ' ' || p.family_name as "holderName", m.size_bytes as "sizeBytes", m.message_count as "messageCount",
  ${newest} as "lastUsedOn", m.activity, m.gone_since as "goneSince", m.version`
const joins = sql`
  left join office o on o.organisation_id = m.organisation_id and o.id = m.office_id
  left join person p on p.organisation_id = m.organisation_id and p.id = m.holder_id`

export type FoundRow = Omit<BoxRow, 'findings'>

/** One page of mailboxes by address and the first of the next; `ids` narrows to these. */
export async function selectBoxes(
  ctx: TxContext,
  filter: BoxFilter,
  ids: readonly string[] | null,
  after: string | null,
  limit: number,
): Promise<{ rows: FoundRow[]; hasMore: boolean }> {
  const found = await sql<FoundRow>`
    select ${rowColumns} from mailbox m ${joins}
    where m.organisation_id = ${ctx.organisationId} and ${visibleBoxes(ctx)} and ${filtered(ctx, filter)}
      and ${ids === null ? sql`true` : sql`m.id = any (${ids}::uuid[])`}
      and ${after === null ? sql`true` : sql`m.address > ${after}`}
    order by m.address limit ${limit + 1}`.execute(ctx.db)
  return { rows: found.rows.slice(0, limit), hasMore: found.rows.length > limit }
}

/** The conditions of a filter on `m`, a mailbox; findings are looked for elsewhere. */
export function filtered(ctx: TxContext, { words, officeId, kind, state }: BoxFilter) {
  const conditions = [
    { all: sql`true`, present: sql`m.gone_since is null`, gone: sql`m.gone_since is not null` }[state],
    ...(kind ? [sql`m.kind = ${kind}`] : []),
    ...(officeId ? [sql`m.office_id = any (${officesBelow(ctx, officeId)})`] : []),
    ...words
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '')
      .slice(0, 10)
      .map(
        (word) => sql`(strpos(m.address, ${word}) > 0 or strpos(lower(m.name), ${word}) > 0 or exists (
          select from mailbox_alias a
          where a.organisation_id = m.organisation_id and a.mailbox_id = m.id and strpos(a.address, ${word}) > 0))`,
      ),
  ]
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

// An array, so that it is reckoned once before the mailboxes are looked at.
function officesBelow(ctx: TxContext, officeId: string) {
  return sql`array(
    with recursive below as (
      select id from office where organisation_id = ${ctx.organisationId} and id = ${officeId}
      union select o.id from office o join below b on o.parent_id = b.id where o.organisation_id = ${ctx.organisationId}
    ) select id from below)`
}

/** How many mailboxes the actor may see are there, and how many are gone. */
export async function countBoxes(ctx: TxContext): Promise<{ present: number; gone: number }> {
  const found = await sql<{ present: number; gone: number }>`
    select count(*) filter (where m.gone_since is null) as present, count(*) filter (where m.gone_since is not null) as gone
    from mailbox m where m.organisation_id = ${ctx.organisationId} and ${visibleBoxes(ctx)}`.execute(ctx.db)
  return found.rows[0] ?? { present: 0, gone: 0 }
}

const aliases = sql`(select coalesce(json_agg(json_build_object('address', a.address, 'until', a.until) order by a.address), '[]')
  from mailbox_alias a where a.organisation_id = m.organisation_id and a.mailbox_id = m.id)`
const forwards = sql`(select coalesce(json_agg(json_build_object('address', f.address, 'keepsCopy', f.keeps_copy) order by f.address), '[]')
  from mailbox_forward f where f.organisation_id = m.organisation_id and f.mailbox_id = m.id)`
const delegates = sql`(select coalesce(json_agg(json_build_object('address', d.address, 'leftOn', q.left_on,
    'name', q.given_name || ' ' || q.family_name) order by d.address), '[]')
  from mailbox_delegate d left join person q on q.organisation_id = d.organisation_id and q.email = d.address
  where d.organisation_id = m.organisation_id and d.mailbox_id = m.id)`

export type FoundBox = Omit<BoxDetail, 'findings'>

/** One mailbox with all that is known of it, if the actor may see it. */
export async function selectBox(ctx: TxContext, id: string): Promise<FoundBox | undefined> {
  const found = await sql<FoundBox>`
    select ${rowColumns}, m.holder_id as "holderId", p.email as "holderEmail", p.left_on as "holderLeftOn",
           m.register_code as "registerCode", m.published_at as "publishedAt", m.server_id as "serverId",
           s.name as "serverName", m.login, m.quota_bytes as "quotaBytes", m.unread_count as "unreadCount",
           m.last_received_on as "lastReceivedOn", m.last_read_on as "lastReadOn", m.last_sent_on as "lastSentOn",
           m.source, m.seen_at as "seenAt", ${aliases} as aliases, ${forwards} as forwards, ${delegates} as delegates
    from mailbox m ${joins}
    left join mail_server s on s.organisation_id = m.organisation_id and s.id = m.server_id
    where m.organisation_id = ${ctx.organisationId} and m.id = ${id} and ${visibleBoxes(ctx)}`.execute(ctx.db)
  return found.rows[0]
}

export type JudgedFacts = BoxFacts & { officeId: string | null; isVisible: boolean }

/**
 * The facts of every mailbox a finding may be about, whoever may see it: those that are there and are no person's, and
 * persons' whose holder has left.
 */
export async function selectFacts(ctx: TxContext, today: string): Promise<JudgedFacts[]> {
  const found = await sql<JudgedFacts>`
    select m.id, m.address, m.kind, m.office_id as "officeId", m.holder_id as "holderId",
           p.given_name || ' ' || p.family_name as "holderName", p.left_on as "holderLeftOn",
           m.published_at as "publishedAt", m.size_bytes as "sizeBytes", m.quota_bytes as "quotaBytes",
           m.message_count as "messageCount", m.last_received_on as "lastReceivedOn", m.last_read_on as "lastReadOn",
           m.last_sent_on as "lastSentOn", ${visibleBoxes(ctx)} as "isVisible",
           ${aliases} as aliases, ${forwards} as forwards, ${delegates} as delegates
    from mailbox m
    left join person p on p.organisation_id = m.organisation_id and p.id = m.holder_id
    where m.organisation_id = ${ctx.organisationId} and m.gone_since is null and m.kind <> 'certified'
      and (m.kind <> 'personal' or p.left_on <= ${today})
    order by m.address limit 100000`.execute(ctx.db)
  return found.rows
}

/** The pairs of mailboxes that have at least so many thousandths in common. */
export async function selectOverlaps(ctx: TxContext, least: number): Promise<Overlap[]> {
  const found = await sql<Overlap>`
    select one_id as "oneId", other_id as "otherId", shared, compared from mailbox_overlap
    where organisation_id = ${ctx.organisationId} and shared >= ${least}
    order by shared desc limit 10000`.execute(ctx.db)
  return found.rows
}

export type Aside = {
  mailboxId: string
  finding: string
  about: string
  at: string
  by: string | null
  reason: string | null
}

/** What was put aside, with who, when and why; of one mailbox or of all. */
export async function selectAsides(ctx: TxContext, mailboxId: string | null): Promise<Aside[]> {
  const found = await sql<Aside>`
    select x.mailbox_id as "mailboxId", x.finding, x.about, e.occurred_at as at,
           p.given_name || ' ' || p.family_name as by, t.content::jsonb->>'reason' as reason
    from mailbox_finding_aside x
    join event e on e.organisation_id = x.organisation_id and e.id = x.event_id
    left join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    where x.organisation_id = ${ctx.organisationId} and ${mailboxId === null ? sql`true` : sql`x.mailbox_id = ${mailboxId}`}
    limit 100000`.execute(ctx.db)
  return found.rows
}

/** The newest events of a mailbox. */
export async function selectBoxEvents(ctx: TxContext, id: string, limit: number): Promise<BoxEvent[]> {
  const found = await sql<BoxEvent>`
    select e.id, e.kind, e.occurred_at as at, p.given_name || ' ' || p.family_name as by,
           coalesce(e.payload->'changed', '[]') as changed, e.payload->>'finding' as finding,
           t.content::jsonb->>'reason' as words
    from event e
    left join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'mailbox' and e.subject_id = ${id}
    order by e.id desc limit ${limit}`.execute(ctx.db)
  return found.rows
}
