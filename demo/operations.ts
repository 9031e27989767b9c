/**
 * What is watched in the demo city, what two probes of the administration saw, and who called. Scopes, probes and
 * interruptions come with the city; checks and calls go through the operations that a file goes through.
 */
import type pg from 'pg'
import { importCalls } from '../src/modules/operations/import-calls.ts'
import { importSamples } from '../src/modules/operations/import-samples.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import type { Services } from '../src/platform/context.ts'
import { callLines } from './calls.ts'
import type { City } from './city.ts'
import { type Happened, insertRows, loadEvents, personOf } from './happened.ts'
import { type Random, seeded } from './random.ts'
import { officeHours } from './rules.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** Checks are two an hour: enough for an outage, and a first start stays short. */
const intervalS = 1800

// code, name, kind, hosts web, hours
const watched = [
  ['SRV-ANAG', 'Server dell’anagrafe', 'server', false, 'always'],
  ['SRV-TRIB', 'Server dei tributi', 'server', false, 'always'],
  ['SRV-PROT', 'Server del protocollo', 'server', false, 'always'],
  ['SRV-CONT', 'Server della contabilità', 'server', false, 'always'],
  ['SRV-FILE', 'Cartelle condivise', 'server', false, 'always'],
  ['SRV-MAIL', 'Server della posta', 'server', false, 'always'],
  ['SRV-DB1', 'Banche dati, primo nodo', 'server', false, 'always'],
  ['SRV-DB2', 'Banche dati, secondo nodo', 'server', false, 'always'],
  ['WEB-PORT', 'Portale istituzionale', 'server', true, 'always'],
  ['WEB-SERV', 'Servizi in linea ai cittadini', 'server', true, 'always'],
  ['WEB-GIS', 'Mappe della città', 'server', true, 'always'],
  ['APP-PRES', 'Rilevazione delle presenze', 'application', false, 'business'],
  ['SRZ-IDEN', 'Accesso con identità digitale', 'service', false, 'always'],
  ['LIN-S04', 'Linea del comando di polizia locale', 'line', false, 'always'],
] as const

const probes = [
  ['SONDA-CED', 'Sonda nella sala macchine del Comune', 'rete-comunale'],
  ['SONDA-EST', 'Sonda su una linea esterna', 'rete-esterna'],
] as const

/** Scopes, probes and planned interruptions, with their events. */
export async function loadWatched(client: pg.PoolClient, city: City, untilMs: number): Promise<void> {
  const random = seeded(20_260_301)
  const administrator = personOf(city, 'amministratore@')
  const bornMs = untilMs - 400 * dayMs
  const happened: Happened[] = []
  const began = new Date(bornMs).toISOString().slice(0, 10)
  const scopes = watched.map(([code, name, kind, hostsWeb, hours]) => {
    const id = random.uuid(bornMs)
    const facts = { code, kind, hostsWeb, hours, intervalS, beginsOn: began, endsOn: null }
    const about = { subjectType: 'monitored_scope', subjectId: id, actor: administrator, at: bornMs }
    happened.push({ ...about, kind: 'scope.added', payload: facts, text: { name } })
    const row = { organisation_id: city.organisationId, id, code, name, kind, hosts_web: hostsWeb, hours, version: 1 }
    return { ...row, interval_s: intervalS, begins_on: began }
  })
  const columns = 'organisation_id, id, code, name, kind, hosts_web, hours, interval_s, begins_on, version'
  await insertRows(client, 'monitored_scope', columns, scopes)
  const watching = probes.map(([code, name, network]) => {
    const id = random.uuid(bornMs)
    const facts = { code, network, runBy: 'administration' }
    const about = { subjectType: 'probe', subjectId: id, actor: administrator, at: bornMs }
    happened.push({ ...about, kind: 'probe.added', payload: facts, text: { name } })
    return { organisation_id: city.organisationId, id, code, name, network, run_by: 'administration' }
  })
  await insertRows(client, 'probe', 'organisation_id, id, code, name, network, run_by', watching)
  const idOf = (code: string) => scopes.find((scope) => scope.code === code)?.id ?? ''
  await insertRows(
    client,
    'planned_interruption',
    'organisation_id, id, scope_id, kind, from_at, until_at, reason, state, proposed_at, decided_at, noticed_at, version',
    interruptions(random, city, untilMs, idOf, happened),
  )
  await loadEvents(client, city, untilMs, happened)
}

type Planned = {
  code: string
  kind: 'ordinary' | 'extraordinary'
  from: number
  hours: number
  reason: string
  proposed: number
  decided: number | null
  noticed: number | null
}

