import { useLoaderData } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import { openPage, publicContext } from '../../../web/visit.ts'
import { publicContacts } from '../legal-settings.ts'
import { useLegalTexts } from './rating-texts.ts'

export const loader = openPage((visit) => publicContacts(publicContext(visit)))

/** The licence of the contents, in the words and with the hooks of criterion C.SI.3.4. */
export default function LegalNotesPage() {
  const { office } = useLoaderData<typeof loader>()
  const texts = useLegalTexts()
  const t = texts.legal
  return (
    <CitizenPage title={t.title} clarity>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">{t.lead}</p>
      <section className="st-section" aria-labelledby="licence">
        <h2 id="licence" className="st-h2" data-element="legal-notes-section">
          {t.section}
        </h2>
        <p data-element="legal-notes-body">{t.first}</p>
        <p data-element="legal-notes-body">{t.second}</p>
        <p>
          <a href="https://creativecommons.org/licenses/by/4.0/legalcode.it">{t.link}</a>
        </p>
      </section>
      <section className="st-section" aria-labelledby="software">
        <h2 id="software" className="st-h2">
          {t.software}
        </h2>
        <p>{t.softwareText}</p>
      </section>
      <section className="st-section" aria-labelledby="office">
        <h2 id="office" className="st-h2">
          {t.office}
        </h2>
        <p>{office || texts.unset}</p>
      </section>
    </CitizenPage>
  )
}
