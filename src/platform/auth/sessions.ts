/** Signing in, staying signed in, signing out. Tokens are stored hashed; nothing tells whether an account exists. */
import { sql } from 'kysely'
import { Secret, TOTP } from 'otpauth'
import {
  type Actor,
  type Context,
  type Door,
  type Services,
  systemActor,
  type TxContext,
  transact,
} from '../context.ts'
import { appendEvent } from '../events.ts'
import type { Role } from '../permissions.ts'
import { fail, Problem } from '../problem.ts'
import { type Language, platformTexts, say } from '../texts.ts'
import { checkPassword, decrypt, encrypt, keyedDigest, newToken, tokenDigest } from './secrets.ts'

/** Failed attempts on one address, or from one network address, before a pause. */
const attemptsPerAddress = 5
const attemptsPerNetwork = 50
const pauseMinutes = 15
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

type ActorJson = {
  organisationId: string
  organisationName: string
  zone: string
  isDemo: boolean
  personId: string
  name: string
  partyId: string
  partyKind: 'administration' | 'supplier'
  officeId: string | null
  officeName: string | null
  siteName: string | null
  room: string
  roles: Role[]
  teamIds: string[]
  officeIds: string[]
}

/** What a right password earns: a session token, or one that first awaits the second factor. */
export type SignedIn = { token: string; awaitsTotp: boolean }

/** Checks address and password; throws the same Problem whatever was wrong, and a pause after too many. */
export async function signIn(services: Services, email: string, password: string, network: string): Promise<SignedIn> {
  const db = services.database.app
  const subjects = [
    { subject: keyedDigest(services.secret, `address ${email.trim().toLowerCase()}`), limit: attemptsPerAddress },
    { subject: keyedDigest(services.secret, `network ${network}`), limit: attemptsPerNetwork },
  ]
  await refuseTooMany(services, subjects)
  const found = await sql<{ organisation_id: string; account_id: string; password_hash: string; has_totp: boolean }>`
    select * from account_to_sign_in(${email.trim()})`.execute(db)
  const account = found.rows[0]
  if (!(await checkPassword(password, account?.password_hash ?? null)) || account === undefined) {
    for (const { subject } of subjects) await db.insertInto('sign_in_attempt').values({ subject }).execute()
    return fail(
      new Problem(
        'unauthenticated',
        'wrong_credentials',
        say(platformTexts, (t) => t.problems.wrongCredentials),
      ),
    )
  }
  const { token, digest } = newToken()
  await insideTenant(services, account.organisation_id, async (ctx) => {
    await ctx.db
      .insertInto('session')
      .values({
        organisation_id: ctx.organisationId,
        token_hash: digest,
        account_id: account.account_id,
        expires_at: new Date(Date.now() + sessionHours * 3_600_000).toISOString(),
        awaits_totp: account.has_totp,
      })
      .execute()
    if (!account.has_totp) await recordSignIn(ctx, account.account_id)
  })
  if (!account.has_totp)
    await db
      .deleteFrom('sign_in_attempt')
      .where('subject', '=', subjects[0]?.subject ?? Buffer.alloc(0))
      .execute()
  return { token, awaitsTotp: account.has_totp }
}

