/** How a visit told later is refused, in the technician's words. */
import { Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import type { CaseState } from './internal/lifecycle.ts'
import { fieldEn } from './texts/field-en.ts'
import { type FieldTexts, fieldIt } from './texts/field-it.ts'
import { deskTexts } from './texts.ts'

export const fieldTexts = { it: fieldIt, en: fieldEn }

/** The case is out of the technician's sight by now. */
export function notYours(): Problem {
  return changed('visit_not_yours', (t) => t.problems.notYours)
}

/** The case was entrusted to another team after the phone saw it. */
export function movedTo(team: string): Problem {
  return changed('visit_moved', (t) => t.problems.movedTo(team))
}

/** The case ended, or was resolved by somebody else, after the phone saw it. */
export function endedAs(state: CaseState): Problem {
  return new Problem('conflict', 'visit_ended', {
    it: fieldIt.problems.ended(deskTexts.it.states[state]),
    en: fieldEn.problems.ended(deskTexts.en.states[state]),
  })
}

/** Somebody else is signed in on the phone that holds the visit. */
export function otherPerson(): Problem {
  return changed('visit_other_person', (t) => t.problems.otherPerson)
}

function changed(code: string, pick: (texts: FieldTexts) => string): Problem {
  return new Problem('conflict', code, say(fieldTexts, pick))
}
