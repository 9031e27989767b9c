/** What the form of an outage chooses from. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { listOffices } from '../../organisation/offices.ts'
import { listSites } from '../../organisation/sites.ts'
import { listTeams } from '../../organisation/teams.ts'
import type { OutageChoices } from './outage-form.tsx'

/** Teams, offices and sites; nothing is asked for when the form is not shown. */
export async function outageChoices(ctx: Context, isShown: boolean): Promise<OutageChoices> {
  if (!isShown) return { teams: [], offices: [], sites: [], myTeamId: null }
  return {
    teams: (await listTeams(ctx)).map(({ id, name }) => ({ id, name })),
    offices: (await listOffices(ctx)).map(({ id, name, depth }) => ({ id, name, depth })),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    myTeamId: ctx.actor.teamIds[0] ?? null,
  }
}
