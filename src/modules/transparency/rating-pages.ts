/** Which pages are asked about, and with which question; the two questions are never mixed. */
import type { TxContext } from '../../platform/context.ts'
import { fail } from '../../platform/problem.ts'
import { findPublishedEdition, pickObjective } from './edition-published.ts'
import { notRateable } from './rating-problems.ts'

/** Pages of the social report: "Ti è stata utile questa pagina?". Year, then section, then objective; or a page of words. */
const reportPages = /^\/bilancio-sociale\/(\d{4})(?:\/([1-9]\d?(?:-[A-Z])?)(?:\/(\d{1,2}))?|\/[a-z][a-z-]*)?$/

/** Every other public page: "Quanto sono chiare le informazioni su questa pagina?". */
const clarityPages = /^\/(integrita|sviluppatori|privacy|note-legali|accessibilita|trasparenza(\/[\w-][\w.-]*)*)$/

/** Goes on if this page of the report was published in this version; refuses with 404 otherwise. */
export async function requireRateable(ctx: TxContext, page: string, number: number): Promise<void> {
  const [, year, section, objective] = reportPages.exec(page) ?? fail(notRateable())
  const { content } = await findPublishedEdition(ctx, { year: Number(year), number })
  if (section === undefined) return
  if (objective !== undefined) pickObjective(content, section, Number(objective))
  else if (!content.sections.some(({ code }) => code === section)) fail(notRateable())
}

export const isReportPage = (page: string): boolean => reportPages.test(page)
export const isClarityPage = (page: string): boolean => clarityPages.test(page)
