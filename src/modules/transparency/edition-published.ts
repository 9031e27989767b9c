/** What anybody reads: editions as they were published, every version of them, and their figures as files. */
import type { z } from 'zod'
import { type Context, read } from '../../platform/context.ts'
import { csvByteOrderMark, csvLine } from '../../platform/csv.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  type EditionContent,
  type EditionHistory,
  editionContent,
  editionHistory,
  type PublishedEdition,
  type PublishedRow,
  publishedEdition,
  publishedRow,
  type ShownObjective,
} from './edition-schema.ts'
import { unitWord } from './figure-words.ts'
import { editionDifferences } from './internal/report-differences.ts'
import { selectPublished, selectVersion, selectVersions } from './internal/report-version-queries.ts'
import { reportTexts } from './report-texts.ts'

/** The published editions, the newest year first. */
export async function listPublishedEditions(ctx: Context): Promise<PublishedRow[]> {
  return read(ctx, async (ctx) =>
    (await selectPublished(ctx)).map((row) => publishedRow.parse({ ...row, publishedAt: row.published_at })),
  )
}

/** A published edition, the newest version unless a number is given. */
export async function findPublishedEdition(
  ctx: Context,
  { year, number = null }: { year: number; number?: number | null },
): Promise<PublishedEdition> {
  return read(ctx, async (ctx) => {
    const found = (await selectVersion(ctx, year, number)) ?? fail(notFound())
    return publishedEdition.parse({
      ...rowOf(found),
      year: found.year,
      isNewest: found.number === found.last_number,
      firstPublishedAt: found.first_published_at,
      content: JSON.parse(found.content),
    })
  })
}

/** The exact bytes that were published: their SHA-256 is the digest in the event under the seal. */
export async function publishedBytes(ctx: Context, year: number, number: number): Promise<string> {
  return read(ctx, async (ctx) => (await selectVersion(ctx, year, number))?.content ?? fail(notFound()))
}

/** Every version of an edition, each with what changed from the one before. */
export async function findEditionHistory(ctx: Context, year: number): Promise<EditionHistory> {
  return read(ctx, async (ctx) => {
    const rows = await selectVersions(ctx, year)
    const contents = rows.map((row) => editionContent.parse(JSON.parse(row.content)))
    const [newest] = contents
    if (newest === undefined) throw notFound()
    const versions = rows.map((row, index) => {
      const [content, before] = [contents[index], contents[index + 1]]
      return {
        ...rowOf(row),
        differences: content && before ? editionDifferences(before, content, ctx.language) : [],
      }
    })
    return editionHistory.parse({ year, title: newest.title, versions })
  })
}

/** One section, one objective of a content, or "not found". */
export function pickObjective(content: EditionContent, code: string, number: number) {
  const section = content.sections.find((one) => one.code === code) ?? fail(notFound())
  const objective = section.objectives.find((one) => one.number === number) ?? fail(notFound())
  return { section, objective }
}

/** The figures and series of one objective as CSV, one value a line. */
export function objectiveCsv(objective: ShownObjective, language: 'it' | 'en'): string {
  const t = reportTexts[language]
  const { label, year, value, unit, source, asOf, kind } = t.csv
  const head = csvLine([kind, label, year, value, unit, asOf, source])
  return csvByteOrderMark + head + [...linesOf(objective, language)].map((line) => csvLine(line)).join('')
}

function* linesOf(objective: ShownObjective, language: 'it' | 'en'): Generator<(string | number | null)[]> {
  const { csvHow } = reportTexts[language]
  for (const block of objective.blocks) {
    if (block.kind === 'figures')
      for (const one of block.figures) {
        const rest = [Number(one.date.slice(0, 4)), one.value, unitWord(one.unit, language), one.date, one.source]
        yield [csvHow[one.from], one.label, ...rest]
      }
    if (block.kind === 'series')
      for (const { year, values } of block.rows)
        for (const [column, { label, unit, source }] of block.lines.entries()) {
          const value = values[column]
          if (value != null)
            yield [csvHow.series, label, year, value, unitWord(unit, language), `${year}-12-31`, source]
        }
  }
}

type Stored = { number: number; published_at: string; change_note: string; digest: string }

function rowOf(
  row: Stored,
): Pick<z.output<typeof publishedEdition>, 'number' | 'publishedAt' | 'changeNote' | 'digest'> {
  return { number: row.number, publishedAt: row.published_at, changeNote: row.change_note, digest: row.digest }
}
