/** The acts of the page of a line, each one operation. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { filledTexts } from '../../../web/form-fields.ts'
import { listOffices } from '../../organisation/offices.ts'
import { closeLine } from '../close-line.ts'
import { changeLine, findLine, setReplaced, splitLine } from '../lines.ts'
import { wrong } from '../problems.ts'
import type { ChangeLineInput, SplitLineInput } from '../schema.ts'
import { codesOf } from './line-codes.ts'

/** Carries out what a button of the page asks for; everything is parsed by the operation. */
export async function changeTheLine(ctx: Context, year: number, number: number, form: FormData): Promise<void> {
  const { act, part: _, version, ...fields } = filledTexts(form)
  const { id } = await findLine(ctx, year, number)
  const seen = version === undefined ? {} : { version: Number(version) }
  switch (act) {
    case 'split':
      await splitLine(ctx, id, { ...seen, offices: await sharesOf(ctx, fields) } as unknown as SplitLineInput)
      break
    case 'replace':
      await setReplaced(ctx, id, { ...seen, codes: codesOf(fields.codes) })
      break
    case 'close':
      await closeLine(ctx, id, { ...seen, reason: fields.reason ?? '' })
      break
    default:
      await changeLine(ctx, id, { ...fields, ...seen } as unknown as ChangeLineInput)
  }
}

/** `office-3` is a code and `quantity-3` how many; an office without a number gets nothing. */
async function sharesOf(ctx: Context, fields: Record<string, string>) {
  const offices = new Map((await listOffices(ctx)).map(({ code, id }) => [code.toUpperCase(), id]))
  return Object.entries(fields).flatMap(([name, code]) => {
    const place = /^office-(\d+)$/.exec(name)?.[1]
    const quantity = fields[`quantity-${place}`]
    if (place === undefined || quantity === undefined) return []
    const officeId = offices.get(code.trim().toUpperCase())
    if (officeId === undefined) throw wrong(`office-${place}`, (t) => t.unknownOfficeCode(code))
    return [{ officeId, quantity }]
  })
}
