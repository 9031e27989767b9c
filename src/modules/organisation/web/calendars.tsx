import { useLoaderData } from 'react-router'
import { Problem } from '../../../platform/problem.ts'
import { type Say, say } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { form, onceToken } from '../../../web/visit.ts'
import { addCalendar, addCalendarVersion, listCalendars } from '../calendars.ts'
import { today } from '../internal/today.ts'
import { pagesEn } from '../texts/pages-en.ts'
import { pagesIt } from '../texts/pages-it.ts'
import { CalendarForm, VersionForm } from './calendar-form.tsx'
import { readRules, type WrittenRules, writeRules } from './calendar-rules.ts'
import { tryCalendar } from './calendar-trial.ts'
import { TrialPanel } from './calendar-trial-panel.tsx'
import { rulesInWords } from './calendar-words.ts'
import { AdminPage, dayText, Table } from './frame.tsx'
import { administratorPage, idOf, saved, text } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

const pages = { it: pagesIt, en: pagesEn }

export const loader = administratorPage(async (ctx, { request }) => {
  const calendars = await listCalendars(ctx)
  return {
    calendars,
    today: today(ctx.zone),
    trial: await tryCalendar(ctx, calendars, new URL(request.url).searchParams),
    once: onceToken(),
  }
})

/** One address, one act: a first version with its calendar, or a version of the calendar named. */
export const action = form(async (ctx, form) => {
  const act = text(form, 'act')
  const calendarId = act.startsWith('version-') ? idOf({ id: act.slice('version-'.length) }) : null
  const prefix = calendarId === null ? '' : `${calendarId}-`
  const written = readRules((name) => text(form, prefix + name))
  const validity = { from: text(form, `${prefix}from`), until: text(form, `${prefix}until`), rules: written.rules }
  await asWritten(written, prefix, () =>
    calendarId === null
      ? addCalendar(ctx, { name: text(form, 'name'), isDefault: form.has('isDefault'), ...validity })
      : addCalendarVersion(ctx, calendarId, validity),
  )
  return saved('/amministrazione/calendari', 'added')
})

// What is wrong with a rule is said of the field, and of the line, where the person wrote it.
async function asWritten(written: WrittenRules, prefix: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fields = error.fields.map((field) => {
      if (!field.path.startsWith('rules'))
        return { ...field, path: field.path === 'name' ? 'name' : prefix + field.path }
      const { name, line, isUnreadable } = written.fieldOf(field.path)
      const what = isUnreadable ? say(pages, (t) => t.calendars.unreadable) : field.say
      return { path: prefix + name, say: line === null ? what : onLine(line, what) }
    })
    const once = fields.filter(
      (field, index) =>
        fields.findIndex((other) => other.path === field.path && other.say.it === field.say.it) === index,
    )
    throw new Problem(error.kind, error.code, error.say, once, { cause: error })
  }
}

function onLine(line: number, what: Say): Say {
  const at = say(pages, (t) => t.calendars.line(line))
  return { it: at.it + what.it, en: at.en + what.en }
}

/** Working calendars with all their versions, and a trial of what they make of a date. */
export default function CalendarsPage() {
  const { calendars, today } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useOrganisationTexts().pages.calendars
  const main = calendars.find((calendar) => calendar.isDefault)
  const inForce = main?.versions.find(
    (version) => version.from <= today && (version.until === null || today <= version.until),
  )
  return (
    <AdminPage
      title={t.title}
      lead={main && inForce ? t.sentence(main.name, rulesInWords(inForce.rules, t, language)) : t.missing}
    >
      <div className="st-side st-wide">
        <div>
          {calendars.map((calendar) => (
            <OneCalendar key={calendar.id} calendar={calendar} />
          ))}
          <div className="st-section">
            <CalendarForm />
          </div>
        </div>
        <aside aria-labelledby="trial">
          <TrialPanel />
        </aside>
      </div>
    </AdminPage>
  )
}

function OneCalendar({ calendar }: { calendar: Awaited<ReturnType<typeof loader>>['calendars'][number] }) {
  const { today } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useOrganisationTexts().pages.calendars
  const newest = calendar.versions.at(-1)
  const stateOf = (from: string, until: string | null) =>
    from > today ? 'future' : until !== null && until < today ? 'past' : 'inForce'
  const marks = { future: 'st-idle', past: 'st-pause', inForce: 'st-ok' } as const
  return (
    <section className="mb-4" aria-labelledby={`name-${calendar.id}`}>
      <h2 id={`name-${calendar.id}`} className="st-h2">
        {calendar.name}
        {calendar.isDefault && <span className="st-small st-quiet fw-normal"> {t.default}</span>}
      </h2>
      <Table
        caption={`${calendar.name}. ${t.versions}`}
        head={
          <>
            <th scope="col">{t.columns.validity}</th>
            <th scope="col">{t.columns.hours}</th>
            <th scope="col">{t.columns.state}</th>
          </>
        }
      >
        <tbody>
          {calendar.versions.toReversed().map((version) => (
            <tr key={version.id}>
              <th scope="row">
                {version.until === null
                  ? t.since(dayText(version.from, language))
                  : t.between(dayText(version.from, language), dayText(version.until, language))}
              </th>
              <td>{rulesInWords(version.rules, t, language)}</td>
              <td>
                <span className={`st-state ${marks[stateOf(version.from, version.until)]}`}>
                  {t.state[stateOf(version.from, version.until)]}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <div className="mt-3">
        <VersionForm calendarId={calendar.id} newest={newest ? writeRules(newest.rules, t.rules.closed) : null} />
      </div>
    </section>
  )
}
