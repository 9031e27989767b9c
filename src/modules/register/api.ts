/** The API of the register: items, movements, relations, impact. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { registerCampaignsApi } from './api-campaigns.ts'
import { registerItemCasesApi } from './api-cases.ts'
import { registerRegisterFilesApi } from './api-files.ts'
import { registerHandoversApi } from './api-handovers.ts'
import { findHistory } from './history.ts'
import { historyRow } from './history-schema.ts'
import { findImpact } from './impact.ts'
import { answer, idParam, json, keyHeader, security, tags } from './internal/routes.ts'
import { listTypes, typeRow } from './item-type-list.ts'
import { addItem, changeItem, findItem, listItems, moveItem } from './items.ts'
import { addedRelation, addRelationInput, impact, impactInput, relationRow } from './relation-schema.ts'
import { addRelation, listRelations, removeRelation } from './relations.ts'
import {
  addedItem,
  addItemInput,
  changedItem,
  changeItemInput,
  itemDetail,
  itemPage,
  listItemsInput,
  moveItemInput,
} from './schema.ts'

/** Adds the register to the API. */
export function registerRegisterApi(api: Api) {
  registerItems(api)
  registerChanges(api)
  registerRelations(api)
  registerImpact(api)
  registerRegisterFilesApi(api)
  registerHandoversApi(api)
  registerCampaignsApi(api)
  registerItemCasesApi(api)
}

function registerItems(api: Api) {
  const types = createRoute({
    method: 'get',
    path: '/item-types',
    summary: 'The types of items with their attributes',
    tags,
    security,
    responses: { 200: answer(z.array(typeRow), 'In the order of families'), ...problemResponses },
  })
  api.openapi(types, (c) => c.json(listTypes(c.get('context')), 200))
  const listing = createRoute({
    method: 'get',
    path: '/items',
    summary: 'Items by code, narrowed and searched',
    tags,
    security,
    request: { query: listItemsInput },
    responses: { 200: answer(itemPage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listItems(c.get('context'), c.req.valid('query')), 200))
  const finding = createRoute({
    method: 'get',
    path: '/items/{id}',
    summary: 'One item: operational and economic record',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(itemDetail, 'The item'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findItem(c.get('context'), c.req.valid('param').id), 200))
  const history = createRoute({
    method: 'get',
    path: '/items/{id}/events',
    summary: 'What happened to an item',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(z.array(historyRow), 'Newest first'), ...problemResponses },
  })
  api.openapi(history, async (c) => c.json(await findHistory(c.get('context'), c.req.valid('param').id), 200))
}

function registerChanges(api: Api) {
  const adding = createRoute({
    method: 'post',
    path: '/items',
    summary: 'Put an item in the register',
    tags,
    security,
    request: { headers: keyHeader, body: { ...json(addItemInput), required: true } },
    responses: { 201: answer(addedItem, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addItem(c.get('context'), c.req.valid('json')), 201))
  const changing = createRoute({
    method: 'put',
    path: '/items/{id}',
    summary: 'Correct what the register says of an item; what is left out stays',
    tags,
    security,
    request: { params: idParam, body: { ...json(changeItemInput), required: true } },
    responses: { 200: answer(changedItem, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeItem(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const moving = createRoute({
    method: 'put',
    path: '/items/{id}/movement',
    summary: 'Carry out a movement: install, move, lend, repair, replace, retire …',
    tags,
    security,
    request: { params: idParam, body: { ...json(moveItemInput), required: true } },
    responses: { 200: answer(changedItem, 'As it is now'), ...problemResponses },
  })
  api.openapi(moving, async (c) =>
    c.json(await moveItem(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerRelations(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/items/{id}/relations',
    summary: 'The relations of an item, from both ends',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(z.array(relationRow), 'By kind'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listRelations(c.get('context'), c.req.valid('param').id), 200))
  const adding = createRoute({
    method: 'post',
    path: '/item-relations',
    summary: 'Say that an item rests on another, or contains it',
    tags,
    security,
    request: { body: { ...json(addRelationInput), required: true } },
    responses: { 201: answer(addedRelation, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addRelation(c.get('context'), c.req.valid('json')), 201))
  const removing = createRoute({
    method: 'delete',
    path: '/item-relations/{id}',
    summary: 'Say that a relation does not hold any more',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(addedRelation, 'Taken away'), ...problemResponses },
  })
  api.openapi(removing, async (c) => c.json(await removeRelation(c.get('context'), c.req.valid('param').id), 200))
}

function registerImpact(api: Api) {
  const walking = createRoute({
    method: 'get',
    path: '/items/{id}/impact',
    summary: 'What is lost with an item, or what it rests on',
    tags,
    security,
    request: { params: idParam, query: impactInput },
    responses: { 200: answer(impact, 'Nearest first, at most five hundred'), ...problemResponses },
  })
  api.openapi(walking, async (c) =>
    c.json(await findImpact(c.get('context'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
}
