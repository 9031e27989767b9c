import { ratingEn } from './texts/rating-en.ts'
import { ratingIt } from './texts/rating-it.ts'

/** What citizens read when they register, rate and report, and what editors read of it, in each language. */
export const ratingTexts = { it: ratingIt, en: ratingEn }
export type RatingTexts = typeof ratingIt
