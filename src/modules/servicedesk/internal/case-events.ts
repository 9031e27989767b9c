/** Every event a case may have, by kind and version. Ids, numbers and states only: what people wrote is kept beside. */
import { z } from 'zod'
import {
  ancillaryTypes,
  canWorkAnswers,
  channels,
  metrics,
  natures,
  requestTypes,
  reservedMatters,
  severities,
  visibilities,
} from '../vocabulary.ts'
import { caseKinds, pauseReasons } from './lifecycle.ts'

const v1 = z.literal(1)
const nothing = z.object({})
const instant = z.string()
const team = z.object({ teamId: z.uuid().nullable() })

/** A number of pieces of an item of the list of consumables. */
export const itemLine = z.object({ itemId: z.uuid(), quantity: z.int().min(1) })

/** What only some kinds have; an absent field is null. */
export const caseDetails = z.object({
  requestType: z.enum(requestTypes).nullable().default(null),
  nature: z.enum(natures).nullable().default(null),
  ancillaryType: z.enum(ancillaryTypes).nullable().default(null),
  /** Local date, YYYY-MM-DD. */
  neededBy: z.string().nullable().default(null),
  /** The number the request has outside, such as that of a GESEPA/ICT request. */
  reference: z.string().nullable().default(null),
  items: z.array(itemLine).default([]),
})

// Version 1 knew two kinds, no agreement and no details: read as if they had been left empty.
const opened = z.object({
  number: z.int(),
  kind: z.enum(caseKinds),
  severity: z.enum(severities),
  canWork: z.enum(canWorkAnswers),
  onlyMe: z.boolean(),
  requesterId: z.uuid(),
  officeId: z.uuid().nullable(),
  channel: z.enum(channels),
  agreementId: z.uuid().nullable().default(null),
  reserved: z.enum(reservedMatters).nullable().default(null),
  details: caseDetails.default(caseDetails.parse({})),
  /** The case of the last fifteen days, ended or withdrawn, whose subject and office this one repeats. */
  repeatsId: z.uuid().nullable().default(null),
})

export const caseEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('case.opened'), version: z.literal([1, 2]), payload: opened }),
  z.object({
    kind: z.literal('case.taken'),
    version: v1,
    payload: z.object({ holderId: z.uuid().nullable(), teamId: z.uuid().nullable() }),
  }),
  z.object({ kind: z.literal('case.assigned'), version: v1, payload: z.object({ teamId: z.uuid() }) }),
  z.object({
    kind: z.literal('case.replied'),
    version: v1,
    payload: z.object({ visibility: z.enum(visibilities), isRequester: z.boolean(), teamId: z.uuid().nullable() }),
  }),
  z.object({ kind: z.literal('case.asked'), version: v1, payload: team }),
  z.object({
    kind: z.literal('case.paused'),
    version: v1,
    payload: team.extend({ reason: z.enum(pauseReasons) }),
  }),
  z.object({ kind: z.literal('case.resumed'), version: v1, payload: team }),
  z.object({ kind: z.literal('case.promised'), version: v1, payload: team.extend({ promisedFor: instant }) }),
  z.object({
    kind: z.literal('case.visited'),
    version: v1,
    payload: team.extend({
      startedAt: instant,
      endedAt: instant,
      outcome: z.enum(['resolved', 'to_return', 'nobody_there']),
    }),
  }),
  z.object({
    kind: z.literal('case.delivered'),
    version: v1,
    payload: team.extend({ deliveryId: z.uuid(), lines: z.array(itemLine).min(1) }),
  }),
  z.object({
    kind: z.literal('case.received'),
    version: v1,
    payload: z.object({ deliveryId: z.uuid(), isLast: z.boolean() }),
  }),
  z.object({ kind: z.literal('case.estimated'), version: v1, payload: team.extend({ personDays: z.number() }) }),
  z.object({ kind: z.literal('case.approved'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.refused'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.resolved'), version: v1, payload: team.extend({ closesAt: instant }) }),
  z.object({ kind: z.literal('case.confirmed'), version: v1, payload: nothing }),
  z.object({
    kind: z.literal('case.reopened'),
    version: v1,
    payload: z.object({ extent: z.enum(['partly', 'no']).default('no') }),
  }),
  z.object({ kind: z.literal('case.closed_silent'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.cancelled'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.duplicate_marked'), version: v1, payload: z.object({ ofCaseId: z.uuid() }) }),
  z.object({
    kind: z.literal('case.joined'),
    version: v1,
    payload: z.object({ caseId: z.uuid(), startedAt: instant }),
  }),
  z.object({
    kind: z.literal('case.kind_change_proposed'),
    version: v1,
    payload: z.object({ to: z.enum(caseKinds) }),
  }),
  z.object({ kind: z.literal('case.kind_change_refused'), version: v1, payload: z.object({ to: z.enum(caseKinds) }) }),
  z.object({
    kind: z.literal('case.kind_changed'),
    version: v1,
    payload: z.object({ from: z.enum(caseKinds), to: z.enum(caseKinds), hasConsent: z.boolean() }),
  }),
  z.object({
    kind: z.literal('case.reclassified'),
    version: v1,
    payload: z.object({ canWork: z.enum(canWorkAnswers), onlyMe: z.boolean(), severity: z.enum(severities) }),
  }),
  z.object({ kind: z.literal('case.call_corrected'), version: v1, payload: z.object({ calledAt: instant }) }),
  z.object({
    kind: z.literal('case.escalated'),
    version: v1,
    payload: z.object({ metric: z.enum(metrics), cycle: z.int(), level: z.int() }),
  }),
  z.object({
    kind: z.literal('case.agreement_changed'),
    version: v1,
    payload: z.object({ from: z.uuid().nullable(), to: z.uuid() }),
  }),
  z.object({ kind: z.literal('case.text_erased'), version: v1, payload: z.object({ texts: z.int() }) }),
])
export type CaseEvent = z.output<typeof caseEvent>
export type CaseDetails = z.output<typeof caseDetails>
export type ItemLine = z.output<typeof itemLine>

/** An event as recorded: when it happened (ISO) and whose act it was. */
export type RecordedEvent = CaseEvent & { at: string; actorId: string | null }
