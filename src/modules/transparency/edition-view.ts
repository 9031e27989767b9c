/** One page of an edition out of its content: the edition, a section or an objective. Pure. */
import { fail, notFound } from '../../platform/problem.ts'
import { pickObjective } from './edition-published.ts'
import { type EditionContent, type PublishedEdition, type ReportView, reportView } from './edition-schema.ts'

/** Which page: without section the edition itself, without objective the section. As in addresses. */
export type Place = { section?: string | undefined; objective?: string | undefined }

/** The page of a published edition; an older version has an address of its own. */
export function publishedView(found: PublishedEdition, isOld: boolean, place: Place): ReportView {
  const { content, year, number, publishedAt, changeNote, digest, isNewest, firstPublishedAt } = found
  const base = `/bilancio-sociale/${year}${isOld ? `/versioni/${number}` : ''}`
  return reportView.parse({
    ...{ base, charts: `/bilancio-sociale/grafici/${year}/${number}`, ...headOf(content) },
    published: { number, publishedAt, changeNote, digest, isNewest, firstPublishedAt },
    page: pageOf(content, place),
  })
}

/** The same page of an edition that is not published. */
export function previewView(content: EditionContent, place: Place): ReportView {
  const { year } = content
  return reportView.parse({
    ...{ base: `/redazione/${year}/anteprima`, charts: `/redazione/${year}/grafici`, ...headOf(content) },
    published: null,
    page: pageOf(content, place),
  })
}

/** The whole number in an address, or "not found". */
export function numberIn(text: string | undefined): number {
  return /^\d{1,4}$/.test(text ?? '') ? Number(text) : fail(notFound())
}

const headOf = ({ year, title, office }: EditionContent) => ({ year, title, office })

function pageOf(content: EditionContent, { section: code, objective: number }: Place): ReportView['page'] {
  if (code === undefined) {
    const { summary, lines, sections } = content
    return { what: 'edition', summary, lines, sections }
  }
  if (number !== undefined) {
    const { objective } = pickObjective(content, code, numberIn(number))
    return { what: 'objective', code, objective }
  }
  const section = content.sections.find((one) => one.code === code) ?? fail(notFound())
  return { what: 'section', ...section }
}
