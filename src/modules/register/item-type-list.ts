/** The types of items, for programs and forms. */
import { z } from '@hono/zod-openapi'
import type { Context } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { itemTypeNames, itemTypes } from './item-types.ts'
import { families } from './vocabulary.ts'

export const typeRow = z
  .object({
    type: z.enum(itemTypeNames),
    family: z.enum(families),
    prefix: z.string(),
    usefulLife: z.int().nullable().openapi({ description: 'Years' }),
    attributes: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['text', 'number', 'choice', 'date', 'yesno', 'office']),
        choices: z.array(z.string()),
        isRequired: z.boolean(),
      }),
    ),
  })
  .openapi('ItemType')
export type TypeRow = z.output<typeof typeRow>

/** Every type with its attributes. */
export function listTypes(ctx: Context): TypeRow[] {
  allow(ctx.actor, 'register.read')
  return itemTypeNames.map((type) => {
    const { family, prefix, usefulLife, attributes } = itemTypes[type]
    return {
      ...{ type, family, prefix, usefulLife },
      attributes: attributes.map(({ name, kind, choices = [], isRequired = false }) => ({
        ...{ name, kind, isRequired },
        choices: [...choices],
      })),
    }
  })
}
