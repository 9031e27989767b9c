import { deskItemsEn } from './texts/desk-items-en.ts'
import { deskItemsIt } from './texts/desk-items-it.ts'

/** What is said of cases on items, in each language. */
export const deskItemTexts = { it: deskItemsIt, en: deskItemsEn }
