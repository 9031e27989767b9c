/**
 * `node tests/torture.ts --kills N [--seed S] [--only server|mail] [--json]`: eight clients open cases and reply through the API while server
 * and PostgreSQL are killed N times each. Every acknowledged write must be there at the end, once. Exit 1 when one is not.
 * Then `sitec mail copy` while it, its source and its target are killed N times in all; `--only` leaves the other out.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { sql } from 'kysely'
import { seeded } from '../demo/random.ts'
import { recomputeCase } from '../src/modules/servicedesk/cases.ts'
import { toFacts } from '../src/modules/servicedesk/internal/case-queries.ts'
import type { CaseFacts } from '../src/modules/servicedesk/internal/fold.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import { type Context, read } from '../src/platform/context.ts'
import type { OpenServices } from '../src/platform/services.ts'
import { whyNoDovecot } from './support/dovecot.ts'
import { tortureMail } from './support/mail-torture.ts'
import {
  apiKey,
  beginServer,
  call,
  cleanUp,
  freePort,
  isAlive,
  newFolder,
  postmasterPid,
  type Serving,
  type Start,
  servicesOf,
  sitec,
  startServer,
  until,
  untilWell,
} from './support/server.ts'

const clients = 8
const agent = 'operatore@societa.example.it'
const foldedSample = 200

type Case = { id: string; title: string; key: string; replies: { body: string; version: number }[] }
type Kind = 'server' | 'postgres'
type Moment = 'busy' | 'idle' | 'starting'

/** What happened; `losses` is empty when nothing was lost. */
export type Outcome = {
  seed: number
  kills: Record<Kind, number>
  moments: Record<Moment, number>
  seconds: number
  acknowledged: { cases: number; replies: number; repeated: number }
  slowestMs: Record<Kind, number>
  losses: string[]
}

/** The clients' side: what was promised to them, and whether they shall send at all. */
type Load = {
  cases: Case[]
  repeated: number
  isPaused: boolean
  isOver: boolean
  inFlight: number
  unexpected: string[]
}

/** Kills `kills` times each kind; stops by itself. */
export async function torture(kills: number, seed: number): Promise<Outcome> {
  const began = performance.now()
  const random = seeded(seed).next
  const start: Start = { data: newFolder('torture'), port: await freePort() }
  const outcome: Outcome = {
    seed,
    kills: { server: 0, postgres: 0 },
    moments: { busy: 0, idle: 0, starting: 0 },
    seconds: 0,
    acknowledged: { cases: 0, replies: 0, repeated: 0 },
    slowestMs: { server: 0, postgres: 0 },
    losses: [],
  }
  let server = await startServer(start)
  try {
    const token = await apiKey(start, agent, ['case.open', 'case.read', 'case.reply'])
    const load: Load = { cases: [], repeated: 0, isPaused: false, isOver: false, inFlight: 0, unexpected: [] }
    const running = Array.from({ length: clients }, (_, number) => client(server.url, token, load, `${seed}-${number}`))
    for (let round = 0; round < 2 * kills; round += 1) {
      const kind = round % 2 === 0 ? 'server' : 'postgres'
      server = await killOnce(kind, server, start, load, random, outcome)
    }
    load.isOver = true
    await Promise.race([Promise.all(running), sleep(90_000).then(() => load.unexpected.push('A client did not end'))])
    const replies = load.cases.reduce((sum, one) => sum + one.replies.length, 0)
    outcome.acknowledged = { cases: load.cases.length, replies, repeated: load.repeated }
    outcome.losses = [...load.unexpected, ...(await check(start, load.cases))]
    await server.stop()
  } catch (error) {
    outcome.losses.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    await cleanUp()
  }
  outcome.seconds = Math.round((performance.now() - began) / 1000)
  return outcome
}

/** One kill at a random moment, and the way back; returns the server that serves now. */
async function killOnce(
  kind: Kind,
  server: Serving,
  start: Start,
  load: Load,
  random: () => number,
  outcome: Outcome,
): Promise<Serving> {
  const dice = random()
  const moment: Moment = dice < 0.6 ? 'busy' : dice < 0.8 ? 'idle' : 'starting'
  load.isPaused = moment === 'idle'
  if (load.isPaused) await until(() => load.inFlight === 0)
  await sleep(200 + random() * 1500)
  const again = 20 + random() * 600
  const began = performance.now()
  const next =
    kind === 'server'
      ? await killServer(server, start, moment === 'starting' ? again : null)
      : await killPostgres(server, start, moment === 'starting')
  outcome.slowestMs[kind] = Math.max(outcome.slowestMs[kind], Math.round(performance.now() - began))
  outcome.kills[kind] += 1
  outcome.moments[moment] += 1
  load.isPaused = false
  return next
}

