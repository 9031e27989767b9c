import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What the service desk says, in each language. */
export const deskTexts = { it, en }
export type DeskTexts = typeof it
