/** The files of a published quarter: figures, and scopes behind availability. Comma, LF, dots: for programs. Pure. */
import type { ShownFigure, Verification } from '../../contract/schema.ts'

/** Columns of the figures; described in `results-dictionary.ts`. */
export const figureColumns = [
  'indicator',
  'service',
  'scope',
  'period',
  'measure',
  'target',
  'declared_in_time',
  'declared_total',
  'declared_days',
  'declared_value',
  'observed_in_time',
  'observed_total',
  'observed_days',
  'observed_value',
  'agreed_in_time',
  'agreed_total',
  'agreed_days',
  'agreed_value',
  'open_overdue',
  'proved_share',
  'outcome',
  'penalty_class',
  'recurrence',
  'period_fee',
  'penalty',
  'decided',
  'flags',
] as const

export const scopeColumns = ['indicator', 'service', 'period', 'scope', 'up_minutes', 'known_minutes'] as const

type Cell = string | number | null

/** One record after RFC 4180, ended by LF. */
export function record(cells: readonly Cell[]): string {
  const text = (cell: Cell) => {
    const said = cell === null ? '' : String(cell)
    return /[",\n\r]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said
  }
  return `${cells.map(text).join(',')}\n`
}

const figure = (one: ShownFigure | null): Cell[] => [
  one?.inTime ?? null,
  one?.total ?? null,
  one?.days ?? null,
  one?.value ?? null,
]

/** Every line of the quarter with its three figures; a penalty is what the agreed figure costs. */
export function figuresCsv({ indicators }: Verification): string {
  const lines = indicators.map((line) =>
    record([
      line.code,
      line.service,
      line.scope,
      line.period,
      line.measure,
      line.target,
      ...figure(line.declared),
      ...figure(line.observed),
      ...figure(line.agreed),
      line.observed?.openBacklog ?? null,
      line.observed?.provedShare ?? null,
      line.outcome,
      line.penalty.class,
      line.penalty.recurrence,
      line.penalty.periodFee,
      line.penalty.onAgreed,
      line.penalty.decided,
      line.flags.join(' '),
    ]),
  )
  return record(figureColumns) + lines.join('')
}

/** Minutes up and minutes watched of each scope behind an availability. */
export function scopesCsv({ indicators }: Verification): string {
  const lines = indicators.flatMap(({ code, service, period, observed }) =>
    (observed?.details ?? []).map((one) => record([code, service, period, one.scope, one.inTime, one.total])),
  )
  return record(scopeColumns) + lines.join('')
}
