/** The API of inventory campaigns. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import {
  campaign,
  campaignDetail,
  closedCampaign,
  openCampaignInput,
  openedCampaign,
  readingInput,
  recordedReading,
  settleInput,
} from './campaign-schema.ts'
import {
  campaignCsv,
  closeCampaign,
  findCampaign,
  listCampaigns,
  openCampaign,
  recordReading,
  settleMissing,
} from './campaigns.ts'
import { csvHeaders } from './download.ts'
import { answer, idParam, json, keyHeader, security, tags } from './internal/routes.ts'

/** Adds inventory campaigns to the API. */
export function registerCampaignsApi(api: Api) {
  registerReading(api)
  registerWork(api)
  registerEnd(api)
}

function registerReading(api: Api) {
  const listing = createRoute({
    method: 'get',
    path: '/inventories',
    summary: 'Inventory campaigns with their counts',
    tags,
    security,
    responses: { 200: answer(z.array(campaign), 'Newest first, at most fifty'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listCampaigns(c.get('context')), 200))
  const finding = createRoute({
    method: 'get',
    path: '/inventories/{id}',
    summary: 'One campaign with its differences',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(campaignDetail, 'The campaign'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findCampaign(c.get('context'), c.req.valid('param').id), 200))
  const file = createRoute({
    method: 'get',
    path: '/inventories/{id}/items',
    summary: 'Every thing of a campaign with what came of it, as CSV',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } }, ...problemResponses },
  })
  api.openapi(file, async (c) =>
    c.body(await campaignCsv(c.get('context'), c.req.valid('param').id), 200, csvHeaders('inventario')),
  )
}

function registerWork(api: Api) {
  const opening = createRoute({
    method: 'post',
    path: '/inventories',
    summary: 'Open a campaign over offices, sites and types',
    tags,
    security,
    request: { headers: keyHeader, body: { ...json(openCampaignInput), required: true } },
    responses: { 201: answer(openedCampaign, 'Opened'), ...problemResponses },
  })
  api.openapi(opening, async (c) => c.json(await openCampaign(c.get('context'), c.req.valid('json')), 201))
  const reading = createRoute({
    method: 'post',
    path: '/inventories/{id}/readings',
    summary: 'Note that a thing was read',
    tags,
    security,
    request: { params: idParam, headers: keyHeader, body: { ...json(readingInput), required: true } },
    responses: { 201: answer(recordedReading, 'Recorded'), ...problemResponses },
  })
  api.openapi(reading, async (c) =>
    c.json(await recordReading(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 201),
  )
}

function registerEnd(api: Api) {
  const closing = createRoute({
    method: 'put',
    path: '/inventories/{id}/closure',
    summary: 'End a campaign: what is missing is to be verified',
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(closedCampaign, 'Closed'), ...problemResponses },
  })
  api.openapi(closing, async (c) => c.json(await closeCampaign(c.get('context'), c.req.valid('param').id), 200))
  const settling = createRoute({
    method: 'put',
    path: '/inventories/{id}/items/{itemId}',
    summary: 'Say what became of a thing that was missing',
    tags,
    security,
    request: { params: idParam.extend({ itemId: z.uuid() }), body: { ...json(settleInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid() }), 'Settled'), ...problemResponses },
  })
  api.openapi(settling, async (c) => {
    const { id, itemId } = c.req.valid('param')
    return c.json(await settleMissing(c.get('context'), id, itemId, c.req.valid('json')), 200)
  })
}
