/** Headers of the ledger as CSV: saved, never shown. */
export const csvHeaders = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="giornate.csv"',
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
}
