import { Link, useLocation } from 'react-router'
import { ClarityRating } from '../../modules/transparency/web/clarity-rating.tsx'
import { LanguageSwitch, SignOut, SkipLink, TestDataStrip, Title, useShell } from './shell.tsx'

type Frame = {
  title: string
  /** Asks how clear the page is, in the national words; never on the social report, which has a question of its own. */
  clarity?: boolean
  children: React.ReactNode
}

/** The frame of pages for those who ask: large text, one column, footer. */
export function CitizenPage({ title, clarity = false, children }: Frame) {
  const { pathname } = useLocation()
  const { organisationName, person, menu, t } = useShell()
  return (
    <div className="st-citizen">
      <Title>{title}</Title>
      <SkipLink />
      <header className="it-header-wrapper">
        <div className="it-header-slim-wrapper d-block">
          <div className="container">
            <div className="st-slim">
              <LanguageSwitch />
              <span className="st-row">
                {person ? (
                  <>
                    {menu.map((item) => (
                      <Link key={item.to} to={item.to}>
                        {item.label}
                      </Link>
                    ))}
                    <Link to={person.profile}>{person.office ? `${person.name}, ${person.office}` : person.name}</Link>
                    <SignOut />
                  </>
                ) : (
                  <Link to="/accedi">{t.signIn}</Link>
                )}
              </span>
            </div>
          </div>
        </div>
        <div className="it-header-center-wrapper">
          <div className="container">
            <p className="st-org">
              <Link to={person?.profile === '/cittadino' ? '/bilancio-sociale' : '/'} className="st-onblue">
                {organisationName}
              </Link>
            </p>
            <p>{t.services}</p>
          </div>
        </div>
        <TestDataStrip inContainer />
      </header>
      <main id="contenuto" className="container st-public" tabIndex={-1}>
        {children}
        {clarity && <ClarityRating page={pathname} />}
      </main>
      <CitizenFooter />
    </div>
  )
}

function CitizenFooter() {
  const { organisationName, t } = useShell()
  return (
    <footer className="it-footer">
      <div className="it-footer-main">
        <div className="container">
          <div className="row">
            <div className="col-12 col-md-4 mb-3">
              <h2>{organisationName}</h2>
              <p>{t.services}</p>
            </div>
            <div className="col-12 col-md-4 mb-3">
              <h2>{t.footer.contacts}</h2>
              <ul>
                <li>
                  <Link to="/">{t.footer.ask}</Link>
                </li>
              </ul>
            </div>
            <div className="col-12 col-md-4 mb-3">
              <h2>{t.footer.information}</h2>
              <ul>
                <li>
                  <Link to="/bilancio-sociale">{t.footer.report}</Link>
                </li>
                <li>
                  <Link to="/privacy" data-element="privacy-policy-link">
                    {t.footer.privacy}
                  </Link>
                </li>
                <li>
                  <Link to="/note-legali" data-element="legal-notes">
                    {t.footer.legal}
                  </Link>
                </li>
                <li>
                  <Link to="/accessibilita" data-element="accessibility-link">
                    {t.footer.accessibility}
                  </Link>
                </li>
                <li>
                  <Link to="/trasparenza">{t.footer.transparency}</Link>
                </li>
                <li>
                  <Link to="/integrita">{t.footer.integrity}</Link>
                </li>
                <li>
                  <Link to="/sviluppatori">{t.footer.developers}</Link>
                </li>
                <li>
                  <a href="/status">{t.footer.state}</a>
                </li>
              </ul>
            </div>
          </div>
        </div>
      </div>
    </footer>
  )
}
