/** How citizens are refused, in their words. */
import { invalid } from '../../platform/http/parse.ts'
import { Problem, type ProblemKind } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type RatingTexts, ratingTexts } from './rating-texts.ts'

type Problems = RatingTexts['problems']

const refusal = (kind: ProblemKind, code: string, pick: (texts: Problems) => string) =>
  new Problem(
    kind,
    code,
    say(ratingTexts, (t) => pick(t.problems)),
  )

/** One field that is wrong for a reason of this module's. */
export const wrongField = (path: string, pick: (texts: Problems) => string) =>
  invalid([{ path, say: say(ratingTexts, (t) => pick(t.problems)) }])

/** Somebody rates the same page in the same version again. */
export const alreadyRated = () => refusal('conflict', 'already_rated', (t) => t.alreadyRated)

/** There is no such page, or it is not one that is rated this way. */
export const notRateable = () => refusal('not_found', 'not_rateable', (t) => t.notRateable)

/** A person of the administration rates: only registered citizens do. */
export const citizensOnly = () => refusal('forbidden', 'citizens_only', (t) => t.citizensOnly)

/** The comment that was kept over the sign-in is older than a quarter of an hour. */
export const draftGone = () => wrongField('text', (t) => t.draftGone)

/** No mail can be sent, so no address can be confirmed. */
export const registrationClosed = () => refusal('unavailable', 'mail_unset', (t) => t.registrationClosed)

/** The link was good for a day. */
export const linkExpired = () => refusal('conflict', 'link_expired', (t) => t.linkExpired)

/** The address can sign in already. */
export const alreadyConfirmed = () => refusal('conflict', 'already_confirmed', (t) => t.alreadyConfirmed)

/** Somebody changed the settings after this form was shown. */
export const settingsChanged = () => refusal('conflict', 'stale', (t) => t.settingsChanged)

/** Nobody is there to follow a report. */
export const nobodyFollows = () => refusal('unavailable', 'nobody_follows', (t) => t.nobodyFollows)
