/** The SQL of handovers. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import type { Handover, OwnItem } from '../handover-schema.ts'
import type { HandoverAct, HandoverAnswer } from '../vocabulary.ts'
import { visibleItems } from './visible.ts'

export type NewHandover = {
  id: string
  act: HandoverAct
  on: string
  giverId: string | null
  receiverId: string | null
  officeId: string | null
  siteId: string | null
  room: string
  mustAnswer: boolean
  lines: { itemId: string; isBack: boolean }[]
}

/** Adds records under the next numbers of this year; earlier records of the same items are over. */
export async function insertHandovers(ctx: TxContext, handovers: readonly NewHandover[]): Promise<void> {
  const year = Temporal.Now.plainDateISO(ctx.zone).year
  const lines = handovers.flatMap(({ id, lines }) => lines.map((line) => ({ handoverId: id, ...line })))
  await sql`
    update handover_item set is_over = true
    where organisation_id = ${ctx.organisationId} and item_id = any (${lines.map(({ itemId }) => itemId)}::uuid[])
      and not is_over`.execute(ctx.db)
  const counted = await sql<{ last: number }>`
    insert into handover_number (organisation_id, year, last) values (${ctx.organisationId}, ${year}, ${handovers.length})
    on conflict (organisation_id, year) do update set last = handover_number.last + excluded.last
    returning last`.execute(ctx.db)
  const before = (counted.rows[0]?.last ?? 0) - handovers.length
  const numbered = handovers.map(({ lines: _, ...one }, at) => ({ ...one, number: before + at + 1 }))
  await sql`
    insert into handover (organisation_id, id, year, number, act, happened_on, party_id, giver_id, receiver_id, office_id,
                          site_id, room, answer)
    select ${ctx.organisationId}, id, ${year}, number, act, "on", ${ctx.actor.partyId}::uuid, "giverId", "receiverId",
           "officeId", "siteId", room, case when "mustAnswer" then 'waiting' end
    from jsonb_to_recordset(${JSON.stringify(numbered)}::jsonb) as g (
      id uuid, number int, act text, "on" date, "giverId" uuid, "receiverId" uuid, "officeId" uuid, "siteId" uuid,
      room text, "mustAnswer" boolean)`.execute(ctx.db)
  await sql`
    insert into handover_item (organisation_id, handover_id, item_id, is_back)
    select ${ctx.organisationId}, "handoverId", "itemId", "isBack"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as g ("handoverId" uuid, "itemId" uuid, "isBack" boolean)`.execute(
    ctx.db,
  )
}

/** A handover the actor may see: one of its items is, or they gave or received it. */
function visibleHandovers(ctx: TxContext): RawBuilder<SqlBool> {
  const self = ctx.actor.personId
  return sql`(
    h.receiver_id = ${self} or h.giver_id = ${self} or exists (
      select from handover_item i
      join configuration_item c on c.organisation_id = i.organisation_id and c.id = i.item_id
      where i.organisation_id = h.organisation_id and i.handover_id = h.id and ${visibleItems(ctx)}))`
}

/** Not confirmed, and something of it has not moved since. */
const isOpen = sql<SqlBool>`h.answer in ('waiting', 'disputed') and exists (
  select from handover_item i where i.organisation_id = h.organisation_id and i.handover_id = h.id and not i.is_over)`

const columns = (ctx: TxContext) => sql`
  h.id, h.number || '/' || h.year as number, h.act, h.happened_on as "on", y.name as "partyName",
  g.given_name || ' ' || g.family_name as "giverName", h.receiver_id as "receiverId",
  r.given_name || ' ' || r.family_name as "receiverName", o.name as "officeName", s.name as "siteName", h.room,
  h.answer, h.answered_at as "answeredAt", h.made_at as "madeAt", said.document, said.note, told.note as "answerNote",
  lines.lines
  from h
  left join party y on y.organisation_id = ${ctx.organisationId} and y.id = h.party_id
  left join person g on g.organisation_id = ${ctx.organisationId} and g.id = h.giver_id
  left join person r on r.organisation_id = ${ctx.organisationId} and r.id = h.receiver_id
  left join office o on o.organisation_id = ${ctx.organisationId} and o.id = h.office_id
  left join site s on s.organisation_id = ${ctx.organisationId} and s.id = h.site_id
  cross join lateral (
    select jsonb_agg(jsonb_build_object('itemId', c.id, 'code', c.code, 'type', c.type, 'name', c.name, 'maker', a.maker,
             'model', a.model, 'serial', a.serial, 'tag', a.tag, 'isBack', i.is_back, 'isOver', i.is_over)
             order by i.is_back, c.code) as lines
    from handover_item i
    join configuration_item c on c.organisation_id = i.organisation_id and c.id = i.item_id
    join asset a on a.organisation_id = i.organisation_id and a.item_id = i.item_id
    where i.organisation_id = ${ctx.organisationId} and i.handover_id = h.id
  ) lines
  left join lateral (
    select t.content::jsonb->>'document' as document, t.content::jsonb->>'note' as note
    from event e join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'configuration_item'
      and e.subject_id = (lines.lines->0->>'itemId')::uuid and e.payload->>'handoverId' = h.id::text
    limit 1
  ) said on true
  left join lateral (
    select t.content::jsonb->>'note' as note
    from event e join event_text t on t.organisation_id = e.organisation_id and t.event_id = e.id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = 'handover' and e.subject_id = h.id
    order by e.id desc limit 1
  ) told on true`

