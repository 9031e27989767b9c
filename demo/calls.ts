/** A year of calls to the demo's desk, as the carrier and as the company's exchange wrote them down. */
import type { CallOutcome } from '../src/modules/operations/vocabulary.ts'
import type { Random } from './random.ts'
import { demoRules } from './rules.ts'
import { arrivals, daysOfHistory } from './volumes.ts'

/** Calls of a year at scale 1: a real report of four quarters counts 16,765. */
const yearlyCalls = 17_000

// How calls end, out of a thousand. Of the year's report the company says that none is lost.
const outcomes: readonly (readonly [CallOutcome, number])[] = [
  ['answered', 934],
  ['abandoned', 38],
  ['busy', 14],
  ['ivr_end', 8],
  ['voicemail', 4],
  ['overflow', 2],
]

/**
 * The lines of both files. The exchange never sees a busy line, and shows one in three of the calls that were given up:
 * what is lost before it rings there is known to the carrier alone.
 */
export function callLines(random: Random, untilMs: number, scale: number): { carrier: string[]; exchange: string[] } {
  const header = 'started_at;outcome;waited_s;source;answered_at;ended_at;reference'
  const carrier = [header]
  const exchange = [header]
  const { calendar } = demoRules(untilMs)
  const howMany = Math.round(yearlyCalls * scale)
  const instants = arrivals(random, calendar, howMany, untilMs - daysOfHistory * 86_400_000, untilMs - 3_600_000)
  for (const [index, at] of instants.entries()) {
    const start = Math.floor(at / 1000) * 1000
    const outcome = outcomeOf(random.whole(0, 999))
    const waited = outcome === 'busy' ? 0 : random.whole(3, outcome === 'answered' ? 70 : 160)
    const talked = outcome === 'answered' ? random.whole(40, 600) : 0
    const answered = outcome === 'answered' ? iso(start + waited * 1000) : ''
    const times = `${answered};${iso(start + (waited + talked) * 1000)}`
    carrier.push(`${iso(start)};${outcome};${waited};carrier;${times};C${index + 1}`)
    const isShown = outcome === 'answered' || (outcome === 'abandoned' && random.chance(1 / 3))
    if (isShown) exchange.push(`${iso(start + 2000)};${outcome};${waited};exchange;${shifted(times)};Q${index + 1}`)
  }
  return { carrier, exchange }
}

function outcomeOf(drawn: number): CallOutcome {
  let upTo = 0
  for (const [outcome, share] of outcomes) {
    upTo += share
    if (drawn < upTo) return outcome
  }
  return 'answered'
}

// The exchange's clock is two seconds late.
function shifted(times: string): string {
  return times
    .split(';')
    .map((at) => (at === '' ? '' : iso(Date.parse(at) + 2000)))
    .join(';')
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
