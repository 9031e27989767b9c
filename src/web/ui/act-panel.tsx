import type { ReactNode } from 'react'
import { Link, useActionData } from 'react-router'
import type { Refused } from '../visit.ts'
import { RefusedNotice, TextField } from './form.tsx'
import { useShell } from './shell.tsx'

/** The refusal of this very form, when several are on the page. */
export function useRefusedAct(act: string): Refused | undefined {
  const refused = useActionData<Refused>()
  return refused?.problem !== undefined && refused.values.act === act ? refused : undefined
}

/** Which act the form's button is, and which version the person saw. */
export function ActField({ act, version }: { act: string; version?: number }) {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
    </>
  )
}

/** A form that opens in place, also without JavaScript; open at once when it was refused. */
export function ActPanel({ label, act, children }: { label: string; act: string; children: ReactNode }) {
  const refused = useRefusedAct(act)
  return (
    <details className="st-panel mt-3" open={refused !== undefined || undefined}>
      <summary>
        <span className="btn st-btn is-plain">{label}</span>
      </summary>
      <div className="st-form mt-3">
        <RefusedNotice refused={refused} />
        {children}
      </div>
    </details>
  )
}

/** A file to choose. */
export function UploadField({ label, hint, inputId }: { label: string; hint: string; inputId: string }) {
  return (
    <div className="mb-3">
      <label className="st-label" htmlFor={inputId}>
        {label}
      </label>
      <input
        id={inputId}
        name="file"
        type="file"
        accept=".csv,text/csv"
        required
        className="st-file"
        aria-describedby={`${inputId}-hint`}
      />
      <p id={`${inputId}-hint`} className="st-small st-quiet">
        {hint}
      </p>
    </div>
  )
}

/** A day and a time in the administration's own zone. */
export function InstantField(props: {
  name: string
  label: string
  hint?: string
  refused: Refused | undefined
  inputId?: string
  required?: boolean
}) {
  return <TextField {...props} type="datetime-local" />
}

/** What was just done, told once. */
export function DoneNotice({ children }: { children: ReactNode }) {
  return (
    <div className="st-notice is-ok" role="status">
      <p>{children}</p>
    </div>
  )
}

/** Where a page lies below another. */
export function Crumb({ to, label, title }: { to: string; label: string; title: string }) {
  const { t } = useShell()
  return (
    <nav aria-label={t.path}>
      <p className="st-crumb">
        <Link to={to}>{label}</Link> / <span aria-current="page">{title}</span>
      </p>
    </nav>
  )
}
