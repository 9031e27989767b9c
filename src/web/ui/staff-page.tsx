import { Form, Link, useLocation } from 'react-router'
import { LanguageSwitch, SignOut, SkipLink, TestDataStrip, Title, useShell } from './shell.tsx'

/** The frame of pages for those who work: full width, menu, search. */
export function StaffPage({ title, children }: { title: string; children: React.ReactNode }) {
  const { person, menu, more, t } = useShell()
  const { pathname } = useLocation()
  // The longest that fits: one page lies inside another.
  const current = menu
    .filter((item) => pathname.startsWith(item.to))
    .sort((one, other) => other.to.length - one.to.length)[0]
  const canSearch = menu.some((item) => item.to === '/da-lavorare')
  return (
    <div className="st-work">
      <Title>{title}</Title>
      <SkipLink />
      <header className="st-bar">
        <Link className="st-brand" to="/">
          SITEC
        </Link>
        <nav aria-label={t.mainMenu} className="d-flex flex-grow-1">
          <ul>
            {menu.map((item) => (
              <li key={item.to}>
                <Link to={item.to} aria-current={item === current ? 'page' : undefined}>
                  {item.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {canSearch && (
          <search>
            <Form action="/da-lavorare">
              <input type="hidden" name="view" value="all" />
              <input className="st-search" type="search" name="words" aria-label={t.search} placeholder={t.search} />
            </Form>
          </search>
        )}
        <LanguageSwitch />
        {person && <Link to={person.profile}>{person.name}</Link>}
        <SignOut />
      </header>
      <main id="contenuto" className="st-page" tabIndex={-1}>
        {children}
      </main>
      <footer>
        {more.length > 0 && (
          <nav aria-label={t.moreMenu} className="st-more">
            <ul>
              {more.map((item) => (
                <li key={item.to}>
                  <Link to={item.to}>{item.label}</Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <TestDataStrip />
      </footer>
    </div>
  )
}
