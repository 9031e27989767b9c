import { Form, Link, useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { Once } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, onceToken } from '../../../web/visit.ts'
import { addSite, listSites } from '../sites.ts'
import { Act, AdminPage, Panel, Table, useRefused } from './frame.tsx'
import { administratorPage, fromFields, names, saved, text } from './request.ts'
import { SiteFields } from './site-fields.tsx'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx) => ({ rows: await listSites(ctx), once: onceToken() }))

export const action = form(async (ctx, form) => {
  const input = { code: text(form, 'sign'), name: text(form, 'name'), address: text(form, 'address') }
  await fromFields(names({ code: 'sign' }), () => addSite(ctx, input))
  return saved('/amministrazione/sedi', 'added')
})

/** The places where offices and people are. */
export default function SitesPage() {
  const { rows, once } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const { language } = useShell()
  const t = useOrganisationTexts().pages.sites
  return (
    <AdminPage
      title={t.title}
      lead={rows.length === 0 ? t.empty : t.sentence(rows.length, wholeNumber(rows.length, language))}
    >
      <Panel label={t.add} refused={refused}>
        <Form method="post" key={once}>
          <Once token={once} />
          <Act act="add" />
          <SiteFields refused={refused} />
          <button type="submit" className="btn st-btn is-main">
            {t.add}
          </button>
        </Form>
      </Panel>
      {rows.length > 0 && (
        <Table
          caption={t.caption}
          head={
            <>
              <th scope="col">{t.columns.name}</th>
              <th scope="col">{t.columns.code}</th>
              <th scope="col">{t.columns.address}</th>
            </>
          }
        >
          <tbody>
            {rows.map((site) => (
              <tr key={site.id}>
                <th scope="row">
                  <Link to={site.id}>{site.name}</Link>
                </th>
                <td className="st-nowrap">{site.code}</td>
                <td>{site.address}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </AdminPage>
  )
}
