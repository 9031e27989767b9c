/** Which pages of the social report may be rated: those that were published. */
import type { TxContext } from '../../platform/context.ts'
import { fail } from '../../platform/problem.ts'
import { findPublishedEdition, pickObjective } from './edition-published.ts'
import { reportPages } from './rating-limits.ts'
import { notRateable } from './rating-problems.ts'

/** Goes on if this page of the report was published in this version; refuses with 404 otherwise. */
export async function requireRateable(ctx: TxContext, page: string, number: number): Promise<void> {
  const [, year, section, objective] = reportPages.exec(page) ?? fail(notRateable())
  const { content } = await findPublishedEdition(ctx, { year: Number(year), number })
  if (section === undefined) return
  if (objective !== undefined) pickObjective(content, section, Number(objective))
  else if (!content.sections.some(({ code }) => code === section)) fail(notRateable())
}
