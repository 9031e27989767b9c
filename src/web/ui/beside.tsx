import { Form, Link } from 'react-router'
import type { SubjectLine, SubjectPart } from '../../platform/subject.ts'

/** What other modules tell beside a subject: see `platform/subject.ts`. */
export function Beside({ parts }: { parts: readonly SubjectPart[] }) {
  return parts.map((part) => <OnePart key={part.to} part={part} />)
}

function OnePart({ part }: { part: SubjectPart }) {
  return (
    <section aria-label={part.title}>
      <h2 className="st-h2">
        <Link to={part.to}>{part.title}</Link>
      </h2>
      <p className="st-small">{part.sentence}</p>
      <Lines lines={part.lines} />
      {part.groups.map((group) => (
        <div key={group.title}>
          <h3 className="st-h3 mt-2">{group.title}</h3>
          <Lines lines={group.lines} />
        </div>
      ))}
      {part.field && <OneField field={part.field} />}
    </section>
  )
}

function Lines({ lines }: { lines: readonly SubjectLine[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="st-list st-small">
      {lines.map(({ label, to, detail }) => (
        <li key={`${label} ${detail}`}>
          {to === null ? label : <Link to={to}>{label}</Link>} {detail}
        </li>
      ))}
    </ul>
  )
}

function OneField({ field }: { field: NonNullable<SubjectPart['field']> }) {
  const id = `beside-${field.act}`
  return (
    <Form method="post" action={field.action} className="mt-2">
      <input type="hidden" name="act" value={field.act} />
      <label className="st-label" htmlFor={id}>
        {field.label}
      </label>
      <div className="st-row">
        <input
          id={id}
          name={field.name}
          className="form-control st-field st-auto"
          required
          maxLength={300}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
        />
        <button type="submit" className="btn st-btn is-plain">
          {field.button}
        </button>
      </div>
      <span id={`${id}-hint`} className="st-small st-quiet d-block">
        {field.hint}
      </span>
    </Form>
  )
}