// `againAfterMs`: killed once more while it starts.
async function killServer(server: Serving, start: Start, againAfterMs: number | null): Promise<Serving> {
  await server.kill()
  if (againAfterMs !== null) {
    const half = await beginServer(start)
    await sleep(againAfterMs)
    await half.kill()
  }
  return startServer(start)
}

// The server itself must bring it back; a server that ended instead is a loss.
async function killPostgres(server: Serving, start: Start, again: boolean): Promise<Serving> {
  const first = postmasterPid(start.data)
  if (first === null) throw new Error('There is no PostgreSQL to kill')
  process.kill(first, 'SIGKILL')
  if (again) {
    await until(() => server.hasEnded() || ![null, first].includes(postmasterPid(start.data)))
    const second = postmasterPid(start.data)
    if (second !== null && isAlive(second)) process.kill(second, 'SIGKILL')
  }
  await sleep(20)
  await untilWell(server)
  return server
}

/** Opens a case, replies up to three times, and so on; repeats under the same key whatever was not acknowledged. */
async function client(url: string, token: string, load: Load, name: string) {
  for (let number = 0; !load.isOver; number += 1) {
    while (load.isPaused && !load.isOver) await sleep(20)
    const key = `torture-${name}-${number}`
    const body = { kind: 'incident', title: `Tortura ${key}`, requesterEmail: 'impiegata@comune.example.it' }
    const opened = await insist(url, token, load, '/cases', body, key)
    if (opened === null) return
    const made: Case = { id: String(opened.id), title: body.title, key, replies: [] }
    load.cases.push(made)
    for (let reply = 0; reply < number % 4; reply += 1) {
      const text = `Risposta ${key}-${reply}`
      const changed = await insist(url, token, load, `/cases/${made.id}/entries`, { body: text }, `${key}-${reply}`)
      if (changed === null) return
      made.replies.push({ body: text, version: Number(changed.version) })
    }
  }
}

// Until it is acknowledged; a refusal that is neither "busy" nor "unavailable" should not happen.
async function insist(url: string, token: string, load: Load, path: string, body: object, key: string) {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    load.inFlight += 1
    const answer = await call({ url }, token, 'POST', path, body, key).catch(() => null)
    load.inFlight -= 1
    if (answer && answer.status < 300) return answer.body
    if (answer && answer.status < 500 && answer.body.code !== 'busy') {
      load.unexpected.push(`${path} was refused: ${JSON.stringify(answer)}`)
      return null
    }
    load.repeated += 1
    await sleep(60)
  }
  load.unexpected.push(`${path} was never acknowledged`)
  return null
}

async function check(start: Start, cases: readonly Case[]): Promise<string[]> {
  const services = await servicesOf(start)
  const losses: string[] = []
  try {
    losses.push(...(await missing(services, cases)), ...(await folded(services, cases)))
  } finally {
    await services.close()
  }
  const audit = await sitec(start, 'audit', 'verify', '--json')
  if (audit.exit !== 0) losses.push(`sitec audit verify: ${audit.text.slice(0, 500)} ${audit.errors}`)
  return losses
}

async function missing(services: OpenServices, cases: readonly Case[]): Promise<string[]> {
  const stored = await sql<{ id: string; title: string; version: number; replies: string[] }>`
    select c.id, c.title, c.version, coalesce(array_agg(t.content::jsonb ->> 'body' order by e.id)
      filter (where e.kind = 'case.replied'), '{}') as replies
    from desk_case c join event e on e.organisation_id = c.organisation_id and e.subject_type = 'case' and e.subject_id = c.id
    left join event_text t on t.event_id = e.id
    where c.title like 'Tortura %' group by c.organisation_id, c.id`.execute(services.database.owner)
  const byId = new Map(stored.rows.map((row) => [row.id, row]))
  const losses: string[] = []
  for (const one of cases) {
    const row = byId.get(one.id)
    if (row?.title !== one.title) losses.push(`Case ${one.id} (${one.key}) was acknowledged and is not there`)
    for (const { body, version } of one.replies) {
      const times = row?.replies.filter((found) => found === body).length ?? 0
      if (times !== 1) losses.push(`"${body}" was acknowledged once and is there ${times} times`)
      if ((row?.version ?? 0) < version)
        losses.push(`Case ${one.id}: version ${version} was acknowledged, ${row?.version} is there`)
    }
  }
  const titles = new Set(stored.rows.map((row) => row.title))
  if (titles.size !== stored.rows.length) losses.push(`${stored.rows.length - titles.size} keys made a second case`)
  if (stored.rows.length > cases.length + clients) losses.push('There are more cases than were asked for')
  return losses
}

