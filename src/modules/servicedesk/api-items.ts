/** The API of the list of consumables as a file. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { importResult } from '../organisation/schema.ts'
import { itemsCsvHeaders } from './download.ts'
import { exportItems, importItems } from './import-items.ts'
import { answer, security, tags } from './internal/routes.ts'

/** Adds import and export of consumables to the API. */
export function registerItemsApi(api: Api) {
  const exporting = createRoute({
    method: 'get',
    path: '/consumable-items.csv',
    summary: 'The list of consumables as CSV (code;name;printer_model;active)',
    tags,
    security,
    responses: {
      200: {
        description: 'CSV, semicolons, UTF-8 with byte order mark',
        content: { 'text/csv': { schema: z.string() } },
      },
      ...problemResponses,
    },
  })
  api.openapi(exporting, async (c) => new Response(await exportItems(c.get('context')), { headers: itemsCsvHeaders }))
  const importing = createRoute({
    method: 'post',
    path: '/imports/consumable-items',
    summary: 'Load consumables from CSV (code;name;printer_model;active), whole or not at all',
    tags,
    security,
    request: { body: { content: { 'text/csv': { schema: z.string() } }, required: true } },
    responses: {
      200: answer(importResult, 'Loaded'),
      ...problemResponses,
    },
  })
  api.openapi(importing, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    return c.json(await importItems(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
  })
}
