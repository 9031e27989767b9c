import { allow } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import { officeColumns } from '../import-offices.ts'
import { peopleColumns } from '../import-people.ts'

/** The header line of an import, as a file that spreadsheets open with a double click. */
export const loader = page(async (ctx, { params }) => {
  allow(ctx.actor, 'organisation.manage')
  const files: Record<string, typeof officeColumns | undefined> = { uffici: officeColumns, persone: peopleColumns }
  const name = params.what ?? ''
  const columns = Object.hasOwn(files, name) ? files[name] : undefined
  const { required, optional } = columns ?? fail(notFound())
  return new Response(`\uFEFF${[...required, ...optional].join(';')}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="modello-${name}.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
})
