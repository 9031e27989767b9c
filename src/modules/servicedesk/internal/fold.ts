/** What a case is: the fold of its events. Pure; the row in desk_case is its cache and must equal it. */
import { z } from 'zod'
import { type Channel, canWorkAnswers, channels, type Severity, severities, visibilities } from '../schema.ts'
import { type CaseKind, type CaseState, caseKinds } from './lifecycle.ts'

const v1 = z.literal(1)
const nothing = z.object({})

/** Every event a case may have, by kind and version. Ids, numbers and states only: what people wrote is kept beside. */
export const caseEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('case.opened'),
    version: v1,
    payload: z.object({
      number: z.int(),
      kind: z.enum(caseKinds),
      severity: z.enum(severities),
      canWork: z.enum(canWorkAnswers),
      onlyMe: z.boolean(),
      requesterId: z.uuid(),
      officeId: z.uuid().nullable(),
      channel: z.enum(channels),
    }),
  }),
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
  z.object({ kind: z.literal('case.asked'), version: v1, payload: z.object({ teamId: z.uuid().nullable() }) }),
  z.object({
    kind: z.literal('case.resolved'),
    version: v1,
    payload: z.object({ teamId: z.uuid().nullable(), closesAt: z.string() }),
  }),
  z.object({ kind: z.literal('case.confirmed'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.reopened'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.closed_silent'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.cancelled'), version: v1, payload: nothing }),
  z.object({ kind: z.literal('case.text_erased'), version: v1, payload: z.object({ texts: z.int() }) }),
])
export type CaseEvent = z.output<typeof caseEvent>

/** An event as recorded: when it happened (ISO) and whose act it was. */
export type RecordedEvent = CaseEvent & { at: string; actorId: string | null }

/** A case without its words. Instants are ISO text. */
export type CaseFacts = {
  number: number
  kind: CaseKind
  state: CaseState
  severity: Severity
  requesterId: string
  officeId: string | null
  channel: Channel
  teamId: string | null
  holderId: string | null
  waitingFor: 'user' | null
  closedHow: 'confirmed' | 'silence' | null
  openedAt: string
  takenAt: string | null
  resolvedAt: string | null
  closesAt: string | null
  closedAt: string | null
  reopenedTimes: number
  version: number
  updatedAt: string
  updatedBy: string | null
}

/** A case as its events tell it; the first must be `case.opened`. */
export function foldCase(events: readonly RecordedEvent[]): CaseFacts {
  const [first, ...rest] = events
  if (first?.kind !== 'case.opened') throw new Error('The first event of a case is case.opened')
  return rest.reduce(applyEvent, openedFacts(first))
}

/** The facts of a case that was just opened. */
export function openedFacts(event: Extract<RecordedEvent, { kind: 'case.opened' }>): CaseFacts {
  const { number, kind, severity, requesterId, officeId, channel } = event.payload
  return {
    number,
    kind,
    severity,
    requesterId,
    officeId,
    channel,
    state: 'new',
    teamId: null,
    holderId: null,
    waitingFor: null,
    closedHow: null,
    openedAt: event.at,
    takenAt: null,
    resolvedAt: null,
    closesAt: null,
    closedAt: null,
    reopenedTimes: 0,
    version: 1,
    updatedAt: event.at,
    updatedBy: event.actorId,
  }
}

/** The case after one more event. */
export function applyEvent(facts: CaseFacts, event: RecordedEvent): CaseFacts {
  return {
    ...facts,
    ...change(facts, event),
    version: facts.version + 1,
    updatedAt: event.at,
    updatedBy: event.actorId,
  }
}

function change(facts: CaseFacts, event: RecordedEvent): Partial<CaseFacts> {
  switch (event.kind) {
    case 'case.opened':
      throw new Error('A case is opened once')
    case 'case.taken':
      return {
        state: 'in_progress',
        holderId: event.payload.holderId,
        teamId: event.payload.teamId,
        takenAt: facts.takenAt ?? event.at,
      }
    case 'case.assigned':
      return { state: 'assigned', teamId: event.payload.teamId, holderId: null, waitingFor: null }
    case 'case.replied':
      // The user's answer is what a waiting case waits for.
      return event.payload.isRequester && facts.state === 'waiting' ? { ...atWork(facts), waitingFor: null } : {}
    case 'case.asked':
      return { state: 'waiting', waitingFor: 'user' }
    case 'case.resolved':
      return { state: 'resolved', waitingFor: null, resolvedAt: event.at, closesAt: event.payload.closesAt }
    case 'case.confirmed':
      return { state: 'closed', closedHow: 'confirmed', closedAt: event.at, closesAt: null }
    case 'case.closed_silent':
      return { state: 'closed', closedHow: 'silence', closedAt: event.at, closesAt: null }
    case 'case.reopened':
      return { ...atWork(facts), resolvedAt: null, closesAt: null, reopenedTimes: facts.reopenedTimes + 1 }
    case 'case.cancelled':
      return { state: 'cancelled', waitingFor: null, closedAt: event.at }
    case 'case.text_erased':
      return {}
  }
}

function atWork(facts: CaseFacts): Pick<CaseFacts, 'state'> {
  if (facts.holderId !== null) return { state: 'in_progress' }
  return { state: facts.teamId === null ? 'new' : 'assigned' }
}
