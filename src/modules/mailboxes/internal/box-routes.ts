/** What the API routes of the mailboxes share. */
import { z } from '@hono/zod-openapi'

export const tags = ['Mailboxes']
export const security = [{ key: [] }]
export const keyHeader = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
export const idParam = z.object({ id: z.uuid() })

export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
export const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
})
export const csvAnswer = { description: 'CSV', content: { 'text/csv': { schema: z.string() } } }

/** Headers of a CSV file, which is saved and never shown. */
export const csvHeaders = (name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}.csv"`,
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
})
