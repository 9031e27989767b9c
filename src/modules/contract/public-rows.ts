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
  for (const { code, period, measure } of lines.values()) {
    const items = await collectItems(ctx, period, code)
    const leaves = await selectLeaves(
      ctx,
      items.flatMap((one) => decidingEvent(one, measure) ?? []),
    )
    const areas = await areasOfItems(ctx, items)
    const year = Number(period.slice(0, 4))
    const calendar = await loadCalendar(ctx, null, year - 1, year + 1)
    for (const one of items) {
      const { evidence, item, isCounted, isOpen, excluded } = one
      const end = item.end?.at ?? null
      const from = Math.max(item.start.at, calendar.from)
      const hours = end === null ? '' : (openBetween(calendar, from, Math.max(from, end)) / 3_600_000).toFixed(1)
      const event = decidingEvent(one, measure)
      // Of a reserved matter only that there was one: neither its day nor its hours nor its place in the chain.
      const [day, elapsed, leaf] = evidence.isReserved
        ? ['', '', '']
        : [localDay(item.start.at, ctx.zone), hours, event === null ? '' : (leaves.get(event) ?? '')]
      rows.push(
        [
          randomUUID(),
          code,
          period,
          quoted(areas.get(evidence.caseId) ?? merged),
          evidence.isReserved ? 'reserved' : evidence.openedKind,
          day,
          elapsed,
          item.days ?? '',
          yes(isCounted && excluded === null),
          yes(item.isInTime),
          yes(isOpen && excluded === null),
          yes(item.isProved),
          excluded ?? '',
          leaf,
        ].join(','),
      )
    }
  }
  return [rowColumns.join(','), ...rows.sort(), ''].join('\n')
}

const yes = (value: boolean) => (value ? '1' : '0')
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

// What decides an intervention is its taking in charge; anything else its end.
function decidingEvent({ evidence, item }: ListedItem, measure: string): number | null {
  if (item.end === null) return null
  return measure === 'ratio_within_days' ? (evidence.takenEventId ?? evidence.doneEventId) : evidence.doneEventId
}

function localDay(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString()
}

// A few rows of one kind in an area would tell who they are of: they are merged with the others, and when those are few
// too the smallest group that stands by itself joins them.
async function areasOfItems(ctx: TxContext, items: readonly ListedItem[]): Promise<Map<string, string>> {
  const offices = await areasOfOffices(ctx)
  const kindOf = ({ evidence }: ListedItem) => (evidence.isReserved ? 'reserved' : evidence.openedKind)
  const named = new Map<string, string>()
  for (const ofKind of Map.groupBy(items, kindOf).values()) {
    const groups = Map.groupBy(ofKind, ({ evidence }) =>
      evidence.isReserved ? merged : (offices.get(evidence.officeId ?? '') ?? merged),
    )
    const together = new Set(
      [...groups].filter(([area, of]) => area === merged || of.length < smallest).map(([area]) => area),
    )
    const inAll = [...groups].reduce((sum, [area, of]) => (together.has(area) ? sum + of.length : sum), 0)
    const [next] = [...groups].filter(([area]) => !together.has(area)).sort((a, b) => a[1].length - b[1].length)
    if (inAll > 0 && inAll < smallest && next !== undefined) together.add(next[0])
    for (const [area, of] of groups)
      for (const { evidence } of of) named.set(evidence.caseId, together.has(area) ? merged : area)
  }
  return named
}
