/** The reconciliation as a CSV file. */
import type { Context } from '../../platform/context.ts'
import { writeCsv } from '../../platform/csv.ts'
import { reconcilePlan } from './reconcile.ts'

const header = [
  ...['plan', 'line', 'category', 'description', 'planned', 'ordered', 'declared', 'verified', 'reserved', 'rejected'],
  ...[
    'installed',
    'retired',
    'paid',
    'planned_ex_vat',
    'ordered_ex_vat',
    'payable_ex_vat',
    'paid_ex_vat',
    'closed',
    'findings',
    'confirmed_by_offices',
    'contested_by_offices',
  ],
]

/** The yearly verification, a row a line; findings by their codes. */
export async function reconciliationCsv(ctx: Context, year: number): Promise<string> {
  const { lines } = await reconcilePlan(ctx, year)
  return writeCsv(
    header,
    lines.map((line) => [
      ...[year, line.line, line.category, line.description, line.planned, line.ordered, line.declared, line.verified],
      ...[line.reserved, line.rejected, line.installed, line.retired, line.paid],
      ...[line.plannedExVat, line.orderedExVat, line.payableExVat, line.paidExVat].map(Number),
      ...[line.isClosed ? 'yes' : 'no', line.findings.map(({ code, count }) => `${code}:${count}`).join(' ')],
      ...[line.confirmed, line.contested],
    ]),
  )
}
