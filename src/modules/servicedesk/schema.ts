/** Inputs and outputs of the service desk: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { caseKinds, caseStates, pauseReasons, waitingReasons } from './internal/lifecycle.ts'
import {
  ancillaryTypes,
  canWorkAnswers,
  channels,
  metrics,
  natures,
  requestTypes,
  reservedMatters,
  severities,
  visibilities,
} from './vocabulary.ts'

const yesOrNo = z.union([z.boolean(), z.enum(['yes', 'no']).transform((answer) => answer === 'yes')])

const longText = z.string().trim().max(20_000)

// An empty choice of a form is no choice.
function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z
    .union([z.enum(values), z.literal('').transform(() => undefined)])
    .optional()
    .openapi({ type: 'string', enum: [...values] })
}

export const openCaseInput = z
  .object({
    kind: z.enum(caseKinds),
    title: z.string().trim().min(3).max(200).openapi({ example: 'La stampante della stanza 11 non risponde' }),
    description: longText.default(''),
    canWork: z.enum(canWorkAnswers).default('yes').openapi({ description: '"Riesci a lavorare?"' }),
    onlyMe: yesOrNo.default(true).openapi({ type: 'boolean', description: '"Succede solo a te?"' }),
    requesterId: z.uuid().optional().openapi({ description: 'Who asks; the person of the key when absent' }),
    requesterEmail: z.email().toLowerCase().optional().openapi({ description: 'Who asks, instead of requesterId' }),
    place: z
      .string()
      .trim()
      .max(200)
      .default('')
      .openapi({ description: 'Where, when it is not the requester’s own room' }),
    about: z.string().trim().max(200).default('').openapi({ description: 'The application or machine it concerns' }),
    requestType: choice(requestTypes).openapi({ description: 'service_request: what is asked for' }),
    nature: choice(natures).openapi({ description: 'small_maintenance: its nature' }),
    ancillaryType: choice(ancillaryTypes).openapi({ description: 'ancillary_service: which' }),
    neededBy: z
      .union([z.iso.date(), z.literal('').transform(() => undefined)])
      .optional()
      .openapi({ type: 'string', format: 'date', description: 'By which day it is needed' }),
    reference: z.string().trim().max(60).optional().openapi({ description: 'development_request: its number outside' }),
    items: z
      .array(z.object({ itemId: z.uuid(), quantity: z.coerce.number().int().min(1).max(1000) }))
      .max(20)
      .default([])
      .openapi({ description: 'consumable: what and how many' }),
    reserved: choice(reservedMatters).openapi({
      description: 'Hides the words from all but asker and whoever works on it',
    }),
    calledAt: z.iso
      .datetime({ offset: true })
      .optional()
      .openapi({ description: 'At the desk: when the person called, if that was before it was typed' }),
    inPerson: z.boolean().default(false).openapi({ description: 'At the desk: asked in person, on site' }),
  })
  .openapi('OpenCase')
export type OpenCaseInput = z.input<typeof openCaseInput>

/** `version` is the one the person saw; with it a change made meanwhile by somebody else is refused as stale. */
const version = z.coerce.number().int().min(1).optional()

export const takeCaseInput = z.object({ version }).openapi('TakeCase')
export const assignCaseInput = z.object({ version, teamId: z.uuid(), note: longText.default('') }).openapi('AssignCase')
export const replyInput = z
  .object({ body: longText.min(1), visibility: z.enum(visibilities).default('public') })
  .openapi('Reply')
export const askUserInput = z.object({ version, body: longText.min(1) }).openapi('AskUser')
export const resolveCaseInput = z.object({ version, note: longText.min(1) }).openapi('ResolveCase')
export const reopenCaseInput = z
  .object({ version, reason: longText.min(1), extent: z.enum(['partly', 'no']).default('no') })
  .openapi('ReopenCase')
export const pauseCaseInput = z
  .object({ version, reason: z.enum(pauseReasons), note: longText.min(1) })
  .openapi('PauseCase')
export const promiseInput = z
  .object({
    version,
    promisedFor: z.iso.datetime({ offset: true }).openapi({ description: 'The date told to the user' }),
    reason: longText.default('').openapi({ description: 'Why it moves; asked for from the second date on' }),
  })
  .openapi('PromiseDate')
export const estimateInput = z
  .object({ version, personDays: z.coerce.number().min(0.5).max(999).multipleOf(0.5), note: longText.min(1) })
  .openapi('EstimateCase')
