/** The API of the register’s files and of the estate. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { unseenItem } from './directory-schema.ts'
import { csvHeaders, jsonHeaders, streamed } from './download.ts'
import { findEstate, importFigures } from './estate.ts'
import { estate, estateInput, figureImport } from './estate-schema.ts'
import { exportDatabases, exportSecurityInventory } from './export-catalogues.ts'
import { exportItems } from './export-items.ts'
import { glpiBody, glpiImport } from './glpi-schema.ts'
import { listUnseen } from './import-directory.ts'
import { importGlpi } from './import-glpi.ts'
import { importItems } from './import-items.ts'
import { importRelations } from './import-relations.ts'
import { itemImport, relationImport, trialInput } from './import-schema.ts'
import { answer, csvBody, json, security, tags } from './internal/routes.ts'
import { listItemsInput } from './schema.ts'

/** Adds files and estate to the API. */
export function registerRegisterFilesApi(api: Api) {
  registerImports(api)
  registerExports(api)
  registerEstate(api)
}

type Asked = { req: { header: (name: string) => string | undefined; raw: Request } }

function csvOf({ req }: Asked): AsyncIterable<Uint8Array> {
  if (!req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
  return req.raw.body ?? new Blob([]).stream()
}

const several = (body: unknown) =>
  (Array.isArray(body) ? body : [body]).map((inventory, at) => ({ source: String(at + 1), inventory }))

function registerImports(api: Api) {
  const items = createRoute({
    method: 'post',
    path: '/imports/items',
    summary: 'Load items from CSV, the whole file or nothing; or tell what would change',
    tags,
    security,
    request: { query: trialInput, ...csvBody },
    responses: { 200: answer(itemImport, 'Loaded, or tried'), ...problemResponses },
  })
  api.openapi(items, async (c) => {
    const isTrial = c.req.valid('query').trial === 'yes'
    return c.json(await importItems(c.get('context'), csvOf(c), { isTrial }), 200)
  })
  const glpi = createRoute({
    method: 'post',
    path: '/imports/glpi',
    summary: 'Load inventories of the GLPI agent, all or nothing; or tell what would change',
    tags,
    security,
    request: { query: trialInput, body: { ...json(glpiBody), required: true } },
    responses: { 200: answer(glpiImport, 'Loaded, or tried'), ...problemResponses },
  })
  api.openapi(glpi, async (c) => {
    const isTrial = c.req.valid('query').trial === 'yes'
    return c.json(await importGlpi(c.get('context'), several(c.req.valid('json')), { isTrial }), 200)
  })
  const unseen = createRoute({
    method: 'get',
    path: '/directory-unseen-items',
    summary: 'What a directory (LDAP) held before and no longer holds',
    tags,
    security,
    responses: { 200: answer(z.array(unseenItem), 'At most five hundred, the last seen first'), ...problemResponses },
  })
  api.openapi(unseen, async (c) => c.json(await listUnseen(c.get('context')), 200))
  const relations = createRoute({
    method: 'post',
    path: '/imports/item-relations',
    summary: 'Load relations from CSV (from, kind, to, group, needed), the whole file or nothing',
    tags,
    security,
    request: csvBody,
    responses: { 200: answer(relationImport, 'Loaded'), ...problemResponses },
  })
  api.openapi(relations, async (c) => c.json(await importRelations(c.get('context'), csvOf(c)), 200))
  const figures = createRoute({
    method: 'post',
    path: '/imports/estate-figures',
    summary: 'Load what a source says there was (item, quantity, unit, as_of, source)',
    tags,
    security,
    request: csvBody,
    responses: { 200: answer(figureImport, 'Loaded'), ...problemResponses },
  })
  api.openapi(figures, async (c) => c.json(await importFigures(c.get('context'), csvOf(c)), 200))
}

function registerExports(api: Api) {
  const filter = listItemsInput.omit({ cursor: true, limit: true, words: true })
  const file = (path: string, summary: string, type: string) =>
    createRoute({
      method: 'get',
      path,
      summary,
      tags,
      security,
      request: { query: filter },
      responses: { 200: { description: 'A file', content: { [type]: { schema: z.string() } } }, ...problemResponses },
    })
  api.openapi(file('/items.csv', 'Items as CSV, as the import takes them', 'text/csv'), async (c) =>
    streamed(exportItems(c.get('context'), c.req.valid('query')), csvHeaders('registro')),
  )
  api.openapi(file('/items.json', 'Items as a JSON array', 'application/json'), async (c) =>
    streamed(exportItems(c.get('context'), c.req.valid('query'), 'json'), jsonHeaders('registro')),
  )
  const list = (path: string, summary: string) =>
    createRoute({
      method: 'get',
      path,
      summary,
      tags,
      security,
      responses: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } }, ...problemResponses },
    })
  api.openapi(list('/database-catalogue.csv', 'The databases, a superset of the national catalogue'), async (c) =>
    c.body(await exportDatabases(c.get('context')), 200, csvHeaders('banche-dati')),
  )
  api.openapi(list('/security-inventory.csv', 'Devices and software, for ABSC 1 and 2'), async (c) =>
    streamed(exportSecurityInventory(c.get('context')), csvHeaders('inventario-absc')),
  )
}

function registerEstate(api: Api) {
  const counting = createRoute({
    method: 'get',
    path: '/estate',
    summary: 'How many there are on a date, by definition and source',
    tags,
    security,
    request: { query: estateInput },
    responses: { 200: answer(estate, 'The estate'), ...problemResponses },
  })
  api.openapi(counting, async (c) => c.json(await findEstate(c.get('context'), c.req.valid('query')), 200))
}
