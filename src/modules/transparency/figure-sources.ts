/**
 * Figures that SITEC itself reckons, by name. The registry is the place where other parts add theirs: a name, its words
 * in the texts, its unit, and how it is reckoned for a year.
 */
import { type Context, systemActor } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { say } from '../../platform/texts.ts'
import { type DeskReport, type KindReport, reportDesk } from '../servicedesk/reports.ts'
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
 * reckoned, such as a share of nothing or a year that has not begun.
 */
export async function reckonFigures(
  ctx: Context,
  wanted: readonly { name: string; year: number }[],
): Promise<Map<string, LiveValue | null>> {
  const values = new Map<string, LiveValue | null>()
  const today = Temporal.Now.plainDateISO(ctx.zone)
  for (const year of new Set(wanted.map((one) => one.year))) {
    const report = year > today.year ? null : await deskIn(ctx, year)
    const date = year < today.year ? `${year}-12-31` : today.toString()
    for (const { name } of wanted.filter((one) => one.year === year))
      values.set(liveKey(name, year), report && reckoned(name, report, date))
  }
  return values
}

// Counts of a whole year, without a case or a person: they may be published by who may not read cases.
function deskIn(ctx: Context, year: number): Promise<DeskReport> {
  return reportDesk({ ...ctx, actor: systemActor('Bilancio sociale') }, { period: String(year) })
}

function reckoned(name: string, report: DeskReport, date: string): LiveValue | null {
  const source = ofDesk[name]
  const value = source?.reckon((column) => report.kinds.reduce((all, kind) => all + kind[column], 0)) ?? null
  if (source === undefined || value === null) return null
  return { value, unit: source.unit, date, source: say(reportTexts, (t) => t.live.source ?? '').it }
}