export const decideInput = z.object({ version, note: longText.default('') }).openapi('DecideCase')
export const refuseInput = z.object({ version, reason: longText.min(1) }).openapi('RefuseCase')
export const duplicateInput = z
  .object({ version, of: z.string().trim().min(1).openapi({ description: 'Number or id of the case it repeats' }) })
  .openapi('MarkDuplicate')
export const changeKindInput = z
  .object({ version, to: z.enum(caseKinds), reason: longText.min(1) })
  .openapi('ChangeKind')
export const reclassifyInput = z
  .object({
    version,
    canWork: z.enum(canWorkAnswers),
    onlyMe: yesOrNo.openapi({ type: 'boolean' }),
    reason: longText.min(1),
  })
  .openapi('ReclassifyCase')
export const correctCallInput = z.object({ version, calledAt: z.iso.datetime({ offset: true }) }).openapi('CorrectCall')
export const visitInput = z
  .object({
    version,
    startedAt: z.iso.datetime({ offset: true }),
    endedAt: z.iso.datetime({ offset: true }),
    outcome: z.enum(['resolved', 'to_return', 'nobody_there']),
    note: longText.default(''),
    serial: z.string().trim().max(100).default('').openapi({ description: 'Serial number of the part put in' }),
  })
  .openapi('Visit')
export const deliverInput = z
  .object({
    version,
    lines: z
      .array(z.object({ itemId: z.uuid(), quantity: z.coerce.number().int().min(1).max(1000) }))
      .min(1)
      .max(20),
  })
  .openapi('Deliver')
export const receiveInput = z
  .object({
    version,
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/)
      .openapi({ description: 'Six digits of the delivery note' }),
  })
  .openapi('ReceiveDelivery')
export const versionInput = z.object({ version }).openapi('CaseVersion')
export const eraseInput = z.object({ reason: z.string().trim().min(3).max(500) }).openapi('EraseCaseText')

export const caseViews = ['open', 'to_take', 'overdue', 'due_today', 'waiting', 'resolved', 'mine', 'all'] as const
export type CaseView = (typeof caseViews)[number]

export const listCasesInput = z
  .object({
    view: z.enum(caseViews).default('open'),
    words: z.string().trim().max(200).default(''),
    kind: z.enum(caseKinds).optional(),
    severity: z.enum(severities).optional(),
    officeId: z.uuid().optional(),
    teamId: z.uuid().optional(),
    heldBy: z.enum(['me', 'nobody']).optional().openapi({ description: 'In whose hands: your own, or nobody’s' }),
    sort: z.enum(['due', 'queue', 'newest']).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(25),
  })
  .openapi('ListCases')
export type ListCasesInput = z.input<typeof listCasesInput>

const instant = z.string().openapi({ format: 'date-time' })

export const caseRow = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ example: '2026/12345' }),
    kind: z.enum(caseKinds),
    state: z.enum(caseStates),
    severity: z.enum(severities),
    title: z.string(),
    officeName: z.string().nullable(),
    teamName: z.string().nullable(),
    holderName: z
      .string()
      .nullable()
      .openapi({ description: 'For the supplier’s own staff only; others see the team' }),
    waitingFor: z.enum(waitingReasons).nullable(),
    reserved: z.enum(reservedMatters).nullable(),
    dueAt: instant.nullable().openapi({ description: 'The nearest running deadline; null while nothing runs' }),
    dueMetric: z.enum(metrics).nullable(),
    promisedAt: instant.nullable(),
    openedAt: instant,
    updatedAt: instant,
    version: z.int(),
  })
  .openapi('CaseRow')
export type CaseRow = z.output<typeof caseRow>

export const casePage = z
  .object({
    rows: z.array(caseRow),
    nextCursor: z.string().nullable(),
    isCapped: z.boolean().openapi({ description: 'More than 1,000 cases have these words: narrow them' }),
  })
  .openapi('CasePage')
export type CasePage = z.output<typeof casePage>

export const attachmentRow = z
  .object({ id: z.uuid(), name: z.string(), bytes: z.int(), mediaType: z.string(), visibility: z.enum(visibilities) })
  .openapi('Attachment')

export const entry = z
  .object({
    eventId: z.int(),
    kind: z.string().openapi({ example: 'case.replied' }),
    at: instant,
    author: z.string().nullable(),
    isRequester: z.boolean(),
    visibility: z.enum(visibilities),
    witness: z.enum(['T', 'U', 'M', 'A', 'S', 'I']),
    body: z.string().nullable().openapi({ description: 'null when nothing was written, or when it was erased' }),
    erasedReason: z.string().nullable(),
    teamName: z.string().nullable(),
    serial: z.string().nullable().openapi({ description: 'Of a part put in during an intervention' }),
    recordedAt: instant.openapi({ description: 'When SITEC recorded it; after `at` when told later' }),
    payload: z.record(z.string(), z.string()).openapi({ description: 'Reason, promised date, outcome and the like' }),
  })
  .openapi('Entry')