function interruptions(
  random: Random,
  city: City,
  untilMs: number,
  idOf: (code: string) => string,
  happened: Happened[],
) {
  const [leader, manager] = [personOf(city, 'responsabile@'), personOf(city, 'contratto@')]
  const agreed = agreedStop(untilMs)
  const evening = Math.floor(untilMs / dayMs) * dayMs + 19 * hourMs
  const all: Planned[] = [
    {
      ...{ code: 'SRV-CONT', kind: 'extraordinary', from: agreed.from, hours: 4 },
      ...{ reason: 'Sostituzione dei dischi del server della contabilità' },
      ...{ proposed: agreed.from - 21 * dayMs, decided: agreed.from - 19 * dayMs, noticed: agreed.from - 16 * dayMs },
    },
    {
      ...{ code: 'WEB-GIS', kind: 'ordinary', from: evening + 6 * dayMs, hours: 2 },
      ...{ reason: 'Aggiornamento del programma delle mappe' },
      ...{ proposed: untilMs - 2 * dayMs, decided: null, noticed: null },
    },
    {
      ...{ code: 'SRV-DB2', kind: 'extraordinary', from: evening + 17 * dayMs, hours: 6 },
      ...{ reason: 'Passaggio a una versione nuova delle banche dati' },
      ...{ proposed: untilMs - dayMs, decided: null, noticed: null },
    },
  ]
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
  return all.map(({ code, kind, from, hours, reason, proposed, decided, noticed }) => {
    const id = random.uuid(proposed)
    const [from_at, until_at] = [iso(from), iso(from + hours * hourMs)]
    const about = { subjectType: 'planned_interruption', subjectId: id }
    const facts = { scopeId: idOf(code), kind, from: from_at, until: until_at }
    happened.push({
      ...about,
      kind: 'interruption.proposed',
      actor: leader,
      at: proposed,
      payload: facts,
      text: { reason },
    })
    if (decided !== null)
      happened.push({ ...about, kind: 'interruption.accepted', actor: manager, at: decided, payload: {} })
    if (noticed !== null)
      happened.push({
        ...{ ...about, kind: 'interruption.users_told', actor: leader, at: noticed, payload: {} },
        text: { notice: 'Messaggio a tutti gli uffici e avviso sul portale.' },
      })
    const row = { organisation_id: city.organisationId, id, scope_id: idOf(code), kind, from_at, until_at, reason }
    const state = decided === null ? 'proposed' : 'accepted'
    const version = 1 + [decided, noticed].filter((at) => at !== null).length
    return { ...row, state, proposed_at: iso(proposed), decided_at: iso(decided), noticed_at: iso(noticed), version }
  })
}

/** Brings in the files of the administration (checks, the carrier's calls) and of the company (its exchange's calls). */
export async function bringFiles(services: Services, city: City, untilMs: number, scale: number): Promise<void> {
  const as = async (email: string) => {
    const context = await actAs(services, city.organisationId, personOf(city, email).id, 'cli')
    if (context === null) throw new Error(`${email} cannot act`)
    return context
  }
  const manager = await as('contratto@')
  await importSamples(manager, inChunks(sampleLines(untilMs, scale)))
  const calls = callLines(seeded(20_260_302), untilMs, scale)
  await importCalls(manager, inChunks(calls.carrier))
  await importCalls(await as('responsabile@'), inChunks(calls.exchange))
}

async function* inChunks(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let chunk = ''
  for (const line of lines) {
    chunk += `${line}\n`
    if (chunk.length < 60_000) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  yield Buffer.from(chunk)
}

/** The first instant of the month, of so many months before. */
function monthStart(untilMs: number, back: number): number {
  const month = Temporal.Instant.fromEpochMilliseconds(untilMs)
    .toZonedDateTimeISO(officeHours.zone)
    .toPlainDate()
    .toPlainYearMonth()
  return month.subtract({ months: back }).toPlainDate({ day: 1 }).toZonedDateTime(officeHours.zone).epochMilliseconds
}

function agreedStop(untilMs: number) {
  const from = monthStart(untilMs, 1) + 13 * dayMs + 20 * hourMs
  return { from, until: from + 3 * hourMs }
}

type Fault = { code: string; from: number; until: number; probe?: string }

/** What went wrong: an outage is seen by both probes, a fault of one line by its probe alone. */
function faultsOf(untilMs: number): Fault[] {
  const [last, before] = [monthStart(untilMs, 1), monthStart(untilMs, 2)]
  const fault = (code: string, start: number, day: number, hour: number, hours: number, probe?: string): Fault => {
    const from = start + day * dayMs + hour * hourMs
    return { code, from, until: from + hours * hourMs, ...(probe && { probe }) }
  }
  return [
    // Under 99 % in the last whole month: more than seven hours.
    fault('SRV-TRIB', last, 9, 9.5, 6.25),
    fault('SRV-TRIB', last, 21, 15, 4),
    fault('WEB-SERV', last, 17, 2, 1.5),
    fault('LIN-S04', before, 5, 11, 3),
    fault('SRV-MAIL', before, 24, 8, 0.75),
    { code: 'SRV-CONT', ...agreedStop(untilMs) },
    fault('SRV-FILE', last, 12, 10, 5, 'SONDA-EST'),
    fault('WEB-PORT', monthStart(untilMs, 0), 0, 4, 0.75),
  ]
}

/** Checks of every scope since some months ago. For six hours both probes were switched off: nobody knows. */
function* sampleLines(untilMs: number, scale: number): Generator<string> {
  yield 'scope;probe;network;at;ok;ms'
  const faults = Map.groupBy(faultsOf(untilMs), (one) => one.code)
  const from = Math.max(monthStart(untilMs, 3), untilMs - Math.max(3, 124 * Math.min(scale * 2, 1)) * dayMs)
  const dark = { from: monthStart(untilMs, 1) + 19 * dayMs, until: monthStart(untilMs, 1) + 19 * dayMs + 6 * hourMs }
  const step = intervalS * 1000
  for (let start = Math.ceil(from / step) * step; start < untilMs - step; start += step) {
    if (start >= dark.from && start < dark.until) continue
    for (const [index, [probe, , network]] of probes.entries()) {
      const at = start + index * 240_000
      const text = new Date(at).toISOString()
      for (const [place, [code]] of watched.entries()) {
        const fails = faults
          .get(code)
          ?.some((one) => at >= one.from && at < one.until && (one.probe ?? probe) === probe)
        const ms = 20 + ((start / step + place * 7) % 40) + index * 15
        yield `${code};${probe};${network};${text};${fails ? 0 : 1};${fails ? '' : ms}`
      }
    }
  }
}
