import { boxPagesEn } from './texts/box-pages-en.ts'
import { boxPagesIt } from './texts/box-pages-it.ts'

/** What the pages of the register of mailboxes say. */
export const boxPagesTexts = { it: boxPagesIt, en: boxPagesEn }
