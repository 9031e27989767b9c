/**
 * `npm run bench`: the budgets of design.md §6 on the built server, against baselines measured in the same run.
 *
 *   node bench/run.ts [--cases 500000] [--fresh] [--only text] [--json] [--write-ratios] [--server-option --cpu-prof]
 *
 * Exit 0 whatever the figures, 1 when a measure could not be taken.
 */
import { readdirSync, statSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureEmbedded } from '../src/platform/postgres.ts'
import { projectRoot } from '../src/platform/root.ts'
import type { OpenServices } from '../src/platform/services.ts'
import { openConnection } from './client.ts'
import { measureContract, measureMillion } from './contract.ts'
import { benchConfig, benchEnvironment, fullSize, openData, removeData } from './data.ts'
import { type Fixture, findFixture, makeKey, signIn } from './fixture.ts'
import { compare, workers } from './load.ts'
import { measureIntake } from './mail.ts'
import { type Bench, type Measure, measures } from './measures.ts'
import { measureReconciliation, measureRefusal } from './needs.ts'
import { measureRegister } from './register.ts'
import { measureReplay, replayedEvents } from './replay.ts'
import { committedRatios, type Line, lineOf, tableOf, writeRatios } from './report.ts'
import { type Server, startServer } from './server.ts'
import { openRawSql } from './statements.ts'
import { measureSealing, measureStart, measureVerification } from './upkeep.ts'

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', default: String(fullSize) },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    'write-ratios': { type: 'boolean', default: false },
    'server-option': { type: 'string', multiple: true, default: [] },
  },
})
const cases = Number(options.cases)
const ratios = committedRatios()
const lines: Line[] = []

function say(text: string) {
  process.stderr.write(`${text}\n`)
}

function note(line: Omit<Line, 'ratio' | 'verdict'>) {
  lines.push(lineOf(line, ratios))
}

async function main() {
  if (options.fresh) removeData(cases)
  const { services, built } = await openData(cases, say)
  const fixture = await findFixture(services)
  const key = await makeKey(services, fixture)
  await services.close()
  if (isWanted('start')) {
    const start = await measureStart(benchEnvironment(cases))
    note({ name: 'start on existing data', unit: 'ms', budget: 3000, against: 'loading the build', ...start })
  }
  await measureServer(fixture, key)
  await measureUpkeep(fixture)
  if (options['write-ratios']) writeRatios(lines)
  const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`
  if (options.json) console.log(JSON.stringify({ machine, cases, built, lines }))
  else console.log(`${machine}; ${cases} cases, ${workers} clients\n\n${tableOf(lines)}`)
}

/** Everything asked of a running server; its memory is looked at before and after. */
async function measureServer(fixture: Fixture, key: string) {
  const server = await startServer(benchEnvironment(cases), options['server-option'])
  const raw = await openRawSql(await ensureEmbedded(benchConfig(cases).data), workers, fixture)
  const idle = server.memory().now
  try {
    const bench: Bench = {
      connections: await Promise.all(Array.from({ length: workers }, () => openConnection(server.port))),
      raw,
      fixture,
      key,
      agentCookie: await signIn(server.port, 'operatore@societa.example.it'),
      employeeCookie: await signIn(server.port, 'impiegata@comune.example.it'),
      leaderCookie: await signIn(server.port, 'responsabile@societa.example.it'),
      managerCookie: await signIn(server.port, 'contratto@comune.example.it'),
      asset: smallAsset(),
      origin: `http://localhost:${server.port}`,
    }
    for (const measure of measures(bench).filter(({ name }) => isWanted(name))) await take(measure, server)
    for (const connection of bench.connections) connection.close()
    noteMemory(server, idle)
  } finally {
    await raw.close()
    await server.stop()
  }
}

async function take({ name, budgets, count, figure, against, baseline }: Measure, server: Server) {
  say(`${name}…`)
  const found = await compare(figure, baseline, count, server.cpu)
  const budgetOf = (of: 'p95' | 'perSecond') => budgets.find((budget) => budget.of === of)?.value ?? null
  note({ name, unit: 'ms', budget: budgetOf('p95'), figure: found.figure.p95, against, baseline: found.baseline.p95 })
  note({
    name,
    unit: '/s',
    budget: budgetOf('perSecond'),
    figure: found.figure.perSecond,
    against,
    baseline: found.baseline.perSecond,
  })
  const { p50, cpu } = found.figure
  say(`  p50 ${p50.toFixed(1)} ms, baseline ${found.baseline.p50.toFixed(1)} ms`)
  say(`  processor time each: server ${cpu.server.toFixed(2)} ms, database ${cpu.database.toFixed(2)} ms`)
}

