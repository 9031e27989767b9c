/** The closed lists of the module. Plain values: pages use them too. */

/** What small maintenance is for; each area has its own person-days a year (domain.md §1.2). */
export const areas = ['applications', 'web'] as const
export type Area = (typeof areas)[number]

export const entryStates = ['declared', 'accepted', 'contested'] as const
export type EntryState = (typeof entryStates)[number]

/** One item is at most this many tenths of a person-day, when no quota of the year says otherwise (domain.md §1.2). */
export const usualMostTenths = 150

/** How much of a CSV file is taken. */
export const fileLimits = { mostRows: 5_000, mostBytes: 4_000_000 }