/** The second step: a code of the authenticator. The token changes, so one seen before the code is worth nothing after. */
export async function confirmTotp(services: Services, token: string, code: string): Promise<SignedIn> {
  const found = await lookUp(services, token)
  if (found === undefined || !found.awaits_totp) return fail(unauthenticated())
  const subject = keyedDigest(services.secret, `totp ${found.account_id}`)
  await refuseTooMany(services, [{ subject, limit: attemptsPerAddress }])
  const next = newToken()
  const isRight = await insideTenant(services, found.actor.organisationId, async (ctx) => {
    const right = await acceptCode(ctx, services.secret, found.account_id, code)
    if (!right) return false
    await ctx.db
      .updateTable('session')
      .set({ token_hash: next.digest, awaits_totp: false })
      .where('organisation_id', '=', ctx.organisationId)
      .where('token_hash', '=', tokenDigest(token))
      .execute()
    await recordSignIn(ctx, found.account_id)
    return true
  })
  if (!isRight) {
    await services.database.app.insertInto('sign_in_attempt').values({ subject }).execute()
    return fail(
      new Problem(
        'unauthenticated',
        'wrong_totp',
        say(platformTexts, (t) => t.problems.wrongTotp),
      ),
    )
  }
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

/** The context of a program's key, or null when the key is unknown, expired or revoked. */
export async function findApiKey(services: Services, token: string, language: Language): Promise<Context | null> {
  const found = await sql<{ actor: ActorJson | null; key_id: string; scopes: string[] }>`
    select * from api_key_actor(${tokenDigest(token)})`.execute(services.database.app)
  const row = found.rows[0]
  if (!row?.actor) return null
  const context = contextOf(services, row.actor, 'api', language)
  return { ...context, actor: { ...context.actor, scopes: row.scopes } }
}

/** The context of a person of this installation, for the command line and jobs; null when there is no such person. */
export async function actAs(
  services: Services,
  organisationId: string,
  personId: string,
  door: Door,
): Promise<Context | null> {
  const found = await sql<{
    actor: ActorJson | null
  }>`select actor_of(${organisationId}, ${personId}) as actor`.execute(services.database.app)
  const actor = found.rows[0]?.actor
  return actor ? contextOf(services, actor, door, 'it') : null
}

/** A new secret for an authenticator, stored unconfirmed; returns it for the person to type or scan. */
export async function beginTotp(
  ctx: Context,
  accountId: string,
  label: string,
): Promise<{ secret: string; uri: string }> {
  const secret = new Secret({ size: 20 })
  await transact(ctx, (ctx) =>
    ctx.db
      .updateTable('account')
      .set({
        totp_secret: encrypt(ctx.services.secret, Buffer.from(secret.buffer)),
        totp_confirmed_at: null,
        totp_last_step: null,
      })
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', accountId)
      .where('totp_confirmed_at', 'is', null)
      .execute(),
  )
  return { secret: secret.base32, uri: new TOTP({ issuer: 'SITEC', label, secret }).toString() }
}

/** Turns the second factor on once a first code is right. */
export async function confirmNewTotp(ctx: Context, accountId: string, code: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    if (!(await acceptCode(ctx, ctx.services.secret, accountId, code))) {
      fail(
        new Problem(
          'invalid',
          'wrong_totp',
          say(platformTexts, (t) => t.problems.wrongTotp),
        ),
      )
    }
    await ctx.db
      .updateTable('account')
      .set({ totp_confirmed_at: sql`clock_timestamp()` })
      .where('organisation_id', '=', ctx.organisationId)
      .where('id', '=', accountId)
      .execute()
    await appendSecurityEvent(ctx, accountId, 'account.totp_enabled')
  })
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

// RFC 6238: 30 seconds, 6 digits, one step of tolerance; a code works once.
async function acceptCode(ctx: TxContext, secret: Buffer, accountId: string, code: string): Promise<boolean> {
  const account = await ctx.db
    .selectFrom('account')
    .select(['totp_secret', 'totp_last_step'])
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!account?.totp_secret) return false
  const totp = new TOTP({ secret: new Secret({ buffer: new Uint8Array(decrypt(secret, account.totp_secret)).buffer }) })
  const drift = totp.validate({ token: code.replaceAll(/\s/g, ''), window: 1 })
  if (drift === null) return false
  const step = Math.floor(Date.now() / 30_000) + drift
  if (account.totp_last_step !== null && step <= account.totp_last_step) return false
  await ctx.db
    .updateTable('account')
    .set({ totp_last_step: step })
    .where('organisation_id', '=', ctx.organisationId)
    .where('id', '=', accountId)
    .execute()
  return true
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

function contextOf(services: Services, json: ActorJson, door: Door, language: Language): Context {
  const { organisationId, organisationName, zone, isDemo, ...rest } = json
  const actor: Actor = { ...rest, scopes: null, isSystem: false }
  return { services, organisationId, organisationName, zone, isDemo, actor, door, language }
}

function insideTenant<Result>(
  services: Services,
  organisationId: string,
  work: (ctx: TxContext) => Promise<Result>,
): Promise<Result> {
  return transact(
    systemContext(services, { id: organisationId, name: '', zone: 'Europe/Rome', isDemo: false }, 'sign-in', 'portal'),
    work,
  )
}

/** SITEC itself acting inside a tenant, under a name. */
export function systemContext(
  services: Services,
  organisation: { id: string; name: string; zone: string; isDemo: boolean },
  name: string,
  door: Door,
): Context {
  const actor = systemActor(name)
  return {
    services,
    organisationId: organisation.id,
    organisationName: organisation.name,
    zone: organisation.zone,
    isDemo: organisation.isDemo,
    actor,
    door,
    language: 'it',
  }
}

async function recordSignIn(ctx: TxContext, accountId: string) {
  await appendSecurityEvent(ctx, accountId, 'account.signed_in')
}

async function appendSecurityEvent(ctx: TxContext, accountId: string, kind: string) {
  await appendEvent(ctx, {
    subjectType: 'account',
    subjectId: accountId,
    kind,
    version: 1,
    witness: 'U',
    payload: {},
    retention: 'security',
  })
}

async function refuseTooMany(services: Services, subjects: readonly { subject: Buffer; limit: number }[]) {
  for (const { subject, limit } of subjects) {
    const recent = await sql<{ n: number }>`
      select count(*)::int as n from sign_in_attempt
      where subject = ${subject} and at > clock_timestamp() - make_interval(mins => ${pauseMinutes})`.execute(
      services.database.app,
    )
    if ((recent.rows[0]?.n ?? 0) >= limit) {
      fail(
        new Problem(
          'too_many',
          'too_many_sign_ins',
          say(platformTexts, (t) => t.problems.tooManySignIns(pauseMinutes)),
        ),
      )
    }
  }
}
