import { useLoaderData } from 'react-router'
import { page } from '../../../web/visit.ts'
import { listNameAccesses } from '../names.ts'
import { AccessTable } from './name-table.tsx'
import { PathPage } from './path-page.tsx'
import { useSupplierTexts } from './supplier-words.ts'

export const loader = page(async (ctx) => ({ accesses: await listNameAccesses(ctx) }))

/** Every opening of names, for both sides. */
export default function NameLogPage() {
  const { accesses } = useLoaderData<typeof loader>()
  const { namePages: t } = useSupplierTexts()
  return (
    <PathPage title={t.logTitle} lead={t.logLead} above={[]}>
      {accesses.length === 0 ? <p>{t.logNone}</p> : <AccessTable accesses={accesses} />}
    </PathPage>
  )
}
