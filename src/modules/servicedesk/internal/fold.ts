/** What a case is: the fold of its events. Pure; the row in desk_case is its cache and must equal it. */
import type { Channel, ReservedMatter, Severity } from '../vocabulary.ts'
import type { CaseDetails, ItemLine, RecordedEvent } from './case-events.ts'
import type { CaseKind, CaseState, WaitingReason } from './lifecycle.ts'
import { advance, openTimeline, type Timeline } from './timeline.ts'

/** One part of what was asked for, handed over; `receivedAt` is when whoever got it signed. */
export type Delivery = { deliveryId: string; lines: ItemLine[]; receivedAt: string | null }

/** A case without its words. Instants are ISO text. */
export type CaseFacts = {
  number: number
  kind: CaseKind
  /** The kind it was opened as: what the contract's indicator was fixed by. */
  openedKind: CaseKind
  /** A kind proposed for it that needs the city's consent. */
  proposedKind: CaseKind | null
  state: CaseState
  severity: Severity
  requesterId: string
  officeId: string | null
  channel: Channel
  reserved: ReservedMatter | null
  agreementId: string | null
  details: CaseDetails
  deliveries: Delivery[]
  /** Person-days last estimated. */
  personDays: number | null
  repeatsId: string | null
  duplicateOf: string | null
  teamId: string | null
  holderId: string | null
  waitingFor: WaitingReason | null
  closedHow: 'confirmed' | 'silence' | null
  openedAt: string
  takenAt: string | null
  resolvedAt: string | null
  closesAt: string | null
  closedAt: string | null
  /** The date last promised to the user, and the first one ever, which stays. */
  promisedAt: string | null
  firstPromisedAt: string | null
  promisedTimes: number
  reopenedTimes: number
  timeline: Timeline
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
  const { canWork: _, onlyMe: __, kind, severity, ...asked } = event.payload
  return {
    ...asked,
    kind,
    severity,
    openedKind: kind,
    proposedKind: null,
    state: 'new',
    deliveries: [],
    personDays: null,
    duplicateOf: null,
    teamId: null,
    holderId: null,
    waitingFor: null,
    closedHow: null,
    openedAt: event.at,
    takenAt: null,
    resolvedAt: null,
    closesAt: null,
    closedAt: null,
    promisedAt: null,
    firstPromisedAt: null,
    promisedTimes: 0,
    reopenedTimes: 0,
    timeline: openTimeline(kind, severity, Date.parse(event.at)),
    version: 1,
    updatedAt: event.at,
    updatedBy: event.actorId,
  }
}

/** The case after one more event. */
export function applyEvent(facts: CaseFacts, event: RecordedEvent): CaseFacts {
  return {
    ...facts,
    ...(progress(facts, event) ?? change(facts, event)),
    timeline: advance(facts.timeline, event),
    version: facts.version + 1,
    updatedAt: event.at,
    updatedBy: event.actorId,
  }
}

// What moves a case from state to state; undefined for events that only change a fact.
function progress(facts: CaseFacts, event: RecordedEvent): Partial<CaseFacts> | undefined {
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
      // The user's answer is what a case that waits for the user waits for; no other wait ends with it.
      return event.payload.isRequester && facts.waitingFor === 'user' ? goesOn(facts) : {}
    case 'case.asked':
      return { state: 'waiting', waitingFor: 'user' }
    case 'case.paused':
      return { state: 'waiting', waitingFor: event.payload.reason }
    case 'case.estimated':
      return { state: 'waiting', waitingFor: 'approval', personDays: event.payload.personDays }
    case 'case.resumed':
    case 'case.approved':
      return goesOn(facts)
    case 'case.refused':
      return { state: 'rejected', waitingFor: null, closedAt: event.at }
    case 'case.resolved':
      return { state: 'resolved', waitingFor: null, resolvedAt: event.at, closesAt: event.payload.closesAt }
    case 'case.received':
      return received(facts, event)
    case 'case.confirmed':
      return { state: 'closed', closedHow: 'confirmed', closedAt: event.at, closesAt: null }
    case 'case.closed_silent':
      return { state: 'closed', closedHow: 'silence', closedAt: event.at, closesAt: null }
    case 'case.reopened':
      return { ...goesOn(facts), resolvedAt: null, closesAt: null, reopenedTimes: facts.reopenedTimes + 1 }
    case 'case.cancelled':
      return { state: 'cancelled', waitingFor: null, closedAt: event.at, closesAt: null }
    case 'case.duplicate_marked':
      return { state: 'duplicate', duplicateOf: event.payload.ofCaseId, waitingFor: null, closedAt: event.at }
    default:
      return undefined
  }
}

function change(facts: CaseFacts, event: RecordedEvent): Partial<CaseFacts> {
  switch (event.kind) {
    case 'case.promised':
      return {
        promisedAt: event.payload.promisedFor,
        firstPromisedAt: facts.firstPromisedAt ?? event.payload.promisedFor,
        promisedTimes: facts.promisedTimes + 1,
      }
    case 'case.visited':
      return {
        takenAt: facts.takenAt ?? event.payload.startedAt,
        // Whoever goes there has it in hand.
        ...(facts.state === 'assigned' && { state: 'in_progress', holderId: event.actorId }),
      }
    case 'case.delivered': {
      const { deliveryId, lines } = event.payload
      return { deliveries: [...facts.deliveries, { deliveryId, lines, receivedAt: null }] }
    }
    case 'case.kind_change_proposed':
      return { proposedKind: event.payload.to }
    case 'case.kind_change_refused':
      return { proposedKind: null }
    case 'case.kind_changed':
      return { kind: event.payload.to, proposedKind: null }
    case 'case.reclassified':
      return { severity: event.payload.severity }
    case 'case.call_corrected':
      return { openedAt: event.payload.calledAt }
    case 'case.agreement_changed':
      return { agreementId: event.payload.to }
    default:
      return {}
  }
}

// Who signs for the last piece has what was asked for: nobody else needs to say that it is done.
function received(facts: CaseFacts, event: Extract<RecordedEvent, { kind: 'case.received' }>): Partial<CaseFacts> {
  const deliveries = facts.deliveries.map((one) =>
    one.deliveryId === event.payload.deliveryId ? { ...one, receivedAt: event.at } : one,
  )
  if (!event.payload.isLast) return { deliveries }
  return {
    deliveries,
    state: 'closed',
    closedHow: 'confirmed',
    waitingFor: null,
    resolvedAt: facts.resolvedAt ?? event.at,
    closesAt: null,
    closedAt: event.at,
  }
}

function goesOn(facts: CaseFacts): Pick<CaseFacts, 'state' | 'waitingFor'> {
  if (facts.holderId !== null) return { state: 'in_progress', waitingFor: null }
  return { state: facts.teamId === null ? 'new' : 'assigned', waitingFor: null }
}
