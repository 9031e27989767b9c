/** The closed lists of operations, one word per thing. Plain values: pages use them too. */

export const scopeKinds = ['server', 'application', 'service', 'line'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** When a scope is watched: day and night, or in the office hours of the default calendar. */
export const hoursCodes = ['always', 'business'] as const
export type HoursCode = (typeof hoursCodes)[number]

export const probeRunners = ['administration', 'supplier'] as const
export type ProbeRunner = (typeof probeRunners)[number]

/** How a call ended. Only `answered` is an answer, by a person. */
export const callOutcomes = ['answered', 'abandoned', 'busy', 'ivr_end', 'voicemail', 'overflow'] as const
export type CallOutcome = (typeof callOutcomes)[number]

/** Who wrote a call down: the telephone carrier, or the supplier's own exchange. */
export const callSources = ['carrier', 'exchange'] as const
export type CallSource = (typeof callSources)[number]

export const interruptionKinds = ['ordinary', 'extraordinary'] as const
export type InterruptionKind = (typeof interruptionKinds)[number]

export const interruptionStates = ['proposed', 'accepted', 'refused'] as const
export type InterruptionState = (typeof interruptionStates)[number]

export const importKinds = ['samples', 'outages', 'calls'] as const
export type ImportKind = (typeof importKinds)[number]

/** Extraordinary maintenance is announced at least this many days before (contract annex, domain.md §1.5). */
export const noticeDays = 14
