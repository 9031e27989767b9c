/** The person-day ledger of a year, reckoned from its entries. Pure; tenths of a person-day throughout. */
import { type Area, type EntryState, usualMostTenths } from '../vocabulary.ts'

export type LedgerEntry = {
  id: string
  area: Area
  applicationId: string | null
  caseId: string | null
  caseNumber: string | null
  tenths: number
  state: EntryState
  correctsId: string | null
}

export type Quota = { tenths: number; mostTenths: number; act: string }

/** Several entries of one case, or an entry without a case, that together are over the maximum of one item. */
export type OverItem = { caseId: string | null; caseNumber: string | null; entryId: string; tenths: number }

export type AreaStanding = {
  /** null: none is set for the year. */
  quota: number | null
  /** All that is declared and not contested. */
  used: number
  accepted: number
  contested: number
  left: number | null
  /** 80 % of the quota is used. */
  isAlarm: boolean
  /** More than the quota is used. */
  isOver: boolean
  /** What the year will have used at this pace. */
  forecast: number
  withoutApplication: number
  mostTenths: number
  over15: OverItem[]
  act: string | null
}

/** How an area stands; `dayOfYear` is the last day that is over or under way, 1 to `daysInYear`. */
export function standingOf(
  entries: readonly LedgerEntry[],
  quota: Quota | null,
  dayOfYear: number,
  daysInYear: number,
): AreaStanding {
  const sum = (fits: (entry: LedgerEntry) => boolean) =>
    entries.reduce((all, entry) => all + (fits(entry) ? entry.tenths : 0), 0)
  const used = sum((entry) => entry.state !== 'contested')
  const most = quota?.mostTenths ?? usualMostTenths
  return {
    quota: quota?.tenths ?? null,
    used,
    accepted: sum((entry) => entry.state === 'accepted'),
    contested: sum((entry) => entry.state === 'contested'),
    left: quota === null ? null : quota.tenths - used,
    isAlarm: quota !== null && used * 100 >= quota.tenths * 80 && used > 0,
    isOver: quota !== null && used > quota.tenths,
    forecast: Math.round((used * daysInYear) / Math.max(1, dayOfYear)),
    withoutApplication: sum((entry) => entry.applicationId === null && entry.state !== 'contested'),
    mostTenths: most,
    over15: itemsOver(entries, most),
    act: quota?.act ?? null,
  }
}

function itemsOver(entries: readonly LedgerEntry[], most: number): OverItem[] {
  // A counter-entry belongs to the item of the entry it takes back.
  const items = Map.groupBy(
    entries.filter((entry) => entry.state !== 'contested'),
    (entry) => entry.caseId ?? entry.correctsId ?? entry.id,
  )
  return [...items.values()].flatMap((all) => {
    const tenths = all.reduce((sum, entry) => sum + entry.tenths, 0)
    const [first] = all
    if (tenths <= most || first === undefined) return []
    return [{ caseId: first.caseId, caseNumber: first.caseNumber, entryId: first.id, tenths }]
  })
}

/** Where a date stands in a year: its day, or the last one of a year that is over, or the first of one to come. */
export function dayOfYear(year: number, today: string): { dayOfYear: number; daysInYear: number } {
  const now = Temporal.PlainDate.from(today)
  const { daysInYear } = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  if (now.year !== year) return { dayOfYear: now.year > year ? daysInYear : 1, daysInYear }
  return { dayOfYear: now.dayOfYear, daysInYear }
}

/** Tenths as people write days: "2,5" in Italian, "2.5" in English; whole ones without a decimal. */
export function daysText(tenths: number, language: 'it' | 'en'): string {
  const text = String(tenths / 10)
  return language === 'it' ? text.replace('.', ',') : text
}
