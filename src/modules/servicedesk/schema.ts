/** Inputs and outputs of the service desk: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { caseKinds, caseStates } from './internal/lifecycle.ts'

export const severities = ['blocking', 'high', 'normal'] as const
export type Severity = (typeof severities)[number]

/** Who reads an entry: everybody on the case, city and supplier staff, the supplier alone, the verifier alone. */
export const visibilities = ['public', 'internal', 'supplier', 'verifier'] as const
export type Visibility = (typeof visibilities)[number]

export const channels = ['portal', 'phone', 'mail', 'api', 'cli', 'in_person'] as const
export type Channel = (typeof channels)[number]

/** The two questions: "Riesci a lavorare?" and "Succede solo a te?". Urgency follows from them, nobody picks it. */
export const canWorkAnswers = ['yes', 'partly', 'no'] as const
const yesOrNo = z.union([z.boolean(), z.enum(['yes', 'no']).transform((answer) => answer === 'yes')])

const longText = z.string().trim().max(20_000)

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
export const reopenCaseInput = z.object({ version, reason: longText.min(1) }).openapi('ReopenCase')
export const versionInput = z.object({ version }).openapi('CaseVersion')
export const eraseInput = z.object({ reason: z.string().trim().min(3).max(500) }).openapi('EraseCaseText')

export const caseViews = ['open', 'to_take', 'waiting', 'resolved', 'mine', 'all'] as const
export type CaseView = (typeof caseViews)[number]

export const listCasesInput = z
  .object({
    view: z.enum(caseViews).default('open'),
    words: z.string().trim().max(200).default(''),
    kind: z.enum(caseKinds).optional(),
    severity: z.enum(severities).optional(),
    officeId: z.uuid().optional(),
    teamId: z.uuid().optional(),
    sort: z.enum(['queue', 'newest']).optional(),
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
  })
  .openapi('Entry')
export type Entry = z.output<typeof entry>

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
