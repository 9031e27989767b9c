/** Inputs and outputs of mail that comes in: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { mailKinds } from './internal/mail-plan.ts'

/** What became of a message. */
export const mailOutcomes = ['opened', 'appended', 'duplicate', 'ignored', 'quarantined'] as const
export type MailOutcome = (typeof mailOutcomes)[number]

/** Why a message made no case by itself, with nobody needed to look at it. */
export const ignoredReasons = ['loop', 'bounce', 'auto_reply', 'list', 'copy'] as const
export type IgnoredReason = (typeof ignoredReasons)[number]

/** Why a person must look at it. */
export const quarantineReasons = [
  'unknown_sender',
  'no_sender',
  'not_entitled',
  'too_many',
  'too_large',
  'too_many_attachments',
  'empty',
  'headers_too_large',
  'too_deep',
  'too_many_parts',
  'too_many_recipients',
  'broken',
  'parse_timeout',
  'parse_crash',
  'refused',
  'failed',
] as const
export type QuarantineReason = (typeof quarantineReasons)[number]

export const mailStates = ['stored', 'routed', 'ignored', 'quarantined', 'discarded'] as const
export type MailState = (typeof mailStates)[number]

/** What taking one message led to: the number of the case, if any, and why, if there is something to say. */
export type MailResult = { id: string; outcome: MailOutcome; case: string | null; reason: string | null }

const instant = z.string().openapi({ format: 'date-time' })

export const listMailInput = z
  .object({
    state: z.enum(mailStates).default('quarantined'),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(25),
  })
  .openapi('ListMail')

export const mailRow = z
  .object({
    id: z.uuid(),
    state: z.enum(mailStates),
    reason: z.string().nullable().openapi({ example: 'unknown_sender' }),
    outcome: z.enum(['opened', 'appended']).nullable(),
    receivedAt: instant,
    bytes: z.int(),
    channelName: z.string().nullable(),
    from: z.string().nullable().openapi({ description: 'Kept for what was not taken; null otherwise' }),
    subject: z.string().nullable(),
    caseId: z.uuid().nullable(),
    caseNumber: z.string().nullable(),
    version: z.int(),
  })
  .openapi('MailRow')
export type MailRow = z.output<typeof mailRow>

export const mailPage = z.object({ rows: z.array(mailRow), nextCursor: z.string().nullable() }).openapi('MailPage')

export const mailDetail = mailRow
  .extend({
    text: z.string().nullable().openapi({ description: 'Its words only; null when it cannot be read' }),
    date: z.string().nullable(),
    to: z.array(z.string()),
    attachments: z.array(z.object({ name: z.string(), bytes: z.int() })),
    history: z.array(
      z.object({ kind: z.string(), at: instant, author: z.string().nullable(), reason: z.string().nullable() }),
    ),
  })
  .openapi('Mail')
export type MailDetail = z.output<typeof mailDetail>

const version = z.coerce.number().int().min(1).optional()

export const retryMailInput = z
  .object({
    version,
    personId: z.uuid().optional().openapi({ description: 'Who asks, when it is not the person of the address' }),
  })
  .openapi('RetryMail')
export const discardMailInput = z
  .object({
    version,
    reason: z.string().trim().min(3).max(500),
    erase: z.boolean().default(false).openapi({ description: 'Remove its bytes, sender and subject for ever' }),
  })
  .openapi('DiscardMail')

export const mailResult = z
  .object({
    id: z.uuid(),
    outcome: z.enum(mailOutcomes),
    case: z.string().nullable().openapi({ example: '2026/12345' }),
    reason: z.string().nullable(),
  })
  .openapi('MailResult')

export const channelSecurities = ['tls', 'starttls', 'none'] as const
export type ChannelSecurity = (typeof channelSecurities)[number]

/** A mailbox from which mail is fetched. The password goes in and never comes out. */
export const mailChannelInput = z
  .object({
    name: z.string().trim().min(2).max(100),
    address: z.email().max(320).toLowerCase(),
    host: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9.:-]{1,253}$/),
    port: z.coerce.number().int().min(1).max(65_535).default(993),
    security: z.enum(channelSecurities).default('tls'),
    username: z.string().trim().min(1).max(320),
    password: z.string().max(500).default('').openapi({ description: 'Empty: the one that is there stays' }),
    folder: z.string().trim().min(1).max(200).default('INBOX'),
    doneFolder: z.string().trim().max(200).default('').openapi({ description: 'Where taken messages go; empty: none' }),
    kind: z.enum(mailKinds).default('incident'),
    isActive: z.boolean().default(true),
  })
  .openapi('MailChannelInput')
export const changeMailChannelInput = mailChannelInput.extend({ version }).openapi('ChangeMailChannel')
export type MailChannelInput = z.input<typeof mailChannelInput>

export const mailChannel = z
  .object({
    id: z.uuid(),
    name: z.string(),
    address: z.string(),
    host: z.string(),
    port: z.int(),
    security: z.enum(channelSecurities),
    username: z.string(),
    folder: z.string(),
    doneFolder: z.string(),
    kind: z.enum(mailKinds),
    isActive: z.boolean(),
    lastCheckedAt: instant.nullable(),
    lastSeenAt: instant.nullable(),
    lastError: z.string().nullable().openapi({ example: 'auth' }),
    lastErrorAt: instant.nullable(),
    version: z.int(),
  })
  .openapi('MailChannel')
export type MailChannel = z.output<typeof mailChannel>
