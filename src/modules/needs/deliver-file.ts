/** Deliveries from a CSV file, a row a piece: the whole file, or nothing and why. */
import { z } from 'zod'
import { type Context, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { type FieldProblem, Problem } from '../../platform/problem.ts'
import { type FileRow, type Findings, place, readFileRows } from '../organisation/read-file.ts'
import { declareDelivery } from './deliveries.ts'
import { find, refuseFile } from './problems.ts'

const columns = {
  required: ['order', 'note', 'delivered_on', 'line', 'model', 'serial', 'quantity'],
  optional: ['office'],
}
export const deliveryFileLimits = { mostRows: 50_000, mostBytes: 12_000_000 }
const row = z.object({
  order: z.string().min(1).max(40),
  note: z.string().min(1).max(60),
  delivered_on: z.iso.date(),
  line: z.union([
    z.literal('').transform(() => null),
    z
      .string()
      .regex(/^[0-9]{1,6}$/)
      .transform(Number),
  ]),
  model: z.string().max(120),
  serial: z.string().max(60),
  quantity: z.union([
    z.literal('').transform(() => 1),
    z
      .string()
      .regex(/^[1-9][0-9]{0,5}$/)
      .transform(Number),
  ]),
  office: z.string().max(60).optional(),
})
type Row = FileRow<z.output<typeof row>>

/** Declares the deliveries of a file, one for each order and note; a note that is known and the same changes nothing. */
export async function deliverFile(ctx: Context, bytes: Uint8Array) {
  allow(ctx.actor, 'needs.deliver')
  const findings: Findings = []
  const rows = readFileRows(bytes, columns, row, findings, deliveryFileLimits)
  const lots = [...Map.groupBy(rows, ({ values }) => JSON.stringify([values.order, values.note])).values()]
  for (const lot of lots) findOtherDay(lot, findings)
  if (rows.length === 0 && findings.length === 0) find(findings, 1, null, (t) => t.noLines)
  refuseFile(findings)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    const done = { deliveries: 0, items: 0, unchanged: 0 }
    for (const lot of lots) {
      const isNew = await keepLot(ctx, lot, findings)
      if (isNew) done.deliveries += 1
      else done.unchanged += 1
      if (isNew) done.items += lot.length
    }
    refuseFile(findings)
    return done
  })
}

function findOtherDay(lot: readonly Row[], findings: Findings): void {
  const [first] = lot
  for (const { line, values } of lot)
    if (values.delivered_on !== first?.values.delivered_on) find(findings, line, 'delivered_on', (t) => t.otherDay)
}

// What the operation names by its place in the list is named by its line of the file.
async function keepLot(ctx: Context, lot: readonly Row[], findings: Findings): Promise<boolean> {
  const [first] = lot
  if (first === undefined) return false
  const { order, note, delivered_on: deliveredOn } = first.values
  const items = lot.map(({ values: { line, model, serial, quantity, office = '' } }) => ({
    line,
    model,
    serial,
    quantity,
    office,
  }))
  try {
    return (await declareDelivery(ctx, { order, note, deliveredOn, items })).isNew
  } catch (error) {
    if (!(error instanceof Problem) || error.fields.length === 0) throw error
    findings.push(...error.fields.map((field) => placed(field, lot)))
    return false
  }
}

const columnOf: Record<string, string> = { deliveredOn: 'delivered_on' }

/** A field of an operation's list as a place of the file. */
export function placed({ path, say }: FieldProblem, rows: readonly { line: number }[]): FieldProblem {
  const found = /^(?:items|checks)\.(\d+)\.(\w+)$/.exec(path)
  const line = rows[Number(found?.[1] ?? 0)]?.line ?? 1
  const name = found?.[2] ?? path
  return { path: place(line, columnOf[name] ?? name), say }
}
