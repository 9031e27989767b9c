/** What each home page shows: "what needs me". */
import { z } from '@hono/zod-openapi'
import { suggestedArticle } from './article-schema.ts'
import { escalationRow } from './escalate.ts'
import { caseKinds } from './internal/lifecycle.ts'
import { knownOutage } from './outage-schema.ts'
import { caseRow } from './schema.ts'

const time = z.string().openapi({ format: 'date-time' })
const shortList = z.object({ rows: z.array(caseRow), hasMore: z.boolean() })

/** Beside the work: outages that are open and articles that wait to be read again. */
export const homeNotices = z.object({
  outages: z.array(z.object({ id: z.uuid(), title: z.string(), startedAt: time, cases: z.int() })),
  articles: z.array(z.object({ id: z.uuid(), title: z.string(), reviewOn: z.string() })),
})
export type HomeNotices = z.output<typeof homeNotices>

export const agentHome = z
  .object({ answered: shortList, mine: shortList, toTake: shortList, notices: homeNotices })
  .openapi('AgentHome')
export type AgentHome = z.output<typeof agentHome>

/** Open cases of one team, or of none: never of one person. */
export const teamLoad = z.object({
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  open: z.int(),
  toTake: z.int(),
  overdue: z.int(),
  dueToday: z.int(),
  waiting: z.int(),
  oldestAt: time.nullable(),
})
export const leaderHome = z
  .object({
    teams: z.array(teamLoad),
    standing: shortList,
    escalations: z.array(escalationRow),
    notices: homeNotices,
  })
  .openapi('LeaderHome')
export type LeaderHome = z.output<typeof leaderHome>

export const kindTotals = z.object({
  kind: z.enum(caseKinds),
  open: z.int(),
  toTake: z.int(),
  overdue: z.int(),
  dueToday: z.int(),
  waiting: z.int(),
  resolved: z.int(),
  oldestAt: time.nullable(),
})
export const overviewHome = z
  .object({
    kinds: z.array(kindTotals),
    decisions: shortList.openapi({ description: 'Estimates and changes of kind that wait for the city' }),
    escalations: z.array(escalationRow),
    notices: homeNotices,
  })
  .openapi('OverviewHome')
export type OverviewHome = z.output<typeof overviewHome>

export const portalHome = z
  .object({
    needsMe: z.array(caseRow).openapi({ description: 'Waiting for the asker: a question, or "is it resolved?"' }),
    others: z.array(caseRow),
    closing: z.record(z.uuid(), time),
    known: z.array(knownOutage),
    articles: z.array(suggestedArticle),
  })
  .openapi('PortalHome')
export type PortalHome = z.output<typeof portalHome>
