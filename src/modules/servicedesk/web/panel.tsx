import { type ReactNode, useState } from 'react'
import { useActionData } from 'react-router'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'

/** The refusal of this very form, when several are on the page. */
export function useRefused(act: string): Refused | undefined {
  const refused = useActionData<Refused>()
  return refused?.problem !== undefined && refused.values.act === act ? refused : undefined
}

/** Which act the form's button is, and which version the person saw. */
export function Act({ act, version }: { act: string; version?: number }) {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      {version !== undefined && <input type="hidden" name="version" value={version} />}
    </>
  )
}

/** A form that opens in place, also without JavaScript; open at once when it was refused. */
export function Panel({
  label,
  refused,
  isMain = false,
  children,
}: {
  label: string
  refused: Refused | undefined
  isMain?: boolean
  children: ReactNode
}) {
  return (
    <details className="st-panel" open={refused !== undefined || undefined}>
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

/** Several of a list, as boxes to tick; what was ticked stays when the form is refused. */
export function TickList({
  name,
  legend,
  options,
  chosen,
}: {
  name: string
  legend: string
  options: readonly { value: string; label: string }[]
  chosen: readonly string[]
}) {
  const [now] = useState(chosen)
  return (
    <fieldset className="st-question st-ticks is-columns">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="st-tick">
          <input
            type="checkbox"
            className="st-check"
            name={name}
            value={option.value}
            defaultChecked={now.includes(option.value)}
          />{' '}
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
