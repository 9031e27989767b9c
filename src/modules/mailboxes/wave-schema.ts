/** Inputs and outputs of waves: the contract of API and forms. */
import { z } from '@hono/zod-openapi'
import {
  asideChoices,
  checkCodes,
  checkStates,
  messageTemplates,
  movingStates,
  preflightChecks,
  preflightOutcomes,
  waitReasons,
  waveActs,
  waveStates,
} from './wave-vocabulary.ts'

const version = z.coerce.number().int().min(1)
const instant = z.iso.datetime({ offset: true })
const reason = z.string().trim().min(5).max(1000)
const optionalReason = z
  .union([z.literal(''), reason])
  .nullish()
  .transform((text) => text || null)
const flag = z.union([z.boolean(), z.literal(['true', 'on', 'false']).transform((text) => text !== 'false')])
/** A form gives one id as text, several as a list. */
const ids = z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.uuid()).min(1).max(500))

export const planWaveInput = z
  .object({
    name: z.string().trim().min(3).max(120),
    isPilot: flag.default(false),
    fromServerId: z.uuid(),
    toServerId: z.uuid(),
    carriedOutBy: z.enum(['sitec', 'third_party']).default('sitec'),
    thirdParty: z.string().trim().max(200).optional(),
    mostAtOnce: z.coerce.number().int().min(1).max(16).default(4),
    cutOverAt: instant.optional(),
  })
  .openapi('PlanWave')
export type PlanWaveInput = z.input<typeof planWaveInput>

export const changeWaveInput = z
  .object({
    version,
    name: z.string().trim().min(3).max(120),
    mostAtOnce: z.coerce.number().int().min(1).max(16),
    cutOverAt: instant.optional(),
  })
  .openapi('ChangeWave')
export type ChangeWaveInput = z.input<typeof changeWaveInput>

export const addToWaveInput = z.object({ version, mailboxIds: ids }).openapi('AddToWave')
export type AddToWaveInput = z.input<typeof addToWaveInput>

/** `reason`: why it goes on without a closed pilot, or why it is stopped. */
export const moveWaveInput = z.object({ version, act: z.enum(waveActs), reason: optionalReason }).openapi('MoveWave')
export type MoveWaveInput = z.input<typeof moveWaveInput>

export const holdInput = z.object({ version, isHeld: flag }).openapi('HoldMailbox')
export type HoldInput = z.input<typeof holdInput>
export const versionInput = z.object({ version }).openapi('WaveVersion')
export type VersionInput = z.input<typeof versionInput>

export const tickCheckInput = z
  .object({ state: z.enum(checkStates), note: z.string().trim().max(1000).default('') })
  .openapi('TickWaveCheck')
export type TickCheckInput = z.input<typeof tickCheckInput>

export const waveRow = z
  .object({
    id: z.uuid(),
    number: z.int(),
    name: z.string(),
    isPilot: z.boolean(),
    state: z.enum(waveStates),
    fromServer: z.string(),
    toServer: z.string(),
    carriedOutBy: z.enum(['sitec', 'third_party']),
    thirdParty: z.string().nullable(),
    mostAtOnce: z.int(),
    cutOverAt: z.string().nullable(),
    supportUntil: z.string().nullable(),
    /** Asked to close: it is closed after one more look at the old mailboxes. */
    closingAt: z.string().nullable(),
    version: z.int(),
    mailboxes: z.int(),
    proved: z.int(),
    waiting: z.int(),
    messages: z.int(),
    doneMessages: z.int(),
    bytes: z.int(),
    lateMessages: z.int(),
  })
  .openapi('Wave')
export type WaveRow = z.output<typeof waveRow>

export const preflightFinding = z
  .object({
    check: z.enum(preflightChecks),
    outcome: z.enum(preflightOutcomes),
    side: z.enum(['source', 'target']).nullable(),
    code: z.string().nullable(),
    words: z.string().nullable(),
    count: z.int().nullable(),
  })
  .openapi('PreflightFinding')
export type PreflightFinding = z.output<typeof preflightFinding>

export const waveGroups = ['needs', 'running', 'waiting', 'done', 'back'] as const
export const waveMailbox = z
  .object({
    mailboxId: z.uuid(),
    address: z.string(),
    kind: z.string(),
    office: z.string().nullable(),
    state: z.enum(movingStates),
    group: z.enum(waveGroups),
    isHeld: z.boolean(),
    waitsFor: z.enum(waitReasons).nullable(),
    sourceLogin: z.string(),
    targetLogin: z.string(),
    underFolder: z.string(),
    preflight: z.array(preflightFinding),
    preflightAt: z.string().nullable(),
    messages: z.int(),
    bytes: z.int(),
    doneMessages: z.int(),
    doneBytes: z.int(),
    setAside: z.int(),
    undecided: z.int(),
    speed: z.number().nullable(),
    secondsLeft: z.int().nullable(),
    isRunning: z.boolean(),
    hasProof: z.boolean(),
    /** Came to the old mailbox after the cut-over; of them not at the target, where another copies; when it was last looked. */
    lateMessages: z.int(),
    lateMissing: z.int(),
    lateAt: z.string().nullable(),
    version: z.int(),
  })
  .openapi('WaveMailbox')
