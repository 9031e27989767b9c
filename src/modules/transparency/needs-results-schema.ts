/** What goes out of a year of the needs plan. */
import { z } from '@hono/zod-openapi'

export const publishNeedsInput = z.object({ year: z.coerce.number().int().min(2000).max(2200) }).openapi('PublishNeeds')

export const publishedNeeds = z
  .object({
    year: z.int(),
    number: z.int().openapi({ description: 'Which publication of the year this is; the earlier ones stay' }),
    publishedAt: z.string().openapi({ format: 'date-time' }),
    eventId: z.int(),
    sha256: z.string().openapi({ description: 'SHA-256 of the file, hexadecimal' }),
  })
  .openapi('PublishedNeeds')
export type PublishedNeeds = z.output<typeof publishedNeeds>
