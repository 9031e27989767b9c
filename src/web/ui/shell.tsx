import { Form, useRouteLoaderData } from 'react-router'
import { forgetDevice, unsentPage } from '../device.ts'
import type { loader as rootLoader } from '../root.tsx'
import type { ShellData } from '../shell-data.ts'
import { shellTexts } from '../texts.ts'

const nobody: ShellData = {
  language: 'it',
  zone: 'Europe/Rome',
  now: '1970-01-01T00:00:00Z',
  organisationName: 'SITEC',
  isDemo: false,
  person: null,
  isStaff: false,
  hasShortcuts: false,
  menu: [],
  more: [],
}

/** Language, zone, person and menu of the page being shown. */
export function useShell(): ShellData & { t: (typeof shellTexts)['it'] } {
  const shell = useRouteLoaderData<typeof rootLoader>('root') ?? nobody
  return { ...shell, t: shellTexts[shell.language] }
}

/** The title of the browser's window; the page says its own first. */
export function Title({ children }: { children: string }) {
  return <title>{`${children} · SITEC`}</title>
}

/** First in the tab order: past the menu, to the content. */
export function SkipLink() {
  const { t } = useShell()
  return (
    <a className="st-skip" href="#contenuto">
      {t.skip}
    </a>
  )
}

/** On every page that shows invented figures. */
export function TestDataStrip({ inContainer = false }: { inContainer?: boolean }) {
  const { isDemo, t } = useShell()
  if (!isDemo) return null
  return <div className="st-testdata">{inContainer ? <div className="container">{t.testData}</div> : t.testData}</div>
}

// What was done without signal and not sent yet is lost with the sign-out: the page that holds it asks first.
async function leave(event: React.SubmitEvent<HTMLFormElement>) {
  event.preventDefault()
  const form = event.currentTarget
  const page = await unsentPage()
  if (page !== null) return location.assign(`${page}?esci`)
  await forgetDevice()
  form.submit()
}

/** Signing out is an act, so it is a button. */
export function SignOut() {
  const { t } = useShell()
  return (
    <Form method="post" action="/esci" className="d-inline" reloadDocument onSubmit={leave}>
      <button type="submit" className="st-linklike">
        {t.signOut}
      </button>
    </Form>
  )
}

/** Switches between Italian and English and stays on the page. */
export function LanguageSwitch() {
  const { language, t } = useShell()
  const other = language === 'it' ? 'en' : 'it'
  return (
    <Form method="post" action="/lingua" className="d-inline" reloadDocument>
      <button type="submit" name="language" value={other} lang={other} className="st-linklike">
        {t.otherLanguage}
      </button>
    </Form>
  )
}
