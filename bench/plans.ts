/**
 * The plans of the service desk's reading queries, as sitec_app inside the tenant, statements inside functions too.
 *
 *   node bench/plans.ts [--cases 500000] [--brief]
 *
 * Runs the operations themselves under auto_explain and fails (exit 1) when one reads a large table from end to end.
 */
import { parseArgs } from 'node:util'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { findPeople } from '../src/modules/organisation/people.ts'
import { countCaseViews, findSimilarCases, listCases, listOwnCases } from '../src/modules/servicedesk/cases.ts'
import { listEscalations } from '../src/modules/servicedesk/escalate.ts'
import { findCase } from '../src/modules/servicedesk/find-case.ts'
import { findAgentHome, findLeaderHome, findOverviewHome, findPortalHome } from '../src/modules/servicedesk/homes.ts'
import { caseKinds } from '../src/modules/servicedesk/internal/lifecycle.ts'
import { findQueueFrame } from '../src/modules/servicedesk/saved-views.ts'
import { caseViews } from '../src/modules/servicedesk/schema.ts'
import { traceCase } from '../src/modules/servicedesk/trace-case.ts'
import type { Context, TxContext } from '../src/platform/context.ts'
import { connectionSettings } from '../src/platform/db.ts'
import { ensureEmbedded } from '../src/platform/postgres.ts'
import type { Rows } from '../src/platform/rows.gen.ts'
import { benchConfig, fullSize, openData } from './data.ts'
import { type Fixture, findFixture } from './fixture.ts'

const largeTables = ['desk_case', 'event', 'event_text', 'case_escalation', 'person']
/** Reading more than this many pages (8 KiB) for one page of rows is worth a look. */
const manyPages = 5000

type Plan = { text: string; milliseconds: number; pages: number; scans: string[]; counts: boolean }

type Question = [name: string, who: Context, ask: (ctx: Context) => Promise<unknown>]

/** The operations people wait for. */
function questions(fixture: Fixture): Question[] {
  const { agent, technician, employee, leader, manager, words } = fixture
  const search = (name: string, text = ''): Question => [
    `search: ${name}`,
    agent,
    (ctx) => listCases(ctx, { view: 'all', words: text }),
  ]
  return [
    ...caseViews.flatMap((view) =>
      (['due', 'queue', 'newest'] as const).map(
        (sort): Question => [`${view}, ${sort}`, agent, (ctx) => listCases(ctx, { view, sort })],
      ),
    ),
    ...(['due', 'queue', 'newest'] as const).map(
      (sort): Question => [`second page, ${sort}`, agent, (ctx) => secondPage(ctx, sort)],
    ),
    ...caseKinds.map((kind): Question => [`queue of ${kind}`, agent, (ctx) => listCases(ctx, { kind })]),
    ['queue of one urgency', agent, (ctx) => listCases(ctx, { severity: 'blocking' })],
    ['queue of an office', agent, (ctx) => listCases(ctx, { officeId: fixture.officeId })],
    ['queue of a team', agent, (ctx) => listCases(ctx, { teamId: fixture.teamId })],
    ['late ones of a team', agent, (ctx) => listCases(ctx, { view: 'overdue', teamId: fixture.teamId })],
    ['queue of a technician', technician, (ctx) => listCases(ctx)],
    ['late ones of a technician', technician, (ctx) => listCases(ctx, { view: 'overdue' })],
    ['today’s of a technician', technician, (ctx) => listCases(ctx, { view: 'due_today' })],
    ['all cases, newest first', agent, (ctx) => listCases(ctx, { view: 'all' })],
    ['all cases of an office', agent, (ctx) => listCases(ctx, { view: 'all', officeId: fixture.officeId })],
    ['all cases of a technician', technician, (ctx) => listCases(ctx, { view: 'all' })],
    ['counts of the views', agent, countCaseViews],
    ['counts of a technician', technician, countCaseViews],
    ['counts of an employee', employee, countCaseViews],
    ['levels for an agent', agent, listEscalations],
    ['levels for a leader', leader, listEscalations],
    ['levels for the manager', manager, listEscalations],
    ['home of an agent', agent, findAgentHome],
    ['home of a technician', technician, findAgentHome],
    ['home of a leader', leader, findLeaderHome],
    ['home of the manager', manager, findOverviewHome],
    ['home of an employee', employee, findPortalHome],
    ['frame of the queue', agent, findQueueFrame],
    ['own cases', employee, (ctx) => listOwnCases(ctx, false)],
    ['own open cases', employee, (ctx) => listOwnCases(ctx, true)],
    search('common word', words.common[0]),
    search('two common words', words.common[2]),
    search('rare word', words.rare[0]),
    ['search among open: rare word', agent, (ctx) => listCases(ctx, { words: words.rare[0] })],
    ['similar cases: rare word', agent, (ctx) => findSimilarCases(ctx, words.rare[0] ?? '')],
    search('rare and common word', words.rare[1]),
    search('word of one case', words.single[7]),
    search('word of no case', 'zzyzzx'),
    search('person', words.people[0]),
    search('number', words.numbers[9]),
    ['search among open', agent, (ctx) => listCases(ctx, { words: words.common[1] })],
    ['similar cases', agent, (ctx) => findSimilarCases(ctx, 'La stampante della stanza non stampa')],
    ['person picker, name', agent, (ctx) => findPeople(ctx, 'bet')],
    ['person picker, office', agent, (ctx) => findPeople(ctx, 'anagrafe')],
    ['person picker, nobody', agent, (ctx) => findPeople(ctx, 'zzyzzx')],
    ['case', agent, (ctx) => findCase(ctx, fixture.caseIds[5] ?? '')],
    ['case, for who asked', employee, async (ctx) => findCase(ctx, await ownCaseId(ctx))],
    ['how a deadline was reckoned', agent, (ctx) => traceCase(ctx, fixture.caseIds[5] ?? '')],
    ['levels to be told', agent, dueLevels],
  ]
}

