/** Taking mail in: first it is kept as it came, then it is read, then it becomes a case, an answer, or waits for a person. */
import { randomUUIDv7 } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { type Context, read, systemActor, type TxContext, transact } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import { messageIdOf } from '../../platform/mail/guards.ts'
import { parseMail } from '../../platform/mail/parse.ts'
import type { ParsedMail } from '../../platform/mail/parsed.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../platform/problem.ts'
import type { CaseKind } from './internal/lifecycle.ts'
import { countAttempt, insertMails, type NewMail, selectKnownMail, selectMailFile } from './internal/mail-queries.ts'
import { recordStored } from './internal/mail-record.ts'
import { type ByHand, nobody, quarantineMail, routeMail } from './internal/mail-route.ts'
import { caseNumber } from './internal/number.ts'
import type { MailResult } from './mail-schema.ts'

/** Where a message comes from: a place in a mailbox, or a file (`channelId` null). `kind` is that of a case it opens. */
export type MailOrigin = {
  channelId: string | null
  uidvalidity: number | null
  uid: number | null
  kind: CaseKind
  /** The message's own length, when only its beginning is given. */
  bytes?: number
}

/** Named on the command line. */
export const fromFile: MailOrigin = { channelId: null, uidvalidity: null, uid: null, kind: 'incident' }

/** Largest message that is read: the largest attachment as it travels, and some words. */
export const largestMail = 36_000_000
/** Of a larger one at most this much is kept. */
export const largestKept = 100_000_000
const mostAttempts = 3

/** A message as it came. */
export type RawMail = { raw: Uint8Array; origin: MailOrigin }

/** Takes one message in, whatever it is: each gets an outcome, and the same message twice is taken once. */
export async function ingestMail(ctx: Context, raw: Uint8Array, origin: MailOrigin = fromFile): Promise<MailResult> {
  const [stored = fail(notFound())] = await storeMails(ctx, [{ raw, origin }])
  return stored.known ?? takeMail(ctx, stored.id, raw)
}

/** `known` is what is to be said of a message that was decided on before; null when it is still to be taken. */
export type StoredMail = { id: string; known: MailResult | null }

/**
 * Makes messages durable with their identity and hash, before anything else happens to them: all of them or none. One
 * that was stored and not decided on, because SITEC was stopped between, is still to be taken. Answers in their order.
 */
export async function storeMails(ctx: Context, messages: readonly RawMail[]): Promise<StoredMail[]> {
  allow(ctx.actor, 'mail.handle')
  const mails = await Promise.all(messages.map((message) => keepMail(ctx, message)))
  return transact(mailContext(ctx), async (ctx) => {
    const made = new Set(await insertMails(ctx, mails))
    const answers: StoredMail[] = []
    for (const mail of mails)
      answers.push(made.has(mail.id) ? { id: mail.id, known: null } : await met(ctx, mail, made))
    await recordStored(
      ctx,
      mails.filter((mail) => made.has(mail.id)),
    )
    return answers
  })
}

async function keepMail(ctx: Context, { raw, origin }: RawMail): Promise<NewMail> {
  const { channelId, uidvalidity, uid, kind } = origin
  const kept = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, largestKept))
  return {
    id: randomUUIDv7(),
    channelId,
    uidvalidity,
    uid,
    kind,
    bytes: origin.bytes ?? raw.byteLength,
    messageId: messageIdOf(kept),
    file: await ctx.services.files.keep(kept, largestKept),
  }
}

// A message that is here already; or another one in the same place of the mailbox, which is kept without the place.
async function met(ctx: TxContext, mail: NewMail, made: Set<string>): Promise<StoredMail> {
  const known = (await selectKnownMail(ctx, mail)) ?? fail(notFound())
  if (known.sha256 !== mail.file.sha256) {
    for (const id of await insertMails(ctx, [{ ...mail, uidvalidity: null, uid: null }])) made.add(id)
    return { id: mail.id, known: null }
  }
  if (known.state === 'stored') return { id: known.id, known: null }
  const number = known.case_number === null ? null : caseNumber(known.case_number, known.opened_at ?? '', ctx.zone)
  return { id: known.id, known: { id: known.id, outcome: 'duplicate', case: number, reason: null } }
}

/** Reads a stored message and decides on it. A message that makes SITEC stumble is set aside; the others go on. */
export async function takeMail(ctx: Context, id: string, raw: Uint8Array, how: ByHand = nobody): Promise<MailResult> {
  const inside = mailContext(ctx)
  if (raw.byteLength > largestMail) return quarantineMail(inside, id, 'too_large', null, how)
  const found = await parseMail(raw)
  if (found.is === 'refused') return quarantineMail(inside, id, found.reason, found, how)
  try {
    return await routeMail(inside, id, found.mail, how)
  } catch (error) {
    // Another copy was taken at the very same moment: now it is there to be seen.
    if (isTwin(error)) return routeMail(inside, id, found.mail, how)
    return stumble(inside, id, found.mail, how, error)
  }
}

async function stumble(ctx: Context, id: string, mail: ParsedMail, how: ByHand, error: unknown): Promise<MailResult> {
  if (isRefusal(error)) return quarantineMail(ctx, id, 'refused', mail, how)
  log.error('mail.failed', error, { mail: id })
  const attempts = await transact(ctx, (ctx) => countAttempt(ctx, id))
  if (attempts < mostAttempts && !isOfTheData(error)) throw error
  return quarantineMail(ctx, id, 'failed', mail, how)
}

// The case says no, and would again.
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && error.kind !== 'unavailable' && error.code !== 'busy'
}

// PostgreSQL classes 22 and 23: what was to be written cannot be.
function isOfTheData(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? '')
}

function isTwin(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.constraint === 'mail_message_twin'
}

/** Takes a message that is kept already: one that SITEC was stopped on, or one that a person takes by hand. */
export async function takeStored(ctx: Context, id: string, how: ByHand = nobody): Promise<MailResult> {
  const inside = mailContext(ctx)
  return takeMail(ctx, id, await readStored(inside, id), how)
}

/** The bytes of a message as they came; a message whose bytes were erased is not there. */
export async function readStored(ctx: Context, id: string): Promise<Uint8Array> {
  const digest = (await read(ctx, (ctx) => selectMailFile(ctx, id))) ?? fail(notFound())
  return readFile(ctx.services.files.path(digest))
}

// SITEC itself takes mail in; what it does for a person it does as that person, narrowed.
function mailContext(ctx: Context): Context {
  const { idempotencyKey: _, ...rest } = ctx
  return { ...rest, actor: systemActor('Posta in arrivo'), door: 'mail' }
}
