/**
 * What the desk has agreed to: how long each thing may take, on which calendar, and what stops which clock. An agreement
 * is data, a version of it is never changed, and a case keeps the version it was opened under (contract-logic §1.9).
 */
import { z } from 'zod'
import { type AgreedMetric, agreedMetrics, type Severity, severities } from '../vocabulary.ts'
import { type CaseKind, caseKinds, waitingReasons } from './lifecycle.ts'

/**
 * `minutes` of service time; or the end of the last office hours of the Nth working day, the day of the request not
 * counted (contract-logic §1.7).
 */
const within = z.union([
  z.strictObject({ minutes: z.int().min(1).max(200_000) }),
  z.strictObject({ workingDays: z.int().min(1).max(250) }),
])
export type Within = z.output<typeof within>

const target = z.strictObject({
  metric: z.enum(agreedMetrics),
  kinds: z.array(z.enum(caseKinds)).min(1),
  /** For these urgencies; all of them when absent. */
  severities: z.array(z.enum(severities)).min(1).optional(),
  within,
})

const reasons = z.array(z.enum(waitingReasons))

/** The terms of a desk agreement. Two targets for the same thing are refused: the shorter is never picked in silence. */
export const agreementTerms = z
  .strictObject({
    /** null: the administration's default calendar. */
    calendarId: z.uuid().nullable(),
    targets: z.array(target),
    /** Which waits stop which clock; a metric left out is stopped by nothing. */
    pauses: z.partialRecord(z.enum(agreedMetrics), reasons),
  })
  .check((checked) => {
    const seen = new Set<string>()
    for (const [index, one] of checked.value.targets.entries())
      for (const kind of one.kinds)
        for (const severity of one.severities ?? severities) {
          const key = `${one.metric} ${kind} ${severity}`
          if (seen.has(key))
            checked.issues.push({
              code: 'custom',
              message: `target_twice ${key}`,
              path: ['targets', index],
              input: one,
            })
          seen.add(key)
        }
  })
export type AgreementTerms = z.output<typeof agreementTerms>

/** What is agreed for one metric of one case; null when nothing is. */
export function targetOf(
  terms: AgreementTerms,
  metric: AgreedMetric,
  kind: CaseKind,
  severity: Severity,
): Within | null {
  const found = terms.targets.find(
    (one) =>
      one.metric === metric &&
      one.kinds.includes(kind) &&
      (one.severities === undefined || one.severities.includes(severity)),
  )
  return found?.within ?? null
}

const hour = 60
const atTheDesk: CaseKind[] = ['incident', 'service_request', 'application_support', 'defect', 'ancillary_service']
const slow: CaseKind[] = ['small_maintenance', 'data_processing', 'development_request']

/**
 * What an administration begins with: the severities' 8/24/24 hours of the contract (domain.md §1), two working days for
 * a request at the desk, five for consumables, ten for work on applications. The user's answer, an appointment with the
 * user and an approval stop the resolution; nothing stops taking in charge or the first answer.
 */
export const firstTerms: AgreementTerms = {
  calendarId: null,
  targets: [
    { metric: 'take_in_charge', kinds: atTheDesk, severities: ['blocking'], within: { minutes: hour } },
    { metric: 'take_in_charge', kinds: atTheDesk, severities: ['high'], within: { minutes: 2 * hour } },
    { metric: 'take_in_charge', kinds: atTheDesk, severities: ['normal'], within: { minutes: 4 * hour } },
    { metric: 'take_in_charge', kinds: ['consumable', ...slow], within: { workingDays: 1 } },
    { metric: 'first_answer', kinds: atTheDesk, severities: ['blocking'], within: { minutes: 2 * hour } },
    { metric: 'first_answer', kinds: atTheDesk, severities: ['high'], within: { minutes: 4 * hour } },
    { metric: 'first_answer', kinds: atTheDesk, severities: ['normal'], within: { workingDays: 1 } },
    { metric: 'first_answer', kinds: ['consumable', ...slow], within: { workingDays: 2 } },
    { metric: 'next_update', kinds: atTheDesk, severities: ['blocking'], within: { minutes: 4 * hour } },
    { metric: 'next_update', kinds: atTheDesk, severities: ['high'], within: { workingDays: 1 } },
    { metric: 'next_update', kinds: atTheDesk, severities: ['normal'], within: { workingDays: 3 } },
    { metric: 'next_update', kinds: slow, within: { workingDays: 10 } },
    { metric: 'resolution', kinds: ['incident', 'defect'], severities: ['blocking'], within: { minutes: 8 * hour } },
    {
      metric: 'resolution',
      kinds: ['incident', 'defect'],
      severities: ['high', 'normal'],
      within: { minutes: 24 * hour },
    },
    { metric: 'resolution', kinds: ['service_request', 'ancillary_service'], within: { workingDays: 2 } },
    { metric: 'resolution', kinds: ['application_support'], within: { minutes: 24 * hour } },
    { metric: 'resolution', kinds: ['consumable'], within: { workingDays: 5 } },
    { metric: 'resolution', kinds: slow, within: { workingDays: 10 } },
  ],
  pauses: {
    resolution: ['user', 'appointment', 'approval', 'force_majeure'],
    next_update: ['user', 'appointment', 'approval'],
  },
}
