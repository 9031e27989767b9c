/** Deliveries out of forms. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { largestFile, tooLarge } from '../../../platform/files.ts'
import { invalid } from '../../../platform/http/parse.ts'
import { Problem } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { declareDelivery } from '../deliveries.ts'
import { deliveryPagesTexts } from '../delivery-pages-texts.ts'
import type { DeclareDeliveryInput } from '../order-schema.ts'
import { wrong } from '../problems.ts'

/** How many entries the small form has. */
export const formRows = 4

/** The bytes of the file that was chosen. */
export async function fileOf(form: FormData): Promise<Uint8Array> {
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) throw wrong('file', (t) => t.fileMissing)
  if (file.size > largestFile) throw tooLarge()
  return file.bytes()
}

/** Declares what the small form says: an entry is a line of the plan with its serial numbers, or with a count. */
export async function declareFromForm(ctx: Context, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const entries = Array.from({ length: formRows }, (_, at) => at + 1).flatMap((row) => {
    const common = { line: text(`line-${row}`), model: text(`model-${row}`), office: text(`office-${row}`) }
    const serials = text(`serials-${row}`).split(/\s+/).filter(Boolean)
    if (serials.length > 0) return serials.map((serial) => ({ row, item: { ...common, serial, quantity: '1' } }))
    const quantity = text(`quantity-${row}`)
    const isEmpty = quantity === '' && common.line === '' && common.model === ''
    return isEmpty ? [] : [{ row, item: { ...common, serial: '', quantity } }]
  })
  if (entries.length === 0)
    throw invalid([{ path: 'serials-1', say: say(deliveryPagesTexts, (t) => t.deliveries.noItems) }])
  // Parsed by the operation.
  const input = {
    ...{ order: text('order'), note: text('note'), deliveredOn: text('deliveredOn') },
    items: entries.map(({ item }) => item),
  } as DeclareDeliveryInput
  try {
    return await declareDelivery(ctx, input)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw inForm(
      error,
      entries.map(({ row }) => row),
    )
  }
}

// What the operation names by its place in the list is named by the entry of the form.
function inForm({ kind, code, say, fields }: Problem, rows: readonly number[]): Problem {
  const fieldOf: Record<string, string> = { serial: 'serials' }
  return new Problem(
    kind,
    code,
    say,
    fields.map((field) => {
      const [, at = '', name = ''] = /^items\.(\d+)\.(\w+)$/.exec(field.path) ?? []
      return name === '' ? field : { ...field, path: `${fieldOf[name] ?? name}-${rows[Number(at)] ?? 1}` }
    }),
  )
}
