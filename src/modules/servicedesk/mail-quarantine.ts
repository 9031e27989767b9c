/** Looking at mail: what waits for a person, what was ignored, and what a person does with it. */
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { eraseText } from '../../platform/events.ts'
import { parse } from '../../platform/http/parse.ts'
import { parseMail } from '../../platform/mail/parse.ts'
import type { ParsedMail } from '../../platform/mail/parsed.ts'
import { allow, may } from '../../platform/permissions.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { selectChanger } from './internal/case-queries.ts'
import { blankMail } from './internal/mail-erasure-queries.ts'
import {
  countToLookAt,
  type LockedMail,
  lockMail,
  type MailRowColumns,
  personIsThere,
  selectMail,
  selectMailHistory,
  selectMails,
  updateMail,
} from './internal/mail-queries.ts'
import { recordMail } from './internal/mail-record.ts'
import { hidesWords } from './internal/mail-thread.ts'
import { caseNumber } from './internal/number.ts'
import { largestMail, readStored, takeStored } from './mail-intake.ts'
import { mailConflict, wrongMailField } from './mail-problems.ts'
import {
  discardMailInput,
  listMailInput,
  type MailDetail,
  type MailResult,
  type MailRow,
  type MailState,
  mailDetail,
  mailRow,
  retryMailInput,
} from './mail-schema.ts'

const tuple = z.tuple([z.string(), z.uuid()])
/** What a person may take up again or set aside for good. */
const inHand: readonly string[] = ['quarantined', 'ignored', 'stored'] satisfies MailState[]
/** Characters of a message that are shown. */
const shown = 20_000

/** One page of messages in a state, those that wait for a person unless asked otherwise, the newest first. */
export async function listMail(ctx: Context, input: z.input<typeof listMailInput> = {}) {
  allow(ctx.actor, 'mail.handle')
  const { state, cursor, limit } = parse(listMailInput, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, { state }, tuple)
  return read(ctx, async (ctx) => {
    const page = await selectMails(ctx, state, after, limit)
    const last = page.rows.at(-1)
    return {
      rows: page.rows.map((row) => toRow(ctx, row)),
      nextCursor: page.hasMore && last ? encodeCursor([last.received_at, last.id], { state }) : null,
    }
  })
}

/** How many messages wait for a person; 1,001 stands for "more than a thousand". */
export function countMailToLookAt(ctx: Context): Promise<number> {
  allow(ctx.actor, 'mail.handle')
  return read(ctx, countToLookAt)
}

/**
 * One message with its words and what happened to it. What became part of a case is read there, with its rights; the
 * words of an answer to a reserved case are shown only to those who read that case's.
 */
export async function findMail(ctx: Context, id: string): Promise<MailDetail> {
  allow(ctx.actor, 'mail.handle')
  const { row, history } = await read(ctx, async (ctx) => ({
    row: (await selectMail(ctx, id)) ?? fail(notFound()),
    history: await selectMailHistory(ctx, id),
  }))
  const isReadable =
    row.state !== 'routed' && row.case_id === null && row.file_sha256 !== null && row.bytes <= largestMail
  const whole = isReadable ? await readAgain(ctx, id) : null
  const mail = whole !== null && (await read(ctx, (ctx) => hidesWords(ctx, whole))) ? null : whole
  return mailDetail.parse({
    ...toRow(ctx, row),
    ...(mail && { from: senderOf(mail), subject: mail.subject }),
    text: mail === null ? null : mail.text.slice(0, shown).toWellFormed(),
    date: mail?.date ?? null,
    to: (mail?.to ?? []).slice(0, 20).map(({ address }) => address),
    attachments: (mail?.attachments ?? []).map(({ name, bytes }) => ({ name, bytes: bytes.byteLength })),
    history: history.map(({ kind, at, author, reason, content }) => ({
      ...{ kind, at, author },
      reason: reason ?? (content === null ? null : (JSON.parse(content).reason ?? null)),
    })),
  })
}

async function readAgain(ctx: Context, id: string): Promise<ParsedMail | null> {
  const found = await parseMail(await readStored(ctx, id))
  return found.is === 'read' ? found.mail : null
}

/**
 * Takes a message up again by a person's decision; for whom, when the person says so. What guards against machines is
 * not asked again, everything else is. For a person whose address it did not come from, the case says so and counts as
 * declared. Refused: a message that is in a case already, or was discarded.
 */
export async function retryMail(
  ctx: Context,
  id: string,
  input: z.input<typeof retryMailInput> = {},
): Promise<MailResult> {
  allow(ctx.actor, 'mail.handle')
  const { version, personId = null } = parse(retryMailInput, input)
  const chosenBy = await transact(ctx, async (ctx) => {
    await mailInHand(ctx, id, version)
    if (personId !== null && !(await personIsThere(ctx, personId)))
      throw wrongMailField('personId', (t) => t.problems.unknownPerson)
    await recordMail(ctx, id, { kind: 'mail.retried', payload: { personId } })
    // Cases are read by the other side, which knows the supplier's people by their party.
    return (await selectChanger(ctx, ctx.actor.personId))?.party ?? ctx.actor.name
  })
  return takeStored(ctx, id, { isByHand: true, personId, chosenBy })
}

/** Sets a message aside for good, with the reason. It stays as it came, unless its words are to be removed for ever. */
export async function discardMail(ctx: Context, id: string, input: z.input<typeof discardMailInput>): Promise<void> {
  allow(ctx.actor, 'mail.handle')
  const { version, reason, erase } = parse(discardMailInput, input)
  await transact(ctx, async (ctx) => {
    const row = await mailInHand(ctx, id, version)
    if (erase) await eraseText(ctx, await blankMail(ctx, id), reason)
    await recordMail(ctx, id, { kind: 'mail.discarded', payload: { isErased: erase }, text: { reason } })
    await updateMail(ctx, id, { state: 'discarded', reason: row.reason })
    ctx.services.live.announce(ctx)
  })
}

async function mailInHand(ctx: TxContext, id: string, version: number | undefined): Promise<LockedMail> {
  const row = (await lockMail(ctx, id)) ?? fail(notFound())
  if (version !== undefined && version !== row.version) throw mailConflict('stale', (t) => t.problems.stale)
  if (!inHand.includes(row.state))
    throw mailConflict('not_now', (t) => t.problems.notNow(t.states[row.state as MailState]))
  return row
}

function senderOf({ from }: ParsedMail): string {
  if (from === null) return ''
  return from.name === '' ? from.address : `${from.name} <${from.address}>`
}

function toRow(ctx: Context, row: MailRowColumns): MailRow {
  const beside: { from?: string; subject?: string } = row.content === null ? {} : JSON.parse(row.content)
  const maySeeCase = may(ctx.actor, 'case.read')
  return mailRow.parse({
    id: row.id,
    state: row.state,
    reason: row.reason,
    outcome: row.outcome,
    receivedAt: row.received_at,
    bytes: row.bytes,
    channelName: row.channel_name,
    from: beside.from ?? null,
    subject: beside.subject ?? null,
    caseId: maySeeCase ? row.case_id : null,
    caseNumber: row.case_number === null ? null : caseNumber(row.case_number, row.case_opened_at ?? '', ctx.zone),
    version: row.version,
  })
}
