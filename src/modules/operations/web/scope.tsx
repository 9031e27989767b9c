import { Form, redirect, useLoaderData } from 'react-router'
import { sameView, uuidOf } from '../../../web/form-fields.ts'
import { ActField, ActPanel, Crumb, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page } from '../../../web/visit.ts'
import { findScopeMonth } from '../month.ts'
import { carryOut } from './acts.ts'
import { InterruptionTable } from './interruptions-part.tsx'
import { ScopeState } from './scopes-part.tsx'
import { useDuration, useOperationsTexts, useShare } from './texts.ts'

export const loader = page(async (ctx, { request, params }) =>
  findScopeMonth(ctx, uuidOf(params.scope), new URL(request.url).searchParams.get('mese') ?? undefined),
)

export const action = form(async (ctx, form, { request, params }) => {
  await carryOut(ctx, form)
  return redirect(sameView(request, `/gestione-operativa/${uuidOf(params.scope)}`, 'mese'))
})

/** One scope in a month: its figure, opened into outages, declarations and single checks. */
export default function ScopePage() {
  const { scope, month, figures, interruptions, may } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const texts = useOperationsTexts()
  const duration = useDuration()
  const t = texts.scope
  const date = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const day = (text: string) => date.format(new Date(`${text}T00:00:00Z`))
  return (
    <StaffPage title={scope.name}>
      <Crumb to={`/gestione-operativa?mese=${month}`} label={texts.page.title} title={scope.name} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{scope.name}</h1>
          <p className="st-lead mb-0">
            {scope.code} · {t.watched(day(scope.beginsOn), scope.endsOn && day(scope.endsOn))},{' '}
            {texts.hours[scope.hours].toLowerCase()}, {t.every(duration(scope.intervalS * 1000))}
          </p>
        </div>
        {may.manage && <Ending />}
      </div>
      {figures !== null && <Figures />}
      <Outages />
      <Declared />
      <Checks />
      <section className="st-section">
        <h2 id="interruptions" className="st-h2">
          {t.interruptions}
        </h2>
        {interruptions.length === 0 ? (
          <p>{texts.page.noInterruptions}</p>
        ) : (
          <InterruptionTable rows={interruptions} may={may} isOfAll={false} />
        )}
      </section>
    </StaffPage>
  )
}

function Figures() {
  const { figures } = useLoaderData<typeof loader>()
  const texts = useOperationsTexts()
  const duration = useDuration()
  const share = useShare()
  if (figures === null) return null
  const { columns } = texts.page
  const { upMs, downMs, unknownMs, agreedMs, declaredDownMs } = figures
  return (
    <section className="st-section">
      <h2 id="facts" className="st-h2">
        {texts.scope.facts}
      </h2>
      <p>
        <ScopeState scope={figures} /> · {texts.sources[figures.source]}
      </p>
      <dl className="st-sum">
        <div>
          <dt>{columns.availability}</dt>
          <dd>{share(upMs, upMs + downMs)}</dd>
        </div>
        {(
          [
            ['down', downMs],
            ['unknown', unknownMs],
            ['agreed', agreedMs],
            ['declared', declaredDownMs],
          ] as const
        ).map(([name, ms]) => (
          <div key={name}>
            <dt>{columns[name]}</dt>
            <dd>{duration(ms)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Outages() {
  const { outages, until } = useLoaderData<typeof loader>()
  const t = useOperationsTexts()
  const duration = useDuration()
  const c = t.scope.columns
  return (
    <section className="st-section">
      <h2 id="outages" className="st-h2">
        {t.scope.outages}
      </h2>
      {outages.length === 0 ? (
        <p>{t.scope.outagesNone}</p>
      ) : (
        <DataTable
          caption={t.scope.outages}
          columns={[
            ...[c.from, c.until],
            { label: c.length, isNumber: true },
            { label: t.page.columns.agreed, isNumber: true },
          ]}
        >
          {outages.map((row) => (
            <tr key={row.from}>
              <th scope="row">
                <When at={row.from} isShort />
              </th>
              <td>{Date.parse(row.until) >= Date.parse(until) ? t.scope.stillOn : <When at={row.until} isShort />}</td>
              <td className="st-num st-strong">{duration(row.ms)}</td>
              <td className="st-num">{duration(row.agreedMs)}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}

function Declared() {
  const { declared } = useLoaderData<typeof loader>()
  const t = useOperationsTexts().scope
  return (
    <section className="st-section">
      <h2 id="declared" className="st-h2">
        {t.declared}
      </h2>
      {declared.length === 0 ? (
        <p>{t.declaredNone}</p>
      ) : (
        <DataTable
          caption={t.declared}
          columns={[t.columns.from, t.columns.until, t.columns.reason, t.columns.excluded]}
        >
          {declared.map((row) => (
            <tr key={row.from}>
              <th scope="row">
                <When at={row.from} isShort />
              </th>
              <td>
                <When at={row.until} isShort />
              </td>
              <td>{row.reason}</td>
              <td>{row.isExcluded ? t.yes : t.no}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}

function Checks() {
  const { samples, isCapped } = useLoaderData<typeof loader>()
  const { language, zone } = useShell()
  const texts = useOperationsTexts()
  const t = texts.scope
  const c = t.sampleColumns
  const exact = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return (
    <section className="st-section">
      <h2 id="samples" className="st-h2">
        {t.samples}
      </h2>
      {isCapped && <p>{t.samplesCapped}</p>}
      {samples.length === 0 ? (
        <p>{t.samplesNone}</p>
      ) : (
        <DataTable
          caption={t.samples}
          columns={[c.at, c.probe, c.network, c.result, { label: c.ms, isNumber: true }, c.witness]}
        >
          {samples.map((row) => (
            <tr key={`${row.at} ${row.probe} ${row.witness}`}>
              <th scope="row">
                <time dateTime={row.at}>{exact.format(new Date(row.at))}</time>
              </th>
              <td>{row.probe}</td>
              <td>{row.network}</td>
              <td>
                <span className={`st-state ${row.isOk ? 'st-ok' : 'st-late'}`}>{row.isOk ? t.good : t.failed}</span>
              </td>
              <td className="st-num">{row.isOk ? row.ms : '–'}</td>
              <td>{texts.witness[row.witness]}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}

function Ending() {
  const { scope } = useLoaderData<typeof loader>()
  const t = useOperationsTexts()
  const refused = useRefusedAct('end')
  return (
    <ActPanel label={t.scope.end} act="end">
      <Form method="post">
        <ActField act="end" version={scope.version} />
        <input type="hidden" name="id" value={scope.id} />
        <TextField
          name="endsOn"
          type="date"
          label={t.page.fields.endsOn}
          hint={t.scope.endHint}
          refused={refused}
          initial={scope.endsOn ?? ''}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.scope.save}
        </button>
      </Form>
    </ActPanel>
  )
}
