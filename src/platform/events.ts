/** Appending to the record both sides share. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Context, TxContext } from './context.ts'

/**
 * Who witnessed the instant of an event (contract-logic §1.2): T third party or probe · U user signed in ·
 * M user through a mail link · A arrival by portal, mail or program · S act of the supplier in SITEC · I import.
 */
export type Witness = 'T' | 'U' | 'M' | 'A' | 'S' | 'I'

/** How long the text of an event is kept; the periods are in docs/retention.md. */
export type Retention = 'case' | 'case_reserved' | 'organisation' | 'security' | 'rating'

export type NewEvent = {
  subjectType: string
  subjectId: string
  kind: string
  version: number
  witness: Witness
  /** When it happened, if that is not now: the instant of a phone call typed later. ISO, with zone. */
  occurredAt?: string
  /** Ids, states and numbers only: it is sealed for ever. */
  payload: Record<string, unknown>
  /** What people wrote and personal data: kept beside the event, erasable. */
  text?: Record<string, string>
  retention: Retention
}

/**
 * What witnessed an act that comes from this actor through this door. Nothing of the supplier's is ever more than S,
 * and nothing done with a program's key or on the command line counts as a user's own act: there an arrival is an
 * arrival (A) and everything else is declared (S). What comes by mail is never more than an arrival; what is done on
 * the page of a mail link is M.
 */
export function witnessOf(ctx: Pick<Context, 'actor' | 'door'>, isArrival = false): Witness {
  if (ctx.door === 'import') return 'I'
  if (ctx.actor.isSystem || ctx.actor.partyKind !== 'administration') return 'S'
  if (ctx.door === 'link') return 'M'
  if (isArrival || ctx.door === 'mail') return 'A'
  return ctx.door === 'portal' || ctx.door === 'desk' ? 'U' : 'S'
}

/** Appends one event in the open transaction; returns its id and instant (ISO). The instant of recording is the database's. */
export async function appendEvent(ctx: TxContext, event: NewEvent): Promise<{ id: number; occurredAt: string }> {
  const text = sealedText(event.text)
  const appended = await sql<{ id: number; occurred_at: string }>`
    with appended as (
      insert into event (organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door,
                         occurred_at, payload, text_digest)
      values (${ctx.organisationId}, ${event.subjectType}, ${event.subjectId}, ${event.kind}, ${event.version}, ${event.witness},
              ${ctx.actor.personId}, ${ctx.actor.partyId}, ${ctx.door},
              coalesce(${event.occurredAt ?? null}::timestamptz, clock_timestamp()), ${JSON.stringify(event.payload)}, ${text?.digest ?? null})
      returning id, occurred_at
    ), beside as (
      insert into event_text (organisation_id, event_id, content, salt, retention)
      select ${ctx.organisationId}, id, ${text?.content ?? null}, ${text?.salt ?? null}, ${event.retention}
      from appended where ${text !== null}
    )
    select id, occurred_at from appended`.execute(ctx.db)
  const row = appended.rows[0]
  if (row === undefined) throw new Error('An event was not appended')
  return { id: row.id, occurredAt: row.occurred_at }
}

/** Appends several events that have no text, in one statement. */
export async function appendPlainEvents(ctx: TxContext, events: readonly Omit<NewEvent, 'text'>[]): Promise<void> {
  await sql`
    insert into event (organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door,
                       occurred_at, payload)
    select ${ctx.organisationId}, given."subjectType", given."subjectId", given.kind, given.version, given.witness,
           ${ctx.actor.personId}::uuid, ${ctx.actor.partyId}::uuid, ${ctx.door},
           coalesce(given."occurredAt", clock_timestamp()), given.payload
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as given ("subjectType" text, "subjectId" uuid, kind text, version int, witness text, "occurredAt" timestamptz, payload jsonb)`.execute(
    ctx.db,
  )
}

/** Appends several events in one statement, each with its text; a subject comes once among them. */
export async function appendEvents(ctx: TxContext, events: readonly NewEvent[]): Promise<void> {
  const given = events.map(({ text, ...event }) => {
    const sealed = sealedText(text)
    return {
      ...event,
      content: sealed?.content,
      salt: sealed?.salt.toString('hex'),
      digest: sealed?.digest.toString('hex'),
    }
  })
  await sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as given ("subjectType" text, "subjectId" uuid, kind text, version int, witness text, "occurredAt" timestamptz,
                  payload jsonb, content text, salt text, digest text, retention text)
    ), appended as (
      insert into event (organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door,
                         occurred_at, payload, text_digest)
      select ${ctx.organisationId}, "subjectType", "subjectId", kind, version, witness, ${ctx.actor.personId}::uuid,
             ${ctx.actor.partyId}::uuid, ${ctx.door}, coalesce("occurredAt", clock_timestamp()), payload, decode(digest, 'hex')
      from given
      returning id, subject_type, subject_id
    )
    insert into event_text (organisation_id, event_id, content, salt, retention)
    select ${ctx.organisationId}, a.id, g.content, decode(g.salt, 'hex'), g.retention
    from appended a join given g on g."subjectType" = a.subject_type and g."subjectId" = a.subject_id
    where g.content is not null`.execute(ctx.db)
}

/** The text of an event with the salt and digest that bind it to the chain; null when there is none. */
export function sealedText(text: Record<string, string> | undefined) {
  if (text === undefined || Object.keys(text).length === 0) return null
  const content = JSON.stringify(text)
  const salt = randomBytes(16)
  return { content, salt, digest: createHash('sha256').update(salt).update(content).digest() }
}

/** Removes what people wrote in these events, for ever; the chain stays valid and shows that it was removed and why. */
export async function eraseText(ctx: TxContext, eventIds: readonly number[], reason: string): Promise<number> {
  if (eventIds.length === 0) return 0
  const erased = await ctx.db
    .updateTable('event_text')
    .set({ content: null, salt: null, erased_at: sql`clock_timestamp()`, erased_reason: reason })
    .where('organisation_id', '=', ctx.organisationId)
    .where('event_id', 'in', [...eventIds])
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return Number(erased.numUpdatedRows)
}
