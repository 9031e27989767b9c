/** The acts of an item's page, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { moveItem } from '../items.ts'
import type { AddRelationInput } from '../relation-schema.ts'
import { addRelation, removeRelation } from '../relations.ts'
import type { MoveItemInput } from '../schema.ts'

/** Carries out what the form's button asks for; everything is parsed by the operation. */
export async function carryOut(ctx: Context, id: string, form: FormData): Promise<void> {
  const { act, version, code, relation, ...input } = filledTexts(form)
  switch (act) {
    case 'relate':
      await addRelation(ctx, { ...input, from: code ?? '' } as AddRelationInput)
      break
    case 'unrelate':
      await removeRelation(ctx, uuidOf(relation))
      break
    default:
      await moveItem(ctx, id, { ...input, act, version: Number(version) } as MoveItemInput)
  }
}
