/** What the desk did in a period, by kind: counts that open into cases, and the signs by which they could be bent. */
import { z } from '@hono/zod-openapi'
import { type Context, read, type TxContext } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { caseKinds } from './internal/lifecycle.ts'
import { type KindCounts, selectKindCounts } from './internal/report-queries.ts'
import { wrongField } from './problems.ts'
import { deskTexts } from './texts.ts'

export const reportInput = z
  .object({
    period: z
      .string()
      .regex(/^\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$/)
      .openapi({ description: 'A month, a quarter or a year', example: '2026-Q4' }),
  })
  .openapi('DeskReportInput')

const count = z.int()
export const kindReport = z
  .object({
    kind: z.enum(caseKinds),
    opened: count,
    resolved: count.openapi({ description: 'Marked as resolved in the period' }),
    confirmed: count.openapi({ description: 'Of those, confirmed by whoever asked' }),
    silent: count.openapi({ description: 'Of those, closed without an answer' }),
    reopened: count.openapi({ description: 'Of those, reopened at least once' }),
    open: count.openapi({ description: 'Open at the end of the period, or now' }),
    overdue: count.openapi({ description: 'Of those, past their due instant' }),
    takenDue: count.openapi({ description: 'Clocks of taking in charge that fell due in the period' }),
    takenInTime: count,
    resolutionDue: count,
    resolutionInTime: count,
    promisesDue: count.openapi({ description: 'First promised dates that fell due in the period' }),
    promisesKept: count,
    promisesMoved: count,
    provedStart: count.openapi({ description: 'Openings witnessed by somebody other than the supplier' }),
    typedLater: count.openapi({ description: 'Calls typed more than half an hour after they were made' }),
    quick: count.openapi({ description: 'Opened and resolved within ten minutes' }),
    repeated: count.openapi({ description: 'Same subject and office as one ended in the last fifteen days' }),
    duplicates: count,
    withdrawn: count,
    kindChanged: count,
  })
  .openapi('KindReport')
export type KindReport = z.output<typeof kindReport>

export const deskReport = z
  .object({
    period: z.string(),
    from: z.string(),
    until: z.string().openapi({ description: 'The first instant after the period' }),
    isOver: z.boolean(),
    kinds: z.array(kindReport),
    medianPromiseHours: z.number().nullable().openapi({ description: 'Wall time from a promise to its date' }),
    latePromises: count.openapi({ description: 'Given in the last tenth of the life of the case' }),
    promises: count,
  })
  .openapi('DeskReport')
export type DeskReport = z.output<typeof deskReport>

/**
 * The report of a month, quarter or year. A target belongs to the period in which it falls due, and is missed when
 * nothing happened by then, also while the case is open (contract-logic §1.8).
 */
export async function reportDesk(ctx: Context, input: z.input<typeof reportInput>): Promise<DeskReport> {
  allow(ctx.actor, 'desk.report')
  const { period } = parse(reportInput, input)
  const { from, until } = boundsOf(ctx, period)
  if (from > new Date().toISOString()) throw invalid([wrongField('period', (t) => t.problems.periodToCome)])
  return read(ctx, async (ctx) => {
    const { kinds, promises } = await selectKindCounts(ctx, from, until)
    return deskReport.parse({
      period,
      from,
      until,
      isOver: until <= new Date().toISOString(),
      kinds: caseKinds.map((kind) => kinds.find((row) => row.kind === kind) ?? emptyKind(kind)),
      medianPromiseHours: promises.medianHours,
      latePromises: promises.late,
      promises: promises.given,
    })
  })
}

/** The report as CSV: one line a kind. */
export async function reportCsv(ctx: Context, input: z.input<typeof reportInput>): Promise<string> {
  const report = await reportDesk(ctx, input)
  const t = deskTexts[ctx.language]
  const columns = Object.keys(t.report) as (keyof typeof t.report)[]
  const head = csvLine([t.csv.kind, ...columns.map((column) => t.report[column])])
  const lines = report.kinds.map((row) => csvLine([t.kinds[row.kind], ...columns.map((column) => String(row[column]))]))
  return csvByteOrderMark + head + lines.join('')
}

/** The months, newest first, that a page offers; and the quarters they are in. */
export function periodsOffered(ctx: Context, howMany = 13): string[] {
  const now = Temporal.Now.plainDateISO(ctx.zone).toPlainYearMonth()
  const months = Array.from({ length: howMany }, (_, back) => now.subtract({ months: back }))
  const quarters = [...new Set(months.map((month) => `${month.year}-Q${Math.ceil(month.month / 3)}`))]
  return [...quarters, ...months.map(String)]
}

function boundsOf(ctx: Pick<TxContext, 'zone'>, period: string): { from: string; until: string } {
  const [year = '', part = ''] = period.split('-')
  const quarter = /^Q(\d)$/.exec(part)?.[1]
  const month = quarter ? Number(quarter) * 3 - 2 : part === '' ? 1 : Number(part)
  const start = Temporal.PlainDate.from({ year: Number(year), month, day: 1 })
  const end = start.add({ months: quarter ? 3 : part === '' ? 12 : 1 })
  const instant = (day: Temporal.PlainDate) => day.toZonedDateTime(ctx.zone).toInstant().toString()
  return { from: instant(start), until: instant(end) }
}

function emptyKind(kind: KindReport['kind']): KindCounts {
  return {
    kind,
    opened: 0,
    resolved: 0,
    confirmed: 0,
    silent: 0,
    reopened: 0,
    open: 0,
    overdue: 0,
    takenDue: 0,
    takenInTime: 0,
    resolutionDue: 0,
    resolutionInTime: 0,
    promisesDue: 0,
    promisesKept: 0,
    promisesMoved: 0,
    provedStart: 0,
    typedLater: 0,
    quick: 0,
    repeated: 0,
    duplicates: 0,
    withdrawn: 0,
    kindChanged: 0,
  }
}
