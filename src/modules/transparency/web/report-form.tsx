import type { ReactNode } from 'react'
import { Form, useActionData } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import { useReportWords } from './report-words.ts'

/** The refusal of this very form, when several are on the page; `part` tells forms of the same act apart. */
export function useActRefused(act: string, part?: string): Refused | undefined {
  const refused = useActionData<Refused>()
  if (refused?.problem === undefined || refused.values.act !== act) return undefined
  return part === undefined || refused.values.part === part ? refused : undefined
}

/** Which act the form's button is, on which part, and which version the person saw. */
export function ActFields({
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
  children: ReactNode
}

/** A form that opens in place, also without JavaScript; open at once when it was refused. */
export function FormPanel({ label, refused, isOpen = false, isMain = false, children }: PanelProps) {
  return (
    <details className="st-panel" open={isOpen || refused !== undefined || undefined}>
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

type ActButtonProps = {
  act: string
  label: string
  /** What it acts on, for who hears the button without seeing the row. */
  of?: string
  part?: string
  version: number
  more?: Record<string, string>
  isMain?: boolean
}

/** One act that needs no field, as a button of its own. */
export function ActButton({ act, label, of, part, version, more = {}, isMain = false }: ActButtonProps) {
  return (
    <Form method="post" className="d-inline">
      <ActFields act={act} part={part} version={version} />
      {Object.entries(more).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" className={isMain ? 'btn st-btn is-main' : 'st-linklike st-link'}>
        {label}
        {of !== undefined && <span className="visually-hidden"> {of}</span>}
      </button>
    </Form>
  )
}

/** Up, down and away, for a part of a list. */
export function OrderButtons({
  acts,
  of,
  part,
  version,
  isFirst,
  isLast,
}: {
  acts: { move: string; remove: string | null }
  of: string
  part: string
  version: number
  isFirst: boolean
  isLast: boolean
}) {
  const { desk: t } = useReportWords()
  const place = { of, part, version }
  return (
    <span className="st-row">
      {!isFirst && <ActButton act={acts.move} label={t.up} more={{ direction: 'up' }} {...place} />}
      {!isLast && <ActButton act={acts.move} label={t.down} more={{ direction: 'down' }} {...place} />}
      {acts.remove !== null && <ActButton act={acts.remove} label={t.remove} {...place} />}
    </span>
  )
}
