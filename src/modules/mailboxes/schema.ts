/** What a copy of a mailbox answers with, and its manifest: the contract of command line and files. */
import { z } from 'zod'
import { itemStates, problemCodes, sides } from './vocabulary.ts'
import { asideChoices } from './wave-vocabulary.ts'

/** One thing a report says. `words` are the server's own; `uid` is the number at the source; `count` is of messages or times. */
export const copyProblem = z.object({
  code: z.enum(problemCodes),
  side: z.enum(sides),
  folder: z.string().optional(),
  uid: z.int().optional(),
  words: z.string().optional(),
  count: z.int().optional(),
})
export type CopyProblem = z.output<typeof copyProblem>

/**
 * source = copied + alreadyThere + refused when every message is accounted for; refused: set aside, refused or altered.
 * verified: read back and equal enough (levels 0 to 2). lost: acknowledged by the target, not there, and not sent again.
 */
export const copyResult = z.object({
  folders: z.int(),
  messages: z.object({
    source: z.int(),
    copied: z.int(),
    alreadyThere: z.int(),
    refused: z.int(),
    verified: z.int(),
  }),
  bytes: z.int(),
  seconds: z.number(),
  messagesPerSecond: z.number(),
  lost: z.int(),
  problems: z.array(copyProblem),
})
export type CopyResult = z.output<typeof copyResult>

const hex = z.string().regex(/^[0-9a-f]{64}$/)
/** `protocol` is there when the mailbox was written through the Gmail API: host and port are those of the API then. */
const end = z.object({
  host: z.string(),
  port: z.int().min(1).max(65_535),
  user: z.string(),
  protocol: z.literal('gmail').optional(),
})

/**
 * A message in a manifest: numbers and digests on both sides, never a subject or a correspondent. `targetId`: Gmail's number.
 * `isLate`: it came to the source after the cut-over. `decision`: what its owner decided of a message set aside, and when.
 * What older manifests do not have is not there rather than null, so that they stay what was signed.
 */
export const manifestItem = z.object({
  uid: z.int(),
  size: z.int(),
  sha256: hex.nullable(),
  state: z.enum(itemStates),
  targetUid: z.int().nullable(),
  targetId: z.string().optional(),
  targetSha256: hex.nullable(),
  level: z.int().min(0).max(4).nullable(),
  reason: z.string().nullable(),
  isLate: z.literal(true).optional(),
  decision: z.object({ choice: z.enum(asideChoices), decidedAt: z.iso.datetime({ offset: true }) }).optional(),
})
export type ManifestItem = z.output<typeof manifestItem>

export const manifestFolder = z.object({
  source: z.string(),
  target: z.string(),
  sourceUidvalidity: z.int().nullable(),
  targetUidvalidity: z.int().nullable(),
  items: z.array(manifestItem),
})

export const manifestContent = z.object({
  format: z.literal('sitec-mail-manifest-1'),
  administration: z.string(),
  copyId: z.uuid(),
  madeAt: z.iso.datetime(),
  from: end,
  to: end,
  counts: z.object({
    messages: z.int(),
    verified: z.int(),
    byLevel: z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]),
    refused: z.int(),
    altered: z.int(),
    open: z.int(),
    bytes: z.int(),
    /** At Gmail equal messages are one: how many different ones the verified are. */
    different: z.int().optional(),
  }),
  /** SHA-256 over the digests of all verified messages, in order: one line to compare two manifests by. */
  digest: hex,
  folders: z.array(manifestFolder),
})
export type ManifestContent = z.output<typeof manifestContent>

export const manifest = z.object({
  content: manifestContent,
  signature: z.object({
    algorithm: z.literal('Ed25519'),
    publicKey: z.string(),
    value: z.string(),
  }),
})
export type Manifest = z.output<typeof manifest>

const sideCheck = z.object({
  checked: z.int(),
  equal: z.int(),
  changed: z.int(),
  missing: z.int(),
})
export type SideCheck = z.output<typeof sideCheck>

/** `signature`: good · broken (the content is not what was signed) · other (signed, by another installation). */
export const verifyResult = z.object({
  signature: z.enum(['good', 'broken', 'other']),
  isRecorded: z.boolean(),
  messages: z.int(),
  setAside: z.int(),
  source: sideCheck.nullable(),
  target: sideCheck,
  seconds: z.number(),
  problems: z.array(copyProblem),
})
export type VerifyResult = z.output<typeof verifyResult>
