import { Form, useLoaderData } from 'react-router'
import { LongField, Once, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { weekdays } from './calendar-rules.ts'
import type { loader } from './calendars.tsx'
import { Act, Panel, Tick, useRefused } from './frame.tsx'
import { useOrganisationTexts } from './texts.ts'

const ordinary: Record<string, string> = {
  ...Object.fromEntries([1, 2, 3, 4, 5].map((day) => [`day${day}`, '08:00-18:00'])),
  holidays: 'on',
}

/** A new version of a calendar, begun from the rules of its newest one. */
export function VersionForm({ calendarId, newest }: { calendarId: string; newest: Record<string, string> | null }) {
  const { once } = useLoaderData<typeof loader>()
  const refused = useRefused(`version-${calendarId}`)
  const t = useOrganisationTexts().pages.calendars
  return (
    <Panel label={t.addVersion} refused={refused}>
      <p className="st-quiet">{t.versionHint}</p>
      <Form method="post" key={once}>
        <Once token={once} />
        <Act act={`version-${calendarId}`} />
        <RuleFields refused={refused} initial={newest ?? ordinary} prefix={`${calendarId}-`} />
        <button type="submit" className="btn st-btn is-main">
          {t.send}
        </button>
      </Form>
    </Panel>
  )
}

/** A calendar beside those there are. */
export function CalendarForm() {
  const { once } = useLoaderData<typeof loader>()
  const refused = useRefused('add')
  const t = useOrganisationTexts().pages.calendars
  return (
    <Panel label={t.add} refused={refused}>
      <Form method="post" key={once}>
        <Once token={once} />
        <Act act="add" />
        <TextField name="name" label={t.name} required maxLength={200} refused={refused} />
        <p>
          <Tick name="isDefault" label={t.makeDefault} isOn={false} refused={refused} />
        </p>
        <RuleFields refused={refused} initial={ordinary} prefix="" />
        <button type="submit" className="btn st-btn is-main">
          {t.sendCalendar}
        </button>
      </Form>
    </Panel>
  )
}

/** Validity, week, holidays and exceptions. `prefix` keeps ids apart when several forms are on the page. */
function RuleFields({
  refused,
  initial,
  prefix,
}: {
  refused: Refused | undefined
  initial: Record<string, string>
  prefix: string
}) {
  const t = useOrganisationTexts().pages.calendars
  const named = (name: string) => ({ name: prefix + name, refused, initial: initial[name] ?? null })
  return (
    <>
      <div className="st-pair">
        <TextField {...named('from')} type="date" label={t.from} required />
        <TextField {...named('until')} type="date" label={t.until} hint={t.untilHint} isOptional />
      </div>
      <Week refused={refused} initial={initial} prefix={prefix} />
      <p>
        <Tick name={`${prefix}holidays`} label={t.holidays} isOn={initial.holidays === 'on'} refused={refused} />
      </p>
      <TextField {...named('patronDay')} label={t.patronDay} hint={t.patronHint} isOptional maxLength={5} />
      <LongField {...named('exceptions')} label={t.exceptions} hint={t.exceptionsHint} isOptional rows={4} />
    </>
  )
}

function Week({
  refused,
  initial,
  prefix,
}: {
  refused: Refused | undefined
  initial: Record<string, string>
  prefix: string
}) {
  const t = useOrganisationTexts().pages.calendars
  const wrong = (name: string) => refused?.problem.fields?.find((field) => field.path === prefix + name)?.message
  return (
    <div className="mb-3" id={`${prefix}week`}>
      <table className="st-table st-week">
        <caption>
          <strong>{t.week}</strong> <span id={`${prefix}week-hint`}>{t.weekHint}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            <th scope="col">{t.hours}</th>
          </tr>
        </thead>
        <tbody>
          {weekdays.map((day) => {
            const name = `${prefix}day${day}`
            const message = wrong(`day${day}`)
            return (
              <tr key={day}>
                <th scope="row" id={`${name}-label`}>
                  {t.days[day - 1]}
                </th>
                <td>
                  <input
                    id={name}
                    name={name}
                    className="form-control st-field"
                    maxLength={100}
                    autoComplete="off"
                    aria-labelledby={`${name}-label`}
                    aria-describedby={message ? `${name}-wrong` : `${prefix}week-hint`}
                    aria-invalid={message ? true : undefined}
                    defaultValue={refused?.values[name] ?? initial[`day${day}`] ?? ''}
                  />
                  {message && (
                    <span id={`${name}-wrong`} className="st-small st-wrong d-block">
                      {message}
                    </span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {wrong('week') && <span className="st-small st-wrong d-block">{wrong('week')}</span>}
    </div>
  )
}
