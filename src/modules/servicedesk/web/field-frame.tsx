import { SignOut, SkipLink, TestDataStrip, Title, useShell } from '../../../web/ui/shell.tsx'
import { useFieldTexts } from './topic-texts.ts'

/** The frame of a page held in one hand. Its links load anew: where they lead, nothing is kept for want of signal. */
export function FieldFrame({ title, children }: { title: string; children: React.ReactNode }) {
  const { person, t: shell } = useShell()
  const t = useFieldTexts().page
  return (
    <div className="st-work st-touch">
      <Title>{title}</Title>
      <SkipLink />
      <header className="st-bar">
        <a className="st-brand" href="/">
          SITEC
        </a>
        <nav aria-label={shell.mainMenu} className="flex-grow-1">
          <a href="/da-lavorare">{t.queue}</a>
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
