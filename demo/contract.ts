/**
 * The contract of the demo city and what happened under it, lived through the operations: three quarters declared by the
 * supplier, better than what SITEC observed; one approved, one with a penalty on which the supplier has answered, one
 * contested. The structure is that of a real contract; names and amounts are invented.
 */

import { approvePeriod, approvePlan, receiveReport } from '../src/modules/contract/approvals.ts'
import { raiseContest } from '../src/modules/contract/contests.ts'
import { importContract } from '../src/modules/contract/contracts.ts'
import { declareFigure } from '../src/modules/contract/declare.ts'
import { declareCases } from '../src/modules/contract/declare-cases.ts'
import { before, daysOf, quarterOfDay } from '../src/modules/contract/internal/periods.ts'
import { counterPenalty, decidePenalty, proposePenalty } from '../src/modules/contract/penalties.ts'
import type { DeclareInput, VerifiedIndicator } from '../src/modules/contract/schema.ts'
import { verifyPeriod } from '../src/modules/contract/verify-period.ts'
import { openWorksheet } from '../src/modules/contract/worksheet.ts'
import { publishResults } from '../src/modules/transparency/results.ts'
import { actAs } from '../src/platform/auth/actors.ts'
import type { Context, Services } from '../src/platform/context.ts'
import { Problem } from '../src/platform/problem.ts'
import contract from './contract.json' with { type: 'json' }

/** Lays down the contract of a demo city that has none yet. */
export async function seedContract(services: Services): Promise<void> {
  const { owner } = services.database
  const demo = await owner
    .selectFrom('organisation')
    .select(['id', 'zone'])
    .where('is_demo', '=', true)
    .executeTakeFirst()
  if (demo === undefined) return
  const there = await owner
    .selectFrom('contract')
    .select('id')
    .where('organisation_id', '=', demo.id)
    .executeTakeFirst()
  if (there !== undefined) return
  const manager = await personAs(services, demo.id, 'contratto@comune.example.it')
  const leader = await personAs(services, demo.id, 'responsabile@societa.example.it')
  await importContract(manager, Buffer.from(JSON.stringify(await withTeams(services, demo.id))))
  const today = Temporal.Now.plainDateISO(demo.zone)
  const now = quarterOfDay(today.toString())
  const [last, earlier, first] = [before(now, 1), before(now, 2), before(now, 3)]
  await planOf(manager, today)
  for (const quarter of [first, earlier, last]) await declareQuarter(leader, manager, quarter, quarter === earlier)
  for (const quarter of [first, earlier, last]) await receive(manager, quarter, today, quarter === earlier)
  await listCases(leader, manager, last)
  await decideBreaches(manager, leader, first)
  await approvePeriod(manager, { period: first }).catch(unlessRefused)
  await publishResults(manager, { period: first }).catch(unlessRefused)
  await decideBreaches(manager, leader, earlier, 'B.1.2')
  await answeredPenalty(services, manager, leader, earlier, today)
  await contested(manager, last)
}

// Until a register says which machines are switches and clocks, what the systems team gets is counted as theirs.
async function withTeams(services: Services, organisationId: string) {
  const team = await services.database.owner
    .selectFrom('team')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('name', '=', '2° livello sistemi e rete')
    .executeTakeFirstOrThrow()
  const population: Record<string, object> = {
    'A.3.1': { withoutTeamIds: [team.id] },
    'A.4.1': { kinds: ['incident'], teamIds: [team.id] },
  }
  return { ...contract, indicators: contract.indicators.map((one) => ({ ...one, ...population[one.code] })) }
}

async function personAs(services: Services, organisationId: string, email: string): Promise<Context> {
  const person = await services.database.owner
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const context = await actAs(services, organisationId, person.id, 'desk')
  if (context === null) throw new Error(`Nobody is ${email}`)
  return context
}

// On some days of the year a quarter's report has not come yet, or nothing was counted: that part of the story is left out.
function unlessRefused(error: unknown) {
  if (!(error instanceof Problem)) throw error
}

async function planOf(manager: Context, today: Temporal.PlainDate) {
  const approvedOn = `${today.year}-03-30`
  if (approvedOn > today.toString()) return
  const document = `delibera 41/${today.year} (dati di prova)`
  await approvePlan(manager, { year: today.year, approvedOn, document })
}

/** What the supplier says: every line it counts itself, a little better than it was; servers and calls perfect. */
async function declareQuarter(leader: Context, manager: Context, quarter: string, isBreached: boolean) {
  const { indicators } = await verifyPeriod(manager, quarter)
  const source = `Relazione della Società sul ${quarter.replace('-Q', ', trimestre ')} (dati di prova)`
  for (const line of indicators) {
    if (line.isSubset) continue
    const figure = declaredAs(line, isBreached)
    if (figure !== null)
      await declareFigure(leader, { period: line.period, indicator: line.code, source, ...figure }).catch(unlessRefused)
  }
}

type Figure = Pick<DeclareInput, 'unit'> & Partial<Pick<DeclareInput, 'inTime' | 'total' | 'days' | 'value'>>

