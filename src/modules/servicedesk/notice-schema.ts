/** Inputs and outputs of outgoing mail and of the links in it. */
import { z } from '@hono/zod-openapi'
import { troubles } from '../../platform/mail/troubles.ts'
import { holds, notices, outgoingViews } from './internal/notices.ts'

const instant = z.string().openapi({ format: 'date-time' })

export const listOutgoingInput = z
  .object({
    view: z.enum(outgoingViews).default('stuck').openapi({ description: 'Not gone, waiting, or sent' }),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .openapi('ListOutgoingMail')

/** Why a mail waits, failed or is held. */
export const mailTroubles = [...troubles, ...holds, 'unexpected'] as const
export type MailTrouble = (typeof mailTroubles)[number]

export const outgoingMail = z
  .object({
    id: z.uuid(),
    notice: z.enum(notices),
    caseNumber: z.string().nullable().openapi({ example: '2026/12345' }),
    personId: z.uuid(),
    personName: z.string(),
    state: z.enum(['pending', 'sent', 'failed', 'suppressed']),
    attempts: z.int(),
    nextAttemptAt: instant.nullable(),
    trouble: z.enum(mailTroubles).nullable(),
    lastError: z.string().nullable().openapi({ description: 'What the mail server said, without addresses' }),
    createdAt: instant,
    sentAt: instant.nullable(),
  })
  .openapi('OutgoingMail')
export type OutgoingMail = z.output<typeof outgoingMail>

export const outgoingPage = z
  .object({
    rows: z.array(outgoingMail),
    nextCursor: z.string().nullable(),
    standing: z.object({
      from: z.string().nullable().openapi({ description: 'The address mails come from; null: sending is not set up' }),
      waiting: z.int(),
      stuck: z.int(),
      sentToday: z.int(),
    }),
  })
  .openapi('OutgoingMailPage')
export type OutgoingPage = z.output<typeof outgoingPage>

export const changedMail = z.object({ id: z.uuid() }).openapi('ChangedMail')

export const mailTrial = z
  .object({
    isSent: z.boolean(),
    trouble: z.enum(troubles).nullable(),
    says: z.string().openapi({ description: 'What happened and what to do' }),
  })
  .openapi('MailTrial')
export type MailTrial = z.output<typeof mailTrial>

export const addressInput = z.object({ email: z.email().toLowerCase() }).openapi('SuppressAddress')
export const suppressedAddress = z
  .object({ email: z.string(), reason: z.enum(['bounced', 'by_hand']), since: instant })
  .openapi('SuppressedAddress')
export type SuppressedAddress = z.output<typeof suppressedAddress>
export const suppressedList = z.object({ rows: z.array(suppressedAddress) }).openapi('SuppressedAddresses')

const reason = z.string().trim().max(20_000)

/** What the button of a link's page sends. */
export const linkInput = z.discriminatedUnion('act', [
  z.object({ act: z.literal('confirmed') }),
  z.object({ act: z.literal('partly'), reason: reason.min(1) }),
  z.object({ act: z.literal('no'), reason: reason.min(1) }),
  z.object({ act: z.literal('replied'), body: reason.min(1) }),
  z.object({ act: z.literal('call_confirmed') }),
  z.object({
    act: z.literal('call_corrected'),
    calledAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/),
  }),
])
export type LinkInput = z.output<typeof linkInput>