function noteMemory(server: Server, idle: number) {
  note({
    name: 'server memory, most',
    unit: 'MiB',
    budget: 300,
    figure: server.memory().most,
    against: 'just started',
    baseline: idle,
  })
}

const upkeep = ['mail intake', 'replay of the clocks', 'contract', 'needs', 'register', 'sealing', 'verification']

/** What needs the data but no server. */
async function measureUpkeep(fixture: Fixture) {
  if (!upkeep.some(isWanted)) return
  const { services } = await openData(cases, say)
  try {
    if (isWanted('mail intake')) {
      say('mail intake…')
      const intake = await measureIntake(services, fixture.organisationId)
      note({ name: 'mail intake', unit: '/s', budget: 200, against: 'keeping bytes and a row', ...intake })
    }
    if (isWanted('replay of the clocks')) {
      say('replay of the clocks…')
      const { events, cases: folded, ...replay } = await measureReplay(services, fixture.organisationId)
      say(`  ${events} events of ${folded} cases, all as stored`)
      const budget = events < replayedEvents ? null : 20
      note({ name: 'replay of the clocks', unit: 's', budget, against: 'reading the same rows', ...replay })
    }
    if (isWanted('contract')) await noteContract(services, fixture)
    if (isWanted('needs')) await noteNeeds(services, fixture)
    if (isWanted('register')) await noteRegister(services)
    if (isWanted('sealing')) {
      say('sealing…')
      const sealing = await measureSealing({ services, organisationId: fixture.organisationId })
      note({ name: 'sealing', unit: '/s', budget: null, against: 'hashing alone', ...sealing })
    }
    if (isWanted('verification')) {
      say('verification…')
      const { events, ...verification } = await measureVerification(services)
      const against = `hashing ${(events / 1e6).toFixed(1)} M events`
      note({ name: 'verification of the chain', unit: 's', budget: null, against, ...verification })
    }
  } finally {
    await services.close()
  }
}

// A quarter of the real contract has some ten thousand interventions, a large one a million: one second, twenty seconds.
async function noteContract(services: OpenServices, { organisationId }: Fixture) {
  say('contract, a quarter verified…')
  const { interventions, ...verified } = await measureContract(services, organisationId)
  say(`  ${interventions} interventions`)
  const budget = Math.max(1, (20 * interventions) / 1e6)
  note({ name: 'contract, a quarter verified', unit: 's', budget, against: 'grouping the same events', ...verified })
  say('contract, a million verified…')
  const { interventions: many, ...whole } = await measureMillion(services, organisationId)
  say(`  ${many} interventions`)
  note({ name: 'contract, a million verified', unit: 's', budget: 20, against: 'reading the same rows', ...whole })
}

async function noteNeeds(services: OpenServices, { organisationId }: Fixture) {
  say('needs, a million pieces reconciled…')
  const { pieces, ...reconciled } = await measureReconciliation(services, organisationId)
  say(`  ${pieces} pieces`)
  note({ name: 'needs, a million pieces reconciled', unit: 's', budget: 5, against: 'summing them', ...reconciled })
  say('needs, a wrong line of 50,000 named…')
  const refused = await measureRefusal(services, organisationId)
  note({ name: 'needs, a wrong line of 50,000 named', unit: 's', budget: 5, against: 'reading the file', ...refused })
}

// 200,000 items and 600,000 relations: a page of them, words, and what is lost with any of them.
async function noteRegister(services: OpenServices) {
  say('register, 200,000 items…')
  const budgets: Record<string, number> = { list: 100, search: 200, impact: 100 }
  for (const { name, ...figures } of await measureRegister(services))
    note({ name: `register, ${name}`, unit: 'ms', budget: budgets[name] ?? null, against: 'raw SQL', ...figures })
}

function isWanted(name: string): boolean {
  return name.includes(options.only)
}

// The script nearest in size to the public page.
function smallAsset(): string {
  const folder = join(projectRoot(), 'build/client/assets')
  const wanted = 12_000
  const far = (name: string) => Math.abs(statSync(join(folder, name)).size - wanted)
  const [nearest] = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort((a, b) => far(a) - far(b))
  return `/assets/${nearest}`
}

await main().then(
  () => process.exit(0),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exit(1)
  },
)