export type Entry = z.output<typeof entry>

/** How one clock stands; durations in milliseconds of service time. */
export const clockRow = z
  .object({
    metric: z.enum(metrics),
    cycle: z.int(),
    state: z.enum(['running', 'paused', 'stopped']),
    startedAt: instant,
    dueAt: instant.nullable(),
    stoppedAt: instant.nullable(),
    targetMs: z.int(),
    elapsedMs: z.int().openapi({ description: 'Counted until countedTo' }),
    countedTo: instant,
    isLate: z.boolean().nullable(),
  })
  .openapi('Clock')
export type ClockRow = z.output<typeof clockRow>

const caseReference = z.object({ id: z.uuid(), number: z.string() })
export const caseItem = z.object({
  itemId: z.uuid(),
  name: z.string(),
  asked: z.int(),
  delivered: z.int(),
  received: z.int(),
})
export const caseDelivery = z.object({
  deliveryId: z.uuid(),
  receivedAt: instant.nullable(),
  /** For whoever delivers, to be written on the delivery note; null for everybody else. */
  code: z.string().nullable(),
  pieces: z.int(),
})

export const caseDetail = caseRow
  .extend({
    requesterId: z.uuid(),
    requesterName: z.string(),
    requesterPhone: z.string(),
    officeId: z.uuid().nullable(),
    teamId: z.uuid().nullable(),
    place: z.string(),
    channel: z.enum(channels),
    canWork: z.enum(canWorkAnswers),
    onlyMe: z.boolean(),
    takenAt: instant.nullable(),
    resolvedAt: instant.nullable(),
    closesAt: instant.nullable(),
    closedAt: instant.nullable(),
    closedHow: z.enum(['confirmed', 'silence']).nullable(),
    reopenedTimes: z.int(),
    about: z.string(),
    requestType: z.enum(requestTypes).nullable(),
    nature: z.enum(natures).nullable(),
    ancillaryType: z.enum(ancillaryTypes).nullable(),
    neededBy: z.string().nullable(),
    reference: z.string().nullable(),
    personDays: z.number().nullable(),
    openedKind: z.enum(caseKinds),
    proposedKind: z.enum(caseKinds).nullable(),
    indicator: z.string().nullable().openapi({ description: 'The contract’s indicator, fixed at opening' }),
    firstPromisedAt: instant.nullable(),
    promisedTimes: z.int(),
    items: z.array(caseItem),
    deliveries: z.array(caseDelivery),
    duplicateOf: caseReference.nullable(),
    repeats: caseReference.nullable(),
    typedAt: instant.openapi({ description: 'When it was recorded; after openedAt when somebody called first' }),
    clocks: z.array(clockRow),
    entries: z.array(entry),
    attachments: z.array(attachmentRow),
    may: z.object({
      take: z.boolean(),
      assign: z.boolean(),
      reply: z.boolean(),
      ask: z.boolean(),
      resolve: z.boolean(),
      confirm: z.boolean(),
      reopen: z.boolean(),
      cancel: z.boolean(),
      pause: z.boolean(),
      resume: z.boolean(),
      promise: z.boolean(),
      visit: z.boolean(),
      deliver: z.boolean(),
      receive: z.boolean(),
      estimate: z.boolean(),
      decide: z.boolean(),
      markDuplicate: z.boolean(),
      changeKind: z.boolean(),
      consent: z.boolean(),
      reclassify: z.boolean(),
      correctCall: z.boolean(),
      openNames: z.boolean(),
      erase: z.boolean(),
      visibilities: z.array(z.enum(visibilities)),
    }),
  })
  .openapi('Case')
export type CaseDetail = z.output<typeof caseDetail>

export const openedCase = z
  .object({ id: z.uuid(), number: z.string().openapi({ example: '2026/12345' }), version: z.int() })
  .openapi('OpenedCase')
export type OpenedCase = z.output<typeof openedCase>

export const changedCase = z
  .object({ id: z.uuid(), state: z.enum(caseStates), version: z.int() })
  .openapi('ChangedCase')
export type ChangedCase = z.output<typeof changedCase>
