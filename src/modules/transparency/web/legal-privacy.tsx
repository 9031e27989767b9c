import { useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { retentionRules } from '../../servicedesk/retention-rules.ts'
import { publicContacts } from '../legal-settings.ts'
import { citizenRules } from '../rating-retention.ts'
import { useLegalTexts } from './rating-texts.ts'

export const loader = openPage(async (visit) => ({
  contacts: await publicContacts(publicContext(visit)),
  serviceMonths: retentionRules.find(({ id }) => id === 'service')?.months ?? 0,
}))

/** Which data these pages take, why, for how long: the periods are those of the program. */
export default function PrivacyPage() {
  const { contacts } = useLoaderData<typeof loader>()
  const { organisationName } = useShell()
  const texts = useLegalTexts()
  const t = texts.privacy
  return (
    <CitizenPage title={t.title} clarity>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead(organisationName)}</p>
      <section className="st-section" aria-labelledby="who">
        <h2 id="who" className="st-h2">
          {t.who}
        </h2>
        <p>{t.whoText(organisationName)}</p>
        <p>
          {t.dpo} {contacts.dpo || texts.unset}
        </p>
        <p>
          {t.office} {contacts.office || texts.unset}
        </p>
      </section>
      {(['read', 'clarity', 'report', 'barrier', 'basis'] as const).map((part) => (
        <section key={part} className="st-section" aria-labelledby={part}>
          <h2 id={part} className="st-h2">
            {t[part]}
          </h2>
          <p>{t[`${part}Text`]}</p>
        </section>
      ))}
      <Periods />
      <section className="st-section" aria-labelledby="rights">
        <h2 id="rights" className="st-h2">
          {t.rights}
        </h2>
        <p>{t.rightsText}</p>
        <p>
          <a href="https://www.garanteprivacy.it">{t.garante}</a>
        </p>
      </section>
    </CitizenPage>
  )
}

function Periods() {
  const { serviceMonths } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useLegalTexts().privacy
  return (
    <section className="st-section" aria-labelledby="keep">
      <h2 id="keep" className="st-h2">
        {t.keep}
      </h2>
      <ScrollRegion label={t.keepCaption}>
        <table className="st-table">
          <caption>{t.keepCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.what}</th>
              <th scope="col">{t.period}</th>
            </tr>
          </thead>
          <tbody>
            {citizenRules
              .filter(({ id }) => id !== 'barrier')
              .map(({ id, what, period }) => (
                <tr key={id}>
                  <th scope="row">{what[language]}</th>
                  <td>{period[language]}</td>
                </tr>
              ))}
            <tr>
              <th scope="row">{citizenRules.find(({ id }) => id === 'barrier')?.what[language]}</th>
              <td>{t.months(serviceMonths)}</td>
            </tr>
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  )
}
