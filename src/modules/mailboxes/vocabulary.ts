/** The words of a mail copy that programs see. */

/** How equal a message is at the target: identical · line ends, NUL · headers a server adds · (decoded parts) · different. */
export const levels = [0, 1, 2, 3, 4] as const
export type Level = (typeof levels)[number]

export const itemStates = ['intent', 'stored', 'verified', 'refused', 'altered'] as const
export type ItemState = (typeof itemStates)[number]

export const sides = ['source', 'target'] as const
export type Side = (typeof sides)[number]

/** What a server of either side can fail with, as far as somebody can do something about it. */
export const serverTroubles = [
  'auth',
  'unreachable',
  'certificate',
  'plain_refused',
  'timeout',
  'dropped',
  'renumbered',
  'refused',
  'limit',
  'other',
] as const
export type ServerTrouble = (typeof serverTroubles)[number]

/** Everything a report may say about a folder or a message; docs/guida/migrazione-posta.md explains each. */
export const problemCodes = [
  ...serverTroubles,
  'message_refused',
  'message_altered',
  'message_missing',
  'over_quota',
  'too_large',
  'not_copied',
  'not_verified',
  'copied_again',
  'withdrawn_double',
  'flags_differ',
  'date_differs',
  'flags_kept',
  'folder_renamed',
  'folder_refused',
  'folder_missing',
  'other_namespace',
  'merged',
  'label_missing',
  'deleted_marked',
  'acl',
] as const
export type ProblemCode = (typeof problemCodes)[number]
