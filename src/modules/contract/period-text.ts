/** What an address may name as a period. */
import { periodPattern, quarterPattern } from './internal/periods.ts'

export {
  before as periodBefore,
  daysOf as daysOfPeriod,
  periodsIn,
  quarterOf,
  quarterOfDay,
} from './internal/periods.ts'

/** Whether a text is a month or a quarter. */
export function isPeriod(text: string | undefined): text is string {
  return text !== undefined && periodPattern.test(text)
}

/** Whether a text is a quarter. */
export function isQuarter(text: string): boolean {
  return quarterPattern.test(text)
}
