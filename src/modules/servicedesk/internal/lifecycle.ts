/** The lives a case may live, as data: what kinds there are, what may happen in which state, and where it leads. */

export const caseKinds = ['incident', 'service_request'] as const
export type CaseKind = (typeof caseKinds)[number]

export const caseStates = ['new', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed', 'cancelled'] as const
export type CaseState = (typeof caseStates)[number]

/** What a state means for clocks and lists; rules look at the class, never at the name. */
export const stateClass = {
  new: 'initial',
  assigned: 'active',
  in_progress: 'active',
  waiting: 'waiting',
  resolved: 'done',
  closed: 'final',
  cancelled: 'final',
} as const satisfies Record<CaseState, 'initial' | 'active' | 'waiting' | 'done' | 'final'>

/** The states of a class, for lists. */
export function statesOfClass(wanted: (typeof stateClass)[CaseState]): CaseState[] {
  return caseStates.filter((state) => stateClass[state] === wanted)
}

/** What may be done to a case after it was opened. */
export type CaseAct = 'take' | 'assign' | 'reply' | 'ask' | 'resolve' | 'confirm' | 'reopen' | 'close_silent' | 'cancel'

type Lifecycle = Record<CaseAct, readonly CaseState[]>

const working: Lifecycle = {
  take: ['new', 'assigned'],
  assign: ['new', 'assigned', 'in_progress', 'waiting'],
  reply: ['new', 'assigned', 'in_progress', 'waiting', 'resolved'],
  ask: ['assigned', 'in_progress'],
  resolve: ['assigned', 'in_progress', 'waiting'],
  confirm: ['resolved'],
  reopen: ['resolved'],
  close_silent: ['resolved'],
  cancel: ['new', 'assigned', 'in_progress', 'waiting'],
}

/** Which acts are allowed from which states, by kind. */
export const lifecycles = { incident: working, service_request: working } as const satisfies Record<CaseKind, Lifecycle>

/** Whether an act is allowed now. */
export function isAllowed(kind: CaseKind, act: CaseAct, state: CaseState): boolean {
  return lifecycles[kind][act].includes(state)
}
