/** The API of what is decided under the contract: contests, exclusions, penalties, approvals, corrections. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { approvePeriod, approvePlan, correctPeriod, findApproval, listCorrections, receiveReport } from './approvals.ts'
import { answerContest, listContests, raiseContest, settleContest, withdrawContest } from './contests.ts'
import { localDay } from './contracts.ts'
import { askExclusion, decideExclusion, listExclusions } from './exclusions.ts'
import { periodsIn, quarterOfDay } from './internal/periods.ts'
import { counterPenalty, decidePenalty, enterDecision, listPenalties, proposePenalty } from './penalties.ts'
import {
  answerContestInput,
  approvedPeriod,
  approvePeriodInput,
  approvePlanInput,
  askExclusionInput,
  contestRow,
  correctionRow,
  correctPeriodInput,
  counterPenaltyInput,
  decideExclusionInput,
  decidePenaltyInput,
  enterDecisionInput,
  exclusionRow,
  penaltyRow,
  periodText,
  proposePenaltyInput,
  raiseContestInput,
  receiveReportInput,
  settleContestInput,
} from './schema.ts'

const tags = ['Contract']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })
const added = z.object({ id: z.uuid() })

/** Adds these routes to the API. */
export function registerDecisionsApi(api: Api) {
  registerLists(api)
  registerContests(api)
  registerExclusions(api)
  registerPenalties(api)
  registerQuarters(api)
}

function adding<Body extends z.ZodType, Answer extends z.ZodType>(
  path: string,
  summary: string,
  body: Body,
  made: Answer,
) {
  return createRoute({
    method: 'post',
    path,
    summary,
    tags,
    security,
    request: { headers, body: { ...json(body), required: true } },
    responses: { 201: answer(made, 'What was made'), ...problemResponses },
  })
}

function changing<Body extends z.ZodType, Answer extends z.ZodType>(
  path: string,
  summary: string,
  body: Body,
  changed: Answer,
) {
  return createRoute({
    method: 'put',
    path,
    summary,
    tags,
    security,
    request: { params: idParam, headers, body: { ...json(body), required: true } },
    responses: { 200: answer(changed, 'As it is now'), ...problemResponses },
  })
}

function listing<Row extends z.ZodType>(path: string, summary: string, row: Row) {
  return createRoute({
    method: 'get',
    path,
    summary,
    tags,
    security,
    request: { query: z.object({ period: periodText.optional() }) },
    responses: { 200: answer(z.object({ rows: z.array(row) }), 'The list'), ...problemResponses },
  })
}

function registerLists(api: Api) {
  const of = (period: string | undefined) => (period === undefined ? null : partsOf(period))
  api.openapi(listing('/contests', 'Contests, of a period or all', contestRow), async (c) =>
    c.json({ rows: await listContests(c.get('context'), of(c.req.valid('query').period)) }, 200),
  )
  api.openapi(listing('/exclusions', 'Exclusions, of a period or all', exclusionRow), async (c) =>
    c.json({ rows: await listExclusions(c.get('context'), of(c.req.valid('query').period)) }, 200),
  )
  api.openapi(
    listing('/penalties', 'Penalties of the contract of a period (now, unless named)', penaltyRow),
    async (c) => {
      const ctx = c.get('context')
      return c.json({ rows: await listPenalties(ctx, c.req.valid('query').period ?? quarterOfDay(localDay(ctx))) }, 200)
    },
  )
  api.openapi(listing('/corrections', 'Corrections of approved quarters', correctionRow), async (c) =>
    c.json({ rows: await listCorrections(c.get('context'), c.req.valid('query').period ?? null) }, 200),
  )
}

function registerContests(api: Api) {
  api.openapi(adding('/contests', 'Contest a declared figure', raiseContestInput, added), async (c) =>
    c.json(await raiseContest(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(
    changing('/contests/{id}/answer', 'Answer a contest of the other side', answerContestInput, added),
    async (c) => c.json(await answerContest(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changing('/contests/{id}/withdrawal', 'Take a contest back', answerContestInput, added), async (c) =>
    c.json(await withdrawContest(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    changing('/contests/{id}/agreement', 'Write the figure both stand on', settleContestInput, added),
    async (c) => c.json(await settleContest(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerExclusions(api: Api) {
  const asked = z.object({ ids: z.array(z.uuid()) })
  api.openapi(adding('/exclusions', 'Ask to leave items out of an indicator', askExclusionInput, asked), async (c) =>
    c.json(await askExclusion(c.get('context'), c.req.valid('json')), 201),
  )
  const decided = added.extend({ state: exclusionRow.shape.state })
  api.openapi(changing('/exclusions/{id}/decision', 'Decide an exclusion', decideExclusionInput, decided), async (c) =>
    c.json(await decideExclusion(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerPenalties(api: Api) {
  api.openapi(adding('/penalties', 'Propose the penalty of a line', proposePenaltyInput, added), async (c) =>
    c.json(await proposePenalty(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(
    adding('/deductions', 'Enter a penalty of before SITEC, or a reduction of the fee', enterDecisionInput, added),
    async (c) => c.json(await enterDecision(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(
    changing('/penalties/{id}/counter-deductions', 'The supplier’s counter-deductions', counterPenaltyInput, added),
    async (c) => c.json(await counterPenalty(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const decided = added.extend({ settled: z.int() })
  api.openapi(changing('/penalties/{id}/decision', 'Decide a penalty', decidePenaltyInput, decided), async (c) =>
    c.json(await decidePenalty(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerQuarters(api: Api) {
  api.openapi(
    adding('/quarter-reports', 'A quarter’s report reached the registry', receiveReportInput, added),
    async (c) => c.json(await receiveReport(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(adding('/plan-approvals', 'A year’s operating plan was approved', approvePlanInput, added), async (c) =>
    c.json(await approvePlan(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(adding('/approvals', 'Approve a quarter: it is frozen', approvePeriodInput, approvedPeriod), async (c) =>
    c.json(await approvePeriod(c.get('context'), c.req.valid('json')), 201),
  )
  const finding = createRoute({
    method: 'get',
    path: '/approvals/{period}',
    summary: 'A quarter as it was frozen',
    tags,
    security,
    request: { params: z.object({ period: z.string() }) },
    responses: { 200: answer(approvedPeriod, 'The quarter'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findApproval(c.get('context'), c.req.valid('param').period), 200))
  const corrected = added.extend({ delta: z.string() })
  api.openapi(
    adding('/corrections', 'Correct an approved quarter by a delta in a later one', correctPeriodInput, corrected),
    async (c) => c.json(await correctPeriod(c.get('context'), c.req.valid('json')), 201),
  )
}

// A quarter is asked for with its months.
function partsOf(period: string): string[] {
  return [...new Set([period, ...periodsIn(period, 'month')])]
}
