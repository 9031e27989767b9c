import { retentionEn } from './texts/retention-en.ts'
import { retentionIt } from './texts/retention-it.ts'

/** What is said about keeping and erasing, in each language. */
export const retentionTexts = { it: retentionIt, en: retentionEn }
export type RetentionTexts = typeof retentionIt
