/** The API of the social report: what is published for any key, the editor's work behind permissions. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import {
  approveEdition,
  previewEdition,
  publishEdition,
  reopenEdition,
  returnEdition,
  submitEdition,
} from './edition-publish.ts'
import { findEditionHistory, findPublishedEdition, listPublishedEditions } from './edition-published.ts'
import { editionHistory, editionPreview, publishedEdition, publishedRow } from './edition-schema.ts'
import {
  addObjective,
  addSection,
  changeBlocks,
  changeObjective,
  changeSection,
  moveObjective,
  moveSection,
  removeObjective,
  removeSection,
} from './edition-sections.ts'
import { changeEdition, draftEdition, findEdition, findObjective, listEditions } from './editions.ts'
import { importSeries, listSeries } from './figure-series.ts'
import { listNamedFigures } from './figure-sources.ts'
import {
  addGuideline,
  addStrategicLine,
  changePriority,
  decidePriority,
  listPriorities,
  proposePriority,
} from './priorities.ts'
import {
  addGuidelineInput,
  addLineInput,
  addObjectiveInput,
  addSectionInput,
  changeBlocksInput,
  changedEdition,
  changedPart,
  changeEditionInput,
  changeObjectiveInput,
  changePriorityInput,
  changeSectionInput,
  draftEditionInput,
  editionDetail,
  editionRow,
  importedSeries,
  lineTree,
  moveInput,
  movePriorityInput,
  namedFigure,
  objectiveDetail,
  proposePriorityInput,
  publishedOutcome,
  returnEditionInput,
  seenEditionInput,
  seriesRow,
  submitEditionInput,
} from './report-schema.ts'

const tags = ['Social report']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const headers = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ ...json(schema), description })

const reading = <Path extends string, Answer extends z.ZodType>(path: Path, summary: string, found: Answer) =>
  createRoute({
    ...{ method: 'get', path, summary, tags, security },
    responses: { 200: answer(found, 'As it stands'), ...problemResponses },
  })
const readingOne = <Path extends string, Answer extends z.ZodType>(path: Path, summary: string, found: Answer) =>
  createRoute({
    ...{ method: 'get', path, summary, tags, security, request: { params: idParam } },
    responses: { 200: answer(found, 'As it stands'), ...problemResponses },
  })
const adding = <Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(
  path: Path,
  summary: string,
  body: Body,
  added: Answer,
) =>
  createRoute({
    ...{ method: 'post', path, summary, tags, security },
    request: { headers, body: { ...json(body), required: true } },
    responses: { 201: answer(added, 'Added'), ...problemResponses },
  })
const change = <
  Method extends 'put' | 'post' | 'delete',
  Path extends string,
  B extends z.ZodType,
  A extends z.ZodType,
>(
  method: Method,
  path: Path,
  summary: string,
  body: B,
  changed: A,
) =>
  createRoute({
    ...{ method, path, summary, tags, security },
    request: { params: idParam, headers, body: { ...json(body), required: true } },
    responses: { 200: answer(changed, 'As it is now'), ...problemResponses },
  })
const removing = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    ...{ method: 'delete', path, summary, tags, security },
    request: { params: idParam, query: seenEditionInput },
    responses: { 200: answer(changedPart, 'Removed'), ...problemResponses },
  })

/** Adds the social report to the API. */
export function registerReportApi(api: Api) {
  registerPublished(api)
  registerEditions(api)
  registerPublication(api)
  registerParts(api)
  registerPriorities(api)
  registerFigures(api)
}

function registerPublished(api: Api) {
  const yearParam = z.object({ year: z.coerce.number().int() })
  api.openapi(reading('/published-editions', 'Published editions, newest first', z.array(publishedRow)), async (c) =>
    c.json(await listPublishedEditions(c.get('context')), 200),
  )
  const one = createRoute({
    ...{ method: 'get', path: '/published-editions/{year}', tags, security },
    summary: 'A published edition, the newest version unless one is named',
    request: { params: yearParam, query: z.object({ number: z.coerce.number().int().optional() }) },
    responses: { 200: answer(publishedEdition, 'As it was published'), ...problemResponses },
  })
  api.openapi(one, async (c) => {
    const [{ year }, { number = null }] = [c.req.valid('param'), c.req.valid('query')]
    return c.json(await findPublishedEdition(c.get('context'), { year, number }), 200)
  })
  const versions = createRoute({
    ...{ method: 'get', path: '/published-editions/{year}/versions', tags, security },
    summary: 'Every version of an edition, with what changed',
    request: { params: yearParam },
    responses: { 200: answer(editionHistory, 'Newest first'), ...problemResponses },
  })
  api.openapi(versions, async (c) => c.json(await findEditionHistory(c.get('context'), c.req.valid('param').year), 200))
}

