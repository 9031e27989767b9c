import { planPagesEn } from './texts/plan-pages-en.ts'
import { planPagesIt } from './texts/plan-pages-it.ts'

/** What the pages of plan, sheet and line say, in each language. */
export const planPagesTexts = { it: planPagesIt, en: planPagesEn }
export type PlanPagesTexts = typeof planPagesIt
