/** Inputs and outputs of articles. */
import { z } from '@hono/zod-openapi'
import { caseKinds } from './internal/lifecycle.ts'

export const articleStates = ['draft', 'published', 'retired'] as const
export type ArticleState = (typeof articleStates)[number]

/** Who reads an article once it is published. */
export const audiences = ['everybody', 'staff'] as const

const version = z.coerce.number().int().min(1).optional()
const title = z.string().trim().min(3).max(200)
const date = z.iso.date().openapi({ format: 'date', example: '2027-03-01' })
/** The kinds something is for; none means all. */
export const kindList = z.array(z.enum(caseKinds)).max(20).default([])

export const addArticleInput = z
  .object({
    title,
    body: z
      .string()
      .trim()
      .min(1)
      .max(20_000)
      .openapi({ description: 'Plain text: blank lines part paragraphs, lines with "- " or "1. " are lists' }),
    keywords: z.string().trim().max(500).default('').openapi({ description: 'How people call it, besides the title' }),
    kinds: kindList,
    audience: z.enum(audiences).default('everybody'),
    reviewOn: date.openapi({ description: 'When somebody must read it again' }),
    ownerId: z.uuid().optional().openapi({ description: 'Who answers for it; whoever writes it when absent' }),
    ownerEmail: z.email().toLowerCase().optional().openapi({ description: 'Who answers for it, instead of ownerId' }),
  })
  .openapi('AddArticle')
export type AddArticleInput = z.input<typeof addArticleInput>

export const changeArticleInput = addArticleInput.extend({ version }).openapi('ChangeArticle')
export type ChangeArticleInput = z.input<typeof changeArticleInput>

export const articleVersionInput = z.object({ version }).openapi('ArticleVersion')
export const reviewArticleInput = z.object({ version, reviewOn: date }).openapi('ReviewArticle')
export const rateArticleInput = z
  .object({
    useful: z
      .union([z.boolean(), z.enum(['yes', 'no']).transform((said) => said === 'yes')])
      .openapi({ type: 'boolean' }),
  })
  .openapi('RateArticle')
export const helpedInput = z.object({ kind: z.enum(caseKinds).optional() }).openapi('ArticleHelped')

export const articleViews = ['published', 'draft', 'due', 'retired', 'all'] as const
export const listArticlesInput = z
  .object({
    view: z.enum(articleViews).default('published'),
    words: z.string().trim().max(200).default(''),
    kind: z.enum(caseKinds).optional(),
    cursor: z.string().max(1000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  })
  .openapi('ListArticles')
export type ListArticlesInput = z.input<typeof listArticlesInput>

export const articleRow = z
  .object({
    id: z.uuid(),
    title: z.string(),
    kinds: z.array(z.enum(caseKinds)),
    audience: z.enum(audiences),
    state: z.enum(articleStates),
    ownerId: z.uuid(),
    ownerName: z.string().openapi({ description: 'The party’s name when its people are not named to the reader' }),
    reviewOn: date,
    isDue: z.boolean().openapi({ description: 'Published, and its review date has passed' }),
    helped: z.int().openapi({ description: 'Requests avoided: "Ho risolto con questo articolo"' }),
    useful: z.int(),
    notUseful: z.int(),
    updatedAt: z.string().openapi({ format: 'date-time' }),
    version: z.int(),
  })
  .openapi('ArticleRow')
export type ArticleRow = z.output<typeof articleRow>

export const articlePage = z
  .object({ rows: z.array(articleRow), nextCursor: z.string().nullable() })
  .openapi('ArticlePage')

export const articleDetail = articleRow
  .extend({
    body: z.string(),
    keywords: z.string(),
    myRating: z.boolean().nullable(),
    versions: z
      .array(
        z.object({
          at: z.string().openapi({ format: 'date-time' }),
          kind: z.string().openapi({ example: 'article.published' }),
          by: z.string().nullable(),
        }),
      )
      .openapi({ description: 'What was done to it, newest first; for staff' }),
    may: z.object({ change: z.boolean(), publish: z.boolean(), retire: z.boolean(), review: z.boolean() }),
  })
  .openapi('Article')
export type ArticleDetail = z.output<typeof articleDetail>

/** A title that may spare a request. */
export const suggestedArticle = z.object({ id: z.uuid(), title: z.string() }).openapi('SuggestedArticle')
export type SuggestedArticle = z.output<typeof suggestedArticle>

export const changedArticle = z
  .object({ id: z.uuid(), state: z.enum(articleStates), version: z.int() })
  .openapi('ChangedArticle')
export type ChangedArticle = z.output<typeof changedArticle>
