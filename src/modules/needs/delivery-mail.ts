/** The mail to the contacts of the offices that a delivery has something for, with the link to say whether it came. */
import { newToken } from '../../platform/auth/secrets.ts'
import type { TxContext } from '../../platform/context.ts'
import type { LetterDue, LetterWords } from '../../platform/mail/letters.ts'
import { tellPeople } from '../servicedesk/tell-people.ts'
import { selectContacts, selectOfDelivery } from './internal/answer-queries.ts'
import { byOffice } from './internal/by-office.ts'
import { insertDeliveryLink } from './internal/delivery-link-queries.ts'
import { officeAnswersTexts } from './office-answers-texts.ts'
import { today } from './plans.ts'

/** What came longer ago, in days, is no news: of a file of last year nobody is told. */
const newsDays = 14
/** How long the link is good; the page of the office is there afterwards. */
const linkDays = 30

/** Notes that the contacts of each office are told of a delivery that was declared. */
export async function tellContacts(
  ctx: TxContext,
  delivery: { id: string; deliveredOn: string; eventId: number },
): Promise<void> {
  const { days } = Temporal.PlainDate.from(delivery.deliveredOn).until(today(ctx), { largestUnit: 'day' })
  if (days > newsDays) return
  const contacts = await selectContacts(ctx, delivery.id)
  const personIds = [...new Set(contacts.map(({ personId }) => personId))]
  await tellPeople(ctx, { notice: 'delivery', subjectId: delivery.id, eventId: delivery.eventId, personIds })
}

/** The offices of a delivery about which this person is asked, as things stand now. */
export async function officesAskedOf(ctx: TxContext, deliveryId: string, personId: string): Promise<string[]> {
  const contacts = await selectContacts(ctx, deliveryId)
  return contacts.filter((one) => one.personId === personId).map(({ officeId }) => officeId)
}

/** Writes the mail: what came, for which office, and the link. Who is asked no more is told nothing. */
export async function deliveryLetter(ctx: TxContext, due: LetterDue): Promise<LetterWords | null> {
  const { id, subjectId, personId, language } = due
  if (subjectId === null) throw new Error('A mail of a delivery has its delivery')
  const rows = await selectOfDelivery(ctx, subjectId, await officesAskedOf(ctx, subjectId, personId))
  const offices = byOffice(rows)
  const [first] = offices
  if (first === undefined) return null
  const t = officeAnswersTexts[language].mail
  const { token, digest } = newToken()
  await insertDeliveryLink(ctx, { digest, deliveryId: subjectId, personId, mailId: id, days: linkDays })
  const what = offices.map(({ office, lines }) =>
    [t.office(office), ...lines.map(({ pieces, description, models }) => t.line(pieces, description, models))].join(
      '\n',
    ),
  )
  return {
    subject: t.subject(first.note),
    body: [
      t.lead(first.note, first.supplierName, first.deliveredOn),
      ...what,
      `${t.ask}\n${ctx.services.url}/r/consegna/${token}`,
      `${t.page}\n${ctx.services.url}/fabbisogni/consegne`,
    ],
  }
}
