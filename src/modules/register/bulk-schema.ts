/** Inputs and outputs of what is done to many items at once: movements and labels. */
import { z } from '@hono/zod-openapi'
import { listItemsInput, moveItemInput } from './schema.ts'
import { itemActs } from './vocabulary.ts'

export const mostMoved = 200

export const moveItemsInput = moveItemInput
  .omit({ version: true, replacementId: true, replacementCode: true })
  .extend({
    act: z.enum(itemActs).exclude(['replace']),
    items: z
      .array(z.string().trim().min(1).max(300))
      .min(1)
      .max(mostMoved)
      .openapi({ description: 'Codes, serial or inventory numbers, or what labels hold' }),
  })
  .openapi('MoveItems')
export type MoveItemsInput = z.input<typeof moveItemsInput>

export const movedItems = z.object({ moved: z.int() }).openapi('MovedItems')
export type MovedItems = z.output<typeof movedItems>

/** Ten sheets; more would not fit what a PDF may have. */
export const mostLabels = 240

export const labelsInput = listItemsInput
  .omit({ cursor: true, limit: true })
  .extend({
    ids: z
      .string()
      .max(20_000)
      .transform((text) => text.split(',').filter((one) => one !== ''))
      .pipe(z.array(z.uuid()).max(mostLabels))
      .optional()
      .openapi({ type: 'string', description: 'Ids of items, parted by commas; in place of the filter' }),
    skip: z.coerce
      .number()
      .int()
      .min(0)
      .max(23)
      .default(0)
      .openapi({ description: 'Labels of the first sheet that are used already' }),
  })
  .openapi('Labels')
export type LabelsInput = z.input<typeof labelsInput>
