/** Inputs and outputs of decisions about mailboxes. */
import { z } from '@hono/zod-openapi'
import { decisionKinds, decisionStates, decisionViews, mailboxKinds, mostAtOnce } from './decision-vocabulary.ts'
import { suggestionReasons } from './internal/suggest.ts'

const day = z.iso.date()
const time = z.string().openapi({ format: 'date-time' })
const address = z.email().max(254).toLowerCase()
const reason = z.string().trim().min(3).max(2000)
const version = z.coerce.number().int().optional().openapi({ description: 'The version that was seen' })

/** A box ticked on a form, or true and false of a program. */
const ticked = z.union([z.boolean(), z.enum(['yes', 'no']).transform((value) => value === 'yes')])

const values = {
  newAddress: address.nullish().openapi({ description: 'rename: free, in a domain of the administration' }),
  aliasUntil: day.nullish().openapi({ description: 'rename, merge: until when the old address still arrives' }),
  intoId: z.uuid().nullish().openapi({ description: 'merge: the mailbox that takes it in' }),
  folderPrefix: z.string().trim().min(1).max(100).nullish().openapi({ description: 'merge: under which folder' }),
  keepsDoubles: ticked.nullish().openapi({ description: 'merge: messages that the other has are kept twice' }),
  heldUntil: day.nullish().openapi({ description: 'delete, leaver: nothing is removed before' }),
  keptUntil: day.nullish().openapi({ description: 'archive: how long the export is kept' }),
  answerAddress: address.nullish().openapi({ description: 'leaver: whom the automatic answer names' }),
}

export const proposeInput = z
  .object({
    mailboxIds: z.array(z.uuid()).min(1).max(mostAtOnce),
    kind: z.enum(decisionKinds),
    reason,
    ...values,
  })
  .openapi('ProposeForMailboxes')
export type ProposeInput = z.input<typeof proposeInput>

export const replaceDecisionInput = z
  .object({ version, kind: z.enum(decisionKinds), reason, ...values })
  .openapi('ReplaceMailboxDecision')
export type ReplaceDecisionInput = z.input<typeof replaceDecisionInput>

const several = z
  .array(z.object({ id: z.uuid(), version }))
  .min(1)
  .max(mostAtOnce)
export const severalInput = z.object({ decisions: several }).openapi('SeveralMailboxDecisions')
export type SeveralInput = z.input<typeof severalInput>
export const severalWithReason = z.object({ decisions: several, reason }).openapi('SeveralMailboxDecisionsWithReason')
export type SeveralWithReason = z.input<typeof severalWithReason>

export const undoInput = z.object({ version, reason }).openapi('UndoMailboxDecision')
export const carryOutInput = z
  .object({ version, note: z.string().trim().max(2000).default('') })
  .openapi('CarryOutMailboxDecision')

export const changedDecision = z.object({ id: z.uuid(), version: z.int() }).openapi('ChangedMailboxDecision')
export type ChangedDecision = z.output<typeof changedDecision>
export const proposedOutput = z.object({ ids: z.array(z.uuid()) }).openapi('ProposedMailboxDecisions')
export const severalOutput = z.object({ changed: z.int() }).openapi('ChangedMailboxDecisions')

export const decisionRow = z
  .object({
    id: z.uuid(),
    version: z.int(),
    mailboxId: z.uuid(),
    address: z.string(),
    name: z.string(),
    mailboxKind: z.enum(mailboxKinds),
    officeId: z.uuid().nullable(),
    office: z.string().nullable(),
    sizeBytes: z.int().nullable(),
    messages: z.int().nullable(),
    kind: z.enum(decisionKinds),
    newAddress: z.string().nullable(),
    aliasUntil: z.string().nullable(),
    intoId: z.uuid().nullable(),
    into: z.string().nullable().openapi({ description: 'Address of the mailbox that takes it in' }),
    folderPrefix: z.string().nullable(),
    keepsDoubles: z.boolean().nullable(),
    heldUntil: z.string().nullable(),
    keptUntil: z.string().nullable(),
    answerAddress: z.string().nullable(),
    state: z.enum(decisionStates),
    answerBy: z.string().openapi({ description: 'The last day for the office to answer' }),
    isSilent: z
      .boolean()
      .openapi({ description: 'The office has not answered in time, or had not when it was approved' }),
    supersedesId: z.uuid().nullable(),
    proposedAt: time,
    proposedBy: z.uuid(),
    proposer: z.string(),
    confirmedAt: time.nullable(),
    approvedAt: time.nullable(),
    reason: z.string().nullable().openapi({ description: 'Why it was proposed; null once erased' }),
    answer: z.string().nullable().openapi({ description: 'What the office or the head wrote last' }),
  })
  .openapi('MailboxDecision')
export type DecisionRow = z.output<typeof decisionRow>

