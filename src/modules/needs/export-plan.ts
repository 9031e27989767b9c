/** The plan as a CSV file, in the form that the import takes. */
import type { Context } from '../../platform/context.ts'
import { writeCsv } from '../../platform/csv.ts'
import { findPlan } from './plans.ts'

const header = [
  ...['line', 'category', 'description', 'quantity', 'unit_price_eur', 'total_ex_vat_eur', 'total_inc_vat_eur', 'kind'],
  ...['chapter', 'fund'],
]

/** The lines of a plan as they stand, amounts with a decimal comma. */
export async function exportPlan(ctx: Context, year: number): Promise<string> {
  const { rows } = await findPlan(ctx, year)
  return writeCsv(
    header,
    rows.map((line) => [
      ...[line.number, line.category, line.description, line.quantity],
      ...[line.unitPrice, line.totalExVat, line.totalIncVat].map(Number),
      ...[line.kind, line.chapter, line.fund],
    ]),
  )
}
