/** States of a decision and the steps between them, as data. Pure. */
import { type DecisionKind, type DecisionState, needsOffice } from '../decision-vocabulary.ts'

export const decisionSteps = {
  confirm: { from: ['proposed', 'contested'], to: 'confirmed' },
  contest: { from: ['proposed', 'confirmed'], to: 'contested' },
  // From `proposed` only when the office's time is over, and never for what needs the office (`mayApprove`).
  approve: { from: ['confirmed', 'proposed'], to: 'approved' },
  refuse: { from: ['proposed', 'confirmed', 'contested'], to: 'refused' },
  undo: { from: ['proposed', 'confirmed', 'contested', 'approved'], to: 'undone' },
  supersede: { from: ['proposed', 'confirmed', 'contested', 'approved'], to: 'superseded' },
  carry_out: { from: ['approved'], to: 'carried_out' },
} as const satisfies Record<string, { from: readonly DecisionState[]; to: DecisionState }>
export type DecisionStep = keyof typeof decisionSteps

/** The states in which a mailbox is spoken for. */
export const openStates = ['proposed', 'confirmed', 'contested', 'approved'] as const satisfies readonly DecisionState[]

/** Whether a step fits a state. */
export function mayStep(step: DecisionStep, state: DecisionState): boolean {
  return decisionSteps[step].from.some((from) => from === state)
}

/** A wave's states in which a decision can still be taken back: nothing was copied, or everything is back. */
export const beforeWave = ['surveyed', 'prepared', 'rolled_back'] as const

type Answered = { kind: DecisionKind; state: DecisionState; answerBy: string }

/** Why a decision cannot be approved yet; null when it can. `silent`: its office said nothing in time. */
export function approval(
  { kind, state, answerBy }: Answered,
  today: string,
): 'waits' | 'needs_office' | 'silent' | null {
  if (state !== 'proposed') return null
  if (needsOffice.includes(kind)) return 'needs_office'
  return answerBy < today ? 'silent' : 'waits'
}
