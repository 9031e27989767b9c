/** Inputs and outputs of links between cases. */
import { z } from '@hono/zod-openapi'
import { caseRow } from './schema.ts'

export const relations = ['related'] as const

export const linkCasesInput = z
  .object({ otherId: z.uuid(), relation: z.enum(relations).default('related') })
  .openapi('LinkCases')
export type LinkCasesInput = z.input<typeof linkCasesInput>

export const linkedCase = caseRow.extend({ relation: z.enum(relations) }).openapi('LinkedCase')
export type LinkedCase = z.output<typeof linkedCase>
