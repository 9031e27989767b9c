import { sql } from 'kysely'
import { useLoaderData } from 'react-router'
import { CitizenPage } from '../ui/citizen-page.tsx'
import { ScrollRegion } from '../ui/scroll.tsx'
import { useShell } from '../ui/shell.tsx'
import { openPage } from '../visit.ts'

type Head = { number: number; sealed_at: string; head: string; events: number }

export const loader = openPage(async (visit) => {
  const found = await sql<Head>`select number, sealed_at, head, events from newest_seals(30)`.execute(
    visit.services.database.app,
  )
  return found.rows
})

export default function IntegrityPage() {
  const heads = useLoaderData<typeof loader>()
  const { t } = useShell()
  const last = heads[0]
  return (
    <CitizenPage title={t.integrityPage.title} clarity>
      <h1 className="st-title">{t.integrityPage.title}</h1>
      <p className="st-lead">{t.integrityPage.lead}</p>
      {last === undefined ? (
        <p>{t.integrityPage.none}</p>
      ) : (
        <>
          <p>{t.integrityPage.how}</p>
          <ScrollRegion label={t.integrityPage.how}>
            <pre className="st-code-block">{`npx sitec audit verify --head ${last.head}@${last.number}`}</pre>
          </ScrollRegion>
          <ScrollRegion label={t.integrityPage.caption}>
            <table className="st-table">
              <caption>{t.integrityPage.caption}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.integrityPage.number}</th>
                  <th scope="col">{t.integrityPage.when}</th>
                  <th scope="col" className="st-num">
                    {t.integrityPage.events}
                  </th>
                  <th scope="col">{t.integrityPage.head}</th>
                </tr>
              </thead>
              <tbody>
                {heads.map((head) => (
                  <tr key={head.number}>
                    <th scope="row">{head.number}</th>
                    <td className="st-nowrap">
                      <time dateTime={head.sealed_at}>{head.sealed_at.slice(0, 19).replace('T', ' ')}</time>
                    </td>
                    <td className="st-num">{head.events}</td>
                    <td className="st-hash">{head.head}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </CitizenPage>
  )
}
