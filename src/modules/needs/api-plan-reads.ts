/** The API of the needs plan: what is read beside the plan itself. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses } from '../../platform/http/api.ts'
import { findAsked, findCollected } from './consolidate.ts'
import { listApprovals } from './find-approvals.ts'
import { findLine, findReplaced } from './lines.ts'
import { listOwnSheets } from './own-sheets.ts'
import {
  approvalRow,
  askedRow,
  collectionOutput,
  lineOutput,
  numberParam,
  ownSheetRow,
  replacedOutput,
} from './read-schema.ts'
import { yearParam } from './schema.ts'

const tags = ['Needs plan']
const security = [{ key: [] }]
const idParam = z.object({ id: z.uuid() })
const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...{ content: { 'application/json': { schema } } },
  description,
})

/** Adds what is read of plans to the API: own sheets, the collection, approvals, one line. */
export function registerNeedsReadsApi(api: Api) {
  const sheets = createRoute({
    ...{ method: 'get', path: '/needs-sheets', summary: 'The sheets of one’s own offices', tags, security },
    responses: { 200: answer(z.array(ownSheetRow), 'The sheets, one’s own office first'), ...problemResponses },
  })
  api.openapi(sheets, async (c) => c.json(await listOwnSheets(c.get('context')), 200))
  const collection = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/collection', summary: 'What offices sent', tags, security },
    request: { params: yearParam },
    responses: { 200: answer(collectionOutput, 'Grouped by what is asked'), ...problemResponses },
  })
  api.openapi(collection, async (c) => c.json(await findCollected(c.get('context'), c.req.valid('param').year), 200))
  const approvals = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/approvals', summary: 'The acts of a plan', tags, security },
    request: { params: yearParam },
    responses: { 200: answer(z.array(approvalRow), 'The plan, then each variation'), ...problemResponses },
  })
  api.openapi(approvals, async (c) => c.json(await listApprovals(c.get('context'), c.req.valid('param').year), 200))
  registerLineReads(api)
}

function registerLineReads(api: Api) {
  const line = createRoute({
    ...{ method: 'get', path: '/needs-plans/{year}/lines/{number}', summary: 'A line and its offices', tags, security },
    request: { params: numberParam },
    responses: { 200: answer(lineOutput, 'The line'), ...problemResponses },
  })
  api.openapi(line, async (c) => {
    const { year, number } = c.req.valid('param')
    return c.json(await findLine(c.get('context'), year, number), 200)
  })
  const asked = createRoute({
    ...{ method: 'get', path: '/needs-lines/{id}/requests', summary: 'Who asked for a line, and why', tags, security },
    request: { params: idParam },
    responses: { 200: answer(z.array(askedRow), 'In their words'), ...problemResponses },
  })
  api.openapi(asked, async (c) => c.json(await findAsked(c.get('context'), c.req.valid('param').id), 200))
  const replaced = createRoute({
    ...{ method: 'get', path: '/needs-lines/{id}/replaced', summary: 'The items that leave', tags, security },
    request: { params: idParam },
    responses: { 200: answer(replacedOutput, 'Their codes in the register'), ...problemResponses },
  })
  api.openapi(replaced, async (c) => {
    const codes = await findReplaced(c.get('context'), c.req.valid('param').id)
    return c.json({ codes }, 200)
  })
}
