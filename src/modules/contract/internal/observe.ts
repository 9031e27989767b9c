/** What SITEC observed of an indicator that counts cases: one pass over the record for as many periods as are asked. */
import type { TxContext } from '../../../platform/context.ts'
import { type CaseEvidence, readEvidence } from '../../servicedesk/evidence.ts'
import type { Figure } from './figures.ts'
import {
  count,
  countsIn,
  emptyTally,
  figureOf,
  type Item,
  type ItemNote,
  itemOf,
  type MeasureTerms,
  type Tally,
} from './measures.ts'
import { boundsOf } from './periods.ts'
import { contractReading, fairReading } from './readings.ts'
import type { IndicatorContent, Reading } from './terms.ts'

/** One scope of many behind a figure: a server, with its share of time up. */
export type Detail = { scope: string; figure: Figure | null }

/** What was observed in one period, in the three readings. */
export type Observed = {
  adopted: Figure | null
  asWritten: Figure | null
  fair: Figure | null
  /** Fell due by the end of the period with nothing done: what the ratio hides. */
  openBacklog: number
  proved: number
  excluded: number
  notes: Partial<Record<ItemNote, number>>
  details: Detail[]
  /** For uptime: milliseconds nobody watched; for calls: whether the carrier's record is there. */
  unknownMs: number
  hasThirdParty: boolean
}

/** An observation before anything is counted in it. */
export function nothingObserved(hasThirdParty: boolean): Observed {
  return {
    ...{ adopted: null, asWritten: null, fair: null },
    ...{ openBacklog: 0, proved: 0, excluded: 0, notes: {}, details: [], unknownMs: 0, hasThirdParty },
  }
}

/** Items of a period as they are listed: one a case, under the adopted reading, with what the fair one says. */
export type ListedItem = {
  evidence: CaseEvidence
  item: Item
  fair: Item | null
  isCounted: boolean
  /** Past its date with nothing done by the end of the period. */
  isOpen: boolean
  excluded: 'agreed' | 'by_manager' | null
}

export type ObserveInput = {
  indicator: IndicatorContent
  terms: Omit<MeasureTerms, 'seen'>
  zone: string
  /** Milliseconds: nothing is known after it. */
  now: number
  /** By "case period". */
  exclusions: ReadonlyMap<string, 'agreed' | 'by_manager'>
}

type Window = { period: string; from: number; until: number; seen: number }
type Counts = { window: Window; adopted: Tally; written: Tally; fair: Tally; observed: Observed }

/** The figures of these periods (in order), and of one of them its items when `list` is given. */
export async function observeCases(
  ctx: TxContext,
  input: ObserveInput,
  periods: readonly string[],
  list?: (item: ListedItem) => void,
): Promise<Map<string, Observed>> {
  const windows = periods.map((period): Window => {
    const { from, until } = boundsOf(period, input.zone)
    return { period, from: Date.parse(from), until: Date.parse(until), seen: Math.min(Date.parse(until), input.now) }
  })
  const counts = windows.map(
    (window): Counts => ({
      window,
      adopted: emptyTally(),
      written: emptyTally(),
      fair: emptyTally(),
      observed: nothingObserved(true),
    }),
  )
  const { kinds, teamIds, withoutTeamIds } = input.indicator.population
  const [first, last] = [windows.at(0), windows.at(-1)]
  if (first === undefined || last === undefined) return new Map()
  const span = { from: new Date(first.from).toISOString(), until: new Date(last.until).toISOString() }
  for await (const chunk of readEvidence(ctx, { kinds, teamIds, withoutTeamIds, ...span }))
    for (const evidence of chunk) for (const one of counts) add(one, evidence, input, list)
  return new Map(counts.map((one) => [one.window.period, close(one, input)]))
}

function add(counts: Counts, evidence: CaseEvidence, input: ObserveInput, list?: (item: ListedItem) => void) {
  const { window, observed } = counts
  if (evidence.start.at >= window.until) return
  const terms = { ...input.terms, seen: window.seen }
  const { adopted } = input.indicator
  const items = readings(evidence, terms, adopted)
  const excluded = input.exclusions.get(`${evidence.caseId} ${window.period}`) ?? null
  const isIn = (item: Item | null, reading: Reading) =>
    item !== null && countsIn(item, reading.population, window.from, window.until, window.seen)
  const isCounted = isIn(items.adopted, adopted)
  const isFair = isIn(items.fair, fairReading)
  if (excluded !== null) {
    if (isCounted) observed.excluded += 1
  } else {
    if (items.adopted !== null && isCounted) {
      count(counts.adopted, items.adopted, terms.calendar, window.seen)
      for (const note of items.adopted.notes) observed.notes[note] = (observed.notes[note] ?? 0) + 1
    }
    if (items.written !== null && isIn(items.written, contractReading))
      count(counts.written, items.written, terms.calendar, window.seen)
    if (items.fair !== null && isFair) count(counts.fair, items.fair, terms.calendar, window.seen)
  }
  const isLeft = evidence.cancelledAt !== null && evidence.cancelledAt <= window.seen
  const isOpen = !isLeft && isOverdue(items.fair, window)
  if (isOpen && excluded === null) observed.openBacklog += 1
  if (list && items.adopted !== null && (isCounted || isFair || isOpen))
    list({ evidence, item: items.adopted, fair: isFair ? items.fair : null, isCounted, isOpen, excluded })
}

function isOverdue(item: Item | null, { seen }: Window): boolean {
  return item !== null && item.dueAt !== null && item.dueAt <= seen && (item.end === null || item.end.at > seen)
}

// Readings that say the same are reckoned once.
function readings(evidence: CaseEvidence, terms: MeasureTerms, adopted: Reading) {
  const written = itemOf(evidence, terms, contractReading)
  const isAsWritten = adopted.taking === contractReading.taking && adopted.promise === contractReading.promise
  return {
    written,
    adopted: isAsWritten && adopted.population === 'dealt_with' ? written : itemOf(evidence, terms, adopted),
    fair: itemOf(evidence, terms, fairReading),
  }
}

function close({ adopted, written, fair, observed }: Counts, { indicator }: ObserveInput): Observed {
  const kind = indicator.measure.kind
  return {
    ...observed,
    adopted: figureOf(adopted, kind),
    asWritten: figureOf(written, kind),
    fair: figureOf(fair, kind),
    proved: adopted.proved,
  }
}
