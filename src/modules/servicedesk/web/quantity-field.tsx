import type { Refused } from '../../../web/visit.ts'

type Props = {
  itemId: string
  label: React.ReactNode
  initial: string
  most?: number
  refused: Refused | undefined
}

/** How many pieces of one item: a line of a list, the number at its end. */
export function QuantityField({ itemId, label, initial, most, refused }: Props) {
  const name = `item-${itemId}`
  const wrong = refused?.problem.fields?.find(({ path }) => path === name)?.message
  return (
    <div className="st-line">
      <label htmlFor={name}>
        {label}
        {wrong && (
          <span className="st-small st-wrong d-block" id={`${name}-wrong`}>
            {wrong}
          </span>
        )}
      </label>
      <input
        id={name}
        name={name}
        type="number"
        inputMode="numeric"
        min={0}
        max={most}
        className="form-control st-field st-num"
        defaultValue={refused?.values[name] ?? initial}
        aria-describedby={wrong ? `${name}-wrong` : undefined}
        aria-invalid={wrong ? true : undefined}
      />
    </div>
  )
}
