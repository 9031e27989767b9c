/** Months and quarters: "2020-12", "2020-Q4". They sort as they are written, each kind for itself. */
import type { PeriodKind } from '../vocabulary.ts'

/** The text of a month or a quarter. */
export const periodPattern = /^\d{4}-(?:Q[1-4]|0[1-9]|1[0-2])$/
export const quarterPattern = /^\d{4}-Q[1-4]$/

export function kindOf(period: string): PeriodKind {
  return period.includes('Q') ? 'quarter' : 'month'
}

/** First day and the first day after it, as local dates. */
export function daysOf(period: string): { from: string; until: string } {
  const start = Temporal.PlainDate.from({ year: yearOf(period), month: firstMonth(period), day: 1 })
  return { from: start.toString(), until: start.add({ months: monthsIn(kindOf(period)) }).toString() }
}

/** The instants (ISO) at which a period begins and the next one does, in a zone. */
export function boundsOf(period: string, zone: string): { from: string; until: string } {
  const { from, until } = daysOf(period)
  return { from: midnight(from, zone), until: midnight(until, zone) }
}

/** The instant at which a local day begins. */
export function midnight(day: string, zone: string): string {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString()
}

/** The period so many before (or, when negative, after). */
export function before(period: string, howMany = 1): string {
  const months = howMany * monthsIn(kindOf(period))
  const { year, month } = Temporal.PlainYearMonth.from({ year: yearOf(period), month: firstMonth(period) }).subtract({
    months,
  })
  return kindOf(period) === 'quarter' ? `${four(year)}-Q${Math.ceil(month / 3)}` : `${four(year)}-${two(month)}`
}

/** The periods of a kind that a quarter holds: itself, or its three months. */
export function periodsIn(quarter: string, kind: PeriodKind): string[] {
  if (kind === 'quarter' || kindOf(quarter) === 'month') return [quarter]
  return [0, 1, 2].map((more) => `${four(yearOf(quarter))}-${two(firstMonth(quarter) + more)}`)
}

/** The quarter a period is in. */
export function quarterOf(period: string): string {
  return kindOf(period) === 'quarter' ? period : `${period.slice(0, 4)}-Q${Math.ceil(firstMonth(period) / 3)}`
}

/** The quarter a local date is in. */
export function quarterOfDay(day: string): string {
  return quarterOf(day.slice(0, 7))
}

export function monthsIn(kind: PeriodKind): 1 | 3 {
  return kind === 'quarter' ? 3 : 1
}

function yearOf(period: string): number {
  return Number(period.slice(0, 4))
}

function firstMonth(period: string): number {
  const quarter = /Q(\d)$/.exec(period)?.[1]
  return quarter === undefined ? Number(period.slice(5)) : Number(quarter) * 3 - 2
}

const two = (value: number) => String(value).padStart(2, '0')
const four = (value: number) => String(value).padStart(4, '0')
