/** What is asked of the server, each with its budget and its baseline. */
import { randomUUID } from 'node:crypto'
import type { Answer, Call, Connection } from './client.ts'
import type { Fixture } from './fixture.ts'
import type { Work } from './load.ts'
import type { ListName, RawSql } from './statements.ts'
import { openedTitle } from './withdraw.ts'

/** A budget on one of a measure's figures: `p95` in ms at most, `perSecond` at least. */
export type Budget = { of: 'p95' | 'perSecond'; value: number }

export type Measure = {
  name: string
  budgets: Budget[]
  count: number
  figure: Work
  /** What the baseline is, for people. */
  against: string
  baseline: Work
}

/** All that a measure may use. */
export type Bench = {
  connections: Connection[]
  raw: RawSql
  fixture: Fixture
  key: string
  agentCookie: string
  employeeCookie: string
  leaderCookie: string
  managerCookie: string
  /** Path of a static file about as large as the public page. */
  asset: string
  origin: string
}

type Answered = (answer: Answer) => boolean

/** The measures of requests, in the order in which they run. */
export function measures(bench: Bench): Measure[] {
  return [...reading(bench), ...pages(bench), ...opening(bench)]
}

function reading(bench: Bench): Measure[] {
  const { raw, fixture } = bench
  const get = (path: (index: number) => string): Work =>
    send(bench, (index) => withKey(bench, { path: path(index) }), 200)
  const p95 = (value: number): Budget[] => [{ of: 'p95', value }]
  const search = (name: string, words: string[]): Measure => ({
    name: `search, ${name}`,
    budgets: p95(200),
    count: 800,
    figure: get((index) => `/api/cases?${new URLSearchParams({ view: 'all', words: pick(words, index) })}`),
    against: 'raw SQL',
    baseline: (worker, index) => raw.search(worker, pick(words, index)),
  })
  const list = (name: string, which: ListName, query: string): Measure => ({
    name,
    budgets: p95(100),
    count: 2000,
    figure: get(() => `/api/cases?${query}`),
    against: 'raw SQL',
    baseline: (worker) => raw.list(worker, which),
  })
  const { common, rare, single, people, numbers } = fixture.words
  return [
    list('list by time left, API', 'due', 'sort=due'),
    list('list of what is overdue, API', 'overdue', 'view=overdue&sort=due'),
    list('list by urgency, API', 'urgent', 'sort=queue'),
    search('common words', common),
    search('rare words', rare),
    search('words of one case', single),
    search('people', people),
    search('numbers', numbers),
    {
      name: 'person picker, API',
      budgets: p95(100),
      count: 2000,
      figure: get((index) => `/api/people/matches?${new URLSearchParams({ words: pick(fixture.letters, index) })}`),
      against: 'raw SQL',
      baseline: (worker, index) => raw.people(worker, pick(fixture.letters, index)),
    },
    {
      name: 'case, API',
      budgets: p95(100),
      count: 2000,
      figure: get((index) => `/api/cases/${pick(fixture.caseIds, index)}`),
      against: 'raw SQL',
      baseline: (worker, index) => raw.one(worker, pick(fixture.caseIds, index)),
    },
    {
      name: 'how a deadline was reckoned, API',
      budgets: p95(100),
      count: 1200,
      figure: get((index) => `/api/cases/${pick(fixture.caseIds, index)}/trace`),
      against: 'raw SQL',
      baseline: (worker, index) => raw.one(worker, pick(fixture.caseIds, index)),
    },
    {
      name: 'what is late, API',
      budgets: p95(100),
      count: 1200,
      figure: get(() => '/api/escalations'),
      against: 'raw SQL',
      baseline: (worker) => raw.list(worker, 'overdue'),
    },
  ]
}

