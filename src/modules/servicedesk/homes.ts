/** Home pages by role: each one read transaction, at most four statements. */
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { allow, may } from '../../platform/permissions.ts'
import { toRow } from './case-rows.ts'
import { listEscalations } from './escalate.ts'
import { suggestArticles } from './find-articles.ts'
import { knownOutages } from './find-outages.ts'
import {
  type AgentHome,
  agentHome,
  type HomeNotices,
  homeNotices,
  type LeaderHome,
  leaderHome,
  type OverviewHome,
  overviewHome,
  type PortalHome,
  portalHome,
} from './home-schema.ts'
import {
  selectDecisions,
  selectHeld,
  selectKindTotals,
  selectNotices,
  selectOwnOpen,
  selectTeamLoads,
  selectUntaken,
} from './internal/home-queries.ts'
import { type SelectedCase, seesAll } from './internal/list-queries.ts'

const shown = 8

/** For who works on cases: what users answered, what one holds, what is to be taken. */
export async function findAgentHome(ctx: Context): Promise<AgentHome> {
  allow(ctx.actor, 'case.take')
  return read(ctx, async (ctx) =>
    agentHome.parse({
      answered: shorten(ctx, await selectHeld(ctx, true, shown + 1)),
      mine: shorten(ctx, await selectHeld(ctx, false, shown + 1)),
      toTake: shorten(ctx, await selectUntaken(ctx, shown + 1)),
      notices: toNotices(await selectNotices(ctx)),
    }),
  )
}

/** For who leads: team by team, never person by person; and what has stood longest without anybody. */
export async function findLeaderHome(ctx: Context): Promise<LeaderHome> {
  allow(ctx.actor, 'case.assign')
  return read(ctx, async (ctx) =>
    leaderHome.parse({
      teams: (await shared(ctx, 'team loads', selectTeamLoads)).map((load) => ({
        teamId: load.team_id,
        teamName: load.team_name,
        open: load.open,
        toTake: load.to_take,
        overdue: load.overdue,
        dueToday: load.due_today,
        waiting: load.waiting,
        oldestAt: load.oldest_at,
      })),
      standing: shorten(ctx, await selectUntaken(ctx, shown + 1)),
      escalations: (await listEscalations(ctx)).slice(0, shown),
      notices: toNotices(await selectNotices(ctx)),
    }),
  )
}

/** For who answers for the service: the open cases kind by kind. */
export async function findOverviewHome(ctx: Context): Promise<OverviewHome> {
  allow(ctx.actor, 'case.read')
  return read(ctx, async (ctx) =>
    overviewHome.parse({
      kinds: (await shared(ctx, 'kind totals', selectKindTotals)).map(
        ({ oldest_at, to_take, due_today, ...totals }) => ({
          ...totals,
          toTake: to_take,
          dueToday: due_today,
          oldestAt: oldest_at,
        }),
      ),
      decisions: shorten(ctx, may(ctx.actor, 'case.decide') ? await selectDecisions(ctx, shown + 1) : []),
      escalations: (await listEscalations(ctx)).slice(0, shown),
      notices: toNotices(await selectNotices(ctx)),
    }),
  )
}

/** Estimates and changes of kind that wait for the city, the first few; none for whoever may not decide them. */
export async function listDecisions(ctx: Context): Promise<OverviewHome['decisions']> {
  return read(ctx, async (ctx) =>
    shorten(ctx, may(ctx.actor, 'case.decide') ? await selectDecisions(ctx, shown + 1) : []),
  )
}

/** For who asks: what waits for their word, what goes on, what is known already, what may be enough. */
export async function findPortalHome(ctx: Context): Promise<PortalHome> {
  allow(ctx.actor, 'outage.notice')
  return read(ctx, async (ctx) => {
    const own = may(ctx.actor, 'case.read') ? await selectOwnOpen(ctx, 20) : []
    const needsMe = own.filter((row) => row.state === 'resolved' || row.waiting_for === 'user')
    return portalHome.parse({
      needsMe: needsMe.map((row) => toRow(ctx, row)),
      others: own.filter((row) => !needsMe.includes(row)).map((row) => toRow(ctx, row)),
      closing: Object.fromEntries(own.flatMap((row) => (row.closes_at ? [[row.id, row.closes_at]] : []))),
      known: await knownOutages(ctx),
      articles: await suggestArticles(ctx, ''),
    })
  })
}

/** Open outages and articles to review; for who has nothing else here. */
export async function findNotices(ctx: Context): Promise<HomeNotices> {
  allow(ctx.actor, 'article.staff')
  return read(ctx, async (ctx) => homeNotices.parse(toNotices(await selectNotices(ctx))))
}

// The same for everybody who sees every case.
function shared<Row>(ctx: TxContext, key: string, select: (ctx: TxContext) => Promise<Row>): Promise<Row> {
  return seesAll(ctx) ? ctx.services.live.keep(ctx, key, () => select(ctx)) : select(ctx)
}

function shorten(ctx: TxContext, rows: SelectedCase[]) {
  return { rows: rows.slice(0, shown).map((row) => toRow(ctx, row)), hasMore: rows.length > shown }
}

function toNotices(rows: Awaited<ReturnType<typeof selectNotices>>) {
  return {
    outages: rows.flatMap(({ what, id, title, at, cases }) =>
      what === 'outage' ? [{ id, title, startedAt: at, cases }] : [],
    ),
    articles: rows.flatMap(({ what, id, title, at }) => (what === 'article' ? [{ id, title, reviewOn: at }] : [])),
  }
}
