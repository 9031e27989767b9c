/** Visits out of forms: the one of a page without JavaScript, and what a phone kept. Server side only. */
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/http/parse.ts'
import { fail } from '../../../platform/problem.ts'
import { say } from '../../../platform/texts.ts'
import { fieldTexts, notYours, otherPerson } from '../field-problems.ts'
import type { ChangedCase } from '../schema.ts'
import { recordVisit } from '../visit.ts'
import type { VisitOutcome } from './outbox.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const text = (form: FormData, name: string) => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** A visit told by a phone, with the phone's instants; the form's token is its key. */
export async function sendVisit(ctx: Context, form: FormData): Promise<ChangedCase> {
  // Two people, one phone: nobody records what another did.
  if (text(form, 'personId') !== ctx.actor.personId) throw otherPerson()
  const once = text(form, 'once')
  return recordVisit(
    once.length >= 8 ? { ...ctx, idempotencyKey: once } : ctx,
    caseOf(form),
    { ...wordsOf(form), startedAt: text(form, 'startedAt'), endedAt: text(form, 'endedAt') },
    seenOf(form),
  )
}

/** A visit told by the form itself: hours and minutes of the administration's clock, each the last that was. */
export async function submitVisit(ctx: Context, form: FormData): Promise<ChangedCase> {
  const times = [text(form, 'start'), text(form, 'end')].map((time) => lastLocalTime(time, ctx.zone))
  const [startedAt, endedAt] = times
  if (startedAt == null || endedAt == null) {
    const path = startedAt == null ? 'start' : 'end'
    throw invalid([{ path: fieldId(path, caseOf(form)), say: say(fieldTexts, (t) => t.problems.wrongTimes) }])
  }
  return recordVisit(ctx, caseOf(form), { ...wordsOf(form), startedAt, endedAt }, seenOf(form))
}

/** The id of a field: each case of the page has a form of its own. */
function fieldId(name: string, caseId: string): string {
  return `${name}-${caseId}`
}

function caseOf(form: FormData): string {
  const id = text(form, 'caseId')
  return uuid.test(id) ? id : fail(notYours())
}

// Parsed by the operation.
function wordsOf(form: FormData) {
  return { outcome: text(form, 'outcome') as VisitOutcome, note: text(form, 'note'), serial: text(form, 'serial') }
}

function seenOf(form: FormData) {
  return { teamId: text(form, 'teamId') || null }
}

function lastLocalTime(time: string, zone: string): string | null {
  const [, hour, minute] = /^(\d{1,2})[:.](\d{2})$/.exec(time.trim()) ?? []
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null
  const now = Temporal.Now.zonedDateTimeISO(zone)
  const today = now.withPlainTime({ hour: Number(hour), minute: Number(minute) })
  return (Temporal.ZonedDateTime.compare(today, now) > 0 ? today.subtract({ days: 1 }) : today).toInstant().toString()
}