function pages(bench: Bench): Measure[] {
  const { raw, fixture, agentCookie, employeeCookie } = bench
  const get = (path: (index: number) => string, isRight?: Answered, cookie = agentCookie): Work =>
    send(bench, (index) => ({ path: path(index), headers: { cookie } }), 200, isRight)
  const one: Work = (worker, index) => raw.one(worker, pick(fixture.caseIds, index))
  const isWhole: Answered = (answer) => answer.body.length > 5000
  const p95: Budget[] = [{ of: 'p95', value: 100 }]
  const home = (whose: string, cookie: string, path = '/'): Measure => ({
    name: `home page of ${whose}`,
    budgets: p95,
    count: 1200,
    figure: get(() => path, isWhole, cookie),
    against: 'a page without data',
    baseline: get(() => '/profilo', isWhole, cookie),
  })
  return [
    home('an employee', employeeCookie),
    home('an agent', agentCookie),
    home('a team leader', bench.leaderCookie),
    home('the contract manager', bench.managerCookie, '/contratto'),
    {
      name: 'queue page, 25 rows',
      budgets: [
        { of: 'p95', value: 100 },
        { of: 'perSecond', value: 400 },
      ],
      count: 1600,
      figure: get(
        () => '/da-lavorare',
        (answer) => answer.body.length > 20_000,
      ),
      against: 'the page, no rows',
      baseline: get(() => '/da-lavorare?words=999999999999'),
    },
    {
      name: 'case page',
      budgets: p95,
      count: 1600,
      figure: get((index) => `/richieste/${pick(fixture.caseIds, index)}`, isWhole),
      against: 'raw SQL',
      baseline: one,
    },
    {
      name: 'page of how a deadline was reckoned',
      budgets: p95,
      count: 1200,
      figure: get((index) => `/richieste/${pick(fixture.caseIds, index)}?scadenze`, isWhole),
      against: 'raw SQL',
      baseline: one,
    },
    {
      name: 'public page, cached',
      budgets: [{ of: 'perSecond', value: 5000 }],
      count: 20_000,
      figure: send(bench, () => ({ path: '/integrita' }), 200),
      against: 'a static file',
      baseline: send(bench, () => ({ path: bench.asset }), 200),
    },
  ]
}

const titles = [
  'La stampante non risponde',
  'Il protocollo si blocca',
  'Lentezza della rete',
  'Monitor con righe verticali',
]
const description = 'Da stamattina, in tutte le stanze del piano. Ho già provato a spegnere e riaccendere.'

function opening(bench: Bench): Measure[] {
  const { raw, fixture } = bench
  const title = (index: number) => openedTitle(pick(titles, index), index)
  const inSql: Work = (worker, index) => raw.open(worker, pick(fixture.requesterIds, index), title(index), description)
  const api = send(
    bench,
    (index) => {
      const input = {
        kind: 'incident',
        title: title(index),
        description,
        canWork: 'partly',
        requesterId: pick(fixture.requesterIds, index),
      }
      const call = withKey(bench, { method: 'POST', path: '/api/cases', body: JSON.stringify(input) })
      return {
        ...call,
        headers: { ...call.headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      }
    },
    201,
  )
  return [
    {
      name: 'open a case, API',
      budgets: [{ of: 'perSecond', value: 450 }],
      count: 2000,
      figure: api,
      against: 'raw SQL',
      baseline: inSql,
    },
    {
      name: 'open a case, portal form',
      budgets: [],
      count: 800,
      figure: send(bench, (index) => portalForm(bench, title(index)), 302),
      against: 'raw SQL',
      baseline: inSql,
    },
  ]
}

// What a browser without JavaScript sends.
function portalForm({ employeeCookie, origin }: Bench, title: string): Call {
  const boundary = `----bench${randomUUID()}`
  const fields = {
    once: randomUUID(),
    title,
    description,
    canWork: 'yes',
    onlyMe: 'yes',
    place: 'stanza 7',
    offered: 'yes',
  }
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return {
    method: 'POST',
    path: '/chiedi/guasto',
    headers: { cookie: employeeCookie, origin, 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  }
}

function withKey({ key }: Bench, call: Call): Call {
  return { ...call, headers: { authorization: `Bearer ${key}` } }
}

function send(
  { connections }: Bench,
  callOf: (index: number) => Call,
  status: number,
  isRight: Answered = () => true,
): Work {
  return async (worker, index) => {
    const call = callOf(index)
    const answer = await connections[worker]?.call(call)
    if (answer?.status !== status || !isRight(answer)) {
      throw new Error(
        `${call.method ?? 'GET'} ${call.path} gave ${answer?.status}: ${answer?.body.toString().slice(0, 300)}`,
      )
    }
  }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('The data set has nothing to ask for')
  return item
}
