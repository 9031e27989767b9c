/** When a mailbox was last used, and how that is told of a person's. Pure. */
import type { ActivityBand } from '../box-vocabulary.ts'

type Dates = { lastReceivedOn: string | null; lastReadOn: string | null; lastSentOn: string | null }

/** The newest of the days on which something came in, was read or went out. */
export function lastUsedOn({ lastReceivedOn, lastReadOn, lastSentOn }: Dates): string | null {
  return [lastReceivedOn, lastReadOn, lastSentOn].reduce<string | null>(
    (newest, day) => (day !== null && (newest === null || day > newest) ? day : newest),
    null,
  )
}

/** A day so many days before another. */
export function daysBefore(today: string, days: number): string {
  return Temporal.PlainDate.from(today).subtract({ days }).toString()
}

/** The band that is kept of a personal mailbox in place of any date; null when nothing is known. */
export function bandOf(usedOn: string | null, messageCount: number | null, today: string): ActivityBand | null {
  if (usedOn === null) return messageCount === 0 ? 'never' : null
  if (usedOn >= daysBefore(today, 180)) return 'recent'
  return usedOn >= daysBefore(today, 365) ? 'this_year' : 'older'
}
