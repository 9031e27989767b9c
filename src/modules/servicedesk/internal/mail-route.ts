/** From a mail that was read to a case, an answer, a note, or a wait: one transaction, with the state of the message. */
import { createHash } from 'node:crypto'
import { type Actor, type Context, type TxContext, transact } from '../../../platform/context.ts'
import { readMessageId } from '../../../platform/mail/message-ids.ts'
import type { MailAttachment, MailGlimpse, ParsedMail } from '../../../platform/mail/parsed.ts'
import { may } from '../../../platform/permissions.ts'
import { fail, notFound } from '../../../platform/problem.ts'
import { replyToCase } from '../converse.ts'
import type { MailResult, QuarantineReason } from '../mail-schema.ts'
import { type NamedFile, openCase } from '../open-case.ts'
import type { OpenCaseInput } from '../schema.ts'
import { mailIt } from '../texts/mail-it.ts'
import { lockCase, selectOpened } from './case-queries.ts'
import { isAllowed } from './lifecycle.ts'
import { type Known, type Plan, planMail, titleOf } from './mail-plan.ts'
import {
  countAppended,
  type Decision,
  type LockedMail,
  lockMail,
  lockMailWithSender,
  selectArrival,
  updateMail,
} from './mail-queries.ts'
import { recordMail } from './mail-record.ts'
import { caseNumber } from './number.ts'

/** How a person takes a message that was set aside: at all, and for whom when it is not the person of the address. */
export type ByHand = { isByHand: boolean; personId: string | null }
export const nobody: ByHand = { isByHand: false, personId: null }

/** Written into cases, which are in the language of the administration. */
const words = mailIt.inCase
/** Characters of a message in a case; a longer one comes along as a file. */
const longestText = 19_000

/** Decides on a mail and carries it out. Whoever comes second finds it decided, and learns what was. */
export async function routeMail(ctx: Context, id: string, mail: ParsedMail, how: ByHand = nobody): Promise<MailResult> {
  return transact(ctx, async (ctx) => {
    const likeness = likenessOf(mail)
    const wanted = { id, address: mail.from?.address ?? '', personId: how.personId, likeness }
    const row = (await lockMailWithSender(ctx, wanted)) ?? fail(notFound())
    if (isDecided(row, how)) return decidedBefore(ctx, row)
    const { known, asker } = await gather(ctx, row, mail, how)
    const done = await carryOut(ctx, row, mail, planMail(mail, known), asker)
    return settle(ctx, row, { ...done, likeness: how.isByHand ? null : likeness }, mail)
  })
}

/** Sets a message aside for a person to look at; `mail` is null when it could not be read. */
export async function quarantineMail(
  ctx: Context,
  id: string,
  reason: QuarantineReason,
  mail: MailGlimpse | null,
  how: ByHand = nobody,
): Promise<MailResult> {
  return transact(ctx, async (ctx) => {
    const row = (await lockMail(ctx, id)) ?? fail(notFound())
    if (isDecided(row, how)) return decidedBefore(ctx, row)
    return settle(ctx, row, { state: 'quarantined', reason }, mail)
  })
}

function isDecided(row: LockedMail, how: ByHand): boolean {
  return how.isByHand ? row.state === 'routed' : row.state !== 'stored'
}

async function decidedBefore(ctx: TxContext, row: LockedMail): Promise<MailResult> {
  return { id: row.id, outcome: 'duplicate', case: await numberOf(ctx, row.case_id), reason: row.reason }
}

type Thread = NonNullable<Known['thread']>
type LockedWithSender = NonNullable<Awaited<ReturnType<typeof lockMailWithSender>>>

// Everything the decision looks at, and the asker as whom it is carried out.
async function gather(ctx: TxContext, row: LockedWithSender, mail: ParsedMail, how: ByHand) {
  const asker = row.person_id === null ? null : askerContext(ctx, row)
  const thread = await findThread(ctx, mail)
  const personId = asker?.actor.personId ?? null
  const arrival = row.channel_id === null ? undefined : await selectArrival(ctx, row.channel_id, personId)
  const isFromUs = arrival !== undefined && mail.from?.address === arrival.address
  const known: Known = {
    isOurs: isFromUs || readMessageId(ctx.services.secret, mail.messageId) !== null,
    isByHand: how.isByHand,
    sender: asker && personId ? { personId, mayOpen: may(asker.actor, 'case.open', { requesterId: personId }) } : null,
    thread,
    twinCaseId: row.twin_case_id,
    // The breakers are for what arrives by itself: a command reads the files a person named, and they end.
    opened: arrival?.opened ?? 0,
    appended: arrival && thread ? await countAppended(ctx, thread.caseId) : 0,
  }
  return { known, asker }
}

// An address proves nobody: whoever it belongs to asks as an employee, with three actions, and never as staff.
function askerContext(ctx: TxContext, row: LockedWithSender): TxContext {
  const isEmployee = row.party_kind === 'administration' || row.is_employee
  const actor: Actor = {
    ...ctx.actor,
    personId: row.person_id,
    name: row.person_name ?? '',
    roles: isEmployee ? ['employee'] : [],
    scopes: ['case.open', 'case.read', 'case.reply'],
    isSystem: false,
    partyId: row.party_id,
    partyKind: row.party_kind,
    officeId: row.office_id,
  }
  return { ...ctx, door: 'mail', actor }
}

