/** The lines of a file of calls. Pure. */
import type { StreamedRow } from '../../../platform/csv-stream.ts'
import { type Findings, find } from '../problems.ts'
import { type CallOutcome, type CallSource, callOutcomes, callSources } from '../vocabulary.ts'
import { instantInCell } from './instants.ts'
import { findInstant } from './sample-lines.ts'

/** Columns of the file. */
export const callColumns = {
  required: ['started_at', 'outcome', 'waited_s', 'source'],
  optional: ['answered_at', 'ended_at', 'reference'],
}

export type CallLine = {
  line: number
  source: CallSource
  outcome: CallOutcome
  waitedS: number
  startedAt: string
  answeredAt: string | null
  endedAt: string | null
  reference: string | null
}

/** Whether a column would tell who answered or who called (art. 4 L. 300/1970; contract-logic.md §4.1). */
export function namesPeople(column: string): boolean {
  const plain = column
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]+/g, ' ')
    .trim()
  return /\b(?:operator|operatore|operatrice|operatori|agent|agente|agents|caller|callerid|ani|cli|clid|msisdn|utente|user|username|nome|cognome|name|chiamante|numero|telefono|phone|interno|extension|matricola|addetto|postazione)\b/.test(
    plain,
  )
}

/** One call, or null when something is wrong with its line: that lands in `findings`. */
export function readCall(
  { line, cells }: StreamedRow,
  zone: string,
  latest: number,
  findings: Findings,
): CallLine | null {
  const [started = '', outcomeCell = '', waited = '', sourceCell = '', answered = '', ended = '', reference = ''] =
    cells
  const before = findings.count
  const outcome = callOutcomes.find((one) => one === outcomeCell)
  const source = callSources.find((one) => one === sourceCell)
  const startedAt = instantInCell(started, zone)
  const waitedS = waited === '' ? Number.NaN : Number(waited)
  findInstant(findings, line, 'started_at', startedAt, latest)
  if (outcome === undefined) find(findings, line, 'outcome', (t) => t.wrongOutcome(callOutcomes.join(', ')))
  if (source === undefined) find(findings, line, 'source', (t) => t.wrongOutcome(callSources.join(', ')))
  if (!(Number.isInteger(waitedS) && waitedS >= 0 && waitedS <= 86_400))
    find(findings, line, 'waited_s', (t) => t.wrongWait)
  if (answered !== '' && outcome !== undefined && outcome !== 'answered')
    find(findings, line, 'answered_at', (t) => t.answeredOnly)
  if (reference.length > 100) find(findings, line, 'reference', (t) => t.longReference)
  const later = (column: string, cell: string) => {
    if (cell === '') return null
    const at = instantInCell(cell, zone)
    findInstant(findings, line, column, at, latest + 86_400_000)
    if (Number(at) < Number(startedAt)) find(findings, line, column, (t) => t.beforeStart)
    return Number.isNaN(Number(at)) ? null : new Date(Number(at)).toISOString()
  }
  const [answeredAt, endedAt] = [later('answered_at', answered), later('ended_at', ended)]
  if (findings.count > before || outcome === undefined || source === undefined) return null
  return {
    ...{ line, source, outcome, waitedS, answeredAt, endedAt },
    startedAt: new Date(Number(startedAt)).toISOString(),
    reference: reference === '' ? null : reference,
  }
}
