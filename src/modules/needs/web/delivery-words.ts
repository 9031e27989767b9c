import { sayCents } from '../../../platform/money.ts'
import { daysAhead, wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { deliveryPagesTexts } from '../delivery-pages-texts.ts'
import { needsTexts } from '../texts.ts'

/** The words of these pages in the language of the page, with its ways to write amounts, numbers and days. */
export function useDeliveryWords() {
  const { language, zone, now } = useShell()
  const date = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  return {
    language,
    t: deliveryPagesTexts[language],
    terms: needsTexts[language],
    /** "1234.50" as "1.234,50". */
    amount: (text: string) => sayCents(text, language),
    /** "1234.50" as people type it: no grouping. */
    typed: (text: string) => (language === 'it' ? text.replace('.', ',') : text),
    count: (value: number) => wholeNumber(value, language),
    /** A day as "10 giu 2024". */
    day: (iso: string) => date.format(new Date(`${iso}T00:00:00Z`)),
    /** How many days are left until a day; negative when it is past. */
    daysLeft: (iso: string) => daysAhead(`${iso}T12:00:00Z`, now, zone),
    /** Today in the administration's zone, ISO. */
    today: new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(now)),
  }
}
