import { officeAnswersEn } from './texts/office-answers-en.ts'
import { officeAnswersIt } from './texts/office-answers-it.ts'

/** What mails and pages say about what offices say of their deliveries, in each language. */
export const officeAnswersTexts = { it: officeAnswersIt, en: officeAnswersEn }
