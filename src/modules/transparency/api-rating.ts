/** The API of what citizens think, and of what the public pages say of the administration. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { publicationInput, publicationSettings } from './legal-schema.ts'
import { findPublication, setPublication } from './legal-settings.ts'
import { exportRatings, findRatingResults, listComments, removeComment } from './rating-results.ts'
import { ratingComment, ratingResults, removeCommentInput } from './rating-schema.ts'

const tags = ['Ratings']
const security = [{ key: [] }]
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

/** Adds ratings and public contacts to the API. */
export function registerRatingApi(api: Api) {
  registerResults(api)
  registerComments(api)
  registerPublication(api)
}

function registerResults(api: Api) {
  const finding = createRoute({
    method: 'get',
    path: '/ratings',
    summary: 'What citizens answered, by page and over time, in groups of at least five',
    tags,
    security,
    responses: { 200: answer(ratingResults, 'Whole months only'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findRatingResults(c.get('context')), 200))
  const exporting = createRoute({
    method: 'get',
    path: '/ratings.csv',
    summary: 'The same as CSV',
    tags,
    security,
    responses: {
      200: { description: 'One line for each answer of each group', content: { 'text/csv': { schema: z.string() } } },
      ...problemResponses,
    },
  })
  api.openapi(exporting, async (c) =>
    c.body(await exportRatings(c.get('context')), 200, { 'content-type': 'text/csv; charset=utf-8' }),
  )
}

function registerComments(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/rating-comments',
    summary: 'What citizens wrote, without the answer it came with and without its day',
    tags,
    security,
    responses: { 200: answer(z.object({ rows: z.array(ratingComment) }), 'At most 500'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listComments(c.get('context')), 200))
  const removing = createRoute({
    method: 'put',
    path: '/rating-comments/{id}/removal',
    summary: 'Remove what a citizen wrote, for ever',
    tags,
    security,
    request: { params: z.object({ id: z.uuid() }), body: { ...json(removeCommentInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid() }), 'Removed'), ...problemResponses },
  })
  api.openapi(removing, async (c) =>
    c.json(await removeComment(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerPublication(api: Api) {
  const finding = createRoute({
    method: 'get',
    path: '/publication-settings',
    summary: 'What the public pages say of the administration',
    tags,
    security,
    responses: { 200: answer(publicationSettings, 'Version 0 before anybody set them'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findPublication(c.get('context')), 200))
  const setting = createRoute({
    method: 'put',
    path: '/publication-settings',
    summary: 'Set them anew',
    tags,
    security,
    request: { body: { ...json(publicationInput), required: true } },
    responses: { 200: answer(z.object({ version: z.int() }), 'The new version'), ...problemResponses },
  })
  api.openapi(setting, async (c) => c.json(await setPublication(c.get('context'), c.req.valid('json')), 200))
}
