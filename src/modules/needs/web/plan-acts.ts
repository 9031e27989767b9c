/** The acts of the pages of plans, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { approvePlan, decideLines, varyPlan } from '../decide.ts'
import { importPlan } from '../import-plan.ts'
import { addLine } from '../lines.ts'
import { changePlan, openPlan } from '../plans.ts'
import { wrong } from '../problems.ts'
import type { AddLineInput, ChangePlanInput, DecideInput, OpenPlanInput, VaryInput } from '../schema.ts'

/** Opens the plan of a year, or loads one from its file; returns the year. */
export async function beginPlan(ctx: Context, form: FormData): Promise<number> {
  const fields = filledTexts(form)
  if (fields.act === 'load') return loadPlan(ctx, form, planYear(fields.year))
  await openPlan(ctx, { year: planYear(fields.year), closesOn: fields.closesOn ?? null } satisfies OpenPlanInput)
  return planYear(fields.year)
}

async function loadPlan(ctx: Context, form: FormData, year: number): Promise<number> {
  await importPlan(ctx, await fileOf(form), year)
  return year
}

function planYear(text: string | undefined): number {
  if (!/^2\d{3}$/.test(text ?? '')) throw wrong('year', (t) => t.wrongYear)
  return Number(text)
}

/** The bytes of the file a form brings. */
export async function fileOf(form: FormData): Promise<Uint8Array> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrong('file', (t) => t.fileMissing)
  return new Uint8Array(await file.arrayBuffer())
}

/** Carries out what a button of the plan's page asks for; everything is parsed by the operation. */
export async function changeThePlan(ctx: Context, year: number, form: FormData): Promise<void> {
  const { act = '', part: _, once: __, version, ...fields } = filledTexts(form)
  const seen = version === undefined ? {} : { version: Number(version) }
  switch (act) {
    case 'load':
      await loadPlan(ctx, form, year)
      break
    case 'terms':
      await changePlan(ctx, year, { ...fields, ...seen } as unknown as ChangePlanInput)
      break
    case 'add':
      await addLine(ctx, year, fields as unknown as AddLineInput)
      break
    case 'approve':
      await approvePlan(ctx, year, { ...seen, act: fields.approval ?? '' })
      break
    case 'vary':
      await varyPlan(ctx, year, { ...seen, ...variationOf(fields) })
      break
    default:
      await decideLines(ctx, year, decisionOf(form, act))
  }
}

/**
 * "accepted" decides on the ticked lines, "accepted-rest" on all that wait, "accepted-ID:VERSION" on that line alone, with
 * its own quantity and reason.
 */
function decisionOf(form: FormData, act: string): DecideInput {
  const [, decision = '', one] = /^(accepted|partly|refused)(?:-(.+))?$/.exec(act) ?? []
  const isBulk = one === undefined || one === 'rest'
  const named = one === undefined ? form.getAll('line') : one === 'rest' ? form.getAll('undecided') : [one]
  if (named.length === 0) throw wrong('lines', (t) => t.nothingTicked)
  const lines = named.map((value) => {
    const [id = '', version] = String(value).split(':')
    const quantity = form.get(isBulk ? `quantity-${id}` : 'quantity')
    return { id, version: Number(version), ...(typeof quantity === 'string' && quantity !== '' && { quantity }) }
  })
  // Texts as they were typed: the operation parses them.
  return { lines, decision, reason: String(form.get('reason') ?? '') } as unknown as DecideInput
}

/** The lines that were chosen to change, an empty box meaning "as it is"; a new line when its description is there. */
function variationOf(fields: Record<string, string>): VaryInput {
  const { approval = '', reason = '', description, ...rest } = fields
  const changes = [1, 2, 3, 4].flatMap((n) => {
    const [number, quantity, price] = (rest[`change-${n}`] ?? '').split(':')
    if (!number) return []
    const wanted = { quantity: rest[`quantity-${n}`] ?? quantity, unitPrice: rest[`price-${n}`] ?? price }
    return [{ number: Number(number), ...wanted }]
  })
  const additions = description === undefined ? [] : [{ ...rest, description }]
  return { act: approval, reason, changes, additions } as unknown as VaryInput
}
