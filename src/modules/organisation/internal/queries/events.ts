/** Reading and writing events of this module, beyond `appendEvent`. */
import { sql } from 'kysely'
import type { TxContext } from '../../../../platform/context.ts'
import { sealedText, witnessOf } from '../../../../platform/events.ts'
import type { Happening } from '../record.ts'

/** Who changed a subject last; of the supplier's people others see the supplier only. */
export async function selectLastChange(
  ctx: TxContext,
  type: string,
  id: string,
): Promise<{ by: string | null; at: string } | undefined> {
  const found = await sql<{ by: string | null; at: string }>`
    select e.recorded_at as at,
           case when y.kind = 'supplier' and not ${ctx.actor.partyKind === 'supplier'} then y.name
                else p.given_name || ' ' || p.family_name end as by
    from event e
    left join person p on p.organisation_id = e.organisation_id and p.id = e.actor_id
    left join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where e.organisation_id = ${ctx.organisationId} and e.subject_type = ${type} and e.subject_id = ${id}
    order by e.id desc limit 1`.execute(ctx.db)
  return found.rows[0]
}

/** Appends one event per happening, of different subjects, in one statement. */
export async function insertEvents(ctx: TxContext, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  const texts = happenings.map((happening) => sealedText(happening.text))
  await sql`
    with given as (
      select * from unnest(
        ${happenings.map((event) => event.subjectType)}::text[], ${happenings.map((event) => event.subjectId)}::uuid[],
        ${happenings.map((event) => event.kind)}::text[], ${happenings.map((event) => JSON.stringify(event.payload))}::jsonb[],
        ${texts.map((text) => text?.content ?? null)}::text[], ${texts.map((text) => text?.salt ?? null)}::bytea[],
        ${texts.map((text) => text?.digest ?? null)}::bytea[]
      ) with ordinality as rows (subject_type, subject_id, kind, payload, content, salt, digest, place)
    ), appended as (
      insert into event (organisation_id, subject_type, subject_id, kind, version, witness, actor_id, party_id, door,
                         occurred_at, payload, text_digest)
      select ${ctx.organisationId}, subject_type, subject_id, kind, 1, ${witnessOf(ctx)}, ${ctx.actor.personId}::uuid,
             ${ctx.actor.partyId}::uuid, ${ctx.door}, clock_timestamp(), payload, digest
      from given order by place
      returning id, subject_id
    )
    insert into event_text (organisation_id, event_id, content, salt, retention)
    select ${ctx.organisationId}, a.id, g.content, g.salt, 'organisation'
    from appended a join given g on g.subject_id = a.subject_id
    where g.content is not null`.execute(ctx.db)
}

/**
 * Forgets the connection's cached plans. Foreign-key checks keep theirs: one made while a table was small reads the whole
 * table for each of 20,000 new rows (measured: over 20 s instead of 1 s). To be called before each bulk insert.
 */
export async function forgetPlans(ctx: TxContext): Promise<void> {
  await sql`discard plans`.execute(ctx.db)
}
