/** How the administration stands: what there is, what is missing, what needs its administrator. */
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { type Standing, selectPeopleByOffice, selectStanding } from './internal/queries/standing.ts'

export type { Standing }

/** For the administrators' first page: counts, and by name what needs doing. */
export async function administrationStanding(ctx: Context): Promise<Standing> {
  allow(ctx.actor, 'organisation.manage')
  return read(ctx, selectStanding)
}

/** How many people are assigned to each office that has any. */
export async function peopleByOffice(ctx: Context): Promise<Record<string, number>> {
  allow(ctx.actor, 'organisation.manage')
  return read(ctx, selectPeopleByOffice)
}
