import { reportEn } from './texts/report-en.ts'
import { reportIt } from './texts/report-it.ts'

/** What the social report says, in each language. */
export const reportTexts = { it: reportIt, en: reportEn }
export type ReportTexts = typeof reportIt
