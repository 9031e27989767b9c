/** What goes out of an approved quarter. */
import { z } from '@hono/zod-openapi'

export const publishResultsInput = z
  .object({
    period: z
      .string()
      .regex(/^\d{4}-Q[1-4]$/)
      .openapi({ description: 'An approved quarter', example: '2026-Q1' }),
  })
  .openapi('PublishResults')

const sha256 = z.string().openapi({ description: 'SHA-256 of the file, hexadecimal' })
export const publishedResults = z
  .object({
    period: z.string(),
    publishedAt: z.string().openapi({ format: 'date-time' }),
    eventId: z.int(),
    figuresSha256: sha256,
    rowsSha256: sha256,
    scopesSha256: sha256,
  })
  .openapi('PublishedResults')
export type PublishedResults = z.output<typeof publishedResults>
