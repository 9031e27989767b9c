import type { ReactNode } from 'react'
import { Link, useActionData } from 'react-router'
import type { Refused } from '../visit.ts'
import { RefusedNotice, TextField } from './form.tsx'
import { useShell } from './shell.tsx'

/** The refusal of this very form, when several are on the page; `part` tells forms of the same act apart. */
export function useRefusedAct(act: string, part?: string): Refused | undefined {
  const refused = useActionData<Refused>()
  if (refused?.problem === undefined || refused.values.act !== act) return undefined
  return part === undefined || refused.values.part === part ? refused : undefined
}

/** Which act the form's button is, on which part, and which version the person saw. */
export function ActField({
  act,
  part,
  version,
}: {
  act: string
  part?: string | undefined
  version?: number | undefined
}) {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      {part !== undefined && <input type="hidden" name="part" value={part} />}
      {version !== undefined && <input type="hidden" name="version" value={version} />}
    </>
  )
}

type PanelProps = {
  label: string
  refused: Refused | undefined
  isOpen?: boolean
  isMain?: boolean
  className?: string
  children: ReactNode
}

/** A form that opens in place, also without JavaScript; open at once when it was refused. */
export function Panel({ label, refused, isOpen = false, isMain = false, className = '', children }: PanelProps) {
  return (
    <details className={`st-panel ${className}`} open={isOpen || refused !== undefined || undefined}>
      <summary>
        <span className={`btn st-btn ${isMain ? 'is-main' : 'is-plain'}`}>{label}</span>
      </summary>
      <div className="st-form mt-3">
        <RefusedNotice refused={refused} />
        {children}
      </div>
    </details>
  )
}

/** The panel of an act, below what it is about. */
export function ActPanel({ label, act, children }: { label: string; act: string; children: ReactNode }) {
  return (
    <Panel label={label} refused={useRefusedAct(act)} className="mt-3">
      {children}
    </Panel>
  )
}

/** A file to choose, CSV unless said otherwise; or several. */
export function UploadField({
  label,
  hint,
  inputId,
  accept = '.csv,text/csv',
  multiple,
}: { label: string; hint: string; inputId: string } & Pick<React.ComponentProps<'input'>, 'accept' | 'multiple'>) {
  return (
    <div className="mb-3">
      <label className="st-label" htmlFor={inputId}>
        {label}
      </label>
      <input
        id={inputId}
        name="file"
        type="file"
        accept={accept}
        multiple={multiple}
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
