/** Inputs and outputs of relations and of impact. */
import { z } from '@hono/zod-openapi'
import { itemTypeNames } from './item-types.ts'
import { itemStates, relationKinds } from './vocabulary.ts'

const code = z.string().trim().min(1).max(40)
const empty = z.union([z.null(), z.literal('')]).transform(() => null)

export const addRelationInput = z
  .object({
    kind: z.enum(relationKinds),
    from: code.openapi({ description: 'Code of the item', example: 'APP-000001' }),
    to: code.openapi({ description: 'Code of the item', example: 'SRV-000001' }),
    redundancyGroup: z
      .union([empty, z.string().trim().min(1).max(40)])
      .default(null)
      .openapi({ type: 'string', description: 'Name of a group of providers of the same dependent' }),
    needed: z
      .union([empty, z.coerce.number().int().min(1).max(1000)])
      .default(null)
      .openapi({ type: 'integer', description: 'How many of the group must be left' }),
  })
  .openapi('AddRelation')
export type AddRelationInput = z.input<typeof addRelationInput>

export const relationRow = z
  .object({
    id: z.uuid(),
    kind: z.enum(relationKinds),
    side: z.enum(['from', 'to']).openapi({ description: 'Which end this item is' }),
    otherId: z.uuid(),
    otherCode: z.string(),
    otherName: z.string(),
    otherType: z.enum(itemTypeNames),
    otherState: z.enum(itemStates),
    redundancyGroup: z.string().nullable(),
    needed: z.int().nullable(),
  })
  .openapi('ItemRelation')
export type RelationRow = z.output<typeof relationRow>

export const addedRelation = z.object({ id: z.uuid() }).openapi('AddedRelation')

export const impactInput = z
  .object({ direction: z.enum(['impact', 'dependency']).default('impact') })
  .openapi('ImpactInput')
export type ImpactInput = z.input<typeof impactInput>

const reachedItem = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  type: z.enum(itemTypeNames),
  state: z.enum(itemStates),
  officeId: z.uuid().nullable(),
  officeName: z.string().nullable(),
  step: z.int().openapi({ description: 'How many relations away' }),
  viaId: z.uuid().openapi({ description: 'Through which item' }),
  isLost: z.boolean().openapi({ description: 'false: another provider of its group is left' }),
})
export type ReachedItem = z.output<typeof reachedItem>

export const impact = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    type: z.enum(itemTypeNames),
    direction: z.enum(['impact', 'dependency']),
    reached: z.array(reachedItem),
    offices: z
      .array(z.object({ id: z.uuid(), name: z.string(), items: z.int() }))
      .openapi({ description: 'Who must know: offices of what is lost, most first' }),
    hidden: z.int().openapi({ description: 'Reached, but not for these eyes' }),
    isCapped: z.boolean().openapi({ description: 'More than five hundred are reached: the nearest are told' }),
  })
  .openapi('Impact')
export type Impact = z.output<typeof impact>
