/** The link in the mail about a delivery: what its page shows, and the one answer it gives, once, for whom it was sent to. */
import { actAs, systemContextFor } from '../../platform/auth/actors.ts'
import { type Attempt, countWrong, refuseTooMany } from '../../platform/auth/lockout.ts'
import { type Context, read, type Services, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { answerDeliveryInput, type OfficeDelivery } from './answer-schema.ts'
import { officesAskedOf } from './delivery-mail.ts'
import { selectOfDelivery } from './internal/answer-queries.ts'
import { byOffice } from './internal/by-office.ts'
import {
  type DeliveryLink,
  findDeliveryLink,
  markDeliveryLinkUsed,
  selectDeliveryLink,
} from './internal/delivery-link-queries.ts'
import { answerDelivery } from './office-answers.ts'
import type { OfficeAnswer } from './vocabulary.ts'

type Known = { organisationName: string; offices: OfficeDelivery[] }

/** What the page of a link shows. `answered`: every office said something without it. */
export type DeliveryLinkView =
  | { standing: 'unknown' }
  | (Known & { standing: 'open' | 'answered' })
  | (Known & { standing: 'expired'; at: string })
  | (Known & { standing: 'used'; answer: OfficeAnswer; at: string })

/** Looks a link up without changing anything: a program that follows links does nothing by it. */
export async function openDeliveryLink(services: Services, token: string, network: string): Promise<DeliveryLinkView> {
  const found = await lookUp(services, token, network)
  if (found === undefined) return { standing: 'unknown' }
  const system = await systemContextFor(services, found.organisation_id, 'Collegamento per posta')
  return read(system, async (ctx) => {
    const link = await selectDeliveryLink(ctx, found.id, false)
    return link === undefined ? { standing: 'unknown' } : viewOf(ctx, link, await personOf(services, ctx, link))
  })
}

/**
 * Gives the one answer of a link, as the person it was sent to, at the door `link`, for the offices they are asked about. Of
 * two who press at once one answers. What no longer can be said changes nothing: the view says why.
 */
export async function actOnDeliveryLink(
  services: Services,
  token: string,
  given: unknown,
  network: string,
): Promise<DeliveryLinkView> {
  const found = await lookUp(services, token, network)
  if (found === undefined) return { standing: 'unknown' }
  const { answer, reason, lines, officeId } = parse(answerDeliveryInput, given)
  const system = await systemContextFor(services, found.organisation_id, 'Collegamento per posta')
  return transact(system, async (ctx) => {
    const link = await selectDeliveryLink(ctx, found.id, true)
    if (link === undefined) return { standing: 'unknown' }
    const person = await personOf(services, ctx, link)
    const view = await viewOf(ctx, link, person)
    if (view.standing !== 'open' || person === null) return view
    const open = view.offices.filter((one) => one.answer === null && (officeId === null || one.officeId === officeId))
    for (const one of open)
      await answerDelivery({ ...ctx, ...person }, link.deliveryId, { answer, reason, lines, officeId: one.officeId })
    // What differs at one office leaves the link to the others.
    if (open.length > 0 && (await isWhole(ctx, link, person))) await markDeliveryLinkUsed(ctx, link.id, answer)
    return viewOf(ctx, (await selectDeliveryLink(ctx, link.id, false)) ?? link, person)
  })
}

// As for the links of cases: the pause keeps those who guess from wearing the database out; a good link always opens.
async function lookUp(services: Services, token: string, network: string) {
  const attempts: Attempt[] = [{ of: 'link', who: network }]
  const found = await findDeliveryLink(services, token)
  if (found !== undefined) return found
  await refuseTooMany(services, attempts)
  await countWrong(services, attempts)
  return undefined
}

type Person = Pick<Context, 'actor' | 'door'>

/** The person of the link, narrowed to answering for the offices they are asked about; null when they are asked no more. */
async function personOf(services: Services, ctx: TxContext, link: DeliveryLink): Promise<Person | null> {
  const context = await actAs(services, ctx.organisationId, link.personId, 'link')
  const officeIds = await officesAskedOf(ctx, link.deliveryId, link.personId)
  if (context === null || officeIds.length === 0) return null
  const narrow = { roles: ['office_contact'] as const, teamIds: [], officeIds, scopes: ['needs.receive'] }
  return { actor: { ...context.actor, ...narrow }, door: 'link' }
}

async function officesOf(ctx: TxContext, link: DeliveryLink, person: Person): Promise<OfficeDelivery[]> {
  return byOffice(await selectOfDelivery(ctx, link.deliveryId, person.actor.officeIds))
}

async function isWhole(ctx: TxContext, link: DeliveryLink, person: Person): Promise<boolean> {
  return (await officesOf(ctx, link, person)).every(({ answer }) => answer !== null)
}

/** How a link stands. */
async function viewOf(ctx: TxContext, link: DeliveryLink, person: Person | null): Promise<DeliveryLinkView> {
  if (person === null) return { standing: 'unknown' }
  const offices = await officesOf(ctx, link, person)
  const known: Known = { organisationName: ctx.organisationName, offices }
  if (link.usedAt !== null && link.usedAnswer !== null)
    return { ...known, standing: 'used', answer: link.usedAnswer, at: link.usedAt }
  if (offices.every(({ answer }) => answer !== null)) return { ...known, standing: 'answered' }
  if (link.isExpired) return { ...known, standing: 'expired', at: link.expiresAt }
  return { ...known, standing: 'open' }
}
