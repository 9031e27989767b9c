/** The closed lists of the social report. Plain values: pages use them too. */

export const priorityStates = ['proposed', 'selected', 'implemented', 'dropped'] as const
export type PriorityState = (typeof priorityStates)[number]

/** What became of a commitment. */
export const outcomes = ['kept', 'partly', 'postponed', 'missed'] as const

/** What a series may be drawn as. */
export const chartKinds = ['columns', 'line'] as const

export const blockKinds = ['text', 'figures', 'series', 'commitments'] as const
export type BlockKind = (typeof blockKinds)[number]
