/** A registered citizen rates a page of the social report: once for each version of it. */
import { randomUUID } from 'node:crypto'
import { keyedDigest } from '../../platform/auth/secrets.ts'
import { unauthenticated } from '../../platform/auth/sessions.ts'
import { type Services, type TxContext, transact } from '../../platform/context.ts'
import { appendEvent } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { fail } from '../../platform/problem.ts'
import type { Citizen } from './citizen-sessions.ts'
import { lockCitizen } from './internal/citizen-queries.ts'
import { claimRater, insertRating, linkRater, selectLinkedPages, unlinkRater } from './internal/rating-queries.ts'
import { requireRateable } from './rating-pages.ts'
import { alreadyRated } from './rating-problems.ts'
import { citizenPeriods } from './rating-retention.ts'
import { type Rated, type RateInput, rateInput } from './rating-schema.ts'

/** What was answered, if it may be: also before anybody is signed in. Refused: a page that is not rated, code, too long a text. */
export async function checkRating(ctx: Citizen['context'], input: RateInput): Promise<Rated> {
  const rated = parse(rateInput, input)
  await transact(ctx, (ctx) => requireRateable(ctx, rated.page, rated.version))
  return rated
}

/**
 * Keeps an answer. Beside it there is only that somebody has rated this page in this version, under a hash with the
 * installation's key; which answer is theirs is known for thirty days. A second answer to the same version is refused.
 */
export async function ratePage(citizen: Citizen, input: RateInput): Promise<void> {
  const { page, version, answer, text } = parse(rateInput, input)
  await transact(citizen.context, async (ctx) => {
    const { email } = (await lockCitizen(ctx, citizen.citizenId)) ?? fail(unauthenticated())
    await requireRateable(ctx, page, version)
    const today = Temporal.Now.plainDateISO(ctx.zone)
    const rater = raterOf(ctx.services, email, page)
    const forgetOn = `${today.year + 1}-12-31`
    if (!(await claimRater(ctx, { page, version, rater, forgetOn }))) fail(alreadyRated())
    const id = randomUUID()
    const event = await appendEvent(ctx, {
      subjectType: 'page_rating',
      subjectId: id,
      kind: 'rating.sent',
      version: 1,
      witness: 'U',
      payload: { page, version, answer },
      ...(text !== '' && { text: { text } }),
      retention: 'rating',
    })
    const day = today.toString()
    await insertRating(ctx, { id, page, version, answer, day, eventId: event.id, hasText: text !== '' })
    const severOn = today.add({ days: citizenPeriods.raterLinkDays }).toString()
    await linkRater(ctx, { page, version, rater, ratingId: id, severOn })
    ctx.services.live.announce(ctx)
  })
}

/** The keyed hash of a person and a page: the same after a new registration, and worth nothing without the key. */
export function raterOf(services: Pick<Services, 'secret'>, email: string, page: string): Buffer {
  return keyedDigest(keyedDigest(services.secret, 'who rated a page'), `${email} ${page}`)
}

/** Cuts the link between a person and their answers, now. */
export async function severRater(ctx: TxContext, email: string): Promise<void> {
  const pages = await selectLinkedPages(ctx)
  await unlinkRater(
    ctx,
    pages.map((page) => raterOf(ctx.services, email, page)),
  )
}