function declaredAs({ code, measure, observed, period }: VerifiedIndicator, isBreached: boolean): Figure | null {
  if (measure === 'uptime') return { unit: 'percent', value: '100.00' }
  // Some months have more calls than others, always answered.
  if (measure === 'lost_calls') {
    const calls = 1200 + ((Number(period.slice(5)) * 137) % 500)
    return { unit: 'percent_lost', inTime: calls, total: calls, value: '0.00' }
  }
  const total = observed?.total ?? 0
  if (observed === null || total === 0) return null
  if (measure === 'mean_days') {
    const days = Math.round((observed.days ?? 0) * 0.93)
    return { unit: 'business_days', days, total, value: (Math.ceil((days * 100) / total) / 100).toFixed(2) }
  }
  const inTime = observed.inTime ?? 0
  if (code === 'B.1.2') {
    const share = isBreached ? 0.93 : 0.955
    return { unit: 'percent', inTime: isBreached ? Math.floor(total * share) : Math.ceil(total * share), total }
  }
  const hidden = Math.ceil((total - inTime) * 0.7)
  return { unit: 'percent', inTime: Math.min(total, inTime + hidden), total }
}

async function receive(manager: Context, quarter: string, today: Temporal.PlainDate, isWaiting: boolean) {
  // No term of the demo is ever past: the report of a quarter that still waits came eighty-one days ago at most.
  const usual = Temporal.PlainDate.from(daysOf(quarter).until).add({ days: 18 }).toString()
  const [receivedOn = usual] = isWaiting ? [usual, today.subtract({ days: 81 }).toString()].sort().reverse() : [usual]
  if (receivedOn > today.toString()) return
  const protocol = `prot. ${quarter.slice(5)}/${quarter.slice(0, 4)}/1087 (dati di prova)`
  await receiveReport(manager, { period: quarter, receivedOn, protocol, isComplete: true })
}

/** The supplier's list behind its first figure: some late ones are counted in time, a few are left out. */
async function listCases(leader: Context, manager: Context, quarter: string) {
  const { rows } = await openWorksheet(manager, { period: quarter, indicator: 'A.3.1' }).catch((error) => {
    unlessRefused(error)
    return { rows: [] }
  })
  const counted = rows.filter((row) => row.isCounted)
  const lines = counted.flatMap((row, index) => {
    if (index % 211 === 7) return []
    const isInTime = row.isInTime || index % 3 !== 0
    const done = row.isInTime || row.dueAt === null ? row.endAt : isInTime ? row.dueAt : row.endAt
    return [[quarter, 'A.3.1', row.number, isInTime ? 'sì' : 'no', row.startAt, done ?? ''].join(',')]
  })
  if (lines.length > 0)
    await declareCases(
      leader,
      Buffer.from(['period,indicator,number,in_time,started_at,done_at', ...lines, ''].join('\n')),
    )
}

/** Small maintenance missed its target by the supplier's own count; the supplier has answered, the city has its days. */
async function answeredPenalty(
  services: Services,
  manager: Context,
  leader: Context,
  quarter: string,
  today: Temporal.PlainDate,
) {
  const line = { period: quarter, indicator: 'B.1.2', service: 'B1', basis: 'declared' as const }
  const what = 'Dalla relazione della Società: l’obiettivo del 95 % non è raggiunto.'
  const proposed = await proposePenalty(manager, { ...line, what }).catch(unlessRefused)
  if (proposed === undefined) return
  await counterPenalty(leader, proposed.id, {
    version: 1,
    document: 'prot. 2211 (dati di prova)',
    what: 'Due interventi sono stati ritardati da una richiesta di modifica arrivata a lavoro iniziato.',
  })
  // Proposed and answered some days ago, so that the terms on the manager's home run.
  const ago = (days: number) => today.subtract({ days }).toString()
  await services.database.owner
    .updateTable('penalty')
    .set({ proposed_on: ago(24), due_on: ago(9), countered_on: ago(14) })
    .where('id', '=', proposed.id)
    .execute()
}

// Whatever was missed is decided before a quarter is approved, as any quarter asks; `but` is left for the city to decide.
async function decideBreaches(manager: Context, leader: Context, quarter: string, but = '') {
  const { indicators } = await verifyPeriod(manager, quarter)
  for (const { code, service, period, scope, penalty } of indicators) {
    if (penalty.onDeclared === '0.00' || code === but) continue
    const line = { period, indicator: code, service, scope, basis: 'declared' as const }
    const proposed = await proposePenalty(manager, { ...line, what: 'Dalla relazione della Società.' }).catch(
      unlessRefused,
    )
    if (proposed === undefined) continue
    const answer = { document: 'prot. 1702 (dati di prova)', what: 'La Società prende atto.' }
    await counterPenalty(leader, proposed.id, { version: 1, ...answer })
    await decidePenalty(manager, proposed.id, { version: 2, amount: penalty.onDeclared, what: 'Si applica.' })
  }
}

async function contested(manager: Context, quarter: string) {
  const { rows } = await openWorksheet(manager, { period: quarter, indicator: 'A.3.1', show: 'differing' }).catch(
    (error) => {
      unlessRefused(error)
      return { rows: [] }
    },
  )
  const caseIds = rows.filter((row) => !row.isInTime && row.isCounted).map(({ caseId }) => caseId)
  if (caseIds.length === 0) return
  await raiseContest(manager, {
    period: quarter,
    indicator: 'A.3.1',
    reason: 'late_not_late',
    what: 'Per queste richieste la prima attività è arrivata oltre i due giorni lavorativi.',
    evidence: 'elenco delle richieste e risposte degli utenti',
    caseIds,
  }).catch(unlessRefused)
}