function registerEditions(api: Api) {
  api.openapi(reading('/editions', 'Editions, drafts included', z.array(editionRow)), async (c) =>
    c.json(await listEditions(c.get('context')), 200),
  )
  api.openapi(adding('/editions', 'Begin the edition of a year', draftEditionInput, changedEdition), async (c) =>
    c.json(await draftEdition(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(readingOne('/editions/{id}', 'One edition with its parts', editionDetail), async (c) =>
    c.json(await findEdition(c.get('context'), c.req.valid('param')), 200),
  )
  api.openapi(
    change('put', '/editions/{id}', 'Change what an edition says of itself', changeEditionInput, changedEdition),
    async (c) => c.json(await changeEdition(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(readingOne('/editions/{id}/preview', 'The edition as it would be published', editionPreview), async (c) =>
    c.json(await previewEdition(c.get('context'), c.req.valid('param')), 200),
  )
}

function registerPublication(api: Api) {
  api.openapi(
    change('put', '/editions/{id}/submission', 'Ask for approval', submitEditionInput, changedEdition),
    async (c) => c.json(await submitEdition(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    change('put', '/editions/{id}/return', 'Send an edition back', returnEditionInput, changedEdition),
    async (c) => c.json(await returnEdition(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    change('put', '/editions/{id}/approval', 'Approve what was submitted', seenEditionInput, changedEdition),
    async (c) => c.json(await approveEdition(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    change('put', '/editions/{id}/publication', 'Publish what was approved', seenEditionInput, publishedOutcome),
    async (c) => c.json(await publishEdition(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    change('put', '/editions/{id}/reopening', 'Take an edition up again', seenEditionInput, changedEdition),
    async (c) => c.json(await reopenEdition(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerParts(api: Api) {
  const [section, objective] = ['/report-sections/{id}', '/report-objectives/{id}'] as const
  const id = (c: { req: { valid: (from: 'param') => { id: string } } }) => c.req.valid('param').id
  api.openapi(change('post', '/editions/{id}/sections', 'Add a section', addSectionInput, changedPart), async (c) =>
    c.json(await addSection(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(change('put', section, 'Change a section', changeSectionInput, changedPart), async (c) =>
    c.json(await changeSection(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(change('put', `${section}/position`, 'Move a section', moveInput, changedPart), async (c) =>
    c.json(await moveSection(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(removing(section, 'Remove an empty section'), async (c) =>
    c.json(await removeSection(c.get('context'), id(c), c.req.valid('query')), 200),
  )
  api.openapi(change('post', `${section}/objectives`, 'Add an objective', addObjectiveInput, changedPart), async (c) =>
    c.json(await addObjective(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(readingOne(objective, 'One objective as it is written', objectiveDetail), async (c) =>
    c.json(await findObjective(c.get('context'), id(c)), 200),
  )
  api.openapi(change('put', objective, 'Change an objective', changeObjectiveInput, changedPart), async (c) =>
    c.json(await changeObjective(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(change('put', `${objective}/blocks`, 'Change one block', changeBlocksInput, changedPart), async (c) =>
    c.json(await changeBlocks(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(change('put', `${objective}/position`, 'Move an objective', moveInput, changedPart), async (c) =>
    c.json(await moveObjective(c.get('context'), id(c), c.req.valid('json')), 200),
  )
  api.openapi(removing(objective, 'Remove an objective'), async (c) =>
    c.json(await removeObjective(c.get('context'), id(c), c.req.valid('query')), 200),
  )
}

function registerPriorities(api: Api) {
  const added = z.object({ id: z.uuid() })
  api.openapi(reading('/priorities', 'Strategic lines, guidelines, priorities', z.array(lineTree)), async (c) =>
    c.json(await listPriorities(c.get('context')), 200),
  )
  api.openapi(adding('/strategic-lines', 'Add a strategic line', addLineInput, added), async (c) =>
    c.json(await addStrategicLine(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(adding('/guidelines', 'Add a guideline', addGuidelineInput, added), async (c) =>
    c.json(await addGuideline(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(adding('/priorities', 'Propose a priority', proposePriorityInput, changedPart), async (c) =>
    c.json(await proposePriority(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(
    change('put', '/priorities/{id}', 'Change the words of a priority', changePriorityInput, changedPart),
    async (c) => c.json(await changePriority(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    change('put', '/priorities/{id}/state', 'Record what was decided', movePriorityInput, changedPart),
    async (c) => c.json(await decidePriority(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerFigures(api: Api) {
  api.openapi(reading('/report-series', 'Series by figure and source', z.array(seriesRow)), async (c) =>
    c.json(await listSeries(c.get('context')), 200),
  )
  api.openapi(reading('/named-figures', 'Figures that SITEC reckons', z.array(namedFigure)), async (c) =>
    c.json(listNamedFigures(c.get('context')), 200),
  )
  const importing = createRoute({
    ...{ method: 'post', path: '/imports/report-series', tags, security },
    summary: 'Load series from CSV: figure, one column a year, unit, source',
    request: { body: { content: { 'text/csv': { schema: z.string() } }, required: true } },
    responses: { 200: answer(importedSeries, 'Loaded'), ...problemResponses },
  })
  api.openapi(importing, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    return c.json(await importSeries(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
  })
}