async function folded(services: OpenServices, cases: readonly Case[]): Promise<string[]> {
  const ctx = await agentContext(services)
  const every = Math.max(1, Math.floor(cases.length / foldedSample))
  const losses: string[] = []
  for (const { id } of cases.filter((_, index) => index % every === 0).slice(0, foldedSample)) {
    const row = await read(ctx, (ctx) =>
      ctx.db.selectFrom('desk_case').selectAll().where('id', '=', id).executeTakeFirst(),
    )
    const [kept, fold] = [row && toFacts(row), await recomputeCase(ctx, id)].map(asInstants)
    if (!isDeepStrictEqual(kept, fold))
      losses.push(`Case ${id} is not the fold of its events: ${JSON.stringify(kept)} / ${JSON.stringify(fold)}`)
  }
  return losses
}

// Instants compare as instants, whatever their spelling.
function asInstants(facts: CaseFacts | undefined) {
  const entries = Object.entries(facts ?? {})
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name.endsWith('At') && value !== null ? Date.parse(String(value)) : value]),
  )
}

async function agentContext(services: OpenServices): Promise<Context> {
  const person = await services.database.owner
    .selectFrom('person')
    .select(['id', 'organisation_id'])
    .where('email', '=', agent)
    .executeTakeFirstOrThrow()
  const context = await actAs(services, person.organisation_id, person.id, 'cli')
  if (context === null) throw new Error('The agent has left')
  return context
}

function summary(outcome: Outcome): string {
  const { acknowledged, kills, moments, slowestMs, losses } = outcome
  return [
    `${kills.server} SIGKILLs of the server and ${kills.postgres} of PostgreSQL in ${outcome.seconds} s`,
    `(${moments.busy} busy, ${moments.idle} idle, ${moments.starting} twice, while starting; seed ${outcome.seed}):`,
    `${acknowledged.cases} cases and ${acknowledged.replies} replies acknowledged, ${acknowledged.repeated} calls repeated;`,
    `back after at most ${slowestMs.server} ms (server), ${slowestMs.postgres} ms (PostgreSQL);`,
    losses.length === 0 ? 'nothing lost.' : `${losses.length} LOST:\n${losses.slice(0, 20).join('\n')}`,
  ].join(' ')
}

/** The copy of mailboxes; without a mail server on this machine it says so and counts as nothing lost. */
async function mailOutcome(kills: number, seed: number): Promise<{ losses: string[]; words: string }> {
  const why = whyNoDovecot()
  if (why !== null) return { losses: [], words: `Mail copies were not tried: ${why}` }
  const outcome = await tortureMail(kills, seed)
  const { engine, source, target } = outcome.kills
  return {
    losses: outcome.losses,
    words: [
      `${engine} SIGKILLs of a copy, ${source} of its source and ${target} of its target in ${outcome.seconds} s`,
      `(${outcome.midway} in the middle of it; seed ${seed}): ${outcome.messages} messages,`,
      outcome.losses.length === 0
        ? 'each as often as at the source.'
        : `WRONG:\n${outcome.losses.slice(0, 20).join('\n')}`,
    ].join(' '),
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'boolean' },
    },
  })
  const stop = () => void cleanUp().finally(() => process.exit(1))
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  const kills = Number(values.kills ?? 10)
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  // However it goes, it ends.
  setTimeout(stop, (240 + kills * 45) * 1000).unref()
  const losses: string[] = []
  if (values.only !== 'mail') {
    const outcome = await torture(kills, seed)
    losses.push(...outcome.losses)
    if (values.json) process.stdout.write(`${JSON.stringify(outcome)}\n`)
    ;(values.json ? process.stderr : process.stdout).write(`${summary(outcome)}\n`)
  }
  if (values.only !== 'server') {
    const { losses: wrong, words } = await mailOutcome(kills, seed)
    losses.push(...wrong)
    ;(values.json ? process.stderr : process.stdout).write(`${words}\n`)
  }
  process.exit(losses.length === 0 ? 0 : 1)
}
