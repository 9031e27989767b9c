import { SignOut, SkipLink, TestDataStrip, Title, useShell } from './shell.tsx'

/** The frame of a page held in one hand. Its links load anew: where they lead, nothing is kept for want of signal. */
export function PhonePage({
  title,
  back,
  children,
}: {
  title: string
  back: { to: string; label: string }
  children: React.ReactNode
}) {
  const { person, t } = useShell()
  return (
    <div className="st-work st-touch">
      <Title>{title}</Title>
      <SkipLink />
      <header className="st-bar">
        <a className="st-brand" href="/">
          SITEC
        </a>
        <nav aria-label={t.mainMenu} className="flex-grow-1">
          <a href={back.to}>{back.label}</a>
        </nav>
        {person && <a href="/profilo">{person.name}</a>}
        <SignOut />
      </header>
      <main id="contenuto" className="st-page st-field-page" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <TestDataStrip />
      </footer>
    </div>
  )
}
