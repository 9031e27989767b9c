/** Anybody says how clear a public page is: the national question, without an account and without a cookie. */
import { randomUUID } from 'node:crypto'
import { type Context, transact } from '../../platform/context.ts'
import { appendEvent } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { countUse } from '../../platform/network-use.ts'
import { fail } from '../../platform/problem.ts'
import { insertClarity } from './internal/rating-queries.ts'
import { clarityPages } from './rating-limits.ts'
import { notRateable } from './rating-problems.ts'
import { type ClarityInput, clarityInput } from './rating-schema.ts'

/** Answers from one network in a day: a whole office behind one address has room. */
const mostADay = 60

/** Keeps an answer. Refused: a page that is not asked about this way, code, too long a text, too many from one network. */
export async function sendClarity(ctx: Context, input: ClarityInput, network: string): Promise<void> {
  const { page, stars, aspect, text } = parse(clarityInput, input)
  if (!clarityPages.test(page)) fail(notRateable())
  await countUse(ctx.services, 'clarity', network, mostADay)
  await transact(ctx, async (ctx) => {
    const id = randomUUID()
    const event = await appendEvent(ctx, {
      subjectType: 'clarity_answer',
      subjectId: id,
      kind: 'clarity.sent',
      version: 1,
      witness: 'A',
      payload: { page, stars, aspect: aspect ?? null },
      ...(text !== '' && { text: { text } }),
      retention: 'rating',
    })
    const day = Temporal.Now.plainDateISO(ctx.zone).toString()
    await insertClarity(ctx, { id, page, stars, aspect: aspect ?? null, day, eventId: event.id, hasText: text !== '' })
  })
}
