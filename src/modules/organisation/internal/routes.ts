/** The shapes of this module's routes: listing, finding, adding, changing, switching, undoing. */
import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../../platform/http/api.ts'
import { addedRow, changedRow, versionInput } from '../schema.ts'

/** Every route takes a key. */
export const security = [{ key: [] }]
/** The chapter of the API in its document. */
export const tags = ['Organisation']
const idParam = z.object({ id: z.uuid() })
const idempotencyHeader = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
/** A JSON answer of a schema. */
export const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
})

/** `GET /things`. */
export function listRoute<Path extends string, Query extends z.ZodObject, Rows extends z.ZodType>(
  path: Path,
  summary: string,
  query: Query,
  rows: Rows,
) {
  return createRoute({
    method: 'get',
    path,
    summary,
    tags,
    security,
    request: { query },
    responses: { 200: answer(rows, 'The list'), ...problemResponses },
  })
}

/** `GET /things/{id}…`. */
export function findRoute<Path extends string, Row extends z.ZodType>(path: Path, summary: string, row: Row) {
  return createRoute({
    method: 'get',
    path,
    summary,
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(row, 'Found'), ...problemResponses },
  })
}

/** `POST /things`, once per Idempotency-Key. */
export function addRoute<Path extends string, Body extends z.ZodType, Row extends z.ZodType>(
  path: Path,
  summary: string,
  body: Body,
  row: Row,
) {
  return createRoute({
    method: 'post',
    path,
    summary,
    tags,
    security,
    request: { headers: idempotencyHeader, body: { ...json(body), required: true } },
    responses: { 201: answer(row, 'Added'), ...problemResponses },
  })
}

/** A change of one thing, with a body: `PUT /things/{id}` and its resources, or `POST /things/{id}/parts`. */
export function changeRoute<Path extends string, Body extends z.ZodType, Row extends z.ZodType>(
  path: Path,
  summary: string,
  body: Body,
  row: Row,
  method: 'put' | 'post' = 'put',
) {
  return createRoute({
    method,
    path,
    summary,
    tags,
    security,
    request: { params: idParam, headers: idempotencyHeader, body: { ...json(body), required: true } },
    responses: { 200: answer(row, 'As it is now'), ...problemResponses },
  })
}

/** A change of one thing that needs no body. */
export function switchRoute<Path extends string>(method: 'put' | 'delete', path: Path, summary: string) {
  return createRoute({
    method,
    path,
    summary,
    tags,
    security,
    request: { params: idParam },
    responses: { 200: answer(addedRow, 'Done'), ...problemResponses },
  })
}

/** Undoing a state: `DELETE /things/{id}/state?version=3`. */
export function undoRoute<Path extends string>(path: Path, summary: string) {
  return createRoute({
    method: 'delete',
    path,
    summary,
    tags,
    security,
    request: { params: idParam, query: versionInput },
    responses: { 200: answer(changedRow, 'As it is now'), ...problemResponses },
  })
}
