/** How keeping and erasing are refused. */
import { invalid } from '../../platform/http/parse.ts'
import { Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { retentionTexts } from './retention-texts.ts'

const shown = 10

/** A period shorter than the law's shortest. */
export function wrongPeriod(path: string, least: number): Problem {
  return invalid([{ path, say: say(retentionTexts, (t) => t.problems.tooShort(least)) }])
}

/** The person still has open cases; says which. */
export function openCases(numbers: readonly string[]): Problem {
  const first = numbers.slice(0, shown).join(', ')
  const rest = numbers.length - shown
  return new Problem(
    'conflict',
    'open_cases',
    say(retentionTexts, (t) => t.problems.openCases(first, Math.max(0, rest))),
  )
}

/** Erasing is for ever, and whoever does it must have said so. */
export function notSure(): Problem {
  return invalid([{ path: 'sure', say: say(retentionTexts, (t) => t.erase.sureMissing) }])
}
