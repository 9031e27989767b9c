import { Form, Link, useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { form } from '../../../web/visit.ts'
import { changeOffice, closeOffice, findOffice, listOffices, reopenOffice } from '../offices.ts'
import { listSites } from '../sites.ts'
import { peopleByOffice } from '../standing.ts'
import { Act, AdminPage, Day, Refusal, useRefused } from './frame.tsx'
import { OfficeFields } from './office-fields.tsx'
import { officeFieldNames, officeInput } from './office-form.ts'
import { administratorPage, fromFields, idOf, saved, seenVersion, text } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx, { params }) => {
  const office = await findOffice(ctx, idOf(params))
  return {
    office,
    parents: (await listOffices(ctx)).flatMap(({ id, name, depth }) => (id === office.id ? [] : [{ id, name, depth }])),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    people: (await peopleByOffice(ctx))[office.id] ?? 0,
  }
})

export const action = form(async (ctx, form, { params }) => {
  const id = idOf(params)
  const version = seenVersion(form)
  const here = `/amministrazione/uffici/${id}`
  switch (text(form, 'act')) {
    case 'close':
      await closeOffice(ctx, id, { version })
      return saved(here, 'closed')
    case 'reopen':
      await reopenOffice(ctx, id, { version })
      return saved(here, 'reopened')
    default:
      await fromFields(officeFieldNames, () => changeOffice(ctx, id, { ...officeInput(form), version }))
      return saved(here, 'changed')
  }
})

/** One office: its data, and closing it. */
export default function OfficePage() {
  const { office, people } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const { words, pages } = useOrganisationTexts()
  const t = pages.offices
  return (
    <AdminPage
      title={office.name}
      above={[{ to: '/amministrazione/uffici', label: t.title }]}
      lead={
        <>
          {words.kinds[office.kind]} {office.code}
          {office.closedOn ? (
            <>
              . {t.closedOn} <Day date={office.closedOn} />.
            </>
          ) : people === 0 ? (
            `. ${t.nobodyHere}.`
          ) : (
            <>
              . {t.peopleHere(people, wholeNumber(people, language))}.{' '}
              <Link to={`/amministrazione/persone?officeId=${office.id}`}>{t.seePeople}</Link>
            </>
          )}
        </>
      }
    >
      {office.closedOn === null ? <OpenOffice /> : <ClosedOffice />}
    </AdminPage>
  )
}

function OpenOffice() {
  const { office, parents, sites } = useLoaderData<typeof loader>()
  const { pages } = useOrganisationTexts()
  const changing = useRefused('change')
  const closing = useRefused('close')
  const t = pages.offices
  return (
    <div className="st-side">
      <section aria-labelledby="data">
        <h2 id="data" className="st-h2">
          {t.changeTitle}
        </h2>
        <Form method="post" className="st-form" key={office.version}>
          <Refusal refused={changing} />
          <Act act="change" version={office.version} refused={changing} />
          <OfficeFields refused={changing} office={office} choices={{ parents, sites }} />
          <button type="submit" className="btn st-btn is-main">
            {pages.common.save}
          </button>
        </Form>
      </section>
      <aside aria-labelledby="closing">
        <h2 id="closing" className="st-h2">
          {t.closeTitle}
        </h2>
        <p className="st-small">{t.closeHint}</p>
        <Refusal refused={closing} />
        <Form method="post">
          <Act act="close" version={office.version} refused={closing} />
          <button type="submit" className="btn st-btn is-plain">
            {t.close}
          </button>
        </Form>
      </aside>
    </div>
  )
}

function ClosedOffice() {
  const { office } = useLoaderData<typeof loader>()
  const refused = useRefused('reopen')
  const t = useOrganisationTexts().pages.offices
  return (
    <Form method="post">
      <p>{t.reopenHint}</p>
      <Refusal refused={refused} />
      <Act act="reopen" version={office.version} refused={refused} />
      <button type="submit" className="btn st-btn is-main">
        {t.reopen}
      </button>
    </Form>
  )
}
