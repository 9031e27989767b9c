/** Inputs and outputs of saved views of the queue, and of acts on several of its rows. */
import { z } from '@hono/zod-openapi'
import { listCasesInput } from './schema.ts'

/** What a view keeps: the filter of the list, parsed again each time it is opened. */
export const viewFilter = listCasesInput.omit({ cursor: true, limit: true }).openapi('ViewFilter')

const name = z.string().trim().min(1).max(60)
const version = z.coerce.number().int().min(1).optional()

export const saveViewInput = z
  .object({
    name,
    filter: viewFilter,
    teamId: z
      .uuid()
      .optional()
      .openapi({ description: 'One of your own teams, to share it with; yours alone when absent' }),
  })
  .openapi('SaveView')
export type SaveViewInput = z.input<typeof saveViewInput>

export const renameViewInput = z.object({ name, version }).openapi('RenameView')

export const savedView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    filter: viewFilter.nullable().openapi({ description: 'null when the list no longer knows what it asks for' }),
    teamId: z.uuid().nullable(),
    teamName: z.string().nullable(),
    isMine: z.boolean(),
    version: z.int(),
  })
  .openapi('SavedView')
export type SavedView = z.output<typeof savedView>

/** One ticked row as the person saw it. */
export const picked = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1).optional() })
export const pickedCases = z.array(picked).min(1).max(200)

export const assignCasesInput = z
  .object({ cases: pickedCases, teamId: z.uuid(), note: z.string().trim().max(20_000).default('') })
  .openapi('AssignCases')
export type AssignCasesInput = z.input<typeof assignCasesInput>

/** What became of each ticked row. */
export const bulkOutcome = z
  .object({
    rows: z.array(
      z.object({
        id: z.uuid(),
        number: z.string().nullable().openapi({ description: 'null when there is no such case for these eyes' }),
        isDone: z.boolean(),
        refusal: z
          .object({ code: z.string(), title: z.string() })
          .nullable()
          .openapi({ description: 'Why it did not go' }),
      }),
    ),
  })
  .openapi('BulkOutcome')
export type BulkOutcome = z.output<typeof bulkOutcome>
