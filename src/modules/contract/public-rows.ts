/**
 * The rows behind a quarter's figures as anybody may read them (contract-logic §4.5): a random id, area, kind, day, working
 * hours elapsed, outcome, leaf of the deciding event. No instant, no office, no name; an area with fewer than five rows of
 * a kind is merged. Made when the quarter is approved, so that their digest is under the seal.
 */
import { randomUUID } from 'node:crypto'
import { openBetween } from '../../platform/calendar.ts'
import type { TxContext } from '../../platform/context.ts'
import { areasOfOffices } from '../organisation/areas.ts'
import { loadCalendar } from '../organisation/calendars.ts'
import { collectItems } from './internal/collect.ts'
import { selectLeaves } from './internal/leaf-queries.ts'
import type { ListedItem } from './internal/observe.ts'
import type { Verification } from './schema.ts'

/** Columns of the file, in their order; the data dictionary describes them. */
export const rowColumns = [
  'row',
  'indicator',
  'period',
  'area',
  'kind',
  'day',
  'working_hours',
  'working_days',
  'counted',
  'in_time',
  'open_overdue',
  'proved',
  'excluded',
  'leaf',
] as const

const smallest = 5
const merged = 'altre aree'

/** The CSV (comma, LF, UTF-8) of every item of a verification; rows in a random order. */
export async function publicRows(ctx: TxContext, { indicators }: Verification): Promise<string> {
  const lines = new Map(
    indicators
      .filter(({ isSubset, observed }) => !isSubset && observed !== null)
      .map((line) => [`${line.code} ${line.period}`, line] as const),
  )
  const rows: string[] = []
  for (const { code, period } of lines.values()) {
    const items = await collectItems(ctx, period, code)
    const leaves = await selectLeaves(
      ctx,
      items.flatMap(({ evidence }) => evidence.endEventId ?? []),
    )
    const areas = await areasOfItems(ctx, items)
    const year = Number(period.slice(0, 4))
    const calendar = await loadCalendar(ctx, null, year - 1, year + 1)
    for (const { evidence, item, isCounted, isOpen, excluded } of items) {
      const end = item.end?.at ?? null
      const from = Math.max(item.start.at, calendar.from)
      const hours = end === null ? '' : (openBetween(calendar, from, Math.max(from, end)) / 3_600_000).toFixed(1)
      rows.push(
        [
          randomUUID(),
          code,
          period,
          quoted(areas.get(evidence.caseId) ?? merged),
          evidence.isReserved ? 'reserved' : evidence.openedKind,
          Temporal.Instant.fromEpochMilliseconds(item.start.at).toZonedDateTimeISO(ctx.zone).toPlainDate().toString(),
          hours,
          item.days ?? '',
          yes(isCounted && excluded === null),
          yes(item.isInTime),
          yes(isOpen && excluded === null),
          yes(item.isProved),
          excluded ?? '',
          evidence.endEventId === null ? '' : (leaves.get(evidence.endEventId) ?? ''),
        ].join(','),
      )
    }
  }
  return [rowColumns.join(','), ...rows.sort(), ''].join('\n')
}

const yes = (value: boolean) => (value ? '1' : '0')
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

// An area with few rows would tell who they are of: it is merged with the others, as is one that merging leaves alone.
async function areasOfItems(ctx: TxContext, items: readonly ListedItem[]): Promise<Map<string, string>> {
  const offices = await areasOfOffices(ctx)
  const named = new Map(items.map(({ evidence }) => [evidence.caseId, offices.get(evidence.officeId ?? '') ?? merged]))
  const counts = new Map<string, number>()
  for (const area of named.values()) counts.set(area, (counts.get(area) ?? 0) + 1)
  const small = new Set([...counts].filter(([, count]) => count < smallest).map(([area]) => area))
  const together = [...counts].reduce(
    (sum, [area, count]) => (small.has(area) || area === merged ? sum + count : sum),
    0,
  )
  if (together > 0 && together < smallest) {
    const [next] = [...counts].filter(([area]) => !small.has(area) && area !== merged).sort((a, b) => a[1] - b[1])
    if (next !== undefined) small.add(next[0])
  }
  return new Map([...named].map(([id, area]) => [id, small.has(area) ? merged : area]))
}
