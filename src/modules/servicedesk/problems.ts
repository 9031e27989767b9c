/** How the service desk refuses, in the user's words. */
import { Problem } from '../../platform/problem.ts'
import { dayAndTime, type Say, say } from '../../platform/texts.ts'
import type { CaseAct, CaseState } from './internal/lifecycle.ts'
import { outgoingTexts } from './outgoing-texts.ts'
import { type DeskTexts, deskTexts } from './texts.ts'

type Change = { by: string | null; at: string; zone: string }

/** Somebody changed the case after this form was shown. */
export function stale(change: Change): Problem {
  return new Problem(
    'conflict',
    'stale',
    both((t, when) => t.problems.stale(change.by ?? t.somebody, when), change),
  )
}

/** Two agents took the same case; the other was first. */
export function alreadyTaken(change: Change): Problem {
  return new Problem(
    'conflict',
    'already_taken',
    both((t, when) => t.problems.alreadyTaken(change.by ?? t.somebody, when), change),
  )
}

/** The act does not fit the state the case is in. */
export function notNow(act: CaseAct, state: CaseState): Problem {
  return new Problem('conflict', 'not_now', {
    it: deskTexts.it.problems.notNow(deskTexts.it.acts[act], deskTexts.it.states[state]),
    en: deskTexts.en.problems.notNow(deskTexts.en.acts[act], deskTexts.en.states[state]),
  })
}

/** Something that was asked for has not been delivered yet. */
export function notDelivered(missing: number): Problem {
  return new Problem('conflict', 'not_delivered', {
    it: deskTexts.it.problems.notDelivered(missing),
    en: deskTexts.en.problems.notDelivered(missing),
  })
}

/** Somebody guesses delivery codes. */
export function tooManyCodes(): Problem {
  return new Problem(
    'too_many',
    'too_many_codes',
    say(deskTexts, (t) => t.problems.tooManyCodes),
  )
}

/** An `invalid` field of the service desk's own. */
export function wrongField(path: string, pick: (texts: DeskTexts) => string): { path: string; say: Say } {
  return { path, say: { it: pick(deskTexts.it), en: pick(deskTexts.en) } }
}

function both(pick: (texts: DeskTexts, when: string) => string, change: Change): Say {
  const now = new Date().toISOString()
  return {
    it: pick(deskTexts.it, dayAndTime(change.at, now, change.zone, 'it')),
    en: pick(deskTexts.en, dayAndTime(change.at, now, change.zone, 'en')),
  }
}

/** A link of a mail was asked for something it is not for. */
export function linkActUnfit(): Problem {
  return new Problem('invalid', 'link_act_unfit', {
    it: outgoingTexts.it.problems.linkActUnfit,
    en: outgoingTexts.en.problems.linkActUnfit,
  })
}
