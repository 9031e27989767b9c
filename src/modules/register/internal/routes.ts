/** What the API routes of the register share. */
import { z } from '@hono/zod-openapi'

export const tags = ['Register']
export const security = [{ key: [] }]
export const keyHeader = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
export const idParam = z.object({ id: z.uuid() })

export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
export const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
})
export const csvBody = { body: { content: { 'text/csv': { schema: z.string() } }, required: true } }
