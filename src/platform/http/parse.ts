/** Parsing at the edge: one zod schema, one Problem that names every wrong field in both languages. */
import type { z } from 'zod'
import { type FieldProblem, Problem } from '../problem.ts'
import { platformTexts, type Say, say } from '../texts.ts'

/** The parsed input, or a thrown `invalid` Problem with one line per wrong field. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), say: sayIssue(issue, input) })))
  return parsed.data
}

/** The `invalid` Problem for these fields. */
export function invalid(fields: readonly FieldProblem[]): Problem {
  return new Problem(
    'invalid',
    'invalid',
    say(platformTexts, (t) => t.problems.invalid),
    fields,
  )
}

/** A form as an object: repeated names become arrays when `lists` names them; files stay files. */
export function formObject(form: FormData, lists: readonly string[] = []): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (const name of new Set(form.keys())) object[name] = lists.includes(name) ? form.getAll(name) : form.get(name)
  for (const name of lists) object[name] ??= []
  return object
}

/** What one zod issue means for the person who filled the field. */
export function sayIssue(issue: z.core.$ZodIssue, input: unknown): Say {
  return say(platformTexts, (t) => {
    const texts = t.problems.fields
    switch (issue.code) {
      case 'invalid_type':
        return valueAt(input, issue.path) == null ? texts.missing : texts.wrongType
      case 'too_small':
        if (issue.origin !== 'string') return texts.tooSmall(Number(issue.minimum))
        return Number(issue.minimum) <= 1 ? texts.missing : texts.tooShort(Number(issue.minimum))
      case 'too_big':
        return issue.origin === 'string' ? texts.tooLong(Number(issue.maximum)) : texts.tooBig(Number(issue.maximum))
      case 'invalid_value':
        return valueAt(input, issue.path) == null ? texts.missing : texts.notInList(issue.values.join(', '))
      case 'unrecognized_keys':
        return texts.unknownField(issue.keys.join(', '))
      default:
        return texts.wrongFormat
    }
  })
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  )
}
