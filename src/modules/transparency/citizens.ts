/** Citizens register themselves, confirm their address, change their password, delete their account. */
import { randomUUIDv7 } from 'node:crypto'
import { insideTenant } from '../../platform/auth/actors.ts'
import { type Attempt, countWrong, refuseTooMany } from '../../platform/auth/lockout.ts'
import { checkPassword, hashPassword, tokenDigest } from '../../platform/auth/secrets.ts'
import { unauthenticated } from '../../platform/auth/sessions.ts'
import { type Context, type Services, type TxContext, transact } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { countUse } from '../../platform/network-use.ts'
import { fail, notFound } from '../../platform/problem.ts'
import { requirePassword } from '../organisation/accounts.ts'
import {
  changePasswordInput,
  confirmInput,
  deleteAccountInput,
  type RegisterInput,
  registerInput,
} from './citizen-schema.ts'
import { beginSession, type Citizen } from './citizen-sessions.ts'
import {
  deleteCitizen,
  deleteOtherSessions,
  deleteRegistrations,
  insertCitizen,
  insertMail,
  insertRegistration,
  isAddressKnown,
  lockCitizen,
  type Registration,
  type StoredCitizen,
  selectRegistration,
  updatePassword,
} from './internal/citizen-queries.ts'
import { severRater } from './rate-page.ts'
import { alreadyConfirmed, linkExpired, registrationClosed, wrongField } from './rating-problems.ts'

/** Registrations of one address in a day; each sends a mail. */
const mostADay = 5

/**
 * Asks for an account. Says and takes the same whether the address is known or not: a mail says which. Refused: while
 * no mail can be sent, a weak password, too many from an address or a network.
 */
export async function registerCitizen(ctx: Context, input: RegisterInput, network: string): Promise<void> {
  const { email, password, returnTo } = parse(registerInput, input)
  if (ctx.services.mailer.from === null) fail(registrationClosed())
  requirePassword(password, email)
  const attempts: Attempt[] = [
    { of: 'registration', who: email },
    { of: 'network', who: network },
  ]
  await refuseTooMany(ctx.services, attempts)
  await countWrong(ctx.services, attempts)
  await countUse(ctx.services, 'registration', email, mostADay)
  const passwordHash = await hashPassword(password)
  await transact(ctx, async (ctx) => {
    const mail = { id: randomUUIDv7(), address: email, language: ctx.language }
    if (await isAddressKnown(ctx, email)) await insertMail(ctx, { ...mail, notice: 'known' })
    else {
      const registrationId = randomUUIDv7()
      await insertRegistration(ctx, { id: registrationId, email, passwordHash, returnTo })
      await insertMail(ctx, { ...mail, notice: 'confirm', registrationId })
    }
    await ctx.services.jobs.enqueue(ctx, 'transparency.send_citizen_mail', {})
  })
}

/** How the link of a mail stands; changes nothing. */
export async function openRegistration(
  services: Services,
  token: string,
  network: string,
): Promise<'open' | 'expired'> {
  return (await registrationOf(services, token, network)).is_expired ? 'expired' : 'open'
}

async function registrationOf(services: Services, token: string, network: string): Promise<Registration> {
  const attempt: Attempt = { of: 'link', who: network }
  await refuseTooMany(services, [attempt])
  const found = await selectRegistration(services, tokenDigest(token))
  if (found !== undefined) return found
  await countWrong(services, [attempt])
  return fail(notFound())
}

/**
 * Makes the account, once: the password that was chosen is asked for again, so that nobody opens an account with an
 * address of somebody who presses the button by mistake. Answers with a session and where the person was.
 */
export async function confirmRegistration(
  services: Services,
  token: string,
  input: { password: unknown },
  network: string,
): Promise<{ token: string; returnTo: string }> {
  const { password } = parse(confirmInput, input)
  const found = await registrationOf(services, token, network)
  if (found.is_expired) fail(linkExpired())
  const attempt: Attempt = { of: 'password', who: found.id }
  await refuseTooMany(services, [attempt])
  if (!(await checkPassword(password, found.password_hash))) {
    await countWrong(services, [attempt])
    fail(wrongField('password', (t) => t.passwordWrong))
  }
  return insideTenant(services, found.organisation_id, async (ctx) => {
    if (await isAddressKnown(ctx, found.email)) fail(alreadyConfirmed())
    const id = randomUUIDv7()
    const citizen = { id, email: found.email, passwordHash: found.password_hash }
    if (!(await insertCitizen(ctx, citizen))) fail(alreadyConfirmed())
    await deleteRegistrations(ctx, found.email)
    return { token: await beginSession(ctx, id), returnTo: found.return_to }
  })
}

/** Changes one's password; needs the present one. Every other session ends. */
export async function changeCitizenPassword(
  citizen: Citizen,
  input: { current: unknown; password: unknown },
  sessionToken: string,
): Promise<void> {
  const { current, password } = parse(changePasswordInput, input)
  requirePassword(password, citizen.email)
  const passwordHash = await hashPassword(password)
  await transact(citizen.context, async (ctx) => {
    await requireCurrent(ctx, citizen, current)
    await updatePassword(ctx, citizen.citizenId, passwordHash)
    await deleteOtherSessions(ctx, citizen.citizenId, tokenDigest(sessionToken))
  })
}

/**
 * Deletes one's account at once and for good: address, password and sessions go, answers stay without any link to who
 * gave them. Only the keyed hash that somebody has rated a page stays, to its date, so that nobody rates twice by
 * registering again.
 */
export async function deleteOwnAccount(citizen: Citizen, input: { current: unknown }): Promise<void> {
  const { current } = parse(deleteAccountInput, input)
  await transact(citizen.context, async (ctx) => {
    const { id, email } = await requireCurrent(ctx, citizen, current)
    await severRater(ctx, email)
    await deleteCitizen(ctx, id, email)
  })
}

async function requireCurrent(ctx: TxContext, citizen: Citizen, current: string): Promise<StoredCitizen> {
  const found = (await lockCitizen(ctx, citizen.citizenId)) ?? fail(unauthenticated())
  const attempt: Attempt = { of: 'password', who: found.id }
  await refuseTooMany(ctx.services, [attempt])
  if (!(await checkPassword(current, found.password_hash))) {
    await countWrong(ctx.services, [attempt])
    fail(wrongField('current', (t) => t.passwordWrong))
  }
  return found
}
