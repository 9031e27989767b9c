/** Mails to who is no person of the administration: the link that confirms an address, the receipt of a report. */
import { randomUUID } from 'node:crypto'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { newToken } from '../../platform/auth/secrets.ts'
import { type Context, type Services, type TxContext, transact } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import type { Letter } from '../../platform/mail/smtp.ts'
import {
  bindLink,
  claimMails,
  deleteMail,
  lockMail,
  postponeMail,
  type StoredMail,
  selectEndWords,
} from './internal/citizen-queries.ts'
import { citizenPeriods } from './rating-retention.ts'
import { ratingTexts } from './rating-texts.ts'

const batch = 20
const leaseMinutes = 10
const longestPauseMinutes = 60

/** Sends what is due; returns how many went. Without settings for a mail server everything waits, up to its time. */
export async function sendCitizenMails(services: Services): Promise<number> {
  if (services.mailer.from === null) return 0
  let sent = 0
  for (const { organisation_id, id } of await claimMails(services, batch, leaseMinutes)) {
    const ctx = await systemContextFor(services, organisation_id, 'Posta ai cittadini')
    const prepared = await prepare(ctx, id)
    if (prepared === null) continue
    const handed = await services.mailer.send(prepared.letter)
    if (handed.how === 'sent') sent += 1
    else log.warn('citizen_mail.not_sent', { mail: id, how: handed.how, trouble: handed.trouble })
    // One that will never be taken is dropped with its address; the person can ask again.
    await transact(ctx, (ctx) =>
      handed.how === 'sent' || handed.how === 'never'
        ? deleteMail(ctx, id)
        : postponeMail(ctx, id, Math.min(2 ** prepared.attempts, longestPauseMinutes)),
    )
  }
  return sent
}

function prepare(ctx: Context, id: string): Promise<{ letter: Letter; attempts: number } | null> {
  return transact(ctx, async (ctx) => {
    const mail = await lockMail(ctx, id)
    if (mail === undefined) return null
    const { subject, body } = await write(ctx, mail)
    const t = ratingTexts[mail.language].letters
    const text = `${[t.greeting, ...body, t.signature(ctx.organisationName)].join('\n\n')}\n`
    const letter = {
      to: { name: '', address: mail.address },
      fromName: ctx.organisationName,
      subject,
      text,
      messageId: `<${randomUUID()}@${new URL(ctx.services.url).hostname}>`,
      references: [],
    }
    return { letter, attempts: mail.attempts }
  })
}

async function write(ctx: TxContext, mail: StoredMail): Promise<{ subject: string; body: string[] }> {
  const t = ratingTexts[mail.language].letters
  const { url } = ctx.services
  if (mail.notice === 'known') return { subject: t.known.subject, body: [t.known.lead, `${url}/accedi`, t.known.other] }
  if (mail.notice === 'barrier') {
    const due = ratingTexts[mail.language].day(mail.due_on ?? '')
    return {
      subject: t.barrier.subject(mail.number ?? ''),
      body: [t.barrier.lead(mail.number ?? ''), t.barrier.due(due)],
    }
  }
  if (mail.notice === 'answer') {
    const words = await selectEndWords(ctx, mail.case_id ?? '')
    return {
      subject: t.answer.subject(mail.number ?? ''),
      body: [t.answer.lead, ...(words === '' ? [] : [words]), t.answer.other],
    }
  }
  // Made now and stored as a digest: the link is in the mail and nowhere else.
  const { token, digest } = newToken()
  await bindLink(ctx, mail.registration_id ?? '', digest, citizenPeriods.linkHours)
  const link = `${url}/registrati/conferma/${token}`
  return {
    subject: t.confirm.subject,
    body: [t.confirm.lead, link, t.confirm.until(citizenPeriods.linkHours), t.confirm.other],
  }
}
