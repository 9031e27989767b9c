/** The acts of the page of the collection, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { parse } from '../../../platform/http/parse.ts'
import { filledTexts, uuidOf } from '../../../web/form-fields.ts'
import { consolidateLines } from '../consolidate.ts'
import { findPlan, turnPlan } from '../plans.ts'
import { loadPriceList } from '../price-lists.ts'
import { wrong } from '../problems.ts'
import { returnSheet } from '../requests.ts'
import { type ConsolidateInput, turnPlanInput } from '../schema.ts'
import { codesOf } from './line-codes.ts'
import { fileOf } from './plan-acts.ts'

/** Carries out what a button of the page asks for; everything is parsed by the operation. */
export async function changeCollection(ctx: Context, year: number, form: FormData): Promise<void> {
  const { act, part: _, once: __, version, ...fields } = filledTexts(form)
  switch (act) {
    case 'turn':
      await turnPlan(ctx, year, parse(turnPlanInput, { version, state: fields.state }))
      break
    case 'return':
      await returnSheet(ctx, year, uuidOf(fields.officeId))
      break
    case 'prices': {
      const { name = '', effectiveFrom = '', approval = '' } = fields
      await loadPriceList(ctx, await fileOf(form), { name, effectiveFrom, act: approval })
      break
    }
    default:
      await consolidate(ctx, year, form, fields, act === 'merge')
  }
}

async function consolidate(
  ctx: Context,
  year: number,
  form: FormData,
  { asked: _, lineId, codes, ...fields }: Record<string, string>,
  isMerge: boolean,
) {
  const requestLineIds = form.getAll('asked').map(String)
  if (requestLineIds.length === 0) throw wrong('asked', (t) => t.nothingTicked)
  const values = isMerge ? await valuesOf(ctx, year, lineId) : fields
  // Texts as they were typed: the operation parses them.
  const input = { ...values, requestLineIds, codes: codesOf(codes), lineId: isMerge ? lineId : null }
  await consolidateLines(ctx, year, input as unknown as ConsolidateInput)
}

// What is merged takes the values of the line it goes into.
async function valuesOf(ctx: Context, year: number, lineId: string | undefined) {
  const line = (await findPlan(ctx, year)).rows.find(({ id }) => id === lineId)
  if (line === undefined) throw wrong('lineId', (t) => t.noLineChosen)
  const { category, description, kind, unitPrice } = line
  return { category, description, kind, unitPrice }
}
