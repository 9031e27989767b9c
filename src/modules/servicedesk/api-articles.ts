/** The API of articles and reply templates. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import {
  addArticleInput,
  articleDetail,
  articlePage,
  articleVersionInput,
  changeArticleInput,
  changedArticle,
  helpedInput,
  listArticlesInput,
  rateArticleInput,
  reviewArticleInput,
  suggestedArticle,
} from './article-schema.ts'
import { addArticle, changeArticle, publishArticle, retireArticle, reviewArticle } from './articles.ts'
import { findArticle, listArticles, rateArticle, recordHelped, suggestArticles } from './find-articles.ts'
import { caseKinds } from './internal/lifecycle.ts'
import {
  addTemplateInput,
  changedTemplate,
  changeTemplateInput,
  templateRow,
  templateVersionInput,
} from './template-schema.ts'
import { addTemplate, changeTemplate, listTemplates, retireTemplate } from './templates.ts'

const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** A change of one article or template, answered by its new state. */
function change<Body extends z.ZodType, Answer extends z.ZodType>(
  method: 'put' | 'post' | 'delete',
  path: string,
  summary: string,
  body: Body,
  changed: Answer,
) {
  return createRoute({
    method,
    path,
    summary,
    tags: ['Knowledge'],
    security,
    request: { params: idParam, headers, body: { ...json(body), required: true } },
    responses: { 200: answer(changed, 'As it is now'), ...problemResponses },
  })
}

/** Adds articles and templates to the API. */
export function registerArticlesApi(api: Api) {
  registerReading(api)
  registerWriting(api)
  registerReaders(api)
  registerTemplates(api)
}

function registerReading(api: Api) {
  const reading = { tags: ['Knowledge'], security, method: 'get' as const }
  const listing = createRoute({
    ...reading,
    path: '/articles',
    summary: 'List articles',
    request: { query: listArticlesInput },
    responses: { 200: answer(articlePage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listArticles(c.get('context'), c.req.valid('query')), 200))
  const suggesting = createRoute({
    ...reading,
    path: '/articles/suggestions',
    summary: 'Articles that may spare a request',
    request: { query: z.object({ words: z.string().max(200).default(''), kind: z.enum(caseKinds).optional() }) },
    responses: { 200: answer(z.array(suggestedArticle), 'Best first'), ...problemResponses },
  })
  api.openapi(suggesting, async (c) => {
    const { words, kind } = c.req.valid('query')
    return c.json(await suggestArticles(c.get('context'), words, kind ?? null), 200)
  })
  const finding = createRoute({
    ...reading,
    path: '/articles/{id}',
    summary: 'One article',
    request: { params: idParam },
    responses: { 200: answer(articleDetail, 'The article'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findArticle(c.get('context'), c.req.valid('param').id), 200))
}

function registerWriting(api: Api) {
  const adding = createRoute({
    method: 'post',
    path: '/articles',
    summary: 'Write an article, as a draft',
    tags: ['Knowledge'],
    security,
    request: { headers, body: { ...json(addArticleInput), required: true } },
    responses: { 201: answer(changedArticle, 'Written'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addArticle(c.get('context'), c.req.valid('json')), 201))
  const changing = change('put', '/articles/{id}', 'Change an article', changeArticleInput, changedArticle)
  api.openapi(changing, async (c) =>
    c.json(await changeArticle(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const publishing = change('put', '/articles/{id}/publication', 'Publish it', articleVersionInput, changedArticle)
  api.openapi(publishing, async (c) =>
    c.json(await publishArticle(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const retiring = change('put', '/articles/{id}/retirement', 'Retire it', articleVersionInput, changedArticle)
  api.openapi(retiring, async (c) =>
    c.json(await retireArticle(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const reviewing = change(
    'put',
    '/articles/{id}/review',
    'Say that it is still right',
    reviewArticleInput,
    changedArticle,
  )
  api.openapi(reviewing, async (c) =>
    c.json(await reviewArticle(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

const noted = z.object({ noted: z.literal(true) })

function registerReaders(api: Api) {
  const rating = change('put', '/articles/{id}/rating', 'Say whether it was useful', rateArticleInput, noted)
  api.openapi(rating, async (c) => {
    await rateArticle(c.get('context'), c.req.valid('param').id, c.req.valid('json'))
    return c.json({ noted: true as const }, 200)
  })
  const helping = change('post', '/articles/{id}/help', 'Say that it spared a request', helpedInput, noted)
  api.openapi(helping, async (c) => {
    await recordHelped(c.get('context'), c.req.valid('param').id, c.req.valid('json'))
    return c.json({ noted: true as const }, 200)
  })
}

function registerTemplates(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/templates',
    summary: 'List reply templates',
    tags: ['Knowledge'],
    security,
    responses: { 200: answer(z.array(templateRow), 'All in use'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listTemplates(c.get('context')), 200))
  const adding = createRoute({
    method: 'post',
    path: '/templates',
    summary: 'Write a reply template',
    tags: ['Knowledge'],
    security,
    request: { headers, body: { ...json(addTemplateInput), required: true } },
    responses: { 201: answer(changedTemplate, 'Written'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addTemplate(c.get('context'), c.req.valid('json')), 201))
  const changing = change('put', '/templates/{id}', 'Change a reply template', changeTemplateInput, changedTemplate)
  api.openapi(changing, async (c) =>
    c.json(await changeTemplate(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const retiring = change(
    'put',
    '/templates/{id}/retirement',
    'Take it out of use',
    templateVersionInput,
    changedTemplate,
  )
  api.openapi(retiring, async (c) =>
    c.json(await retireTemplate(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}
