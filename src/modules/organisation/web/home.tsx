import type { ReactNode } from 'react'
import { Link, useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { administrationStanding, type Standing } from '../standing.ts'
import { dayText } from './frame.tsx'
import { administratorPage } from './request.ts'
import { useOrganisationTexts } from './texts.ts'

export const loader = administratorPage((ctx) => administrationStanding(ctx))

const sections = [
  'persone',
  'uffici',
  'sedi',
  'squadre',
  'calendari',
  'accordo',
  'posta',
  'posta-in-uscita',
  'conservazione',
  'pubblicazione',
  'chiavi',
  'importa',
] as const

/** How things stand, what waits for the administrator, and the way to each part. */
export default function AdministrationPage() {
  const standing = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useOrganisationTexts().pages.home
  const shown = (n: number) => wholeNumber(n, language)
  const needs = useNeeds(standing)
  return (
    <StaffPage title={t.title}>
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title}</h1>
          <p className="st-lead mb-0">
            {t.sentence(
              standing.offices,
              shown(standing.offices),
              standing.people,
              shown(standing.people),
              shown(standing.accounts),
            )}
            , {t.teams(standing.teams, shown(standing.teams))};{' '}
            {standing.calendar ? t.inForce(standing.calendar.name) : t.notInForce}
          </p>
        </div>
      </div>
      <section aria-labelledby="needs">
        <h2 id="needs" className="st-h2">
          {t.needs}
        </h2>
        {needs.length === 0 ? <p>{t.nothing}</p> : <ul className="st-list">{needs}</ul>}
      </section>
      <section className="st-section" aria-labelledby="sections">
        <h2 id="sections" className="st-h2">
          {t.sections}
        </h2>
        <ul className="st-list">
          {sections.map((section) => (
            <li key={section} className="st-door">
              <Link className="st-strong" to={`/amministrazione/${section}`}>
                {t.section[section].name}
              </Link>
              <span>{t.section[section].what}</span>
            </li>
          ))}
        </ul>
      </section>
    </StaffPage>
  )
}

function useNeeds(standing: Standing): ReactNode[] {
  const { language } = useShell()
  const { common, home: t } = useOrganisationTexts().pages
  const shown = (n: number) => wholeNumber(n, language)
  const { calendar, withoutOffice, withoutTeam, passwordOnly, emptyTeams, expiringKeys } = standing
  const needs: ReactNode[] = []
  const need = (key: string, mark: 'late' | 'warn', sentence: string, more: ReactNode) =>
    needs.push(
      <li key={key}>
        <p>
          <span className={`st-state st-${mark}`}>{t.mark[mark]}</span> {sentence} {more}
        </p>
      </li>,
    )
  const people = (group: Standing['withoutOffice']) => <Who group={group} />
  if (!calendar)
    need('calendar', 'late', t.need.noCalendar, <Link to="/amministrazione/calendari">{t.toCalendars}</Link>)
  if (calendar?.until && !calendar.isFollowed)
    need(
      'ends',
      'warn',
      t.need.calendarEnds(dayText(calendar.until, language)),
      <Link to="/amministrazione/calendari">{t.toCalendars}</Link>,
    )
  if (!standing.hasFirstTier)
    need('tier', 'late', t.need.noFirstTier, <Link to="/amministrazione/squadre">{t.toTeams}</Link>)
  if (withoutTeam.count > 0)
    need('team', 'warn', t.need.noTeam(withoutTeam.count, shown(withoutTeam.count)), people(withoutTeam))
  if (withoutOffice.count > 0)
    need('office', 'warn', t.need.noOffice(withoutOffice.count, shown(withoutOffice.count)), people(withoutOffice))
  for (const team of emptyTeams)
    need(
      team.id,
      'warn',
      t.need.emptyTeam(team.name),
      <Link to={`/amministrazione/squadre/${team.id}`}>{common.open}</Link>,
    )
  for (const key of expiringKeys)
    need(
      key.id,
      'warn',
      t.need.keyExpires(key.name, dayText(key.expiresAt, language)),
      <Link to="/amministrazione/chiavi">{t.toKeys}</Link>,
    )
  if (passwordOnly.count > 0)
    need('totp', 'warn', t.need.noSecondFactor(passwordOnly.count, shown(passwordOnly.count)), people(passwordOnly))
  return needs
}

function Who({ group }: { group: Standing['withoutOffice'] }) {
  const { language } = useShell()
  const t = useOrganisationTexts().pages.home
  const rest = group.count - group.first.length
  return (
    <span className="st-small st-quiet d-block">
      {t.who}:{' '}
      {group.first.map((person, index) => (
        <span key={person.id}>
          {index > 0 && ', '}
          <Link to={`/amministrazione/persone/${person.id}`}>{person.name}</Link>
        </span>
      ))}
      {rest > 0 && ` ${t.andMore(wholeNumber(rest, language))}`}
    </span>
  )
}
