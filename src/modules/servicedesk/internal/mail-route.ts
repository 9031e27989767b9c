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
import { suppressBounced } from './bounced.ts'
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
import { isReservedThread, threadCaseIds } from './mail-thread.ts'
import { caseNumber } from './number.ts'

/**
 * How a person takes a message that was set aside: at all, for whom when it is not the person of the address, and the
 * party of the one who chooses.
 */
export type ByHand = { isByHand: boolean; personId: string | null; chosenBy: string }
export const nobody: ByHand = { isByHand: false, personId: null, chosenBy: '' }

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
    const by = { asker, isChosen: known.isChosen, chosenBy: how.chosenBy }
    const done = await carryOut(ctx, row, mail, planMail(mail, known), by)
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
    isChosen: how.personId !== null && mail.from?.address !== row.person_email,
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
  for (const caseId of threadCaseIds(ctx, mail)) {
    const found = await lockCase(ctx, caseId)
    if (found === undefined) continue
    return {
      caseId,
      requesterId: found.requesterId,
      reserved: found.reserved,
      takesReplies: isAllowed(found.kind, 'reply', found.state),
    }
  }
  return null
}

/** A decision, and the number of the case when it is at hand. */
type Done = Decision & { number?: string }

/** For whom it is carried out. A person chosen by hand did not write it here: it is declared by whoever chose (S). */
type By = { asker: TxContext | null; isChosen: boolean; chosenBy: string }

async function carryOut(ctx: TxContext, row: LockedWithSender, mail: ParsedMail, plan: Plan, by: By): Promise<Done> {
  if (plan.is === 'ignored' && plan.reason === 'bounce') await suppressBounced(ctx, mail)
  if (plan.is === 'ignored') return { state: 'ignored', reason: plan.reason, caseId: plan.caseId ?? null }
  if (plan.is === 'quarantined') return { state: 'quarantined', reason: plan.reason }
  if (plan.is === 'open') return openFor(ctx, row, mail, plan, by)
  const isReply = plan.is === 'reply' && by.asker !== null
  const text = isReply ? mail.reply : `${whoWrote(mail, row, by)}\n\n${mail.reply}`
  const { body, files } = await wordsAndFiles(ctx, text, mail.reply, mail.attachments)
  const input = { body: body || words.noText, visibility: isReply ? ('public' as const) : ('internal' as const) }
  await replyToCase(isReply ? (by.asker ?? ctx) : ctx, plan.caseId, input, files)
  return { state: 'routed', outcome: 'appended', caseId: plan.caseId }
}

function whoWrote(mail: ParsedMail, row: LockedWithSender, by: By): string {
  const { name, address } = mail.from ?? { name: '', address: words.noAddress }
  if (!by.isChosen) return words.byOther(name, address)
  return words.byHand(name, address, row.person_name ?? '', by.chosenBy)
}

async function openFor(
  ctx: TxContext,
  row: LockedWithSender,
  mail: ParsedMail,
  plan: Extract<Plan, { is: 'open' }>,
  by: By,
): Promise<Done> {
  const { followsCaseId, reserved } = plan
  const before = [
    ...(by.isChosen ? [whoWrote(mail, row, by)] : []),
    ...(followsCaseId === null ? [] : [words.follows((await numberOf(ctx, followsCaseId)) ?? '')]),
  ]
  const text = [...before, mail.text].join('\n\n')
  const { body, files } = await wordsAndFiles(ctx, text, mail.text, mail.attachments)
  const input: OpenCaseInput = {
    kind: row.kind as OpenCaseInput['kind'], // written from the same list, and parsed again by the operation
    title: titleOf(mail.subject, words.noSubject),
    description: body,
    ...(reserved !== null && { reserved }),
    ...(by.isChosen && row.person_id !== null && { requesterId: row.person_id }),
  }
  const opened = await openCase(by.isChosen ? ctx : (by.asker ?? fail(notFound())), input, files)
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
  const text = done.state === 'routed' ? undefined : mailText(mail, await isReservedThread(ctx, mail))
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

// The list is read by all who handle mail: of an answer to a reserved case it has the sender alone.
function mailText(mail: MailGlimpse | null, isReserved: boolean): Record<string, string> {
  const { name = '', address = '' } = mail?.from ?? {}
  return { from: name === '' ? address : `${name} <${address}>`, subject: isReserved ? '' : (mail?.subject ?? '') }
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