async function secondPage(ctx: Context, sort: 'due' | 'queue' | 'newest') {
  const first = await listCases(ctx, { sort })
  return listCases(ctx, { sort, cursor: first.nextCursor ?? undefined })
}

function dueLevels({ db }: Context) {
  return db ? sql`select * from due_escalations(500)`.execute(db) : Promise.resolve()
}

async function ownCaseId(ctx: Context): Promise<string> {
  return (await listOwnCases(ctx, false)).rows[0]?.id ?? ''
}

/** A connection whose every statement comes back explained, as notices. */
async function explaining(cases: number, organisationId: string, onPlan: (plan: Plan) => void) {
  const endpoint = await ensureEmbedded(benchConfig(cases).data)
  const pool = new pg.Pool({ ...connectionSettings(endpoint, null), max: 1 })
  pool.on('connect', (client) => client.on('notice', (notice) => onPlan(readPlan(notice.message ?? ''))))
  const db = new Kysely<Rows>({ dialect: new PostgresDialect({ pool }) })
  await sql
    .raw(
      `load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
       set auto_explain.log_buffers = on; set auto_explain.log_nested_statements = on; set auto_explain.log_level = 'notice';
       set client_min_messages = 'notice'; set sitec.organisation = '${organisationId}'; set role sitec_app`,
    )
    .execute(db)
  return db
}

function readPlan(text: string): Plan {
  const milliseconds = Number(/^duration: ([\d.]+) ms/.exec(text)?.[1] ?? 0)
  const buffers = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(text)
  return {
    text,
    milliseconds,
    pages: Number(buffers?.[1] ?? 0) + Number(buffers?.[2] ?? 0),
    scans: largeTables.filter((table) => new RegExp(`Seq Scan on (public\\.)?${table}\\b`).test(text)),
    // An aggregate straight over a table, without a LIMIT in between; the partial indexes hold what is open, never all.
    counts:
      /Aggregate[^\n]*\n(?:[^\n]*(?:Buffers|Workers)[^\n]*\n)*\s*->\s+\w+ (?:Only )?Scan (?!using desk_case_open)[^\n]*on (?:desk_case|event)\b/.test(
        text,
      ),
  }
}

async function main() {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: String(fullSize) }, brief: { type: 'boolean', default: false } },
  })
  const { services } = await openData(Number(values.cases), (text) => console.log(text))
  const fixture = await findFixture(services)
  const plans: Plan[] = []
  const db = await explaining(Number(values.cases), fixture.organisationId, (plan) => plans.push(plan))
  const bad: string[] = []
  for (const [name, who, ask] of questions(fixture)) {
    const inside: TxContext = { ...who, db, onCommit: () => undefined }
    await ask(inside)
    plans.length = 0
    await ask(inside)
    const total = plans.reduce((sum, plan) => Math.max(sum, plan.milliseconds), 0)
    const pages = plans.reduce((sum, plan) => sum + plan.pages, 0)
    const faults = plans.flatMap((plan) => [
      ...plan.scans.map((table) => `Seq Scan on ${table}`),
      ...(plan.counts ? ['count over a table'] : []),
    ])
    if (faults.length > 0) bad.push(`${name}: ${faults.join(', ')}`)
    const mark = faults.length > 0 ? faults.join(', ') : pages > manyPages ? 'many pages' : ''
    console.log(
      `${name.padEnd(32)} ${plans.length} statements, slowest ${total.toFixed(1)} ms, ${pages} pages  ${mark}`,
    )
    if (!values.brief) for (const plan of plans) console.log(`${plan.text}\n`)
  }
  await db.destroy()
  await services.close()
  console.log(bad.length === 0 ? 'Every query uses its indexes.' : `BAD\n  ${bad.join('\n  ')}`)
  process.exitCode = bad.length === 0 ? 0 : 1
}

await main()
