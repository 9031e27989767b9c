import { Form, Link, redirect, useActionData, useLoaderData } from 'react-router'
import { uuidOf } from '../../../web/form-fields.ts'
import { ActField, Crumb } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { useChanges } from '../../../web/ui/use-changes.ts'
import { When } from '../../../web/ui/when.tsx'
import { form, page, type Refused } from '../../../web/visit.ts'
import { findCensus, stopCensus } from '../census.ts'
import { CensusState } from './box-census-table.tsx'
import { useBoxFigures, useBoxTexts, wordFor } from './box-texts.ts'

export const loader = page(async (ctx, { params }) => ({ census: await findCensus(ctx, uuidOf(params.id)) }))

export const action = form(async (ctx, _, { params }) => {
  const { id } = await stopCensus(ctx, uuidOf(params.id))
  return redirect(`/caselle/censimenti/${id}`)
})

/** How far a census is, or what came of it; those that could not be opened by name. */
export default function BoxCensusPage() {
  const { census } = useLoaderData<typeof loader>()
  const refused = useActionData<Refused>()
  const texts = useBoxTexts()
  const t = texts.page.census
  useChanges()
  const looked = census.seen + census.failed + census.leftOut
  const title = `${t.title}: ${census.serverName ?? texts.sources[census.source]}`
  return (
    <StaffPage title={title}>
      <Crumb to="/caselle/server" label={texts.page.serverPage.title} title={t.title} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">
            <CensusState state={census.state} /> {t.sentence(looked, census.asked)}{' '}
            {census.state === 'running' && census.stopAskedAt !== null && t.stopping}
          </p>
        </div>
        {census.state === 'running' && census.stopAskedAt === null && (
          <Form method="post">
            <ActField act="stop" />
            <button type="submit" className="btn st-btn is-plain">
              {t.stop}
            </button>
          </Form>
        )}
      </div>
      <RefusedNotice refused={refused} />
      {census.state === 'running' && (
        <progress value={looked} max={Math.max(census.asked, 1)} aria-label={t.progress} />
      )}
      <Sums />
      {census.withPersonal && census.assessment !== null && census.agreement !== null && (
        <p>{t.papers(census.assessment, census.agreement)}</p>
      )}
      <p className="st-quiet">
        <When at={census.begunAt} />
        {census.endedAt !== null && (
          <>
            {' – '}
            <When at={census.endedAt} />
          </>
        )}
      </p>
      {census.trouble !== null && <p>{wordFor(texts.page.serverPage.troubles, census.trouble)}</p>}
      <Troubles />
      <p>
        <Link to="/caselle?finding=any">{t.toFindings}</Link>
      </p>
    </StaffPage>
  )
}

function Sums() {
  const { census } = useLoaderData<typeof loader>()
  const t = useBoxTexts().page.census
  const { whole } = useBoxFigures()
  return (
    <dl className="st-sum">
      {(['seen', 'added', 'changed', 'failed', 'leftOut'] as const).map((name) => (
        <div key={name}>
          <dt>{t.sums[name]}</dt>
          <dd>
            {whole(census[name])}
            {name === 'leftOut' && census.leftOut > 0 && <small>{t.leftOutHint}</small>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Troubles() {
  const { census } = useLoaderData<typeof loader>()
  const texts = useBoxTexts()
  const t = texts.page.census
  const words = texts.page.serverPage.troubles
  if (census.troubles.length === 0) return null
  return (
    <section className="st-section">
      <h2 className="st-h2">{t.troubles}</h2>
      <DataTable caption={t.troubles} columns={[t.address, t.why]}>
        {census.troubles.map(({ address, trouble }) => (
          <tr key={address}>
            <th scope="row">{address}</th>
            <td>{trouble === null ? t.leftOut : (wordFor(words, trouble) ?? words.other)}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
