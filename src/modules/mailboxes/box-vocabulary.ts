/** The words of the register of mailboxes that programs see. */

export const boxKinds = ['office', 'service', 'project', 'application', 'list', 'personal', 'certified'] as const
export type BoxKind = (typeof boxKinds)[number]

/** Kinds that findings look at: what the administration offers, not what a person has. Certified mail has a law of its own. */
export const judgedKinds = ['office', 'service', 'project', 'application', 'list'] as const
export type JudgedKind = (typeof judgedKinds)[number]

/** How long ago a personal mailbox was used: half a year, a year, longer. Never a date. */
export const activityBands = ['recent', 'this_year', 'older', 'never'] as const
export type ActivityBand = (typeof activityBands)[number]

export const boxSources = ['csv', 'imap', 'ldap', 'google', 'hand'] as const
export type BoxSource = (typeof boxSources)[number]

/** What is to be looked at about a mailbox; docs/guida/caselle.md explains each. */
export const findingCodes = [
  'no_holder',
  'holder_left',
  'unused',
  'duplicate',
  'published_dead',
  'unpublished',
  'misnamed',
  'forward_outside',
  'alias_loop',
  'alias_clash',
  'over_quota',
] as const
export type FindingCode = (typeof findingCodes)[number]

export const serverKinds = ['imap', 'google', 'microsoft'] as const
export type ServerKind = (typeof serverKinds)[number]

/** Dovecot's `login*master` · SASL PLAIN on behalf of (RFC 4616) · a service account's tokens · each with its own password. */
export const signIns = ['master', 'authzid', 'token', 'own'] as const
export type SignIn = (typeof signIns)[number]

/** How a wave writes to a server: over IMAP, or through the Gmail API. */
export const writtenBys = ['imap', 'gmail_api'] as const
export type WrittenBy = (typeof writtenBys)[number]

export const censusStates = ['running', 'done', 'stopped', 'failed'] as const
export const censusSources = ['csv', 'imap', 'ldap', 'google'] as const
export const accountStates = ['waiting', 'done', 'failed', 'left_out'] as const
