import type { CompiledCalendar } from '../../../platform/calendar.ts'
import type { AgreementTerms } from './agreement.ts'
import { clocksOf, nextDue, nextEscalation } from './clocks.ts'
import type { CaseFacts } from './fold.ts'

/** What a case's clocks run on; null while the administration has no agreement or no calendar. */
export type DeskRules = { terms: AgreementTerms; calendar: CompiledCalendar } | null

/** The columns of desk_case that follow from the facts. */
export function factColumns(facts: CaseFacts) {
  return {
    number: facts.number,
    kind: facts.kind,
    opened_kind: facts.openedKind,
    proposed_kind: facts.proposedKind,
    state: facts.state,
    severity: facts.severity,
    requester_id: facts.requesterId,
    office_id: facts.officeId,
    channel: facts.channel,
    reserved: facts.reserved,
    agreement_id: facts.agreementId,
    details: JSON.stringify(facts.details),
    deliveries: JSON.stringify(facts.deliveries),
    person_days: facts.personDays === null ? null : String(facts.personDays),
    repeats_id: facts.repeatsId,
    duplicate_of: facts.duplicateOf,
    team_id: facts.teamId,
    holder_id: facts.holderId,
    waiting_for: facts.waitingFor,
    closed_how: facts.closedHow,
    opened_at: facts.openedAt,
    taken_at: facts.takenAt,
    resolved_at: facts.resolvedAt,
    closes_at: facts.closesAt,
    closed_at: facts.closedAt,
    promised_at: facts.promisedAt,
    first_promised_at: facts.firstPromisedAt,
    promised_times: facts.promisedTimes,
    reopened_times: facts.reopenedTimes,
    timeline: JSON.stringify(facts.timeline),
    version: facts.version,
    updated_at: facts.updatedAt,
    updated_by: facts.updatedBy,
  }
}

/** The columns that follow from facts, agreement and calendar together. */
export function clockColumns(facts: CaseFacts, rules: DeskRules) {
  if (rules === null) return { clocks: '[]', next_due_at: null, next_due_metric: null, next_escalation_at: null }
  const clocks = clocksOf(facts.timeline, rules.terms, rules.calendar)
  const due = nextDue(clocks)
  return {
    clocks: JSON.stringify(clocks),
    next_due_at: iso(due?.at ?? null),
    next_due_metric: due?.metric ?? null,
    next_escalation_at: iso(nextEscalation(facts.timeline, clocks, rules.calendar)),
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
