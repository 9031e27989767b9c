/** The lives a case may live, as data: what kinds there are, what may happen in which state, and where it leads. */

export const caseKinds = [
  'incident',
  'service_request',
  'consumable',
  'application_support',
  'defect',
  'small_maintenance',
  'data_processing',
  'development_request',
  'ancillary_service',
] as const
export type CaseKind = (typeof caseKinds)[number]

export const caseStates = [
  'new',
  'assigned',
  'in_progress',
  'waiting',
  'resolved',
  'closed',
  'cancelled',
  'duplicate',
  'rejected',
] as const
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
  duplicate: 'final',
  rejected: 'final',
} as const satisfies Record<CaseState, 'initial' | 'active' | 'waiting' | 'done' | 'final'>

/** The states of a class, for lists. */
export function statesOfClass(wanted: (typeof stateClass)[CaseState]): CaseState[] {
  return caseStates.filter((state) => stateClass[state] === wanted)
}

/** Why a case waits: a closed list, each with its effect on each clock in the desk agreement. */
export const waitingReasons = [
  'user',
  'appointment',
  'third_party',
  'approval',
  'planned_change',
  'force_majeure',
] as const
export type WaitingReason = (typeof waitingReasons)[number]

/** The reasons staff may give for a pause; asking the user and asking for approval are acts of their own. */
export const pauseReasons = ['appointment', 'third_party', 'planned_change', 'force_majeure'] as const

/** What may be done to a case after it was opened. */
export type CaseAct =
  | 'take'
  | 'assign'
  | 'reply'
  | 'ask'
  | 'pause'
  | 'resume'
  | 'promise'
  | 'visit'
  | 'deliver'
  | 'receive'
  | 'estimate'
  | 'approve'
  | 'refuse'
  | 'resolve'
  | 'confirm'
  | 'reopen'
  | 'close_silent'
  | 'cancel'
  | 'mark_duplicate'
  | 'change_kind'
  | 'reclassify'
  | 'correct_call'

type Lifecycle = Record<CaseAct, readonly CaseState[]>

const open = ['new', 'assigned', 'in_progress', 'waiting'] as const

/** What every kind shares; the acts that only some kinds know are shut here. */
const common: Lifecycle = {
  take: ['new', 'assigned'],
  assign: open,
  reply: [...open, 'resolved'],
  ask: ['assigned', 'in_progress'],
  pause: ['assigned', 'in_progress'],
  resume: ['waiting'],
  promise: ['assigned', 'in_progress', 'waiting'],
  visit: ['assigned', 'in_progress', 'waiting'],
  deliver: [],
  receive: [],
  estimate: [],
  approve: [],
  refuse: [],
  resolve: ['assigned', 'in_progress', 'waiting'],
  confirm: ['resolved'],
  reopen: ['resolved'],
  close_silent: ['resolved'],
  cancel: open,
  mark_duplicate: open,
  change_kind: open,
  reclassify: open,
  correct_call: [...open, 'resolved'],
}

/** Work that somebody of the city approves on an estimate before it is done. */
const approved: Lifecycle = {
  ...common,
  visit: [],
  estimate: ['assigned', 'in_progress'],
  approve: ['waiting'],
  refuse: ['waiting'],
}

/** Goods: they are delivered in one or several parts, and the one who receives them signs. */
const delivered: Lifecycle = {
  ...common,
  deliver: ['assigned', 'in_progress', 'waiting'],
  receive: ['assigned', 'in_progress', 'waiting', 'resolved'],
}

/** Which acts are allowed from which states, by kind. */
export const lifecycles = {
  incident: common,
  service_request: common,
  consumable: delivered,
  application_support: common,
  defect: common,
  small_maintenance: approved,
  data_processing: approved,
  development_request: approved,
  ancillary_service: common,
} as const satisfies Record<CaseKind, Lifecycle>

/** Whether an act is allowed now. */
export function isAllowed(kind: CaseKind, act: CaseAct, state: CaseState): boolean {
  return lifecycles[kind][act].includes(state)
}

/**
 * The contract's indicator that counts a kind (domain.md §1: A.3.1 assistance within two working days, A.3.2 consumables,
 * B.1.1 application support and defects by the promised date, B.1.2 small maintenance); null where none does.
 */
export const indicatorOf = {
  incident: 'A.3.1',
  service_request: 'A.3.1',
  consumable: 'A.3.2',
  application_support: 'B.1.1',
  defect: 'B.1.1',
  small_maintenance: 'B.1.2',
  data_processing: null,
  development_request: null,
  ancillary_service: null,
} as const satisfies Record<CaseKind, string | null>

/** Whether moving between two kinds takes the case out of the indicator it was opened under. */
export function leavesIndicator(opened: CaseKind, next: CaseKind): boolean {
  return indicatorOf[opened] !== null && indicatorOf[opened] !== indicatorOf[next]
}
