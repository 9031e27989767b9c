import { Form, Link, useLoaderData } from 'react-router'
import { ActField, ActPanel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { LongField, Once, RefusedNotice, SelectField, TextField } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { EntryRow } from '../schema.ts'
import { areas } from '../vocabulary.ts'
import { useApplicationsTexts, useDays } from './texts.ts'
import type { loader } from './year.tsx'

const decidingForm = 'decide-entries'
const mostShown = 500

/** Every entry of the year; who may decides on several at once, who may corrects one. */
export function EntriesPart() {
  const { entries, decidable, may } = useLoaderData<typeof loader>()
  const { page: t } = useApplicationsTexts()
  const c = t.entryColumns
  const isMine = (entry: EntryRow) => decidable === null || decidable.includes(entry.applicationId ?? '')
  const toDecide = new Set(entries.filter((entry) => isMine(entry) && isToDecide(entry)).map((entry) => entry.id))
  const mayTick = toDecide.size > 0
  return (
    <section className="st-section">
      <h2 id="entries" className="st-h2">
        {t.entries}
      </h2>
      {entries.length === mostShown && <p>{t.entriesCapped}</p>}
      {mayTick && <Deciding />}
      {entries.length === 0 ? (
        <p>{t.entriesNone}</p>
      ) : (
        <DataTable
          caption={t.entries}
          columns={[
            ...(mayTick ? [c.tick] : []),
            ...[c.day, c.application, c.case, c.what],
            { label: c.days, isNumber: true },
            c.state,
            ...(may.declare ? [c.act] : []),
          ]}
        >
          {entries.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              tick={mayTick ? boxOf(toDecide.has(entry.id)) : null}
              mayCorrect={may.declare}
            />
          ))}
        </DataTable>
      )}
      {may.declare && <Declaring />}
    </section>
  )
}

const boxOf = (isToTick: boolean) => (isToTick ? 'box' : 'none')

function isToDecide(entry: EntryRow): boolean {
  return entry.state !== 'accepted' && !entry.isCorrected && !(entry.correctsId !== null && entry.state === 'contested')
}

type EntryProps = { entry: EntryRow; tick: 'box' | 'none' | null; mayCorrect: boolean }

function Entry({ entry, tick, mayCorrect }: EntryProps) {
  const { language } = useShell()
  const texts = useApplicationsTexts()
  const days = useDays()
  const { page: t } = texts
  const day = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <tr id={`entry-${entry.id}`}>
      {tick !== null && (
        <td>
          {tick === 'box' && (
            <input
              type="checkbox"
              className="st-check"
              name="entry"
              form={decidingForm}
              value={`${entry.id}:${entry.version}`}
              aria-label={t.tick(entry.reference ?? entry.what ?? entry.day)}
            />
          )}
        </td>
      )}
      <th scope="row">{day.format(new Date(`${entry.day}T00:00:00Z`))}</th>
      <td>{entry.applicationName ?? `${t.noApplication} (${texts.areas[entry.area].toLowerCase()})`}</td>
      <td>{entry.caseId && <Link to={`/richieste/${entry.caseId}`}>{entry.caseNumber}</Link>}</td>
      <td>
        {entry.what ?? <em>{t.erased}</em>}
        {entry.correctsId !== null && <span className="d-block st-small st-quiet">{t.corrects}</span>}
      </td>
      <td className="st-num st-strong">{days(entry.tenths)}</td>
      <td>
        <EntryState entry={entry} />
        {entry.reason !== null && <span className="d-block st-small st-quiet">{entry.reason}</span>}
      </td>
      {mayCorrect && <td>{entry.correctsId === null && !entry.isCorrected && <Correcting entry={entry} />}</td>}
    </tr>
  )
}

function EntryState({ entry }: { entry: EntryRow }) {
  const texts = useApplicationsTexts()
  if (entry.isCorrected) return <span className="st-state st-idle">{texts.page.corrected}</span>
  const shape = { declared: 'st-warn', accepted: 'st-ok', contested: 'st-late' }[entry.state]
  return <span className={`st-state ${shape}`}>{texts.states[entry.state]}</span>
}

function Deciding() {
  const { page: t } = useApplicationsTexts()
  const [accepting, contesting] = [useRefusedAct('accept'), useRefusedAct('contest')]
  return (
    <Form method="post" id={decidingForm} className="st-bulk" preventScrollReset>
      <RefusedNotice refused={accepting ?? contesting} />
      <button type="submit" name="act" value="accept" className="btn st-btn is-main">
        {t.accept}
      </button>
      <label className="st-label" htmlFor="contest-reason">
        {t.reason}
      </label>
      <input
        id="contest-reason"
        name="reason"
        className="st-field st-auto"
        maxLength={2000}
        defaultValue={contesting?.values.reason ?? ''}
        aria-describedby="contest-hint"
      />
      <button type="submit" name="act" value="contest" className="btn st-btn is-plain">
        {t.contest}
      </button>
      <span id="contest-hint" className="st-small st-quiet">
        {t.contestHint}
      </span>
    </Form>
  )
}

function Correcting({ entry }: { entry: EntryRow }) {
  const { page: t } = useApplicationsTexts()
  const refused = useRefusedAct('correct')
  const isHere = refused?.values.id === entry.id
  return (
    <details className="st-unfold" open={isHere || undefined}>
      <summary>{t.correct}</summary>
      <Form method="post" className="mt-2" preventScrollReset>
        {isHere && <RefusedNotice refused={refused} />}
        <ActField act="correct" version={entry.version} />
        <input type="hidden" name="id" value={entry.id} />
        <LongField
          name="reason"
          inputId={`correct-${entry.id}`}
          label={t.correctReason}
          rows={2}
          required
          minLength={3}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.correct}
        </button>
      </Form>
    </details>
  )
}

function Declaring() {
  const { applications, once } = useLoaderData<typeof loader>()
  const { now, zone } = useShell()
  const texts = useApplicationsTexts()
  const f = texts.page.fields
  const refused = useRefusedAct('declare')
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(now))
  return (
    <ActPanel label={texts.page.declare} act="declare">
      <Form method="post">
        <ActField act="declare" />
        <Once token={once} />
        <SelectField
          name="applicationId"
          label={f.application}
          refused={refused}
          options={[{ value: '', label: f.none }, ...applications.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <SelectField
          name="area"
          label={f.area}
          refused={refused}
          isOptional
          options={[{ value: '', label: '' }, ...areas.map((value) => ({ value, label: texts.areas[value] }))]}
        />
        <div className="st-pair">
          <TextField name="day" type="date" label={f.day} refused={refused} initial={today} required />
          <TextField name="days" label={f.days} hint={f.daysHint} inputMode="decimal" refused={refused} required />
          <TextField name="case" label={f.case} refused={refused} isOptional maxLength={20} />
          <TextField name="reference" label={f.reference} refused={refused} isOptional maxLength={60} />
        </div>
        <LongField name="what" label={f.what} refused={refused} rows={2} required minLength={3} />
        <button type="submit" className="btn st-btn is-main">
          {texts.page.send}
        </button>
      </Form>
    </ActPanel>
  )
}
