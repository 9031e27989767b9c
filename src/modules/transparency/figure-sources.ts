/**
 * Figures that SITEC itself reckons, by name. The registry is the place where other parts add theirs: a name, its words
 * in the texts, its unit, and how it is reckoned for a year.
 */
import { type Context, systemActor } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { type DeskReport, type KindReport, reportDesk } from '../servicedesk/reports.ts'
import { longDate } from './figure-words.ts'
import { type LiveValue, liveKey } from './internal/report-content.ts'
import { reportTexts } from './report-texts.ts'

type Sum = (column: keyof Omit<KindReport, 'kind'>) => number
type FigureSource = {
  /** As papers name units: see `units` of the texts. */
  unit: string
  /** Null when there is nothing to divide by. */
  reckon: (sum: Sum) => number | null
}

const share = (part: number, whole: number) => (whole === 0 ? null : Math.round((part * 1000) / whole) / 10)

/** Figures of the service desk, over the calendar year. */
const ofDesk: Record<string, FigureSource> = {
  cases_opened: { unit: 'count', reckon: (sum) => sum('opened') },
  cases_resolved: { unit: 'count', reckon: (sum) => sum('resolved') },
  share_confirmed: { unit: 'percent', reckon: (sum) => share(sum('confirmed'), sum('resolved')) },
  share_in_time: { unit: 'percent', reckon: (sum) => share(sum('resolutionInTime'), sum('resolutionDue')) },
  share_promises_kept: { unit: 'percent', reckon: (sum) => share(sum('promisesKept'), sum('promisesDue')) },
  share_proved_start: { unit: 'percent', reckon: (sum) => share(sum('provedStart'), sum('opened')) },
}

/** The figures an editor may choose from. */
export function listNamedFigures(ctx: Context): { name: string; label: string; unit: string }[] {
  allow(ctx.actor, 'report.read')
  return Object.entries(ofDesk).map(([name, { unit }]) => ({
    name,
    unit,
    label: reportTexts[ctx.language].live[name] ?? name,
  }))
}

/**
 * The named figures of their years as they are now, by {@link liveKey}; null for one that nobody knows or that cannot be
 * reckoned, such as a share of nothing or a year that has not begun. A preview may show figures of some seconds ago; what
 * is to be kept is reckoned afresh.
 */
export async function reckonFigures(
  ctx: Context,
  wanted: readonly { name: string; year: number }[],
  isToBeKept: boolean,
): Promise<Map<string, LiveValue | null>> {
  const values = new Map<string, LiveValue | null>()
  const today = Temporal.Now.plainDateISO(ctx.zone)
  for (const year of new Set(wanted.map((one) => one.year))) {
    const report = year > today.year ? null : await deskIn(ctx, year, isToBeKept)
    const date = today.toString()
    for (const { name } of wanted.filter((one) => one.year === year))
      values.set(liveKey(name, year), report && reckoned(name, year, report, date))
  }
  return values
}

// Counts of a whole year, without a case or a person: they may be published by who may not read cases.
function deskIn(ctx: Context, year: number, isFresh: boolean): Promise<DeskReport> {
  const reckon = () => reportDesk({ ...ctx, actor: systemActor('Bilancio sociale') }, { period: String(year) })
  return isFresh ? reckon() : ctx.services.live.keep(ctx, `desk report of ${year}`, reckon)
}

// Confirmations of a year arrive after its end too, so a figure bears the day on which it was reckoned.
function reckoned(name: string, year: number, report: DeskReport, date: string): LiveValue | null {
  const source = ofDesk[name]
  const value = source?.reckon((column) => report.kinds.reduce((all, kind) => all + kind[column], 0)) ?? null
  if (source === undefined || value === null) return null
  const { it } = reportTexts
  const period = it.reckonedOn(year, longDate(date, 'it'))
  return { value, unit: source.unit, date, period, source: it.live.source ?? '' }
}
