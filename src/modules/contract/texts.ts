import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What the contract says, in each language. */
export const contractTexts = { it, en }
export type ContractTexts = typeof it
