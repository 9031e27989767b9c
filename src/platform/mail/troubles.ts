/** What stood in the way, in a word for the texts. */
export const troubles = [
  'name',
  'refused',
  'timeout',
  'dropped',
  'tls',
  'sign_in',
  'sender',
  'recipient',
  'content',
  'busy',
] as const
export type Trouble = (typeof troubles)[number]
