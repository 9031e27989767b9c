import type { AgreementVersion } from '../agreements.ts'
import { waitingReasons } from '../internal/lifecycle.ts'
import { agreedMetrics } from '../vocabulary.ts'

/** The terms a form of an agreement says: those in force with its times and its pauses. Parsed by the operation. */
export function termsOf(form: FormData, base: AgreementVersion['terms'] | null): Record<string, unknown> {
  if (base === null) return {}
  return {
    calendarId: base.calendarId,
    targets: base.targets.map((target, index) => {
      const amount = Number(form.get(`amount-${index}`))
      const within = form.get(`unit-${index}`) === 'workingDays' ? { workingDays: amount } : { minutes: amount }
      return { ...target, within }
    }),
    pauses: Object.fromEntries(
      agreedMetrics.flatMap((metric) => {
        const reasons = waitingReasons.filter((reason) => form.get(`pause-${metric}-${reason}`) === 'on')
        return reasons.length === 0 ? [] : [[metric, reasons]]
      }),
    ),
  }
}
