/** Inputs and outputs of what citizens think of the pages. */
import { z } from '@hono/zod-openapi'
import { longestComment, longestDetail } from './rating-limits.ts'

// What begins like a tag is code, not a comment: refused rather than cleaned, so that nobody's words are changed.
const noCode = (text: string) => !/<\s*[/!?]?\s*[a-z]/i.test(text)

const page = z
  .string()
  .max(200)
  .regex(/^\/[\w./-]+$/)

export const rateInput = z.object({
  page,
  version: z.coerce.number().int().min(1).max(1_000_000),
  answer: z.coerce.number().int().min(1).max(5),
  text: z.string().trim().max(longestComment).refine(noCode).default(''),
})
export type RateInput = z.input<typeof rateInput>
export type Rated = z.output<typeof rateInput>

export const clarityInput = z.object({
  page,
  stars: z.coerce.number().int().min(1).max(5),
  aspect: z.union([z.coerce.number().int().min(1).max(5), z.literal('').transform(() => undefined)]).optional(),
  text: z.string().trim().max(longestDetail).refine(noCode).default(''),
})
export type ClarityInput = z.input<typeof clarityInput>

const count = z.int().min(0)
const five = z.array(count).length(5)

export const ratingBlock = z
  .object({
    from: z.string().openapi({ description: 'First month, YYYY-MM' }),
    to: z.string().openapi({ description: 'Last month: those with fewer than five answers are put together' }),
    answers: five.openapi({ description: 'How many gave each answer, from 1 to 5' }),
    total: count,
  })
  .openapi('RatingBlock')
export type RatingBlock = z.output<typeof ratingBlock>

export const ratedPage = z
  .object({
    question: z.enum(['useful', 'clear']).openapi({ description: 'useful: the social report; clear: the other pages' }),
    page: z.string(),
    version: z.int().nullable(),
    answers: five,
    liked: five.optional().openapi({ description: 'clear: of four and five stars, how many chose each aspect' }),
    difficult: five.optional().openapi({ description: 'clear: of one to three stars, how many chose each aspect' }),
    total: count.openapi({ description: 'Of what is shown; what is not shown yet counts nowhere' }),
    blocks: z.array(ratingBlock),
  })
  .openapi('RatedPage')
export type RatedPage = z.output<typeof ratedPage>

export const ratingResults = z
  .object({
    pages: z.array(ratedPage),
    until: z.string().openapi({ description: 'Last whole month, YYYY-MM: the running one is not shown' }),
    least: z.int(),
  })
  .openapi('RatingResults')
export type RatingResults = z.output<typeof ratingResults>

export const ratingComment = z
  .object({
    id: z.uuid(),
    question: z.enum(['useful', 'clear']),
    page: z.string(),
    version: z.int().nullable(),
    text: z.string(),
  })
  .openapi('RatingComment')
export type RatingComment = z.output<typeof ratingComment>

export const removeCommentInput = z.object({ reason: z.string().trim().min(3).max(200) }).openapi('RemoveRatingComment')
