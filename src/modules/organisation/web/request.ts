/** What the pages' actions share: reading a form, and naming its fields. Server side only. */
import { redirect } from 'react-router'
import { type Context, read, type TxContext } from '../../../platform/context.ts'
import { allow } from '../../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../../platform/problem.ts'
import { page } from '../../../web/visit.ts'
import type { pagesIt } from '../texts/pages-it.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

type PageArgs = Parameters<Parameters<typeof page>[0]>[1]

/** A loader for administrators, in one read transaction. */
export function administratorPage<Result>(work: (ctx: TxContext, args: PageArgs) => Promise<Result>) {
  return page((ctx: Context, args: PageArgs) => {
    allow(ctx.actor, 'organisation.manage')
    return read(ctx, (ctx) => work(ctx, args))
  })
}

/** The id in the page's address; anything else is a page that is not there. */
export function idOf(params: Record<string, string | undefined>): string {
  return uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())
}

/** An id that somebody typed into the address as a filter, or null. */
export function idOrNull(text: string | null): string | null {
  return text !== null && uuid.test(text) ? text : null
}

/** A text field of a form; empty when it is not there. */
export function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** The version the person saw. */
export function seenVersion(form: FormData): number {
  return Number(text(form, 'version'))
}

/** The names after `prefix` of the boxes that were ticked. */
export function ticked(form: FormData, prefix: string): string[] {
  return [...form.keys()].flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []))
}

/**
 * Runs an operation whose fields bear other names in the form, so that ids stay unique in a page with several forms.
 * What the operation says of its field is said of the form's.
 */
export async function fromFields<Result>(rename: (path: string) => string, work: () => Promise<Result>) {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fields = error.fields.map((field) => ({ ...field, path: rename(field.path) }))
    throw new Problem(error.kind, error.code, error.say, fields, { cause: error })
  }
}

/** Renames the fields listed and leaves the others. */
export function names(of: Record<string, string>): (path: string) => string {
  return (path) => of[path] ?? path
}

/** What was done, said by the page one lands on. */
export type Saved = keyof typeof pagesIt.saved

/** Back to a page that says what was done. */
export function saved(path: string, what: Saved): Response {
  return redirect(`${path}?salvato=${what}`)
}
