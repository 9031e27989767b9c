/** What the demo's clocks run on: the first agreement, on the hours of the offices. */
import { type AgreementTerms, firstTerms } from '../src/modules/servicedesk/internal/agreement.ts'
import { type CalendarRules, type CompiledCalendar, compileCalendar } from '../src/platform/calendar.ts'

export const officeHours: CalendarRules = {
  zone: 'Europe/Rome',
  weekly: ([1, 2, 3, 4, 5] as const).map((day) => ({ day, from: '08:00', to: '18:00' })),
  holidays: 'italian',
  patronDay: '07-15',
  exceptions: [],
}

export type DemoRules = { terms: AgreementTerms; calendar: CompiledCalendar }

/** The rules around an instant: some years before it, two after. */
export function demoRules(untilMs: number): DemoRules {
  const year = new Date(untilMs).getUTCFullYear()
  const calendar = compileCalendar([{ effectiveFrom: '2020-01-01', rules: officeHours }], year - 3, year + 2)
  return { terms: firstTerms, calendar }
}
