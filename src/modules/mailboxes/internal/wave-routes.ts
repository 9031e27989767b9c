/** What the API routes of waves share. */
import { z } from '@hono/zod-openapi'

export const tags = ['Migration waves']
export const security = [{ key: [] }]
export const keyHeader = z.object({ 'idempotency-key': z.string().min(8).max(200).optional() })
export const waveParam = z.object({ number: z.coerce.number().int().min(1) })
export const boxParam = waveParam.extend({ mailboxId: z.uuid() })

export const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } })
export const answer = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  ...json(schema),
  description,
})
export const body = <Schema extends z.ZodType>(schema: Schema) => ({ ...json(schema), required: true })
export const file = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string().openapi({ format: 'binary' }) } },
})
