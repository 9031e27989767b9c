import type { CaseFacts } from './fold.ts'

/** The columns of desk_case that follow from the facts. */
export function factColumns(facts: CaseFacts) {
  return {
    number: facts.number,
    kind: facts.kind,
    state: facts.state,
    severity: facts.severity,
    requester_id: facts.requesterId,
    office_id: facts.officeId,
    channel: facts.channel,
    team_id: facts.teamId,
    holder_id: facts.holderId,
    waiting_for: facts.waitingFor,
    closed_how: facts.closedHow,
    opened_at: facts.openedAt,
    taken_at: facts.takenAt,
    resolved_at: facts.resolvedAt,
    closes_at: facts.closesAt,
    closed_at: facts.closedAt,
    reopened_times: facts.reopenedTimes,
    version: facts.version,
    updated_at: facts.updatedAt,
    updated_by: facts.updatedBy,
  }
}
