import { campaignsEn } from './texts/campaigns-en.ts'
import { campaignsIt } from './texts/campaigns-it.ts'

/** What is said of inventory campaigns, in each language. */
export const campaignTexts = { it: campaignsIt, en: campaignsEn }
