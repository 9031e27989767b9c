/** How the organisation module refuses, in the user's words. */

import { invalid } from '../../platform/http/parse.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { dayAndTime, say } from '../../platform/texts.ts'
import { type OrganisationTexts, organisationTexts } from './texts.ts'

/** Who changed a row last and when; `by` is null for SITEC itself. */
export type Change = { by: string | null; at: string; zone: string }

/** Somebody changed the row after this form was shown. */
export function stale(change: Change | null): Problem {
  if (change === null)
    return new Problem(
      'conflict',
      'stale',
      say(organisationTexts, (t) => t.problems.changedMeanwhile),
    )
  const now = new Date().toISOString()
  const { it, en } = organisationTexts
  return new Problem('conflict', 'stale', {
    it: it.problems.stale(change.by ?? 'SITEC', dayAndTime(change.at, now, change.zone, 'it')),
    en: en.problems.stale(change.by ?? 'SITEC', dayAndTime(change.at, now, change.zone, 'en')),
  })
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function conflict(code: string, pick: (texts: OrganisationTexts) => string): Problem {
  return new Problem('conflict', code, say(organisationTexts, pick))
}

/** One wrong field of this module's own. */
export function wrongField(path: string, pick: (texts: OrganisationTexts) => string): FieldProblem {
  return { path, say: say(organisationTexts, pick) }
}

/** The `invalid` Problem of one wrong field. */
export function wrong(path: string, pick: (texts: OrganisationTexts) => string): Problem {
  return invalid([wrongField(path, pick)])
}
