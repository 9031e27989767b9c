/** The lines of a file of checks, gathered by scope, probe and day. Pure. */
import type { StreamedRow } from '../../../platform/csv-stream.ts'
import { type Findings, find } from '../problems.ts'
import type { ProbeRow, ScopeRow } from '../schema.ts'
import { type CellProblem, dayAndMs, dayText, instantInCell } from './instants.ts'

/** Columns of the file. */
export const sampleColumns = { required: ['scope', 'probe', 'network', 'at', 'ok'], optional: ['ms'] }

export type DayOfChecks = {
  scopeId: string
  probeId: string
  day: string
  witness: 'T' | 'I'
  at: number[]
  isOk: boolean[]
  took: (number | null)[]
  lines: number[]
}

export type KnownCodes = {
  scopes: ReadonlyMap<string, ScopeRow>
  probes: ReadonlyMap<string, ProbeRow>
  zone: string
  /** After this instant lies the future. */
  latest: number
  /** Whether the city itself brings the file. */
  isOfTheCity: boolean
}

const answers: Readonly<Record<string, boolean>> = {
  1: true,
  true: true,
  ok: true,
  sì: true,
  si: true,
  yes: true,
  0: false,
  false: false,
  ko: false,
  no: false,
}

/** Puts one line where it belongs; what is wrong with it lands in `findings`. */
export function gather(days: Map<string, DayOfChecks>, row: StreamedRow, known: KnownCodes, findings: Findings): void {
  const { line, cells } = row
  const [scopeCode = '', probeCode = '', network = '', at = '', ok = '', ms = ''] = cells
  const before = findings.count
  const scope = known.scopes.get(scopeCode)
  const probe = known.probes.get(probeCode)
  const instant = instantInCell(at, known.zone)
  const isOk = answers[ok.toLowerCase()]
  const took = ms === '' ? null : Number(ms)
  if (scope === undefined) find(findings, line, 'scope', (t) => t.unknownScope(scopeCode))
  if (probe === undefined) find(findings, line, 'probe', (t) => t.unknownProbe(probeCode))
  else if (probe.network !== network) find(findings, line, 'network', (t) => t.otherNetwork(probe.network))
  findInstant(findings, line, 'at', instant, known.latest)
  if (isOk === undefined) find(findings, line, 'ok', (t) => t.wrongOk)
  if (took !== null && !(Number.isInteger(took) && took >= 0 && took <= 86_400_000))
    find(findings, line, 'ms', (t) => t.wrongMs)
  if (findings.count > before || scope === undefined || probe === undefined) return
  const { day, ms: atMs } = dayAndMs(Number(instant))
  const key = `${scope.id} ${probe.id} ${day}`
  let of = days.get(key)
  if (of === undefined) {
    const witness = known.isOfTheCity && probe.runBy === 'administration' ? 'T' : 'I'
    of = { scopeId: scope.id, probeId: probe.id, day: dayText(day), witness, at: [], isOk: [], took: [], lines: [] }
    days.set(key, of)
  }
  of.at.push(atMs)
  of.isOk.push(isOk === true)
  of.took.push(took)
  of.lines.push(line)
}

/** Says what is wrong with an instant of a file. */
export function findInstant(
  findings: Findings,
  line: number,
  column: string,
  instant: number | CellProblem,
  latest: number,
): void {
  if (instant === 'missing') find(findings, line, column, (t) => t.noInstant)
  else if (instant === 'wrong') find(findings, line, column, (t) => t.wrongInstant)
  else if (instant === 'ambiguous') find(findings, line, column, (t) => t.ambiguousInstant)
  else if (instant > latest) find(findings, line, column, (t) => t.inFuture)
}

export type Fresh = { atMs: number[]; failedMs: number[]; tookMs: number[] | null; longestGapMs: number }

/**
 * What of a day is new, in order of time: a check known with the same result is left out, one with the other result is
 * an error of its line. `knownMs` and `knownFailedMs` are the checks of this day that are there already.
 */
export function freshOf(
  of: DayOfChecks,
  knownMs: readonly number[],
  knownFailedMs: readonly number[],
  findings: Findings,
): Fresh {
  const results = new Map(knownMs.map((at) => [at, true]))
  for (const at of knownFailedMs) results.set(at, false)
  const order = of.at.map((_, index) => index).sort((a, b) => (of.at[a] ?? 0) - (of.at[b] ?? 0) || a - b)
  const fresh: Fresh & { took: (number | null)[] } = {
    ...{ atMs: [], failedMs: [], tookMs: null, longestGapMs: 0 },
    took: [],
  }
  for (const index of order) {
    const [at = 0, isOk = false] = [of.at[index], of.isOk[index]]
    const before = results.get(at)
    if (before === undefined) {
      results.set(at, isOk)
      fresh.longestGapMs = Math.max(fresh.longestGapMs, at - (fresh.atMs.at(-1) ?? at))
      fresh.atMs.push(at)
      fresh.took.push(of.took[index] ?? null)
      if (!isOk) fresh.failedMs.push(at)
    } else if (before !== isOk) find(findings, of.lines[index] ?? 0, 'ok', (t) => t.otherResult)
  }
  const { took, ...kept } = fresh
  return { ...kept, tookMs: took.some((one) => one !== null) ? took.map((one) => one ?? 0) : null }
}
