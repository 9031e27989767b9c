import { useState } from 'react'

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
