/** Writing articles: draft, change, publish, review, retire. Every version is an event. */
import { randomUUIDv7 } from 'node:crypto'
import type { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { invalid, parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import {
  type AddArticleInput,
  addArticleInput,
  articleVersionInput,
  type ChangeArticleInput,
  type ChangedArticle,
  changeArticleInput,
  reviewArticleInput,
} from './article-schema.ts'
import { articleAllows } from './internal/article-life.ts'
import {
  type ArticleWords,
  insertArticle,
  lockArticle,
  selectPersonHere,
  updateArticle,
} from './internal/article-queries.ts'
import { recordHappening, requireSeen } from './internal/knowledge-record.ts'
import { standing, wrongRow } from './knowledge-problems.ts'

/** Writes a new article, as a draft nobody is offered yet. */
export async function addArticle(ctx: Context, input: AddArticleInput): Promise<ChangedArticle> {
  allow(ctx.actor, 'article.manage')
  const request = parse(addArticleInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'article.add', request, id)
    if (earlier !== null) return { id: earlier, state: 'draft', version: 1 }
    const words = await checkedWords(ctx, request, ctx.actor.personId)
    const at = await recordHappening(ctx, happening('article.drafted', id, words))
    await insertArticle(ctx, id, words, at)
    return { id, state: 'draft', version: 1 }
  })
}

/** Changes the words of an article; of a published one only who may publish. */
export async function changeArticle(ctx: Context, id: string, input: ChangeArticleInput): Promise<ChangedArticle> {
  allow(ctx.actor, 'article.manage')
  const { version, ...request } = parse(changeArticleInput, input)
  return transact(ctx, async (ctx) => {
    const found = await articleFor(ctx, id, 'change', version)
    if (found.state === 'published') allow(ctx.actor, 'article.publish')
    const words = await checkedWords(ctx, request, found.owner_id)
    const at = await recordHappening(ctx, happening('article.changed', id, words))
    await updateArticle(ctx, id, { words }, at)
    return { id, state: found.state, version: found.version + 1 }
  })
}

/** Offers an article to its readers. */
export async function publishArticle(
  ctx: Context,
  id: string,
  input: z.input<typeof articleVersionInput> = {},
): Promise<ChangedArticle> {
  allow(ctx.actor, 'article.publish')
  const { version } = parse(articleVersionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await articleFor(ctx, id, 'publish', version)
    const at = await recordHappening(ctx, {
      subjectType: 'article',
      subjectId: id,
      kind: 'article.published',
      payload: { version: found.version },
    })
    await updateArticle(ctx, id, { state: 'published', publishedAt: at }, at)
    return { id, state: 'published', version: found.version + 1 }
  })
}

/** Takes an article away from its readers; a draft may be withdrawn by who may write, a published one by who may publish. */
export async function retireArticle(
  ctx: Context,
  id: string,
  input: z.input<typeof articleVersionInput> = {},
): Promise<ChangedArticle> {
  allow(ctx.actor, 'article.manage')
  const { version } = parse(articleVersionInput, input)
  return transact(ctx, async (ctx) => {
    const found = await articleFor(ctx, id, 'retire', version)
    if (found.state === 'published') allow(ctx.actor, 'article.publish')
    const at = await recordHappening(ctx, {
      subjectType: 'article',
      subjectId: id,
      kind: 'article.retired',
      payload: {},
    })
    await updateArticle(ctx, id, { state: 'retired' }, at)
    return { id, state: 'retired', version: found.version + 1 }
  })
}

/** "Riletto, va bene": its owner, or who may publish, says until when it may be trusted. */
export async function reviewArticle(
  ctx: Context,
  id: string,
  input: z.input<typeof reviewArticleInput>,
): Promise<ChangedArticle> {
  allow(ctx.actor, 'article.staff')
  const { version, reviewOn } = parse(reviewArticleInput, input)
  return transact(ctx, async (ctx) => {
    const found = await articleFor(ctx, id, 'review', version)
    if (found.owner_id !== ctx.actor.personId) allow(ctx.actor, 'article.publish')
    requireFuture(ctx, reviewOn)
    const payload = { reviewOn }
    const at = await recordHappening(ctx, { subjectType: 'article', subjectId: id, kind: 'article.reviewed', payload })
    await updateArticle(ctx, id, { reviewOn }, at)
    return { id, state: found.state, version: found.version + 1 }
  })
}

async function articleFor(ctx: TxContext, id: string, act: Parameters<typeof articleAllows>[0], version?: number) {
  const found = (await lockArticle(ctx, id)) ?? fail(notFound())
  await requireSeen(ctx, 'article', found, version)
  if (!articleAllows(act, found.state)) throw standing('article_not_now', (t) => t.articleNotNow[act])
  return found
}

async function checkedWords(
  ctx: TxContext,
  { ownerId: given, ownerEmail, ...words }: z.output<typeof addArticleInput>,
  ownerNow: string | null,
): Promise<ArticleWords> {
  requireFuture(ctx, words.reviewOn)
  const wanted = ownerEmail === undefined ? { id: given ?? ownerNow ?? '' } : { email: ownerEmail }
  const path = ownerEmail === undefined ? 'ownerId' : 'ownerEmail'
  const ownerId = (await selectPersonHere(ctx, wanted)) ?? fail(invalid([wrongRow(path, (t) => t.unknownPerson)]))
  return { ...words, ownerId }
}

// A review in the past is no promise.
function requireFuture(ctx: TxContext, day: string) {
  const today = Temporal.Now.plainDateISO(ctx.zone)
  if (Temporal.PlainDate.compare(day, today) <= 0) throw invalid([wrongRow('reviewOn', (t) => t.reviewInThePast)])
}

function happening(kind: string, id: string, { title, body, keywords, ...rest }: ArticleWords) {
  return { subjectType: 'article' as const, subjectId: id, kind, payload: rest, text: { title, body, keywords } }
}

/** What a person may do to an article now. */
export function permittedOnArticle(
  ctx: Context,
  found: { state: Parameters<typeof articleAllows>[1]; ownerId: string },
): { change: boolean; publish: boolean; retire: boolean; review: boolean } {
  const mayPublish = may(ctx.actor, 'article.publish')
  const mayWrite = may(ctx.actor, 'article.manage') && (found.state !== 'published' || mayPublish)
  const isOwner = found.ownerId === ctx.actor.personId && may(ctx.actor, 'article.staff')
  return {
    change: mayWrite && articleAllows('change', found.state),
    publish: mayPublish && articleAllows('publish', found.state),
    retire: mayWrite && articleAllows('retire', found.state),
    review: (mayPublish || isOwner) && articleAllows('review', found.state),
  }
}