// The newest of our Message-IDs that it names, if that case is here.
async function findThread(ctx: TxContext, mail: ParsedMail): Promise<Thread | null> {
  const named = [...mail.inReplyTo, ...mail.references.toReversed()]
  for (const id of named) {
    const thread = readMessageId(ctx.services.secret, id)
    if (thread === null || thread.organisationId !== ctx.organisationId) continue
    const found = await lockCase(ctx, thread.caseId)
    if (found === undefined) continue
    return {
      caseId: thread.caseId,
      requesterId: found.requesterId,
      takesReplies: isAllowed(found.kind, 'reply', found.state),
    }
  }
  return null
}

/** A decision, and the number of the case when it is at hand. */
type Done = Decision & { number?: string }

async function carryOut(
  ctx: TxContext,
  row: LockedMail,
  mail: ParsedMail,
  plan: Plan,
  asker: TxContext | null,
): Promise<Done> {
  if (plan.is === 'ignored') return { state: 'ignored', reason: plan.reason, caseId: plan.caseId ?? null }
  if (plan.is === 'quarantined') return { state: 'quarantined', reason: plan.reason }
  if (plan.is === 'open') return openFor(asker ?? fail(notFound()), row, mail, plan.followsCaseId)
  const isReply = plan.is === 'reply' && asker !== null
  const text = isReply
    ? mail.reply
    : `${words.byOther(mail.from?.name ?? '', mail.from?.address ?? '')}\n\n${mail.reply}`
  const { body, files } = await wordsAndFiles(ctx, text, mail.reply, mail.attachments)
  const input = { body: body || words.noText, visibility: isReply ? ('public' as const) : ('internal' as const) }
  await replyToCase(isReply ? asker : ctx, plan.caseId, input, files)
  return { state: 'routed', outcome: 'appended', caseId: plan.caseId }
}

async function openFor(
  asker: TxContext,
  row: LockedMail,
  mail: ParsedMail,
  followsCaseId: string | null,
): Promise<Done> {
  const before = followsCaseId === null ? '' : `${words.follows((await numberOf(asker, followsCaseId)) ?? '')}\n\n`
  const { body, files } = await wordsAndFiles(asker, `${before}${mail.text}`, mail.text, mail.attachments)
  const input: OpenCaseInput = {
    kind: row.kind as OpenCaseInput['kind'], // written from the same list, and parsed again by the operation
    title: titleOf(mail.subject, words.noSubject),
    description: body,
  }
  const opened = await openCase(asker, input, files)
  return { state: 'routed', outcome: 'opened', caseId: opened.id, followsCaseId, number: opened.number }
}

// Bytes are durable before what names them is committed. Text that is too long for a case comes whole as a file.
async function wordsAndFiles(ctx: TxContext, shown: string, whole: string, attachments: readonly MailAttachment[]) {
  const isLong = shown.length > longestText
  const all = isLong ? [{ name: words.wholeText, bytes: Buffer.from(whole) }, ...attachments] : attachments
  const files: NamedFile[] = []
  for (const { name, bytes } of all) files.push({ ...(await ctx.services.files.keep(bytes)), name })
  return { body: isLong ? `${shown.slice(0, longestText).toWellFormed()}\n\n${words.cut}` : shown, files }
}

async function settle(ctx: TxContext, row: LockedMail, done: Done, mail: MailGlimpse | null): Promise<MailResult> {
  const kind = done.state === 'routed' ? 'mail.routed' : done.state === 'ignored' ? 'mail.ignored' : 'mail.quarantined'
  const text = done.state === 'routed' ? undefined : mailText(mail)
  const eventId = await recordMail(ctx, row.id, {
    kind,
    payload: {
      outcome: done.outcome ?? null,
      reason: done.reason ?? null,
      caseId: done.caseId ?? null,
      followsCaseId: done.followsCaseId ?? null,
    },
    text,
  })
  await updateMail(ctx, row.id, { ...done, eventId: text === undefined ? row.event_id : eventId })
  if (done.state !== 'routed') ctx.services.live.announce(ctx)
  const number = done.number ?? (await numberOf(ctx, done.caseId ?? null))
  const outcome =
    done.outcome ?? (done.reason === 'copy' ? 'duplicate' : done.state === 'ignored' ? 'ignored' : 'quarantined')
  return { id: row.id, outcome, case: number, reason: done.reason ?? null }
}

function mailText(mail: MailGlimpse | null): Record<string, string> {
  const { name = '', address = '' } = mail?.from ?? {}
  return { from: name === '' ? address : `${name} <${address}>`, subject: mail?.subject ?? '' }
}

/** The number of a case as people write it. */
export async function numberOf(ctx: TxContext, caseId: string | null): Promise<string | null> {
  if (caseId === null) return null
  const found = await selectOpened(ctx, caseId)
  return caseNumber(found.number, found.opened_at, ctx.zone)
}

// Who wrote what: the same for a second copy that came another way, whatever the servers wrote above it.
function likenessOf(mail: ParsedMail): Buffer {
  const hash = createHash('sha256').update(JSON.stringify([mail.from?.address, mail.subject, mail.date, mail.text]))
  for (const { name, bytes } of mail.attachments) hash.update(JSON.stringify([name, bytes.byteLength])).update(bytes)
  return hash.digest()
}
