import type { ReactNode } from 'react'
import { Link, useActionData, useSearchParams } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import type { Refused } from '../../../web/visit.ts'
import { useOrganisationTexts } from './texts.ts'

type Step = { to: string; label: string }

/** A page of the administration: where it is, title, how things stand, what was just done. */
export function AdminPage({
  title,
  lead,
  above = [],
  actions,
  children,
}: {
  title: string
  lead: ReactNode
  above?: readonly Step[]
  actions?: ReactNode
  children: ReactNode
}) {
  const { t } = useShell()
  const { pages } = useOrganisationTexts()
  const path = [{ to: '/amministrazione', label: pages.home.title }, ...above]
  return (
    <StaffPage title={title}>
      <nav aria-label={t.path}>
        <p className="st-crumb">
          {path.map((step) => (
            <span key={step.to}>
              <Link to={step.to}>{step.label}</Link> /{' '}
            </span>
          ))}
          <span aria-current="page">{title}</span>
        </p>
      </nav>
      <SavedNotice />
      <div className="st-head">
        <div>
          <h1 className="st-title">{title}</h1>
          <p className="st-lead mb-0">{lead}</p>
        </div>
        {actions && <div className="st-row">{actions}</div>}
      </div>
      {children}
    </StaffPage>
  )
}

function SavedNotice() {
  const [search] = useSearchParams()
  const { saved } = useOrganisationTexts().pages
  const refused = useActionData<Refused>()?.problem !== undefined
  const what = search.get('salvato')
  if (refused || what === null || !Object.hasOwn(saved, what)) return null
  return (
    <div className="st-notice is-ok" role="status">
      <p>{saved[what as keyof typeof saved]}</p>
    </div>
  )
}

/** The refusal of this very form, when several are on the page. */
export function useRefused(act: string): Refused | undefined {
  const refused = useActionData<Refused>()
  return refused?.problem !== undefined && refused.values.act === act ? refused : undefined
}

/** Why this form was refused; when the data changed meanwhile, also the way to what they are now. */
export function Refusal({ refused }: { refused: Refused | undefined }) {
  const t = useOrganisationTexts().pages.common
  return (
    <>
      <RefusedNotice refused={refused} />
      {refused?.problem.code === 'stale' && (
        <p>
          <Link to="." reloadDocument>
            {t.reload}
          </Link>
        </p>
      )}
    </>
  )
}

/** Which act the form's button is, and which version the person saw: the stale one stays stale until it is read again. */
export function Act({ act, version, refused }: { act: string; version?: number; refused?: Refused | undefined }) {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      {version !== undefined && <input type="hidden" name="version" value={refused?.values.version ?? version} />}
    </>
  )
}

/** A form that opens in place, also without JavaScript; open at once when it was refused. */
export function Panel({
  label,
  refused,
  children,
}: {
  label: string
  refused: Refused | undefined
  children: ReactNode
}) {
  return (
    <details className="st-panel" open={refused !== undefined || undefined}>
      <summary>
        <span className="btn st-btn is-plain">{label}</span>
      </summary>
      <div className="st-form mt-3">
        <Refusal refused={refused} />
        {children}
      </div>
    </details>
  )
}

/** A table that scrolls inside its own region when the screen is narrow. */
export function Table({ caption, head, children }: { caption: string; head: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <section className="st-scroll mt-3" aria-label={caption} tabIndex={0}>
      <table className="st-table">
        <caption>{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        {children}
      </table>
    </section>
  )
}

/** A day as people write it; no hour, so no zone. */
export function Day({ date }: { date: string }) {
  const { language } = useShell()
  return <time dateTime={date}>{dayText(date, language)}</time>
}

/** "15 luglio 2026". */
export function dayText(date: string, language: 'it' | 'en'): string {
  const locale = language === 'it' ? 'it-IT' : 'en-GB'
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date.slice(0, 10)}T00:00:00Z`))
}

/** Ticked or not; what was typed wins over what is stored, box by box. */
export function Tick({
  name,
  label,
  isOn,
  refused,
}: {
  name: string
  label: ReactNode
  isOn: boolean
  refused?: Refused | undefined
}) {
  return (
    <label className="st-tick">
      <input
        type="checkbox"
        className="st-check"
        name={name}
        defaultChecked={refused === undefined ? isOn : name in refused.values}
      />
      <span>{label}</span>
    </label>
  )
}

/** Options of a list of offices, indented as in the chart. */
export function officeOptions(offices: readonly { id: string; name: string; depth: number }[], none: string) {
  return [
    { value: '', label: none },
    ...offices.map(({ id, name, depth }) => ({ value: id, label: `${'\u00a0'.repeat(depth * 3)}${name}` })),
  ]
}
