/** The API of cases on items. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { caseItems, installation, itemCase, linkItemInput } from './case-item-schema.ts'
import { linkItem, listCaseItems, listItemCases, unlinkItem } from './case-items.ts'
import { listInstallations } from './installations.ts'
import { answer, idParam, json, security, tags } from './internal/routes.ts'

/** Adds cases on items to the API. */
export function registerItemCasesApi(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/cases/{id}/items',
    summary: 'What a case is about, what stops with it, who must know',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(caseItems, 'Items by code'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listCaseItems(c.get('context'), c.req.valid('param').id), 200))
  const linking = createRoute({
    method: 'post',
    path: '/cases/{id}/items',
    summary: 'Say that a case is about an item',
    tags,
    security,
    request: { params: idParam, body: { ...json(linkItemInput), required: true } },
    responses: { 200: answer(caseItems, 'As they are now'), ...problemResponses },
  })
  api.openapi(linking, async (c) =>
    c.json(await linkItem(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const unlinking = createRoute({
    method: 'delete',
    path: '/cases/{id}/items/{itemId}',
    summary: 'Say that a case is not about an item',
    tags,
    security,
    request: { params: idParam.extend({ itemId: z.uuid() }) },
    responses: { 200: answer(caseItems, 'As they are now'), ...problemResponses },
  })
  api.openapi(unlinking, async (c) => {
    const { id, itemId } = c.req.valid('param')
    return c.json(await unlinkItem(c.get('context'), id, itemId), 200)
  })
  registerOfItems(api)
}

function registerOfItems(api: Api) {
  const cases = createRoute({
    method: 'get',
    path: '/items/{id}/cases',
    summary: 'The cases on an item',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(z.array(itemCase), 'Newest first'), ...problemResponses },
  })
  api.openapi(cases, async (c) => c.json(await listItemCases(c.get('context'), c.req.valid('param').id), 200))
  const installed = createRoute({
    method: 'get',
    path: '/desk-installations',
    summary: 'Serial numbers that installations of the desk told of, and what became of them',
    tags,
    security,
    responses: { 200: answer(z.array(installation), 'Newest first, at most two hundred'), ...problemResponses },
  })
  api.openapi(installed, async (c) => c.json(await listInstallations(c.get('context')), 200))
}
