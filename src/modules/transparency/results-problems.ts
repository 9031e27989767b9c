/** How publishing a quarter is refused. */
import { Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type ResultsTexts, resultsTexts } from './results-texts.ts'

/** What was published stays as it was: a correction is listed beside it. */
export function alreadyPublished(period: string): Problem {
  return new Problem(
    'conflict',
    'already_published',
    say(resultsTexts, (t: ResultsTexts) => t.problems.alreadyPublished(period)),
  )
}
