/** The mail to the offices: one a day with all of theirs, and a link that answers them without signing in. */
import { newToken } from '../../platform/auth/secrets.ts'
import type { Context, TxContext } from '../../platform/context.ts'
import type { LetterDue, LetterWords } from '../../platform/mail/letters.ts'
import { tellPeopleOnDay } from '../servicedesk/tell-people.ts'
import type { DecisionRow } from './decision-schema.ts'
import { decisionTexts } from './decision-texts.ts'
import { sayDay, sayDecision } from './decision-words.ts'
import { insertDecisionLink, selectAskedOf, selectContacts } from './internal/decision-link-queries.ts'
import { selectDecisionsById } from './internal/decision-list-queries.ts'

/** The hour at which the mail of a day goes, where the administration is: what was proposed the day before is all in it. */
const mailHour = 7
/** How long the link is good. */
const linkLifeMs = 14 * 86_400_000
/** More proposals than this are on the page and not in the mail. */
const mostNamed = 50

/** Notes the mail of the next morning for the contacts of these offices. */
export async function tellOffices(ctx: TxContext, officeIds: readonly string[]): Promise<void> {
  const offices = [...new Set(officeIds)]
  if (offices.length === 0) return
  const personIds = await selectContacts(ctx, offices)
  await tellPeopleOnDay(ctx, { notice: 'mailbox_decisions', ...nextMorning(ctx), personIds })
}

function nextMorning({ zone }: Pick<Context, 'zone'>) {
  const now = Temporal.Now.zonedDateTimeISO(zone)
  const today = now.toPlainDate()
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime({ timeZone: zone, plainTime: { hour: mailHour } })
  const day = Temporal.ZonedDateTime.compare(now, at(today)) < 0 ? today : today.add({ days: 1 })
  return { day: day.toString(), goesAt: at(day).toInstant().toString() }
}

/** The words of the mail as things stand when it is sent; null when nothing waits for this person any more. */
export async function decisionLetter(ctx: TxContext, mail: LetterDue): Promise<LetterWords | null> {
  const asked = await selectAskedOf(ctx, mail.personId)
  if (asked.length === 0) return null
  const named = asked.slice(0, mostNamed)
  const rows = await selectDecisionsById(
    ctx,
    named.map(({ id }) => id),
  )
  const t = decisionTexts[mail.language].mail
  const { token, digest } = newToken()
  const expiresAt = new Date(Date.now() + linkLifeMs).toISOString()
  await insertDecisionLink(ctx, {
    ...{ digest, personId: mail.personId, mailId: mail.id, expiresAt },
    decisionIds: rows.map(({ id }) => id),
  })
  const first = asked.map(({ answerBy }) => answerBy).toSorted()[0] ?? ''
  return {
    subject: t.subject(asked.length),
    body: [
      t.lead(asked.length),
      rows.map((row) => lineOf(row, mail)).join('\n\n'),
      ...(asked.length > named.length ? [t.more(asked.length - named.length)] : []),
      `${t.link}\n${ctx.services.url}/r/caselle/${token}`,
      t.until(sayDay(first, mail.language)),
      `${t.page}\n${ctx.services.url}/caselle/proposte`,
    ],
  }
}

function lineOf(row: DecisionRow, { language }: LetterDue): string {
  const t = decisionTexts[language].mail
  const about = [`– ${row.address}: ${sayDecision(row, language)}`]
  if (row.reason !== null) about.push(`  ${t.why} ${row.reason.replaceAll(/\s+/g, ' ')}`)
  return about.join('\n')
}
