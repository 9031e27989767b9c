import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { CitizenPage } from '../../../web/ui/citizen-page.tsx'
import type { PortalHome } from '../home-schema.ts'
import { otherDoors } from './ask-kinds.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { OutageBanner } from './outage-banner.tsx'
import { OwnCaseList } from './own-case-list.tsx'
import { useDeskTexts } from './texts.ts'
import { useGoodsTexts } from './topic-texts.ts'

/** Where a clerk starts: two doors, what is known already, and what waits for their word. */
export function PortalHomePage({ home, children }: { home: PortalHome; children: ReactNode }) {
  const { pages } = useDeskTexts()
  const { knowledge, work } = useKnowledgeTexts()
  const t = pages.home
  return (
    <CitizenPage title={t.title}>
      {children}
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead mb-0">{t.lead}</p>
      <ul className="st-choices">
        <li>
          <Link className="st-choice" to="/chiedi/guasto">
            <b>{t.incident.door}</b>
            {t.incident.help}
          </Link>
        </li>
        <li>
          <Link className="st-choice" to="/chiedi/servizio">
            <b>{t.request.door}</b>
            {t.request.help}
          </Link>
        </li>
      </ul>
      <OtherDoors />
      <OutageBanner known={home.known} />
      <div className="st-side st-wide st-section">
        <OwnOpenCases home={home} />
        <section aria-labelledby="articles">
          <h2 id="articles" className="st-h2">
            {work.homes.maybe}
          </h2>
          {home.articles.length > 0 && (
            <ul className="st-list">
              {home.articles.map((article) => (
                <li key={article.id}>
                  <Link to={`/articoli/${article.id}`}>{article.title}</Link>
                </li>
              ))}
            </ul>
          )}
          <p className="mt-3">
            <Link to="/articoli">{knowledge.articles.all}</Link>
          </p>
        </section>
      </div>
    </CitizenPage>
  )
}

/** The rarer requests, one line: the two large doors are for nearly everybody. */
function OtherDoors() {
  const t = useDeskTexts().pages.home
  const goods = useGoodsTexts()
  return (
    <nav aria-label={t.others} className="mt-3">
      <p className="st-small">
        {t.others}: <Link to="/chiedi/materiale">{goods.ask.otherDoor}</Link>
        {' · '}
        {otherDoors.map((door, index) => (
          <span key={door}>
            {index > 0 && ' · '}
            <Link to={`/chiedi/${door}`}>{t.otherDoors[door]}</Link>
          </span>
        ))}
      </p>
    </nav>
  )
}

function OwnOpenCases({ home }: { home: PortalHome }) {
  const t = useDeskTexts().pages.home
  const { work } = useKnowledgeTexts()
  const { needsMe, others, closing } = home
  return (
    <div>
      {needsMe.length > 0 && (
        <section aria-labelledby="needs" className="mb-4">
          <h2 id="needs" className="st-h2">
            {work.homes.needsYou}
          </h2>
          <OwnCaseList rows={needsMe} closing={closing} />
        </section>
      )}
      <section aria-labelledby="open">
        <h2 id="open" className="st-h2">
          {needsMe.length > 0 ? work.homes.others : t.open}
        </h2>
        {others.length > 0 && <OwnCaseList rows={others} closing={closing} />}
        {others.length === 0 && <p>{needsMe.length > 0 ? work.homes.noOthers : t.none}</p>}
        <p className="mt-3">
          <Link to="/le-mie-richieste">{t.all}</Link>
        </p>
      </section>
    </div>
  )
}
