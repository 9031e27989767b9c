/** Inputs and outputs of mail servers and of censuses. */
import { z } from '@hono/zod-openapi'
import { boxImport } from './box-schema.ts'
import {
  accountStates,
  boxKinds,
  censusSources,
  censusStates,
  judgedKinds,
  serverKinds,
  signIns,
  writtenBys,
} from './box-vocabulary.ts'

const version = z.coerce.number().int().min(1).optional()
const empty = z.union([z.null(), z.literal('')]).transform(() => null)
const noText = (most: number) => z.union([empty, z.string().trim().min(1).max(most)]).openapi({ type: 'string' })
const noCount = z.union([empty, z.coerce.number().int().min(1)]).openapi({ type: 'integer' })

export const mailServerInput = z
  .object({
    name: z.string().trim().min(1).max(200),
    kind: z.enum(serverKinds).default('imap'),
    host: z
      .string()
      .trim()
      .toLowerCase()
      .min(1)
      .max(200)
      .regex(/^[a-z0-9.:-]+$/),
    port: z.coerce.number().int().min(1).max(65_535).default(993),
    isEncrypted: z.boolean().default(true),
    signIn: z.enum(signIns),
    signInUser: noText(200)
      .default(null)
      .openapi({ description: 'The master user, or the administrator a service account acts as' }),
    secret: z
      .string()
      .max(10_000)
      .default('')
      .openapi({ description: 'Password, or the JSON key of a service account; empty keeps the one that is there' }),
    dailyBytes: noCount.default(null).openapi({ description: 'What one mailbox may be sent in a day' }),
    mostMessageBytes: noCount.default(null),
    mostConnections: z.coerce.number().int().min(1).max(64).default(4),
    writtenBy: z.enum(writtenBys).default('imap').openapi({ description: 'How waves write to it' }),
    api: z
      .union([
        empty,
        z
          .string()
          .trim()
          .toLowerCase()
          .max(200)
          .regex(/^https?:\/\/[a-z0-9.:[\]-]+$/),
      ])
      .default(null)
      .openapi({ type: 'string', description: 'Another address of the Gmail API than Google’s' }),
    unitsPerMinute: z
      .union([empty, z.coerce.number().int().min(100).max(100_000_000)])
      .default(null)
      .openapi({ type: 'integer', description: 'Of the Gmail API, a mailbox; 6,000 when it is left out' }),
  })
  .openapi('MailServerInput')
export type MailServerInput = z.input<typeof mailServerInput>
export const changeMailServerInput = mailServerInput.extend({ version }).openapi('ChangeMailServer')
export type ChangeMailServerInput = z.input<typeof changeMailServerInput>

export const mailServer = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(serverKinds),
    host: z.string(),
    port: z.int(),
    isEncrypted: z.boolean(),
    signIn: z.enum(signIns),
    signInUser: z.string().nullable(),
    hasSecret: z.boolean(),
    dailyBytes: z.int().nullable(),
    mostMessageBytes: z.int().nullable(),
    mostConnections: z.int(),
    writtenBy: z.enum(writtenBys),
    api: z.string().nullable(),
    unitsPerMinute: z.int().nullable(),
    boxes: z.int().openapi({ description: 'Mailboxes of the register that are on it' }),
    version: z.int(),
  })
  .openapi('MailServer')
export type MailServer = z.output<typeof mailServer>
export const changedServer = z.object({ id: z.uuid(), version: z.int() }).openapi('ChangedMailServer')

export const serverTrialInput = mailServerInput
  .extend({ login: noText(200).default(null), password: z.string().max(1000).default('') })
  .openapi('TryMailServer')
export type ServerTrialInput = z.input<typeof serverTrialInput>
export const serverTrial = z
  .object({
    isWell: z.boolean(),
    code: z.string().nullable().openapi({ description: 'What is wrong' }),
    words: z.string().openapi({ description: 'The server’s own, where it said any' }),
    messages: z.int().nullable().openapi({ description: 'In the INBOX that was opened' }),
    capabilities: z.array(z.string()),
  })
  .openapi('MailServerTrial')
export type ServerTrial = z.output<typeof serverTrial>

/** Who is asked: the mailboxes of the register on that server, or those named. */
export const censusInput = z
  .object({
    serverId: z.uuid(),
    accounts: z
      .array(
        z.object({
          address: z.string().trim().toLowerCase().pipe(z.email()),
          login: noText(200).default(null).openapi({ description: 'The address, when it is left out' }),
          password: z.string().max(1000).default(''),
          kind: z.union([empty, z.enum([...judgedKinds, 'personal'])]).default(null),
        }),
      )
      .max(50_000)
      .default([])
      .openapi({ description: 'None: the mailboxes of the register on that server' }),
    isComplete: z.boolean().default(false).openapi({ description: 'Who is not among them is no longer there' }),
    assessment: noText(200).default(null),
    agreement: noText(200).default(null),
  })
  .openapi('BeginCensus')
export type CensusInput = z.input<typeof censusInput>

export const directoryInput = z
  .object({
    serverId: z.uuid(),
    isComplete: z.boolean().default(true),
    trial: z.boolean().default(false),
  })
  .openapi('ImportDirectory')
export type DirectoryInput = z.input<typeof directoryInput>

export const directoryOutcome = boxImport
  .extend({
    adding: z
      .array(z.object({ address: z.string(), name: z.string(), kind: z.enum(boxKinds) }))
      .openapi({ description: 'New to the register, the first five hundred' }),
    leaving: z.array(z.string()).openapi({ description: 'No longer there, the first five hundred' }),
    notAddresses: z
      .array(z.string())
      .openapi({ description: 'What stands where an address should and is none, the first five hundred' }),
    notAddressesCount: z.int(),
  })
  .openapi('MailDirectoryImport')
export type DirectoryOutcome = z.output<typeof directoryOutcome>

export const census = z
  .object({
    id: z.uuid(),
    source: z.enum(censusSources),
    serverId: z.uuid().nullable(),
    serverName: z.string().nullable(),
    withPersonal: z.boolean(),
    assessment: z.string().nullable(),
    agreement: z.string().nullable(),
    state: z.enum(censusStates),
    asked: z.int(),
    seen: z.int(),
    added: z.int(),
    changed: z.int(),
    gone: z.int(),
    failed: z.int(),
    leftOut: z.int().openapi({ description: 'Personal ones, without the papers that allow it: not opened' }),
    isComplete: z.boolean(),
    trouble: z.string().nullable(),
    begunAt: z.string().openapi({ format: 'date-time' }),
    endedAt: z.string().nullable().openapi({ format: 'date-time' }),
    stopAskedAt: z.string().nullable().openapi({ format: 'date-time' }),
  })
  .openapi('MailCensus')
export type Census = z.output<typeof census>

export const censusDetail = census
  .extend({
    troubles: z
      .array(z.object({ address: z.string(), state: z.enum(accountStates), trouble: z.string().nullable() }))
      .openapi({ description: 'The first hundred mailboxes that could not be opened or were left out' }),
  })
  .openapi('MailCensusDetail')
export type CensusDetail = z.output<typeof censusDetail>
export const begunCensus = z.object({ id: z.uuid() }).openapi('BegunMailCensus')
