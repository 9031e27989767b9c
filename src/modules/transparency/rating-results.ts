/** What citizens answered, for who edits and who answers for the pages. */
import { type Context, read, transact } from '../../platform/context.ts'
import { csvByteOrderMark, writeCsv } from '../../platform/csv.ts'
import { appendEvent, eraseText, witnessOf } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { blocksOf, leastShown, type MonthTally, sumsOf } from './internal/rating-blocks.ts'
import { dropText, lockComment, selectComments, selectTallies, type Tally } from './internal/rating-queries.ts'
import {
  type RatedPage,
  type RatingComment,
  type RatingResults,
  ratingComment,
  ratingResults,
  removeCommentInput,
} from './rating-schema.ts'

/** Comments shown at once. */
const mostComments = 500

/** Answers by page and version, over time, in whole months and groups of five at least. */
export async function findRatingResults(ctx: Context): Promise<RatingResults> {
  allow(ctx.actor, 'rating.read')
  const thisMonth = Temporal.Now.plainDateISO(ctx.zone).with({ day: 1 })
  const tallies = await read(ctx, (ctx) => selectTallies(ctx, thisMonth.toString()))
  const pages = Map.groupBy(tallies, ({ question, page, version }) => `${question} ${page} ${version}`)
  return ratingResults.parse({
    pages: [...pages.values()].flatMap(pageOf),
    until: thisMonth.subtract({ months: 1 }).toPlainYearMonth().toString(),
    least: leastShown,
  })
}

function pageOf(tallies: readonly Tally[]): RatedPage[] {
  const [first] = tallies
  if (first === undefined) return []
  const { question, page, version } = first
  const blocks = blocksOf(monthsOf(tallies, ({ answer }) => answer))
  // Who liked something and who found it difficult are two groups, each shown from five on.
  const chosen = (isOf: (answer: number) => boolean) =>
    sumsOf(blocksOf(monthsOf(tallies, ({ answer, aspect }) => (isOf(answer) ? aspect : null)))).answers
  const [liked, difficult] = [chosen((answer) => answer > 3), chosen((answer) => answer <= 3)]
  return [{ question, page, version, ...sumsOf(blocks), blocks, ...(question === 'clear' && { liked, difficult }) }]
}

// What is counted is an answer from 1 to 5; rows that have none are of another group.
function monthsOf(tallies: readonly Tally[], counted: (row: Tally) => number | null): MonthTally[] {
  return [...Map.groupBy(tallies, ({ month }) => month)].map(([month, rows]) => {
    const answers = [0, 0, 0, 0, 0]
    for (const row of rows) {
      const answer = counted(row)
      if (answer !== null) answers[answer - 1] = (answers[answer - 1] ?? 0) + row.n
    }
    return { month, answers }
  })
}

const csvHeader = ['domanda', 'pagina', 'versione', 'dal_mese', 'al_mese', 'risposta', 'quante']

/** The same as the page shows, one line for each answer of each group. */
export async function exportRatings(ctx: Context): Promise<string> {
  const { pages } = await findRatingResults(ctx)
  const lines = pages.flatMap(({ question, page, version, blocks }) =>
    blocks.flatMap(({ from, to, answers }) =>
      answers.map((n, at) => [question === 'useful' ? 'utile' : 'chiara', page, version, from, to, at + 1, n]),
    ),
  )
  return csvByteOrderMark + writeCsv(csvHeader, lines)
}

/** What citizens wrote, without the answer it came with and without its day: who wrote is not to be guessed. */
export async function listComments(ctx: Context): Promise<{ rows: RatingComment[] }> {
  allow(ctx.actor, 'rating.comment')
  const rows = await read(ctx, (ctx) => selectComments(ctx, mostComments))
  return {
    rows: rows.map(({ content, ...row }) => ratingComment.parse({ ...row, text: JSON.parse(content).text })),
  }
}

/** Removes what somebody wrote, for ever, with a reason that stays; the answer counts on. Refused: there is no such text. */
export async function removeComment(ctx: Context, id: string, input: { reason: unknown }): Promise<{ id: string }> {
  allow(ctx.actor, 'rating.comment')
  const { reason } = parse(removeCommentInput, input)
  return transact(ctx, async (ctx) => {
    const found = (await lockComment(ctx, id)) ?? fail(notFound())
    if (!(await dropText(ctx, found.question, [found.event_id]))) fail(notFound())
    await eraseText(ctx, [found.event_id], reason)
    await appendEvent(ctx, {
      subjectType: found.question === 'useful' ? 'page_rating' : 'clarity_answer',
      subjectId: id,
      kind: 'rating.comment_removed',
      version: 1,
      witness: witnessOf(ctx),
      payload: {},
      text: { reason },
      retention: 'organisation',
    })
    return { id }
  })
}
