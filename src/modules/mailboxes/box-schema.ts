/** Inputs and outputs of the register of mailboxes: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { activityBands, boxKinds, boxSources, findingCodes, judgedKinds } from './box-vocabulary.ts'

const version = z.coerce.number().int().min(1).optional()
const empty = z.union([z.null(), z.literal('')]).transform(() => null)
const noId = z.union([z.uuid(), empty]).openapi({ type: 'string', format: 'uuid' })
const line = (given: string) => given.replace(/\s+/g, ' ')
const noText = (most: number) =>
  z.union([empty, z.string().trim().min(1).max(most).transform(line)]).openapi({ type: 'string' })
export const mailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .pipe(z.email())
  .openapi({ type: 'string', format: 'email' })
const email = z
  .union([z.literal('').transform(() => undefined), mailAddress])
  .optional()
  .openapi({ type: 'string', format: 'email', description: 'In place of holderId' })
const day = z.string().openapi({ format: 'date' })

const alias = z.object({ address: mailAddress, until: z.union([z.iso.date(), empty]).default(null) })
const forward = z.object({
  address: mailAddress,
  keepsCopy: z.boolean().default(true).openapi({ description: 'false: mail goes on and none stays' }),
})
const facts = {
  name: z.string().trim().max(200).transform(line),
  officeId: noId,
  registerCode: noText(60).openapi({ description: 'The protocol register that reads it' }),
  publishedAt: noText(200).openapi({ description: 'Where its address is published' }),
  serverId: noId,
  login: noText(200).openapi({ description: 'As whom it is opened there' }),
  quotaBytes: z.union([empty, z.coerce.number().int().min(1)]).openapi({ type: 'integer', description: 'Bytes' }),
  aliases: z.array(alias).max(100),
  forwards: z.array(forward).max(100),
  delegates: z.array(mailAddress).max(500).openapi({ description: 'Addresses of those who may open it' }),
}

export const addBoxInput = z
  .object({
    address: mailAddress,
    kind: z.enum(boxKinds),
    holderId: noId.default(null),
    holderEmail: email,
    name: facts.name.default(''),
    officeId: facts.officeId.default(null),
    registerCode: facts.registerCode.default(null),
    publishedAt: facts.publishedAt.default(null),
    serverId: facts.serverId.default(null),
    login: facts.login.default(null),
    quotaBytes: facts.quotaBytes.default(null),
    aliases: facts.aliases.default([]),
    forwards: facts.forwards.default([]),
    delegates: facts.delegates.default([]),
  })
  .openapi('AddMailbox')
export type AddBoxInput = z.input<typeof addBoxInput>

export const changeBoxInput = z.object(facts).partial().extend({ version }).openapi('ChangeMailbox')
export type ChangeBoxInput = z.input<typeof changeBoxInput>

export const chooseHolderInput = z
  .object({ holderId: noId.optional(), holderEmail: email, version })
  .openapi('ChooseMailboxHolder')
export type ChooseHolderInput = z.input<typeof chooseHolderInput>

export const changeKindInput = z.object({ kind: z.enum(boxKinds), version }).openapi('ChangeMailboxKind')
export type ChangeKindInput = z.input<typeof changeKindInput>

export const changedBox = z.object({ id: z.uuid(), version: z.int() }).openapi('ChangedMailbox')
export type ChangedBox = z.output<typeof changedBox>

const filter = {
  words: z.string().trim().max(200).default(''),
  officeId: z.uuid().optional().openapi({ description: 'With the offices below it' }),
  kind: z.enum(boxKinds).optional(),
  finding: z.enum([...findingCodes, 'any']).optional(),
  state: z.enum(['present', 'gone', 'all']).default('present'),
}
export const listBoxesInput = z
  .object({
    ...filter,
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .openapi('ListMailboxes')
export type ListBoxesInput = z.input<typeof listBoxesInput>
export const boxFilter = z.object(filter)
export type BoxFilter = z.output<typeof boxFilter>

export const boxRow = z
  .object({
    id: z.uuid(),
    address: z.string(),
    name: z.string(),
    kind: z.enum(boxKinds),
    officeId: z.uuid().nullable(),
    officeName: z.string().nullable(),
    holderName: z.string().nullable(),
    sizeBytes: z.int().nullable(),
    messageCount: z.int().nullable(),
    lastUsedOn: day.nullable().openapi({ description: 'Never of a personal mailbox' }),
    activity: z.enum(activityBands).nullable().openapi({ description: 'Of a personal mailbox only' }),
    goneSince: z.string().nullable(),
    findings: z.array(z.enum(findingCodes)),
    version: z.int(),
  })
  .openapi('MailboxRow')
export type BoxRow = z.output<typeof boxRow>

export const boxCounts = z
  .object({
    present: z.int(),
    gone: z.int(),
    /** With at least one finding that nobody put aside. */
    withFindings: z.int(),
    findings: z.partialRecord(z.enum(findingCodes), z.int()),
  })
  .openapi('MailboxCounts')
export type BoxCounts = z.output<typeof boxCounts>

