/** The closed lists of decisions about mailboxes. Plain values: pages use them too. */

export const decisionKinds = ['keep', 'rename', 'merge', 'group', 'delegate', 'archive', 'delete', 'leaver'] as const
/** What becomes of a mailbox: kept, renamed, merged into another, a group, delegated, archived, deleted, closed as a leaver's. */
export type DecisionKind = (typeof decisionKinds)[number]

export const decisionStates = [
  'proposed',
  'confirmed',
  'contested',
  'approved',
  'refused',
  'undone',
  'superseded',
  'carried_out',
] as const
export type DecisionState = (typeof decisionStates)[number]

export const mailboxKinds = ['office', 'service', 'project', 'application', 'list', 'personal', 'certified'] as const
export type MailboxKind = (typeof mailboxKinds)[number]

export const decisionFields = [
  'newAddress',
  'aliasUntil',
  'intoId',
  'folderPrefix',
  'keepsDoubles',
  'heldUntil',
  'keptUntil',
  'answerAddress',
] as const
export type DecisionField = (typeof decisionFields)[number]

/** What each kind says besides: what it needs, what it may have. Anything else does not belong to it. */
export const fieldsOf: Record<DecisionKind, { needs: readonly DecisionField[]; may: readonly DecisionField[] }> = {
  keep: { needs: [], may: [] },
  rename: { needs: ['newAddress', 'aliasUntil'], may: [] },
  merge: { needs: ['intoId', 'keepsDoubles'], may: ['folderPrefix', 'aliasUntil'] },
  group: { needs: [], may: [] },
  delegate: { needs: [], may: [] },
  archive: { needs: ['keptUntil'], may: [] },
  delete: { needs: ['heldUntil'], may: [] },
  leaver: { needs: ['heldUntil', 'answerAddress'], may: [] },
}

/** What may become of a mailbox of some kinds; where nothing is said, everything but the way of those who leave. */
export const kindsFor: Partial<Record<MailboxKind, readonly DecisionKind[]>> = {
  personal: ['keep', 'leaver'],
  certified: ['keep'],
}

/** What takes a mailbox away or mixes it with another: the office's silence is not enough. */
export const needsOffice: readonly DecisionKind[] = ['merge', 'delete']

/** After these a mailbox is no place to merge another into, and one that others are merged into cannot have them. */
export const endsMailbox: readonly DecisionKind[] = ['merge', 'group', 'archive', 'delete']

/** After these there is no mailbox any more and no licence; one that is delegated keeps both (Google Workspace). */
export const freesLicence: readonly DecisionKind[] = ['merge', 'group', 'archive', 'delete', 'leaver']

/** Kinds that have no licence: a list is no account, certified mail is bought elsewhere. */
export const withoutLicence: readonly MailboxKind[] = ['list', 'certified']

/** More people than this cannot have a mailbox delegated to them; a group has no such bound (Gmail API guide, delegates). */
export const mostDelegates = 25

/** Days that an office has to answer, until the administration says otherwise. */
export const usualSilenceDays = 10
/** At most so many in one step. */
export const mostAtOnce = 500

export const decisionViews = ['to_confirm', 'to_approve', 'contested', 'approved', 'ended'] as const
/** The lists of the page: what waits for offices, for the head, what an office contests, what holds, what is over. */
export type DecisionView = (typeof decisionViews)[number]
