/** Looking after outgoing mail: what waits or did not go, letting it go, a trial, addresses that are not written to. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import type { Letter } from '../../platform/mail/smtp.ts'
import { allow } from '../../platform/permissions.ts'
import { fail, notFound, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { noticeTexts, plainLetter } from './internal/letter.ts'
import {
  countOutgoing,
  deleteSuppressed,
  insertSuppressed,
  lockMail,
  release,
  selectAddress,
  selectOutgoing,
  selectSuppressed,
} from './internal/mail-list-queries.ts'
import { caseNumber } from './internal/number.ts'
import {
  addressInput,
  listOutgoingInput,
  type MailTrial,
  type OutgoingMail,
  type OutgoingPage,
  outgoingMail,
  type SuppressedAddress,
  suppressedAddress,
} from './notice-schema.ts'
import { outgoingTexts } from './outgoing-texts.ts'

const tuple = z.tuple([z.uuid()])

/** One page of outgoing mail, newest first, with how sending stands. Says the case's number, never its words. */
export async function listOutgoingMail(
  ctx: Context,
  input: z.input<typeof listOutgoingInput> = {},
): Promise<OutgoingPage> {
  const { view, cursor, limit } = parse(listOutgoingInput, input)
  allow(ctx.actor, 'mail.administer')
  const after = cursor === undefined ? null : decodeCursor(cursor, { view }, tuple)[0]
  return read(ctx, async (ctx) => {
    const { rows, hasMore } = await selectOutgoing(ctx, view, after, limit)
    const counted = await countOutgoing(ctx)
    const last = rows.at(-1)
    return {
      rows: rows.map((row) => toRow(ctx, row)),
      nextCursor: hasMore && last ? encodeCursor([last.id], { view }) : null,
      standing: {
        from: ctx.services.mailer.from,
        waiting: counted.waiting,
        stuck: counted.stuck,
        sentToday: counted.sent_today,
      },
    }
  })
}

type Selected = Awaited<ReturnType<typeof selectOutgoing>>['rows'][number]

function toRow(ctx: TxContext, row: Selected): OutgoingMail {
  return outgoingMail.parse({
    id: row.id,
    notice: row.notice,
    caseNumber: row.number === null || row.opened_at === null ? null : caseNumber(row.number, row.opened_at, ctx.zone),
    personId: row.person_id,
    personName: row.person_name,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.state === 'pending' ? row.next_attempt_at : null,
    trouble: row.trouble,
    lastError: row.last_error,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  })
}

/** Lets a mail that waits, failed or was held go now. Refused: one that has gone. */
export async function releaseMail(ctx: Context, id: string): Promise<{ id: string }> {
  allow(ctx.actor, 'mail.administer')
  return transact(ctx, async (ctx) => {
    const state = (await lockMail(ctx, id)) ?? fail(notFound())
    if (state === 'sent')
      throw new Problem(
        'conflict',
        'mail_sent',
        say(outgoingTexts, (t) => t.problems.mailSent),
      )
    await release(ctx, id)
    return { id }
  })
}

/** Sends a trial to the one who asks, now, and says in words what came of it. Refused while sending is not set up. */
export async function sendTrial(ctx: Context): Promise<MailTrial> {
  allow(ctx.actor, 'mail.administer')
  const { mailer, url } = ctx.services
  if (mailer.from === null)
    throw new Problem(
      'conflict',
      'mail_unset',
      say(outgoingTexts, (t) => t.problems.mailUnset),
    )
  const me = (await read(ctx, (ctx) => selectAddress(ctx, ctx.actor.personId))) ?? fail(notFound())
  const t = noticeTexts[ctx.language].test
  const frame = {
    language: ctx.language,
    zone: ctx.zone,
    now: new Date().toISOString(),
    organisationName: ctx.organisationName,
  }
  const letter: Letter = {
    ...plainLetter(t.subject, me.given_name, [t.lead], frame),
    to: { name: me.name, address: me.email },
    fromName: ctx.organisationName,
    messageId: `<${randomUUID()}@${new URL(url).hostname}>`,
    references: [],
  }
  const handed = await mailer.send(letter)
  const texts = outgoingTexts[ctx.language]
  if (handed.how === 'sent') return { isSent: true, trouble: null, says: texts.trialGood(me.email) }
  const said = texts.pages.out.said(handed.said)
  return { isSent: false, trouble: handed.trouble, says: `${texts.troubles[handed.trouble]} ${said}` }
}

/** The addresses that are not written to. */
export async function listSuppressedAddresses(ctx: Context): Promise<{ rows: SuppressedAddress[] }> {
  allow(ctx.actor, 'mail.administer')
  const rows = await read(ctx, selectSuppressed)
  return { rows: rows.map((row) => suppressedAddress.parse(row)) }
}

/** No mail goes to this address any more, until somebody takes it off the list. Done again, nothing changes. */
export async function suppressAddress(ctx: Context, input: z.input<typeof addressInput>): Promise<{ email: string }> {
  const { email } = parse(addressInput, input)
  allow(ctx.actor, 'mail.administer')
  await transact(ctx, (ctx) =>
    insertSuppressed(ctx, email, ctx.door === 'mail' || ctx.door === 'job' ? 'bounced' : 'by_hand'),
  )
  return { email }
}

/** Takes an address off the list: it is written to again. */
export async function restoreAddress(ctx: Context, input: z.input<typeof addressInput>): Promise<{ email: string }> {
  const { email } = parse(addressInput, input)
  allow(ctx.actor, 'mail.administer')
  return transact(ctx, async (ctx) => ((await deleteSuppressed(ctx, email)) ? { email } : fail(notFound())))
}
