/** Output of the history of an item. */
import { z } from '@hono/zod-openapi'
import { itemStates } from './vocabulary.ts'

export const historyRow = z
  .object({
    id: z.int(),
    kind: z.string(),
    at: z.string().openapi({ format: 'date-time', description: 'When it happened' }),
    recordedAt: z.string().openapi({ format: 'date-time', description: 'When SITEC was told' }),
    witness: z.string(),
    by: z.enum(['administration', 'supplier']).nullable().openapi({ description: 'null: the installation itself' }),
    door: z.string(),
    state: z.enum(itemStates).nullable(),
    before: z.enum(itemStates).nullable(),
    changed: z.array(z.string()),
    officeName: z.string().nullable(),
    siteName: z.string().nullable(),
    custodianName: z.string().nullable(),
    otherId: z.uuid().nullable().openapi({ description: 'What it replaces or is replaced by' }),
    otherCode: z.string().nullable(),
    document: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('ItemEvent')
export type HistoryRow = z.output<typeof historyRow>
