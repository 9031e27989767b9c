/** Inputs and outputs of reply templates. */
import { z } from '@hono/zod-openapi'
import { kindList } from './article-schema.ts'
import { caseKinds } from './internal/lifecycle.ts'

export const addTemplateInput = z
  .object({
    title: z.string().trim().min(3).max(120),
    body: z
      .string()
      .trim()
      .min(1)
      .max(5000)
      .openapi({ description: '{nome}, {numero} and {ufficio} are filled in when it is used' }),
    kinds: kindList,
    teamId: z.uuid().optional().openapi({ description: 'Whose it is; everybody’s when absent' }),
  })
  .openapi('AddTemplate')
export type AddTemplateInput = z.input<typeof addTemplateInput>

const version = z.coerce.number().int().min(1).optional()
export const changeTemplateInput = addTemplateInput.extend({ version }).openapi('ChangeTemplate')
export type ChangeTemplateInput = z.input<typeof changeTemplateInput>
export const templateVersionInput = z.object({ version }).openapi('TemplateVersion')

export const templateRow = z
  .object({
    id: z.uuid(),
    title: z.string(),
    body: z.string(),
    kinds: z.array(z.enum(caseKinds)),
    teamId: z.uuid().nullable(),
    teamName: z.string().nullable(),
    version: z.int(),
  })
  .openapi('Template')
export type TemplateRow = z.output<typeof templateRow>

/** A template as it reads for one case: its placeholders filled. */
export const offeredTemplate = z
  .object({ id: z.uuid(), title: z.string(), text: z.string() })
  .openapi('OfferedTemplate')
export type OfferedTemplate = z.output<typeof offeredTemplate>

export const changedTemplate = z.object({ id: z.uuid(), version: z.int() }).openapi('ChangedTemplate')
export type ChangedTemplate = z.output<typeof changedTemplate>
