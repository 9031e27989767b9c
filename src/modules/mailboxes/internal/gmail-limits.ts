/** What the Gmail API allows and costs, as data. Sizes in bytes, times in ms. */
export type GmailLimits = {
  /** Quota units a user may spend in a minute: 6,000 for projects since May 2026, 15,000 for earlier ones. */
  unitsPerMinute: number
  /** Messages under way at once. */
  lanes: number
  /** The first pause after "too many requests" or a failure; each is twice as long, and never exact. */
  pause: number
  longestPause: number
  /** How often one request is tried. */
  tries: number
  /** A larger message is uploaded in parts that can be gone on with. */
  resumableAbove: number
  /** A multiple of 256 KiB, as the protocol wants it. */
  partBytes: number
  /** A token is asked for anew after so long: its source knows when it ends, and is asked before that. */
  tokenAge: number
}

export const gmailLimits: GmailLimits = {
  unitsPerMinute: 6000,
  lanes: 4,
  pause: 1000,
  longestPause: 64_000,
  tries: 8,
  resumableAbove: 1_000_000,
  partBytes: 8 * 1024 * 1024,
  tokenAge: 240_000,
}

/** The largest message each way of storing takes. */
export const mostBytes = { import: 150 * 1024 * 1024, insert: 50 * 1024 * 1024 } as const

export type StoreMethod = keyof typeof mostBytes

/** Quota units of each method. Reading a message costs 20 since May 2026, and 5 before; the others as in the earlier table. */
export const unitCosts = {
  getProfile: 1,
  'labels.list': 1,
  'labels.create': 5,
  'messages.list': 5,
  'messages.get': 20,
  'messages.import': 25,
  'messages.insert': 25,
  'messages.modify': 5,
  /** Parts of an upload: counted when it is begun. */
  'upload.part': 0,
} as const

export type GmailMethod = keyof typeof unitCosts

/** What one message costs, stored and read back. */
export const unitsAMessage = unitCosts['messages.import'] + unitCosts['messages.get']

/** Units a project may spend in a day before Google charges for them. */
export const projectUnitsADay = 80_000_000

/** Labels a mailbox may have. */
export const mostLabels = 10_000
