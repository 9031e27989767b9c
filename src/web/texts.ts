import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What the frame around every page says, and the pages of no module: sign-in, account, errors. */
export const shellTexts = { it, en }
