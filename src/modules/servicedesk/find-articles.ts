/** Reading articles, and what readers say back: useful or not, and "with this I did not need to ask". */
import { z } from 'zod'
import { type Context, read, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  type ArticleDetail,
  type ArticleRow,
  articleDetail,
  articleRow,
  helpedInput,
  type ListArticlesInput,
  listArticlesInput,
  rateArticleInput,
  type SuggestedArticle,
} from './article-schema.ts'
import { permittedOnArticle } from './articles.ts'
import {
  addHelped,
  lockArticle,
  type SelectedArticle,
  saveRating,
  selectArticle,
  selectArticles,
  selectSuggested,
} from './internal/article-queries.ts'
import { recordHappening, selectHappenings } from './internal/knowledge-record.ts'
import { standing } from './knowledge-problems.ts'

const titleTuple = z.tuple([z.string(), z.uuid()])

/** Articles the actor may read, by title; with words, the best first. */
export async function listArticles(
  ctx: Context,
  input: ListArticlesInput = {},
): Promise<{ rows: ArticleRow[]; nextCursor: string | null }> {
  allow(ctx.actor, 'article.read')
  const { cursor, limit, ...filter } = parse(listArticlesInput, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, filter, titleTuple)
  return read(ctx, async (ctx) => {
    const found = await selectArticles(ctx, filter, after, limit)
    const rows = found.slice(0, limit).map(toRow)
    const last = rows.at(-1)
    const hasMore = found.length > limit && filter.words === ''
    return { rows, nextCursor: hasMore && last ? encodeCursor([last.title, last.id], filter) : null }
  })
}

/** One article with its text; for staff also what was done to it. */
export async function findArticle(ctx: Context, id: string): Promise<ArticleDetail> {
  allow(ctx.actor, 'article.read')
  return read(ctx, async (ctx) => {
    const found = (await selectArticle(ctx, id)) ?? fail(notFound())
    const row = toRow(found)
    const versions = may(ctx.actor, 'article.staff') ? await selectHappenings(ctx, 'article', id, 200) : []
    return articleDetail.parse({
      ...row,
      body: found.body,
      keywords: found.keywords,
      myRating: found.my_rating,
      versions: versions.filter(({ kind }) => !readersWords.includes(kind)).slice(0, 30),
      may: permittedOnArticle(ctx, row),
    })
  })
}

const readersWords = ['article.rated', 'article.helped']

/** Articles that may spare this request, best first; without words the ones that helped most. */
export async function suggestArticles(
  ctx: Context,
  words: string,
  kind: string | null = null,
  limit = 4,
): Promise<SuggestedArticle[]> {
  allow(ctx.actor, 'article.read')
  return read(ctx, (ctx) => selectSuggested(ctx, words.trim().slice(0, 200), kind, limit))
}

/** "È stato utile?": one answer a reader, the last one counts. */
export async function rateArticle(ctx: Context, id: string, input: z.input<typeof rateArticleInput>): Promise<void> {
  allow(ctx.actor, 'article.read')
  const { useful } = parse(rateArticleInput, input)
  await transact(ctx, async (ctx) => {
    await publishedArticle(ctx, id)
    if (ctx.actor.personId === null || !(await saveRating(ctx, id, ctx.actor.personId, useful))) return
    await recordHappening(ctx, { subjectType: 'article', subjectId: id, kind: 'article.rated', payload: { useful } })
  })
}

/** "Ho risolto con questo articolo": a request avoided. The same form sent twice counts once. */
export async function recordHelped(ctx: Context, id: string, input: z.input<typeof helpedInput> = {}): Promise<void> {
  allow(ctx.actor, 'article.read')
  const { kind } = parse(helpedInput, input)
  await transact(ctx, async (ctx) => {
    if ((await claimKey(ctx, 'article.helped', { id, kind }, id)) !== null) return
    await publishedArticle(ctx, id)
    const payload = { kind: kind ?? null }
    await recordHappening(ctx, { subjectType: 'article', subjectId: id, kind: 'article.helped', payload })
    await addHelped(ctx, id)
  })
}

async function publishedArticle(ctx: Parameters<typeof lockArticle>[0], id: string) {
  const found = (await lockArticle(ctx, id)) ?? fail(notFound())
  if (found.state !== 'published') throw standing('article_not_published', (t) => t.articleNotPublished)
}

function toRow(row: SelectedArticle): ArticleRow {
  return articleRow.parse({
    id: row.id,
    title: row.title,
    kinds: row.kinds,
    audience: row.audience,
    state: row.state,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    reviewOn: row.review_on,
    isDue: row.is_due,
    helped: row.helped,
    useful: row.useful,
    notUseful: row.not_useful,
    updatedAt: row.updated_at,
    version: row.version,
  })
}
