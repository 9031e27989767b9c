/** The closed lists of the service desk, one word per thing. Plain values: pages use them too. */

export const severities = ['blocking', 'high', 'normal'] as const
export type Severity = (typeof severities)[number]

/** Who reads an entry: everybody on the case, city and supplier staff, the supplier alone, the verifier alone. */
export const visibilities = ['public', 'internal', 'supplier', 'verifier'] as const
export type Visibility = (typeof visibilities)[number]

export const channels = ['portal', 'phone', 'mail', 'api', 'cli', 'in_person'] as const
export type Channel = (typeof channels)[number]

/** The two questions: "Riesci a lavorare?" and "Succede solo a te?". Urgency follows from them, nobody picks it. */
export const canWorkAnswers = ['yes', 'partly', 'no'] as const

/** What a clock measures: taking in charge, first answer, next word to the user, resolution, the date promised. */
export const metrics = ['take_in_charge', 'first_answer', 'next_update', 'resolution', 'promised'] as const
export type Metric = (typeof metrics)[number]

/** What a service request asks for: installs, moves, adds, changes, accounts. */
export const requestTypes = ['install', 'move', 'add', 'change', 'account'] as const

/** What small maintenance does; only extensions draw on the yearly quotas. */
export const natures = ['corrective', 'adaptive', 'extension'] as const

export const ancillaryTypes = ['transport', 'printing', 'rooms'] as const

/** Matters whose words only the asker and whoever works on them read. */
export const reservedMatters = ['health', 'whistleblowing', 'police'] as const
export type ReservedMatter = (typeof reservedMatters)[number]

/** Small maintenance is at most this many person-days (domain.md §3); more is a development request. */
export const mostPersonDays = 15

/** Metrics that have a target in the agreement; the promised date is a target of its own. */
export const agreedMetrics = ['take_in_charge', 'first_answer', 'next_update', 'resolution'] as const
export type AgreedMetric = (typeof agreedMetrics)[number]
