import { en } from './texts/en.ts'
import { it } from './texts/it.ts'

/** What the organisation module says, in each language. */
export const organisationTexts = { it, en }
export type OrganisationTexts = typeof it
