import { Form, Link, useLoaderData, useSearchParams } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { Once } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, onceToken } from '../../../web/visit.ts'
import { addOffice, listOffices } from '../offices.ts'
import type { Office } from '../schema.ts'
import { listSites } from '../sites.ts'
import { peopleByOffice } from '../standing.ts'
import { Act, AdminPage, Day, Panel, Table, useRefused } from './frame.tsx'
import { OfficeFields } from './office-fields.tsx'
import { officeFieldNames, officeInput } from './office-form.ts'
import { administratorPage, fromFields, saved } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage(async (ctx, { request }) => {
  const offices = await listOffices(ctx, { closed: 'with' })
  const withClosed = new URL(request.url).searchParams.get('chiusi') === 'si'
  return {
    rows: withClosed ? offices : offices.filter(({ closedOn }) => closedOn === null),
    closed: offices.filter(({ closedOn }) => closedOn !== null).length,
    people: await peopleByOffice(ctx),
    sites: (await listSites(ctx)).map(({ id, name }) => ({ id, name })),
    once: onceToken(),
  }
})

export const action = form(async (ctx, form) => {
  await fromFields(officeFieldNames, () => addOffice(ctx, officeInput(form)))
  return saved('/amministrazione/uffici', 'added')
})

/** The chart of offices, as a table from the top down. */
export default function OfficesPage() {
  const { rows, closed, people, sites, once } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const { language } = useShell()
  const t = useOrganisationTexts().pages.offices
  const open = rows.filter(({ closedOn }) => closedOn === null)
  const shown = (n: number) => wholeNumber(n, language)
  return (
    <AdminPage
      title={t.title}
      lead={open.length === 0 ? t.empty : t.sentence(open.length, shown(open.length), shown(closed))}
      actions={<Link to="/amministrazione/importa#uffici">{t.import}</Link>}
    >
      <Panel label={t.add} refused={refused}>
        <p className="st-quiet">{t.addIntro}</p>
        <Form method="post" key={once}>
          <Once token={once} />
          <Act act="add" />
          <OfficeFields
            refused={refused}
            choices={{ parents: open.map(({ id, name, depth }) => ({ id, name, depth })), sites }}
          />
          <button type="submit" className="btn st-btn is-main">
            {t.add}
          </button>
        </Form>
      </Panel>
      <OfficeTable rows={rows} people={people} closed={closed} />
    </AdminPage>
  )
}

function OfficeTable({ rows, people, closed }: { rows: Office[]; people: Record<string, number>; closed: number }) {
  const { words, pages } = useOrganisationTexts()
  const { language } = useShell()
  const [search] = useSearchParams()
  const t = pages.offices
  const withClosed = search.get('chiusi') === 'si'
  if (rows.length === 0) return null
  return (
    <>
      <Table
        caption={withClosed ? t.captionWithClosed : t.caption}
        head={
          <>
            <th scope="col">{t.columns.name}</th>
            <th scope="col">{t.columns.kind}</th>
            <th scope="col">{t.columns.code}</th>
            <th scope="col">{t.columns.ipa}</th>
            <th scope="col">{t.columns.site}</th>
            <th scope="col" className="st-num">
              {t.columns.people}
            </th>
          </>
        }
      >
        <tbody>
          {rows.map((office) => (
            <tr key={office.id}>
              <th scope="row" className={`st-depth-${Math.min(office.depth, 4)}`}>
                <span className="visually-hidden">{t.below(office.depth + 1)}</span>
                <Link to={office.id}>{office.name}</Link>
                {office.closedOn && (
                  <span className="st-sub">
                    {t.closedOn} <Day date={office.closedOn} />
                  </span>
                )}
              </th>
              <td>{words.kinds[office.kind]}</td>
              <td className="st-nowrap">{office.code}</td>
              <td>{office.ipaCode}</td>
              <td>{office.siteName}</td>
              <td className="st-num">
                {people[office.id] ? (
                  <Link to={`/amministrazione/persone?officeId=${office.id}`}>
                    {wholeNumber(people[office.id] ?? 0, language)}
                  </Link>
                ) : (
                  0
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {(closed > 0 || withClosed) && (
        <p className="mt-3">
          <Link to={withClosed ? '?' : '?chiusi=si'}>{withClosed ? t.withoutClosed : t.withClosed}</Link>
        </p>
      )}
    </>
  )
}
