/** Which pages are asked about, and with which question; the two questions are never mixed. */
import type { TxContext } from '../../platform/context.ts'
import { fail } from '../../platform/problem.ts'
import { notRateable } from './rating-problems.ts'

/** Pages of the social report: "Ti è stata utile questa pagina?". */
const reportPages = /^\/bilancio-sociale\/\d{4}(\/[\w-][\w.-]*)*$/

/** Every other public page: "Quanto sono chiare le informazioni su questa pagina?". */
const clarityPages = /^\/(integrita|sviluppatori|privacy|note-legali|accessibilita|trasparenza(\/[\w-][\w.-]*)*)$/

/** Says whether a page of the report exists in a version. */
export type RateablePages = (ctx: TxContext, page: string, version: number) => Promise<boolean>

// The report fills this in; until it does every address of its own form counts as there.
let rateable: RateablePages = async () => true

/** The report module names the pages it publishes; called once, where the modules are put together. */
export function setRateablePages(pages: RateablePages): void {
  rateable = pages
}

/** Goes on if this page of the report may be rated in this version; throws `not_rateable` otherwise. */
export async function requireRateable(ctx: TxContext, page: string, version: number): Promise<void> {
  if (!isReportPage(page) || !(await rateable(ctx, page, version))) fail(notRateable())
}

export const isReportPage = (page: string): boolean => reportPages.test(page)
export const isClarityPage = (page: string): boolean => clarityPages.test(page)