export const boxPage = z
  .object({ rows: z.array(boxRow), counts: boxCounts, nextCursor: z.string().nullable() })
  .openapi('MailboxPage')
export type BoxPage = z.output<typeof boxPage>

export const boxFinding = z
  .object({
    code: z.enum(findingCodes),
    about: z.string().openapi({ description: 'The other address, where there is one' }),
    otherId: z.uuid().nullable().openapi({ description: 'The other mailbox' }),
    sentence: z.string().openapi({ description: 'The evidence, in words' }),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null(), z.array(z.string())])),
    aside: z
      .object({ at: z.string(), by: z.string().nullable(), reason: z.string().nullable() })
      .nullable()
      .openapi({ description: 'When somebody looked at it and put it aside' }),
  })
  .openapi('MailboxFinding')
export type BoxFinding = z.output<typeof boxFinding>

export const boxDetail = boxRow
  .omit({ findings: true })
  .extend({
    holderId: z.uuid().nullable(),
    holderEmail: z.string().nullable(),
    holderLeftOn: day.nullable(),
    registerCode: z.string().nullable(),
    publishedAt: z.string().nullable(),
    serverId: z.uuid().nullable(),
    serverName: z.string().nullable(),
    login: z.string().nullable(),
    quotaBytes: z.int().nullable(),
    unreadCount: z.int().nullable(),
    lastReceivedOn: day.nullable(),
    lastReadOn: day.nullable(),
    lastSentOn: day.nullable(),
    source: z.enum(boxSources),
    seenAt: z.string().openapi({ format: 'date-time' }),
    aliases: z.array(z.object({ address: z.string(), until: day.nullable() })),
    forwards: z.array(z.object({ address: z.string(), keepsCopy: z.boolean() })),
    delegates: z.array(z.object({ address: z.string(), name: z.string().nullable(), leftOn: day.nullable() })),
    findings: z.array(boxFinding),
  })
  .openapi('MailboxDetail')
export type BoxDetail = z.output<typeof boxDetail>

export const boxEvent = z
  .object({
    id: z.int(),
    kind: z.string(),
    at: z.string().openapi({ format: 'date-time' }),
    by: z.string().nullable(),
    changed: z.array(z.string()),
    finding: z.enum(findingCodes).nullable(),
    words: z.string().nullable(),
  })
  .openapi('MailboxEvent')
export type BoxEvent = z.output<typeof boxEvent>

export const asideInput = z
  .object({
    finding: z.enum(findingCodes),
    about: z.string().trim().max(500).default(''),
    reason: z.string().trim().min(3).max(1000),
  })
  .openapi('PutFindingAside')
export type AsideInput = z.input<typeof asideInput>
export const resumeInput = asideInput.omit({ reason: true }).openapi('ResumeFinding')
export type ResumeInput = z.input<typeof resumeInput>

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
export const boxRulesInput = z
  .object({
    domains: z.array(domain).min(1).max(50).openapi({ description: 'The administration’s own' }),
    unusedAfterDays: z.coerce.number().int().min(30).max(3650),
    unreadAfterDays: z.coerce.number().int().min(7).max(3650),
    duplicateShare: z.coerce.number().int().min(500).max(1000).openapi({ description: 'Thousandths of the smaller' }),
    naming: z
      .array(
        z.object({
          kind: z.enum(judgedKinds),
          pattern: z.string().trim().toLowerCase().min(1).max(64).openapi({ example: '*.*' }),
          until: z
            .union([z.iso.date(), empty])
            .default(null)
            .openapi({ description: 'A form of the past, accepted until then' }),
        }),
      )
      .max(100),
  })
  .openapi('AdoptMailboxRules')
export type BoxRulesInput = z.input<typeof boxRulesInput>
export const storedRules = boxRulesInput.extend({
  naming: z.array(boxRulesInput.shape.naming.element.extend({ until: z.string().nullable() })),
})
export const boxRules = boxRulesInput
  .extend({ number: z.int().openapi({ description: '0: those SITEC begins with' }), adoptedAt: z.string().nullable() })
  .openapi('MailboxRules')
export type BoxRulesOutput = z.output<typeof boxRules>

export const boxImport = z
  .object({
    lines: z.int(),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    gone: z.int(),
    isTrial: z.boolean(),
    differences: z.array(
      z.object({
        line: z.int(),
        address: z.string(),
        column: z.string(),
        before: z.string(),
        after: z.string(),
      }),
    ),
    isCapped: z.boolean().openapi({ description: 'There are more differences than are told' }),
  })
  .openapi('MailboxImport')
export type BoxImport = z.output<typeof boxImport>

const yes = z.enum(['yes', 'no']).default('no')
export const boxImportInput = z.object({
  trial: yes.openapi({ description: 'Tell what would change, and write nothing' }),
  complete: yes.openapi({ description: 'Who is not in the file is no longer there' }),
  assessment: noText(200).default(null).openapi({ description: 'Impact assessment (art. 35 GDPR), for personal ones' }),
  agreement: noText(200).default(null).openapi({ description: 'Agreement (art. 4 L. 300/1970), for personal ones' }),
})
export type BoxImportInput = z.input<typeof boxImportInput>
