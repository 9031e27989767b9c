/** The SQL of a technician's day. */
import { type SqlBool, sql } from 'kysely'
import type { TxContext } from '../../../platform/context.ts'
import { type CaseKind, type CaseState, statesOfClass } from './lifecycle.ts'
import { selectRows } from './list-queries.ts'
import { visibleCases } from './visible.ts'

/** Kinds of work that end where the user is. */
const fieldKinds: readonly CaseKind[] = ['incident', 'service_request', 'consumable', 'ancillary_service']
/** States in which a visit may be recorded; what waits for approval waits for nobody's visit. */
const fieldStates: readonly CaseState[] = ['assigned', 'in_progress', 'waiting']

/** Work on site that the actor holds, or that a team of theirs may still take up; least time left first. */
export async function selectFieldCases(ctx: TxContext, limit: number) {
  const due = sql`coalesce(c.next_due_at, 'infinity')`
  return (
    selectRows(ctx)
      .innerJoin('person as r', (join) =>
        join.onRef('r.organisation_id', '=', 'c.organisation_id').onRef('r.id', '=', 'c.requester_id'),
      )
      .leftJoin('site as s', (join) =>
        join.onRef('s.organisation_id', '=', 'c.organisation_id').on('s.id', '=', sql`coalesce(r.site_id, o.site_id)`),
      )
      .select([
        'c.place',
        'c.details',
        'c.deliveries',
        's.id as site_id',
        's.name as site_name',
        's.address as site_address',
        sql<string>`r.given_name || ' ' || r.family_name`.as('requester_name'),
        'r.phone as requester_phone',
      ])
      .where(visibleCases(ctx, 'case.work'))
      .where('c.kind', 'in', [...fieldKinds])
      // Said too, because the index of open cases is written so.
      .where('c.state', 'not in', statesOfClass('final'))
      .where('c.state', 'in', [...fieldStates])
      .where((eb) => eb.or([eb('c.waiting_for', 'is', null), eb('c.waiting_for', '!=', 'approval')]))
      .where((eb) =>
        eb.or([
          eb('c.holder_id', '=', ctx.actor.personId),
          eb.and([eb('c.holder_id', 'is', null), sql<SqlBool>`c.team_id = any(${[...ctx.actor.teamIds]}::uuid[])`]),
        ]),
      )
      .orderBy(due)
      .orderBy('c.number')
      .limit(limit)
      .execute()
  )
}

/** What the actor held and resolved since the local midnight, the latest first. */
export async function selectClosedToday(ctx: TxContext) {
  const midnight = Temporal.Now.plainDateISO(ctx.zone).toZonedDateTime(ctx.zone).toInstant().toString()
  return selectRows(ctx)
    .where('c.holder_id', '=', ctx.actor.personId)
    .where('c.resolved_at', '>=', midnight)
    .orderBy('c.resolved_at', 'desc')
    .limit(50)
    .execute()
}

/** State and version of a case, whoever may see it: for repeating an answer already given. */
export async function selectStanding(ctx: TxContext, id: string) {
  return ctx.db
    .selectFrom('desk_case')
    .select(['state', 'version'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** The name of a team; null when there is none. */
export async function selectTeamName(ctx: TxContext, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await ctx.db
    .selectFrom('team')
    .select('name')
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.name ?? null
}

/** When a delivery of a case was handed over, ISO. */
export async function selectDeliveredAt(ctx: TxContext, caseId: string, deliveryId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('event')
    .select('occurred_at')
    .where('organisation_id', '=', ctx.organisationId)
    .where('subject_type', '=', 'case')
    .where('subject_id', '=', caseId)
    .where('kind', '=', 'case.delivered')
    .where(sql<SqlBool>`payload->>'deliveryId' = ${deliveryId}`)
    .executeTakeFirstOrThrow()
  return row.occurred_at
}
