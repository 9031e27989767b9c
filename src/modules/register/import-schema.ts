/** Outputs of what comes by file. */
import { z } from '@hono/zod-openapi'

export const itemImport = z
  .object({
    lines: z.int(),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    isTrial: z.boolean().openapi({ description: 'true: nothing was written' }),
    differences: z
      .array(
        z.object({
          line: z.int(),
          code: z.string(),
          column: z.string(),
          before: z.string(),
          after: z.string(),
        }),
      )
      .openapi({ description: 'Of items that are there already, the first five hundred' }),
    isCapped: z.boolean(),
  })
  .openapi('ItemImport')
export type ItemImport = z.output<typeof itemImport>

export const relationImport = z
  .object({ lines: z.int(), added: z.int(), changed: z.int(), unchanged: z.int() })
  .openapi('RelationImport')
export type RelationImport = z.output<typeof relationImport>

export const trialInput = z
  .object({
    trial: z.enum(['yes', 'no']).default('no').openapi({ description: 'yes: tell what would change, write nothing' }),
  })
  .openapi('ImportItemsInput')
