/** What a step of the supplier's tool does to a case, as data: one line per step. Pure. */
import type { CaseEvent } from './fold.ts'
import type { CaseAct } from './lifecycle.ts'

/** What the event of a step is made of, beside the step's own words. */
export type StepFacts = {
  /** The team the step names, else the one that has the case. */
  teamId: string | null
  /** The last instant for the user's answer, if this step resolves the case. */
  closesAt: string
}

/**
 * `act`: what must be allowed in the case's state. `needs`: what a step cannot be without. `text`: under which name its
 * words are kept. `moves`: whether the state may change, so that it must not come after a later one.
 */
type StepKind = {
  act: CaseAct
  needs?: 'team' | 'text'
  text: 'body' | 'note'
  moves: boolean
  event: (facts: StepFacts) => CaseEvent | null
}

const v1 = { version: 1 } as const

/** The steps that change a case. A step for which `event` gives nothing lacks what it needs. */
export const stepKinds = {
  taken: {
    act: 'take',
    text: 'note',
    moves: true,
    event: ({ teamId }) => ({ kind: 'case.taken', ...v1, payload: { holderId: null, teamId } }),
  },
  assigned: {
    act: 'assign',
    needs: 'team',
    text: 'note',
    moves: true,
    event: ({ teamId }) => (teamId === null ? null : { kind: 'case.assigned', ...v1, payload: { teamId } }),
  },
  replied: {
    act: 'reply',
    needs: 'text',
    text: 'body',
    moves: false,
    event: ({ teamId }) => ({
      kind: 'case.replied',
      ...v1,
      payload: { visibility: 'public', isRequester: false, teamId },
    }),
  },
  asked: {
    act: 'ask',
    needs: 'text',
    text: 'body',
    moves: true,
    event: ({ teamId }) => ({ kind: 'case.asked', ...v1, payload: { teamId } }),
  },
  resolved: {
    act: 'resolve',
    needs: 'text',
    text: 'body',
    moves: true,
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
