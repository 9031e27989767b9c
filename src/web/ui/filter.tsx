import { useSearchParams } from 'react-router'

/** What the list is narrowed by stands in the address; the fields show it, also after going back. */
export function FilterWords({ label, longest }: { label: string; longest: number }) {
  const [search] = useSearchParams()
  const now = search.get('words') ?? ''
  return (
    <div>
      <label className="st-label" htmlFor="words">
        {label}
      </label>
      <input
        id="words"
        name="words"
        type="search"
        className="form-control st-field"
        maxLength={longest}
        defaultValue={now}
        key={now}
      />
    </div>
  )
}

/** One of several; the empty value is all of them. */
export function FilterChoice({
  name,
  label,
  options,
}: {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
}) {
  const [search] = useSearchParams()
  const now = search.get(name) ?? ''
  return (
    <div>
      <label className="st-label" htmlFor={name}>
        {label}
      </label>
      <select id={name} name={name} className="st-field" defaultValue={now} key={now}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}