export const listDecisionsInput = z
  .object({
    view: z.enum(decisionViews).default('to_confirm'),
    officeId: z.uuid().optional(),
    words: z.string().trim().max(100).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .openapi('ListMailboxDecisions')
export type ListDecisionsInput = z.input<typeof listDecisionsInput>

const viewCounts = z.object({
  to_propose: z.int(),
  to_confirm: z.int(),
  to_approve: z.int(),
  contested: z.int(),
  approved: z.int(),
  ended: z.int(),
})
export type ViewCounts = z.output<typeof viewCounts>
const officeOption = z.object({ id: z.uuid(), name: z.string(), waiting: z.int() })

export const decisionPage = z
  .object({ rows: z.array(decisionRow), nextCursor: z.string().nullable(), counts: viewCounts })
  .openapi('MailboxDecisionPage')
export type DecisionPage = z.output<typeof decisionPage>

export const decisionOffices = z.array(officeOption)

export const candidateRow = z
  .object({
    id: z.uuid(),
    address: z.string(),
    name: z.string(),
    kind: z.enum(mailboxKinds),
    officeId: z.uuid().nullable(),
    office: z.string().nullable(),
    sizeBytes: z.int().nullable(),
    messages: z.int().nullable(),
    delegates: z.int(),
    quietDays: z.int().nullable(),
    suggestion: z.object({
      kind: z.enum(decisionKinds),
      reason: z.enum(suggestionReasons),
      intoId: z.uuid().nullable(),
      into: z.string().nullable(),
    }),
  })
  .openapi('MailboxWithoutDecision')
export type CandidateRow = z.output<typeof candidateRow>

export const listCandidatesInput = z
  .object({
    officeId: z.uuid().optional(),
    words: z.string().trim().max(100).optional(),
    suggested: z.enum(decisionKinds).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .openapi('ListMailboxesWithoutDecision')
export type ListCandidatesInput = z.input<typeof listCandidatesInput>
export const candidatePage = z
  .object({ rows: z.array(candidateRow), nextCursor: z.string().nullable() })
  .openapi('MailboxesWithoutDecision')

export const historyRow = z
  .object({
    at: time,
    decisionId: z.uuid(),
    kind: z.string(),
    who: z.string().nullable(),
    witness: z.string(),
    silent: z.string().nullable().openapi({ description: 'The day until which the office had not answered' }),
    words: z.string().nullable(),
  })
  .openapi('MailboxDecisionEvent')
export type HistoryRow = z.output<typeof historyRow>

export const decisionOutput = decisionRow
  .extend({
    aliases: z.array(z.string()),
    delegates: z.int(),
    successorId: z.uuid().nullable(),
    inWave: z.int().nullable().openapi({ description: 'Number of the wave it is in' }),
    waveBegan: z.boolean(),
    history: z.array(historyRow),
  })
  .openapi('MailboxDecisionWithHistory')
export type DecisionOutput = z.output<typeof decisionOutput>

const amount = z.string().openapi({ example: '52.00', description: 'Euro, without VAT' })
export const mailboxSettings = z
  .object({
    version: z.int().openapi({ description: '0: nothing was settled yet' }),
    silenceDays: z.int(),
    licencePrice: amount.nullable().openapi({ description: 'What a mailbox costs in a year; null: not said yet' }),
    licenceSource: z.string().nullable(),
  })
  .openapi('MailboxSettings')
export type MailboxSettings = z.output<typeof mailboxSettings>
export const mailboxSettingsInput = z
  .object({
    version,
    silenceDays: z.coerce.number().int().min(1).max(365),
    licencePrice: z
      .string()
      .trim()
      .transform((text) => text.replace(',', '.'))
      .pipe(z.string().regex(/^\d{1,7}(\.\d{1,2})?$/))
      .nullish(),
    licenceSource: z.string().trim().min(3).max(300).nullish(),
  })
  .openapi('SettleMailboxes')
export type MailboxSettingsInput = z.input<typeof mailboxSettingsInput>

export const linkAnswerInput = z.discriminatedUnion('act', [
  z.object({ act: z.literal('confirm'), seen: z.string().max(64) }),
  z.object({
    act: z.literal('answer'),
    seen: z.string().max(64),
    contested: z.array(z.uuid()),
    reason: z.string().trim().max(2000),
  }),
])

const planFigures = {
  boxesBefore: z.int(),
  boxesAfter: z.int(),
  licencesBefore: z.int(),
  licencesAfter: z.int(),
  bytesBefore: z.int(),
  bytesAfter: z.int(),
  saved: z.int().openapi({ description: 'Licences that are no longer needed' }),
  worth: amount
    .nullable()
    .openapi({ description: 'Of the saved licences in a year; null while the price is not said' }),
  proposed: z.int().openapi({ description: 'Mailboxes with a proposal that is not approved yet' }),
  without: z.int().openapi({ description: 'Mailboxes without any proposal' }),
}
export const planOffice = z
  .object({ officeId: z.uuid().nullable(), office: z.string().nullable(), ...planFigures })
  .openapi('MailboxPlanOfOffice')
export type PlanOffice = z.output<typeof planOffice>
export const mailboxPlan = z
  .object({
    date: z.string(),
    licencePrice: amount.nullable(),
    licenceSource: z.string().nullable(),
    offices: z.array(planOffice),
    total: z.object(planFigures).openapi('MailboxPlanTotal'),
    kinds: z.array(z.object({ kind: z.enum(decisionKinds), count: z.int() })),
  })
  .openapi('MailboxPlan')
export type MailboxPlan = z.output<typeof mailboxPlan>

export const decisionTrial = z.object({
  trial: z.enum(['yes', 'no']).default('no').openapi({ description: 'yes: tells what would happen, keeps nothing' }),
})
export const decisionImport = z
  .object({
    isTrial: z.boolean(),
    proposals: z.int(),
    kinds: z.array(z.object({ kind: z.enum(decisionKinds), count: z.int() })),
  })
  .openapi('MailboxDecisionImport')
export type DecisionImport = z.output<typeof decisionImport>