export type WaveMailbox = z.output<typeof waveMailbox>

export const waveDetail = waveRow
  .extend({
    of: z.int(),
    boxes: z.array(waveMailbox),
    speed: z.number(),
    secondsLeft: z.int().nullable(),
    estimate: z.object({ seconds: z.int(), days: z.int() }).nullable(),
  })
  .openapi('WaveDetail')
export type WaveDetail = z.output<typeof waveDetail>

export const candidate = z
  .object({
    mailboxId: z.uuid(),
    address: z.string(),
    office: z.string().nullable(),
    decision: z.string(),
    messages: z.int(),
    bytes: z.int(),
    together: z.array(z.string()),
    /** Those it shares a delegation with that would stay. */
    delegates: z.array(z.string()),
  })
  .openapi('WaveCandidate')
export type Candidate = z.output<typeof candidate>

/** Stays behind though it shares a delegation with mailboxes that move. `isDelegate`: its holder opens those; otherwise theirs open it. */
export const partedDelegate = z
  .object({
    mailboxId: z.uuid(),
    address: z.string(),
    office: z.string().nullable(),
    isDelegate: z.boolean(),
    shares: z.array(z.string()),
    mayJoin: z.boolean(),
    waveNumber: z.int().nullable(),
  })
  .openapi('PartedDelegate')
export type PartedDelegate = z.output<typeof partedDelegate>

export const changedWave = z.object({ number: z.int(), version: z.int() }).openapi('ChangedWave')
export type ChangedWave = z.output<typeof changedWave>

export const asideMessage = z
  .object({
    folderId: z.uuid(),
    folder: z.string(),
    uidvalidity: z.int(),
    uid: z.int(),
    size: z.int(),
    receivedAt: z.string().nullable(),
    state: z.enum(['refused', 'altered']),
    reason: z.string().nullable(),
    choice: z.enum(asideChoices).nullable(),
    isKept: z.boolean(),
  })
  .openapi('SetAsideMessage')
export type AsideMessage = z.output<typeof asideMessage>

/** One message, or all that nobody has decided on yet. */
export const chooseAsideInput = z
  .object({
    choice: z.enum(asideChoices),
    messages: z
      .array(z.object({ folderId: z.uuid(), uidvalidity: z.coerce.number().int(), uid: z.coerce.number().int() }))
      .max(2000)
      .optional(),
    note: z.string().trim().max(1000).default(''),
  })
  .openapi('ChooseSetAside')
export type ChooseAsideInput = z.input<typeof chooseAsideInput>

export const waveCheck = z
  .object({
    code: z.enum(checkCodes),
    days: z.int(),
    dueOn: z.string().nullable(),
    gate: z.enum(['cut_over', 'close']).nullable(),
    state: z.enum(checkStates),
    at: z.string().nullable(),
    by: z.string().nullable(),
    note: z.string(),
    /** The mailboxes it is about. */
    names: z.array(z.string()),
  })
  .openapi('WaveCheck')
export type WaveCheck = z.output<typeof waveCheck>

export const proof = z
  .object({
    waveNumber: z.int(),
    mailboxId: z.uuid(),
    address: z.string(),
    office: z.string().nullable(),
    messages: z.int(),
    setAside: z.int(),
    provedAt: z.string().nullable(),
    sha256: z.string(),
  })
  .openapi('CopyProof')
export type Proof = z.output<typeof proof>

export const waveMessageInput = z.object({ template: z.enum(messageTemplates) }).openapi('TellWave')
export type WaveMessageInput = z.input<typeof waveMessageInput>
export const messagePreview = z
  .object({
    template: z.enum(messageTemplates),
    recipients: z.int(),
    told: z.int(),
    subject: z.string(),
    text: z.string(),
  })
  .openapi('WaveMessagePreview')
export type MessagePreview = z.output<typeof messagePreview>

export const addWaveCaseInput = z
  .object({
    number: z.string().trim().min(1).max(40),
    mailboxId: z
      .union([z.literal(''), z.uuid()])
      .nullish()
      .transform((id) => id || null),
  })
  .openapi('AddWaveCase')
export type AddWaveCaseInput = z.input<typeof addWaveCaseInput>

export const waveCase = z
  .object({
    caseId: z.uuid(),
    number: z.string(),
    state: z.string().nullable(),
    title: z.string().nullable(),
    address: z.string().nullable(),
  })
  .openapi('WaveCase')
export type WaveCase = z.output<typeof waveCase>
