/** Fields of forms as operations take them. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { fail, notFound } from '../../../platform/problem.ts'

/** The fields somebody filled in: an empty one counts as absent. */
export function filledFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

/** A moment typed as local time, as an instant; what is not one stays as it is, for the operation to refuse. */
export function localInstant(ctx: Context, typed: unknown): unknown {
  if (typeof typed !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(typed)) return typed
  try {
    return Temporal.PlainDateTime.from(typed).toZonedDateTime(ctx.zone).toInstant().toString()
  } catch {
    return typed
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** The id in the address, or "not found". */
export function idOf(params: Record<string, string | undefined>): string {
  return uuid.test(params.id ?? '') ? String(params.id) : fail(notFound())
}

/** The ticked rows of the queue, each as `id:version`. */
export function pickedOf(form: FormData): { id: string; version?: number }[] {
  return form.getAll('case').map((value) => {
    const [id = '', version] = String(value).split(':')
    return version ? { id, version: Number(version) } : { id }
  })
}
