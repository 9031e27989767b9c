import { Form, Link, useActionData, useLoaderData } from 'react-router'
import { ActField } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { Census } from '../census-schema.ts'
import type { loader } from './box-servers.tsx'
import { useBoxFigures, useBoxTexts, wordFor } from './box-texts.ts'

/** How a census stands, as word, colour and shape. */
export function CensusState({ state }: { state: Census['state'] }) {
  const t = useBoxTexts().page.census
  const shape = { running: 'st-run', done: 'st-ok', stopped: 'st-pause', failed: 'st-late' }[state]
  return <span className={`st-state ${shape}`}>{t.states[state]}</span>
}

/** Imports and censuses, newest first. */
export function CensusTable({ censuses }: { censuses: Census[] }) {
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  const { whole } = useBoxFigures()
  const c = t.censusColumns
  const number = (label: string) => ({ label, isNumber: true as const })
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.censuses}</h2>
      {censuses.length === 0 ? (
        <p>{t.noCensuses}</p>
      ) : (
        <DataTable
          caption={t.censuses}
          columns={[c.begun, c.what, c.state, number(c.seen), number(c.added), number(c.changed), number(c.gone)]}
        >
          {censuses.map((one) => (
            <tr key={one.id}>
              <th scope="row" className="st-nowrap">
                <Link to={`/caselle/censimenti/${one.id}`}>
                  <When at={one.begunAt} isShort />
                </Link>
              </th>
              <td>
                {one.serverName ?? texts.sources[one.source]}
                {one.serverName !== null && <span className="st-sub">{texts.sources[one.source]}</span>}
              </td>
              <td>
                <CensusState state={one.state} />
                {one.trouble !== null && (
                  <span className="st-sub">{wordFor(t.troubles, one.trouble) ?? t.troubles.other}</span>
                )}
              </td>
              <td className="st-num">{whole(one.seen)}</td>
              <td className="st-num">{whole(one.added)}</td>
              <td className="st-num">{whole(one.changed)}</td>
              <td className="st-num">{whole(one.gone)}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}

/** Begins a census: of a server, over a list or over what the register has on it. */
export function BeginCensus() {
  const { servers, once } = useLoaderData<typeof loader>()
  const answer = useActionData<Refused>()
  const texts = useBoxTexts()
  const t = texts.page.serverPage
  const files = texts.page.filePage
  const refused = answer?.problem !== undefined && answer.values.act === 'census' ? answer : undefined
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.begin}</h2>
      <p>{t.beginLead}</p>
      <RefusedNotice refused={refused} />
      <Form method="post" encType="multipart/form-data" className="st-form">
        <Once token={once} />
        <ActField act="census" />
        <SelectField
          name="serverId"
          label={t.which}
          refused={refused}
          options={servers.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <div className="mb-3">
          <label className="st-label" htmlFor="accounts">
            {t.accounts}
          </label>
          <input
            id="accounts"
            name="file"
            type="file"
            accept=".csv,text/csv"
            className="st-file"
            aria-describedby="accounts-hint"
          />
          <p id="accounts-hint" className="st-small st-quiet">
            {t.accountsHint}
          </p>
        </div>
        <p>
          <label>
            <input type="checkbox" className="st-check" name="complete" value="yes" /> {t.complete}
          </label>
        </p>
        <fieldset className="st-question mb-3">
          <legend>{t.papers}</legend>
          <p className="st-small st-quiet">{files.papersHint}</p>
          <TextField name="assessment" label={files.assessment} refused={refused} isOptional />
          <TextField name="agreement" label={files.agreement} refused={refused} isOptional />
        </fieldset>
        <button type="submit" className="btn st-btn is-main">
          {t.start}
        </button>
      </Form>
    </section>
  )
}
