/** Inputs and outputs of cases on items, and of installations that the desk resolved. */
import { z } from '@hono/zod-openapi'
import { itemTypeNames } from './item-types.ts'
import { itemStates } from './vocabulary.ts'

export const linkItemInput = z
  .object({
    item: z.string().trim().min(1).max(300).openapi({ description: 'Code, serial, inventory number or label' }),
  })
  .openapi('LinkItem')
export type LinkItemInput = z.input<typeof linkItemInput>

export const caseItem = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  type: z.enum(itemTypeNames),
  state: z.enum(itemStates),
  officeName: z.string().nullable(),
})
export type CaseItem = z.output<typeof caseItem>

export const concerned = z.object({
  personId: z.uuid(),
  name: z.string(),
  why: z.enum(['custodian', 'contact']).openapi({ description: 'custodian of what stops; contact of an office of it' }),
  officeName: z.string().nullable(),
})
export type Concerned = z.output<typeof concerned>

export const caseItems = z
  .object({
    items: z.array(caseItem),
    lost: z
      .int()
      .openapi({ description: 'Other things that stop with them; at most five hundred are counted of each' }),
    offices: z.array(z.string()).openapi({ description: 'Whose things stop' }),
    concerned: z.array(concerned).openapi({ description: 'Who must know, at most fifty' }),
    mayLink: z.boolean(),
  })
  .openapi('CaseItems')
export type CaseItems = z.output<typeof caseItems>

export const itemCase = z
  .object({ id: z.uuid(), number: z.string(), title: z.string(), state: z.string(), openedAt: z.string() })
  .openapi('ItemCase')
export type ItemCase = z.output<typeof itemCase>

export const installationOutcomes = ['installed', 'already', 'unknown', 'wrong_state'] as const
export const installation = z
  .object({
    caseId: z.uuid(),
    number: z.string(),
    serial: z.string(),
    itemId: z.uuid().nullable(),
    code: z.string().nullable(),
    outcome: z.enum(installationOutcomes),
    notedAt: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('DeskInstallation')
export type DeskInstallation = z.output<typeof installation>
