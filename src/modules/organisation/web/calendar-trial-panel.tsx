import { Form, useLoaderData } from 'react-router'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Special } from '../closures.ts'
import { monthDay } from './calendar-words.ts'
import type { loader } from './calendars.tsx'
import { useOrganisationTexts } from './texts.ts'

/** A date and some working days in, the due time out; below, the days unlike the others. */
export function TrialPanel() {
  const { calendars, trial } = useLoaderData<typeof loader>()
  const t = useOrganisationTexts().pages.calendars.trial
  if (calendars.length === 0) return null
  return (
    <>
      <h2 id="trial" className="st-h2">
        {t.title}
      </h2>
      <p>{t.lead}</p>
      <Form key={`${trial.calendarId} ${trial.at} ${trial.days}`} preventScrollReset>
        {calendars.length > 1 && (
          <div className="mb-3">
            <label className="st-label" htmlFor="calendario">
              {t.calendar}
            </label>
            <select id="calendario" name="calendario" className="st-field" defaultValue={trial.calendarId ?? ''}>
              {calendars.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="st-pair mb-2">
          <TrialField name="quando" type="datetime-local" label={t.at} value={trial.at} />
          <TrialField name="giorni" type="number" label={t.days} value={trial.days} />
        </div>
        <button type="submit" className="btn st-btn is-plain">
          {t.send}
        </button>
      </Form>
      <div role="status" className="mt-3">
        <Answer />
      </div>
      <SpecialDays />
    </>
  )
}

function TrialField({ name, type, label, value }: { name: string; type: string; label: string; value: string }) {
  return (
    <div className="mb-2">
      <label className="st-label" htmlFor={name}>
        {label}
      </label>
      <input
        id={name}
        name={name}
        type={type}
        required
        className="form-control st-field"
        defaultValue={value}
        {...(type === 'number' && { min: 1, max: 250 })}
      />
    </div>
  )
}

function Answer() {
  const { trial } = useLoaderData<typeof loader>()
  const t = useOrganisationTexts().pages.calendars.trial
  if (trial.problem !== null)
    return (
      <div className="st-notice is-warn">
        <p>{t[trial.problem]}</p>
      </div>
    )
  if (trial.answer === null) return null
  return (
    <div className="st-notice">
      <p className="st-strong">
        {t.dueAt} <When at={trial.answer.due} />.
      </p>
      <p>
        {trial.answer.opens === null ? (
          t.open
        ) : (
          <>
            {t.closed} {t.opensAt} <When at={trial.answer.opens} />.
          </>
        )}{' '}
        {t.rule}
      </p>
    </div>
  )
}

function SpecialDays() {
  const { trial } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useOrganisationTexts().pages.calendars.trial
  const weekday = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', { weekday: 'long', timeZone: 'UTC' })
  return (
    <table className="st-table mt-3">
      <caption>{t.holidays(trial.year)}</caption>
      <thead>
        <tr>
          <th scope="col">{t.day}</th>
          <th scope="col">{t.weekday}</th>
          <th scope="col">{t.why}</th>
        </tr>
      </thead>
      <tbody>
        {trial.special.map((special) => (
          <tr key={special.date}>
            <th scope="row" className="st-nowrap">
              <time dateTime={special.date}>{monthDay(special.date.slice(5), language)}</time>
            </th>
            <td>{weekday.format(new Date(`${special.date}T00:00:00Z`))}</td>
            <td>
              <Why special={special} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Why({ special }: { special: Special }) {
  const { words, pages } = useOrganisationTexts()
  const t = pages.calendars
  const parts = [
    special.holiday && words.holidays[special.holiday],
    special.patron && t.trial.patron,
    special.reason !== null && `${special.reason} (${special.hours || t.rules.closed})`,
  ].filter(Boolean)
  return <>{parts.join(', ')}</>
}
