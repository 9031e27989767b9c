/** Fields of forms as operations take them. Server side only. */
import type { Context } from '../platform/context.ts'
import { fail, notFound } from '../platform/problem.ts'

/** The text fields somebody filled in: an empty one counts as absent, files are left out. */
export function filledTexts(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [[name, value]] : [])),
  )
}

/** A moment typed as local time, as an instant; what is not one stays as it is, for the operation to refuse. */
export function typedInstant(ctx: Context, typed: string | undefined): string {
  if (typed === undefined || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(typed)) return typed ?? ''
  try {
    return Temporal.PlainDateTime.from(typed).toZonedDateTime(ctx.zone).toInstant().toString()
  } catch {
    return typed
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An id in an address or a form, or "not found". */
export function uuidOf(text: unknown): string {
  return typeof text === 'string' && uuid.test(text) ? text : fail(notFound())
}

/** A page's own address with one of its choices, as the request has it; a data request has another path and more names. */
export function sameView(request: Request, path: string, choice: string): string {
  const chosen = new URL(request.url).searchParams.get(choice)
  return chosen === null ? path : `${path}?${new URLSearchParams({ [choice]: chosen })}`
}
