import { Form, useLoaderData } from 'react-router'
import { fail, notFound } from '../../../platform/problem.ts'
import { form } from '../../../web/visit.ts'
import { changeSite, listSites } from '../sites.ts'
import { Act, AdminPage, Refusal, useRefused } from './frame.tsx'
import { administratorPage, fromFields, idOf, names, saved, seenVersion, text } from './request.ts'
import { SiteFields } from './site-fields.tsx'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx, { params }) => {
  const id = idOf(params)
  return (await listSites(ctx)).find((site) => site.id === id) ?? fail(notFound())
})

export const action = form(async (ctx, form, { params }) => {
  const input = { code: text(form, 'sign'), name: text(form, 'name'), address: text(form, 'address') }
  await fromFields(names({ code: 'sign' }), () =>
    changeSite(ctx, idOf(params), { ...input, version: seenVersion(form) }),
  )
  return saved('/amministrazione/sedi', 'changed')
})

/** One site. */
export default function SitePage() {
  const site = useLoaderData<typeof loader>()
  const refused = useRefused('change')
  const { pages } = useOrganisationTexts()
  const t = pages.sites
  return (
    <AdminPage title={site.name} above={[{ to: '/amministrazione/sedi', label: t.title }]} lead={t.lead}>
      <Form method="post" className="st-form" key={site.version}>
        <Refusal refused={refused} />
        <Act act="change" version={site.version} refused={refused} />
        <SiteFields refused={refused} site={site} />
        <button type="submit" className="btn st-btn is-main">
          {pages.common.save}
        </button>
      </Form>
    </AdminPage>
  )
}
