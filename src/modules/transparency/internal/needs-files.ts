/** The file of a published year of the needs plan. Comma, LF, dots: for programs. Pure. */
import type { Reconciliation } from '../../needs/schema.ts'
import { record } from './results-files.ts'

/** Columns of the file; described in `needs-results-dictionary.ts`. */
export const needsColumns = [
  ...['year', 'line', 'category', 'description', 'planned', 'ordered', 'declared', 'verified', 'reserved', 'rejected'],
  ...['installed', 'retired', 'paid', 'planned_ex_vat', 'ordered_ex_vat', 'payable_ex_vat', 'paid_ex_vat', 'findings'],
] as const

/** A row a line, without offices and serial numbers; findings as "code:count". */
export function needsCsv({ plan, lines }: Pick<Reconciliation, 'plan' | 'lines'>): string {
  const rows = lines.map((line) =>
    record([
      ...[plan, line.line, line.category, line.description, line.planned, line.ordered, line.declared, line.verified],
      ...[line.reserved, line.rejected, line.installed, line.retired, line.paid],
      ...[line.plannedExVat, line.orderedExVat, line.payableExVat, line.paidExVat],
      line.findings.map(({ code, count }) => `${code}:${count}`).join(' '),
    ]),
  )
  return record(needsColumns) + rows.join('')
}
