import { useShell } from '../../../web/ui/shell.tsx'
import { campaignTexts } from '../campaign-texts.ts'

/** The words of inventory campaigns, in the language of the page. */
export function useCampaignTexts() {
  return campaignTexts[useShell().language]
}
