/** What a step of the supplier's tool does to a case, as data: one entry per step. Pure. */
import type { CaseEvent } from './case-events.ts'
import type { CaseAct, pauseReasons } from './lifecycle.ts'
import type { Timeline } from './timeline.ts'

export const visitOutcomes = ['resolved', 'to_return', 'nobody_there'] as const

/** What the event of a step is made of, beside the step's own words. */
export type StepFacts = {
  /** The team the step names, else the one that has the case. */
  teamId: string | null
  /** Whoever brings the step in: nobody of the supplier's is named, and what was taken is in somebody's hands. */
  holderId: string | null
  /** The last instant for the user's answer, if this step resolves the case. */
  closesAt: string
  occurredAt: string
  reason?: (typeof pauseReasons)[number] | undefined
  promisedFor?: string | undefined
  startedAt?: string | undefined
  outcome?: (typeof visitOutcomes)[number] | undefined
}

/** A field that a step may be unable to do without. */
export type NeededField = 'team' | 'text' | 'reason' | 'promisedFor' | 'startedAt' | 'outcome'

/**
 * `act`: what must be allowed in the case's state. `needs`: what the step cannot be without. `text`: under which name its
 * words are kept. `event` gives nothing when something needed is missing.
 */
export type StepKind = {
  act: CaseAct
  needs: readonly NeededField[]
  text: 'body' | 'note'
  event: (facts: StepFacts) => CaseEvent | null
}

const v1 = { version: 1 } as const

/** The steps that change a case. */
export const stepKinds = {
  taken: {
    act: 'take',
    needs: [],
    text: 'note',
    event: ({ teamId, holderId }) => ({ kind: 'case.taken', ...v1, payload: { holderId, teamId } }),
  },
  assigned: {
    act: 'assign',
    needs: ['team'],
    text: 'note',
    event: ({ teamId }) => (teamId === null ? null : { kind: 'case.assigned', ...v1, payload: { teamId } }),
  },
  replied: {
    act: 'reply',
    needs: ['text'],
    text: 'body',
    event: ({ teamId }) => ({
      kind: 'case.replied',
      ...v1,
      payload: { visibility: 'public', isRequester: false, teamId },
    }),
  },
  asked: {
    act: 'ask',
    needs: ['text'],
    text: 'body',
    event: ({ teamId }) => ({ kind: 'case.asked', ...v1, payload: { teamId } }),
  },
  paused: {
    act: 'pause',
    needs: ['reason', 'text'],
    text: 'body',
    event: ({ teamId, reason }) => (reason ? { kind: 'case.paused', ...v1, payload: { teamId, reason } } : null),
  },
  resumed: {
    act: 'resume',
    needs: [],
    text: 'note',
    event: ({ teamId }) => ({ kind: 'case.resumed', ...v1, payload: { teamId } }),
  },
  promised: {
    act: 'promise',
    needs: ['promisedFor'],
    text: 'body',
    event: ({ teamId, promisedFor }) =>
      promisedFor ? { kind: 'case.promised', ...v1, payload: { teamId, promisedFor } } : null,
  },
  visited: {
    act: 'visit',
    needs: ['startedAt', 'outcome'],
    text: 'note',
    event: ({ teamId, startedAt, occurredAt, outcome }) =>
      startedAt && outcome
        ? { kind: 'case.visited', ...v1, payload: { teamId, startedAt, endedAt: occurredAt, outcome } }
        : null,
  },
  resolved: {
    act: 'resolve',
    needs: ['text'],
    text: 'body',
    event: ({ teamId, closesAt }) => ({ kind: 'case.resolved', ...v1, payload: { teamId, closesAt } }),
  },
} as const satisfies Record<string, StepKind>

/** Steps that are kept and change nothing: only the user, or silence, closes a case. */
export const notedSteps = ['opened', 'closed'] as const

export type MovingStep = keyof typeof stepKinds
export type StepName = MovingStep | (typeof notedSteps)[number]

/** Every step that is understood. */
export const stepNames: StepName[] = [...(Object.keys(stepKinds) as MovingStep[]), ...notedSteps]

/** What a step does, or null for one that is only noted. */
export function stepKind(step: StepName): StepKind | null {
  return step in stepKinds ? stepKinds[step as MovingStep] : null
}

/** The last instant at which a clock of the case began, stopped or paused: nothing may be slipped in before it. */
export function latestOf(timeline: Timeline): number {
  const instants = [...Object.values(timeline.cycles).flat(), ...timeline.waits].flatMap(({ from, to }) => [
    from,
    to ?? from,
  ])
  return Math.max(Number.NEGATIVE_INFINITY, ...instants)
}
