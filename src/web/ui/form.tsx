import type { ReactNode } from 'react'
import type { Refused } from '../visit.ts'
import { useShell } from './shell.tsx'

/** Why a form was refused, said above it and read out at once. */
export function RefusedNotice({ refused }: { refused: Refused | undefined }) {
  const { t } = useShell()
  if (!refused) return null
  return (
    <div className="st-notice is-late" role="alert">
      <p>
        <span className="st-state st-late">{t.fix}</span> {refused.problem.title}
      </p>
      {refused.problem.fields && (
        <ul className="mb-0">
          {refused.problem.fields.map((field) => (
            <li key={field.path + field.message}>
              {field.path.includes(' ') ? (
                `${field.path}: ${field.message}`
              ) : (
                <a href={`#${field.path}`}>{field.message}</a>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type FieldProps = {
  name: string
  label: ReactNode
  hint?: string | undefined
  refused?: Refused | undefined
  initial?: string | null
  isOptional?: boolean | undefined
  /** When two forms of a page have a field of the same name. */
  inputId?: string | undefined
}

type Control = Pick<React.ComponentProps<'input'>, 'id' | 'className' | 'aria-describedby' | 'aria-invalid'> & {
  name: string
  defaultValue: string
}
type Option = { value: string; label: string }
/** What a field takes besides its own: whatever the element does. */
type With<Element extends 'input' | 'textarea' | 'select'> = FieldProps & Omit<React.ComponentProps<Element>, 'name'>

/** A labelled text input; keeps what was typed and shows what is wrong with it. */
export function TextField(props: With<'input'>) {
  const [field, rest] = split(props)
  return <Labelled {...field}>{(control) => <input {...control} {...rest} />}</Labelled>
}

/** A labelled text of several lines. */
export function LongField(props: With<'textarea'>) {
  const [field, rest] = split(props)
  return <Labelled {...field}>{(control) => <textarea rows={4} {...control} {...rest} />}</Labelled>
}

/** A labelled choice from a list. */
export function SelectField({ options, ...props }: With<'select'> & { options: readonly Option[] }) {
  const [field, rest] = split(props)
  return (
    <Labelled {...field}>
      {(control) => (
        <select {...control} {...rest}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

function split<Props extends FieldProps>(props: Props) {
  const { name, label, hint, refused, initial, isOptional, inputId, ...rest } = props
  return [{ name, label, hint, refused, initial, isOptional, inputId }, rest] as const
}

type LabelledProps = FieldProps & { children: (control: Control) => ReactNode }

function Labelled({ name, label, hint, refused, initial, isOptional, inputId = name, children }: LabelledProps) {
  const { message, described } = useFieldState(name, inputId, hint, refused)
  return (
    <div className="mb-3">
      <FieldLabel id={inputId} label={label} isOptional={isOptional} />
      {children({
        id: inputId,
        name,
        className: 'form-control st-field',
        defaultValue: refused?.values[name] ?? initial ?? '',
        'aria-describedby': described,
        'aria-invalid': message ? true : undefined,
      })}
      <FieldNotes id={inputId} hint={hint} message={message} />
    </div>
  )
}

/** A question with a few answers, as radio buttons. */
export function ChoiceField({ name, label, options, refused, initial }: FieldProps & { options: readonly Option[] }) {
  const chosen = refused?.values[name] ?? initial
  return (
    <fieldset className="st-question mb-3" id={name}>
      <legend>{label}</legend>
      <div className="st-answers">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} defaultChecked={option.value === chosen} />{' '}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The hidden token that makes a second sending harmless. */
export function Once({ token }: { token: string }) {
  return <input type="hidden" name="once" value={token} />
}

function FieldLabel({ id, label, isOptional }: { id: string; label: ReactNode; isOptional?: boolean | undefined }) {
  const { t } = useShell()
  return (
    <label className="st-label" htmlFor={id}>
      {label}
      {isOptional && <span className="st-quiet fw-normal"> ({t.optional})</span>}
    </label>
  )
}

function FieldNotes({ id, hint, message }: { id: string; hint?: string | undefined; message?: string | undefined }) {
  return (
    <>
      {hint && (
        <span id={`${id}-hint`} className="st-small st-quiet d-block">
          {hint}
        </span>
      )}
      {message && (
        <span id={`${id}-wrong`} className="st-small st-wrong d-block">
          {message}
        </span>
      )}
    </>
  )
}

function useFieldState(name: string, id: string, hint: string | undefined, refused: Refused | undefined) {
  const message = refused?.problem.fields?.find((field) => field.path === name)?.message
  const described = [hint && `${id}-hint`, message && `${id}-wrong`].filter(Boolean).join(' ') || undefined
  return { message, described }
}