export type HandoverFilter = { answer: HandoverAnswer | 'open' | 'all'; itemId?: string | undefined }

/** One page of handovers the actor may see, newest first, and the first of the next. */
export async function selectHandovers(ctx: TxContext, filter: HandoverFilter, before: string | null, limit: number) {
  const { answer, itemId } = filter
  const fitting = answer === 'all' ? sql`true` : answer === 'open' ? isOpen : sql`h.answer = ${answer}`
  const ofItem =
    itemId === undefined
      ? sql`true`
      : sql`h.id in (select handover_id from handover_item where organisation_id = ${ctx.organisationId} and item_id = ${itemId})`
  const found = await sql<Handover>`
    with h as (
      select h.* from handover h
      where h.organisation_id = ${ctx.organisationId} and ${fitting} and ${ofItem} and ${visibleHandovers(ctx)}
        and ${before === null ? sql`true` : sql`h.id < ${before}`}
      order by h.id desc limit ${limit + 1}
    )
    select ${columns(ctx)} order by h.id desc`.execute(ctx.db)
  return { rows: found.rows.slice(0, limit), hasMore: found.rows.length > limit }
}

/** One handover, if the actor may see it. */
export async function selectHandover(ctx: TxContext, id: string): Promise<Handover | undefined> {
  const found = await sql<Handover>`
    with h as (
      select h.* from handover h
      where h.organisation_id = ${ctx.organisationId} and h.id = ${id} and ${visibleHandovers(ctx)}
    )
    select ${columns(ctx)}`.execute(ctx.db)
  return found.rows[0]
}

const mostOwn = 500

/** What somebody has still to answer for, oldest first. */
export async function selectToAnswer(ctx: TxContext, personId: string): Promise<Handover[]> {
  const found = await sql<Handover>`
    with h as (
      select h.* from handover h
      where h.organisation_id = ${ctx.organisationId} and h.receiver_id = ${personId} and ${isOpen}
      order by h.id limit ${mostOwn}
    )
    select ${columns(ctx)} order by h.id`.execute(ctx.db)
  return found.rows
}

/** What is in somebody's hands, by code. */
export async function selectOwnItems(ctx: TxContext, personId: string): Promise<OwnItem[]> {
  const found = await sql<OwnItem>`
    select c.id, c.code, c.type, c.name, c.state, a.model, a.serial, a.tag, s.name as "siteName", a.room,
           a.loan_until as "loanUntil"
    from asset a
    join configuration_item c on c.organisation_id = a.organisation_id and c.id = a.item_id
    left join site s on s.organisation_id = c.organisation_id and s.id = c.site_id
    where a.organisation_id = ${ctx.organisationId} and a.custodian_id = ${personId}
      and c.state not in ('retired', 'disposed')
    order by c.code limit ${mostOwn}`.execute(ctx.db)
  return found.rows
}

export type LockedHandover = {
  id: string
  receiverId: string | null
  answer: HandoverAnswer | null
  itemIds: string[]
}

/** A handover, locked, with the items of it that have not moved since. */
export async function lockHandover(ctx: TxContext, id: string): Promise<LockedHandover | undefined> {
  const found = await sql<LockedHandover>`
    select h.id, h.receiver_id as "receiverId", h.answer,
           array(select i.item_id from handover_item i
                 where i.organisation_id = h.organisation_id and i.handover_id = h.id and not i.is_over) as "itemIds"
    from handover h where h.organisation_id = ${ctx.organisationId} and h.id = ${id} for update of h`.execute(ctx.db)
  return found.rows[0]
}

export async function updateAnswer(ctx: TxContext, id: string, answer: HandoverAnswer): Promise<void> {
  await sql`
    update handover set answer = ${answer}, answered_at = clock_timestamp()
    where organisation_id = ${ctx.organisationId} and id = ${id}`.execute(ctx.db)
}
