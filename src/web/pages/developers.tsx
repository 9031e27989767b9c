import { useLoaderData } from 'react-router'
import { CitizenPage } from '../ui/citizen-page.tsx'
import { ScrollRegion } from '../ui/scroll.tsx'
import { useShell } from '../ui/shell.tsx'
import { openPage } from '../visit.ts'

export const loader = openPage((_, { request }) => ({ origin: new URL(request.url).origin }))

export default function DevelopersPage() {
  const { origin } = useLoaderData<typeof loader>()
  const { t } = useShell()
  const call = `curl -X POST ${origin}/api/cases \\
  -H 'Authorization: Bearer sitec_…' \\
  -H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: 5f0c2d1e-0001' \\
  -d '{"kind":"incident","title":"La stampante della stanza 11 non risponde","requesterEmail":"nome.cognome@comune.example.it"}'`
  return (
    <CitizenPage title={t.developersPage.title} clarity>
      <h1 className="st-title">{t.developersPage.title}</h1>
      <p className="st-lead">{t.developersPage.lead}</p>
      <ol>
        <li>{t.developersPage.key}</li>
        <li>{t.developersPage.call}</li>
      </ol>
      <ScrollRegion label={t.developersPage.call}>
        <pre className="st-code-block">{call}</pre>
      </ScrollRegion>
      <p>{t.developersPage.answer}</p>
      <ScrollRegion label={t.developersPage.answer}>
        <pre className="st-code-block">{'{"id":"0190…","number":"2026/12345","version":1}'}</pre>
      </ScrollRegion>
      <p>{t.developersPage.again}</p>
      <p>
        {t.developersPage.all} <a href="/api/openapi.json">openapi.json</a>
      </p>
    </CitizenPage>
  )
}
