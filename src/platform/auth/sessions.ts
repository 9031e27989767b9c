/** Signing in, staying signed in, signing out. Tokens are stored hashed; nothing tells whether an account exists. */
import { sql } from 'kysely'
import type { Context, Door, Services } from '../context.ts'
import { fail, Problem } from '../problem.ts'
import { type Language, platformTexts, say } from '../texts.ts'
import { type ActorJson, contextOf, insideTenant } from './actors.ts'
import { type Attempt, countWrong, forgetWrong, refuseTooMany } from './lockout.ts'
import { checkPassword, newToken, tokenDigest } from './secrets.ts'
import { appendSecurityEvent } from './security-events.ts'
import { acceptCode } from './totp.ts'

/** Hours after which one signs in again, however busy. */
const sessionHours = 12

/** A signed-in person: the context of their operations and what their pages need to know. */
export type Session = {
  context: Context
  accountId: string
  email: string
  hasTotp: boolean
  hasShortcuts: boolean
  isDemo: boolean
}

/** What a right password earns: a session token, or one that first awaits the second factor. */
export type SignedIn = { token: string; awaitsTotp: boolean }

/** Checks address and password; throws the same Problem whatever was wrong, and a pause after too many. */
export async function signIn(services: Services, email: string, password: string, network: string): Promise<SignedIn> {
  const byAddress: Attempt = { of: 'address', who: email.trim().toLowerCase() }
  const attempts: Attempt[] = [byAddress, { of: 'network', who: network }]
  await refuseTooMany(services, attempts)
  const account = await accountToSignIn(services, email.trim())
  if (!(await checkPassword(password, account?.password_hash ?? null)) || account === undefined) {
    await countWrong(services, attempts)
    return fail(wrongCredentials())
  }
  const { token, digest } = newToken()
  await insideTenant(services, account.organisation_id, async (ctx) => {
    const values = {
      organisation_id: ctx.organisationId,
      token_hash: digest,
      account_id: account.account_id,
      expires_at: new Date(Date.now() + sessionHours * 3_600_000).toISOString(),
      awaits_totp: account.has_totp,
    }
    await ctx.db.insertInto('session').values(values).execute()
    if (!account.has_totp) await appendSecurityEvent(ctx, account.account_id, 'account.signed_in')
  })
  if (!account.has_totp) await forgetWrong(services, byAddress)
  return { token, awaitsTotp: account.has_totp }
}

type AccountToSignIn = { organisation_id: string; account_id: string; password_hash: string; has_totp: boolean }

async function accountToSignIn(services: Services, email: string): Promise<AccountToSignIn | undefined> {
  const found = await sql<AccountToSignIn>`select * from account_to_sign_in(${email})`.execute(services.database.app)
  return found.rows[0]
}

/** The second step: a code of the authenticator. The token changes, so one seen before the code is worth nothing after. */
export async function confirmTotp(services: Services, token: string, code: string): Promise<SignedIn> {
  const found = await lookUp(services, token)
  if (found === undefined || !found.awaits_totp) return fail(unauthenticated())
  const attempt: Attempt = { of: 'totp', who: found.account_id }
  await refuseTooMany(services, [attempt])
  const next = newToken()
  const isRight = await insideTenant(services, found.actor.organisationId, async (ctx) => {
    if (!(await acceptCode(ctx, services.secret, found.account_id, code))) return false
    await ctx.db
      .updateTable('session')
      .set({ token_hash: next.digest, awaits_totp: false })
      .where('organisation_id', '=', ctx.organisationId)
      .where('token_hash', '=', tokenDigest(token))
      .execute()
    await appendSecurityEvent(ctx, found.account_id, 'account.signed_in')
    return true
  })
  if (!isRight) {
    await countWrong(services, [attempt])
    return fail(
      new Problem(
        'unauthenticated',
        'wrong_totp',
        say(platformTexts, (t) => t.problems.wrongTotp),
      ),
    )
  }
  await forgetWrong(services, attempt)
  return { token: next.token, awaitsTotp: false }
}

/** The session of a token, or null when it is unknown, expired, signed out or still awaits its second factor. */
export async function findSession(services: Services, token: string, door: Door): Promise<Session | null> {
  const row = await lookUp(services, token)
  if (row === undefined || row.awaits_totp) return null
  const context = contextOf(services, row.actor, door, row.language)
  if (row.is_stale) {
    await insideTenant(services, row.actor.organisationId, (ctx) =>
      ctx.db
        .updateTable('session')
        .set({ seen_at: sql`clock_timestamp()` })
        .where('token_hash', '=', tokenDigest(token))
        .execute(),
    )
  }
  return {
    context,
    accountId: row.account_id,
    email: row.email,
    hasTotp: row.has_totp,
    hasShortcuts: row.has_shortcuts,
    isDemo: row.actor.isDemo,
  }
}

/** Whether a token belongs to somebody who gave the right password but not yet the code. */
export async function awaitsTotp(services: Services, token: string): Promise<boolean> {
  return (await lookUp(services, token))?.awaits_totp === true
}

/** Ends the session; its token opens nothing any more, in any tab. */
export async function signOut(services: Services, token: string): Promise<void> {
  const found = await lookUp(services, token)
  if (found === undefined) return
  await insideTenant(services, found.actor.organisationId, (ctx) =>
    ctx.db.deleteFrom('session').where('token_hash', '=', tokenDigest(token)).execute(),
  )
}

/** The Problem of an address and a password that do not belong together, whichever of them is wrong. */
export function wrongCredentials(): Problem {
  return new Problem(
    'unauthenticated',
    'wrong_credentials',
    say(platformTexts, (t) => t.problems.wrongCredentials),
  )
}

/** The Problem of a missing or ended session. */
export function unauthenticated(): Problem {
  return new Problem(
    'unauthenticated',
    'unauthenticated',
    say(platformTexts, (t) => t.problems.unauthenticated),
  )
}

/** The Problem of a missing, wrong or revoked key. */
export function apiKeyWrong(): Problem {
  return new Problem(
    'unauthenticated',
    'api_key_wrong',
    say(platformTexts, (t) => t.problems.apiKeyWrong),
  )
}

type SessionRow = {
  actor: ActorJson
  account_id: string
  email: string
  language: Language
  has_shortcuts: boolean
  awaits_totp: boolean
  has_totp: boolean
  is_stale: boolean
}

async function lookUp(services: Services, token: string): Promise<SessionRow | undefined> {
  const found = await sql<SessionRow>`select * from session_actor(${tokenDigest(token)})`.execute(services.database.app)
  const row = found.rows[0]
  return row?.actor ? row : undefined
}
