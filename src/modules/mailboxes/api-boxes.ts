/** The API of the register of mailboxes, its rules and its files. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { adoptBoxRules, findBoxRules } from './box-rules.ts'
import {
  addBoxInput,
  asideInput,
  boxDetail,
  boxEvent,
  boxFilter,
  boxImport,
  boxImportInput,
  boxPage,
  boxRules,
  boxRulesInput,
  changeBoxInput,
  changedBox,
  changeKindInput,
  chooseHolderInput,
  listBoxesInput,
  resumeInput,
} from './box-schema.ts'
import { exportBoxes } from './export-mailboxes.ts'
import { exportFindings, putFindingAside, resumeFinding } from './findings.ts'
import { importMailboxes } from './import-mailboxes.ts'
import { answer, csvAnswer, csvHeaders, idParam, json, keyHeader, security, tags } from './internal/box-routes.ts'
import { addBox, changeBox, changeKind, chooseHolder, findBox, findBoxHistory, listBoxes } from './mailboxes.ts'

/** Adds the register to the API. */
export function registerBoxesApi(api: Api) {
  registerReads(api)
  registerChanges(api)
  registerFindings(api)
  registerFiles(api)
  registerRules(api)
}

function registerReads(api: Api) {
  const listing = createRoute({
    ...{
      method: 'get',
      path: '/mailboxes',
      summary: 'Mailboxes by address, with what is to be looked at',
      tags,
      security,
    },
    request: { query: listBoxesInput },
    responses: { 200: answer(boxPage, 'One page'), ...problemResponses },
  })
  api.openapi(listing, async (c) => c.json(await listBoxes(c.get('context'), c.req.valid('query')), 200))
  const finding = createRoute({
    ...{ method: 'get', path: '/mailboxes/{id}', summary: 'One mailbox', tags, security },
    request: { params: idParam },
    responses: { 200: answer(boxDetail, 'The mailbox'), ...problemResponses },
  })
  api.openapi(finding, async (c) => c.json(await findBox(c.get('context'), c.req.valid('param').id), 200))
  const history = createRoute({
    ...{ method: 'get', path: '/mailboxes/{id}/events', summary: 'What happened to a mailbox', tags, security },
    request: { params: idParam },
    responses: { 200: answer(z.array(boxEvent), 'Newest first'), ...problemResponses },
  })
  api.openapi(history, async (c) => c.json(await findBoxHistory(c.get('context'), c.req.valid('param').id), 200))
}

function registerChanges(api: Api) {
  const adding = createRoute({
    ...{ method: 'post', path: '/mailboxes', summary: 'Put a mailbox in the register', tags, security },
    request: { headers: keyHeader, body: { ...json(addBoxInput), required: true } },
    responses: { 201: answer(changedBox, 'Added'), ...problemResponses },
  })
  api.openapi(adding, async (c) => c.json(await addBox(c.get('context'), c.req.valid('json')), 201))
  const changing = createRoute({
    ...{
      method: 'put',
      path: '/mailboxes/{id}',
      summary: 'Correct what is said of a mailbox; what is left out stays',
      tags,
      security,
    },
    request: { params: idParam, body: { ...json(changeBoxInput), required: true } },
    responses: { 200: answer(changedBox, 'Changed'), ...problemResponses },
  })
  api.openapi(changing, async (c) =>
    c.json(await changeBox(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const holding = createRoute({
    ...{ method: 'put', path: '/mailboxes/{id}/holder', summary: 'Say who answers for a mailbox', tags, security },
    request: { params: idParam, body: { ...json(chooseHolderInput), required: true } },
    responses: { 200: answer(changedBox, 'Changed'), ...problemResponses },
  })
  api.openapi(holding, async (c) =>
    c.json(await chooseHolder(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const kind = createRoute({
    ...{
      method: 'put',
      path: '/mailboxes/{id}/kind',
      summary: 'Say that a mailbox is of another kind',
      tags,
      security,
    },
    request: { params: idParam, body: { ...json(changeKindInput), required: true } },
    responses: { 200: answer(changedBox, 'Changed'), ...problemResponses },
  })
  api.openapi(kind, async (c) =>
    c.json(await changeKind(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerFindings(api: Api) {
  const aside = createRoute({
    ...{
      method: 'put',
      path: '/mailboxes/{id}/findings-aside',
      summary: 'Put a finding aside, with the reason',
      tags,
      security,
    },
    request: { params: idParam, body: { ...json(asideInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid() }), 'Put aside'), ...problemResponses },
  })
  api.openapi(aside, async (c) =>
    c.json(await putFindingAside(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const resuming = createRoute({
    ...{ method: 'put', path: '/mailboxes/{id}/findings-resumed', summary: 'Take up a finding again', tags, security },
    request: { params: idParam, body: { ...json(resumeInput), required: true } },
    responses: { 200: answer(z.object({ id: z.uuid() }), 'Taken up'), ...problemResponses },
  })
  api.openapi(resuming, async (c) =>
    c.json(await resumeFinding(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  const file = createRoute({
    ...{
      method: 'get',
      path: '/mailbox-findings.csv',
      summary: 'Every finding with its evidence, as CSV',
      tags,
      security,
    },
    responses: { 200: csvAnswer, ...problemResponses },
  })
  api.openapi(file, async (c) => c.body(await exportFindings(c.get('context')), 200, csvHeaders('rilievi-caselle')))
}

function registerFiles(api: Api) {
  const importing = createRoute({
    ...{ method: 'post', path: '/imports/mailboxes', tags, security },
    summary: 'Load mailboxes from CSV, the whole file or nothing; or tell what would change',
    request: { query: boxImportInput, body: { content: { 'text/csv': { schema: z.string() } }, required: true } },
    responses: { 200: answer(boxImport, 'Loaded, or tried'), ...problemResponses },
  })
  api.openapi(importing, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.json(await importMailboxes(c.get('context'), bytes, c.req.valid('query')), 200)
  })
  const exporting = createRoute({
    ...{ method: 'get', path: '/mailboxes.csv', summary: 'Mailboxes as CSV, as the import takes them', tags, security },
    request: { query: boxFilter },
    responses: { 200: csvAnswer, ...problemResponses },
  })
  api.openapi(exporting, async (c) =>
    c.body(await exportBoxes(c.get('context'), c.req.valid('query')), 200, csvHeaders('caselle')),
  )
}

function registerRules(api: Api) {
  const rules = createRoute({
    ...{ method: 'get', path: '/mailbox-rules', summary: 'The rules findings go by', tags, security },
    responses: { 200: answer(boxRules, 'Those in force'), ...problemResponses },
  })
  api.openapi(rules, async (c) => c.json(await findBoxRules(c.get('context')), 200))
  const adopting = createRoute({
    ...{ method: 'put', path: '/mailbox-rules', summary: 'Adopt rules in place of those in force', tags, security },
    request: { body: { ...json(boxRulesInput), required: true } },
    responses: { 200: answer(boxRules, 'Those in force'), ...problemResponses },
  })
  api.openapi(adopting, async (c) => c.json(await adoptBoxRules(c.get('context'), c.req.valid('json')), 200))
}
