/**
 * Citizens who registered: signing in and staying signed in. A citizen is no person of the administration: the context
 * has no roles, so every operation that asks for a permission refuses, and no page of staff or portal is opened.
 */
import { sql } from 'kysely'
import { insideTenant } from '../../platform/auth/actors.ts'
import { type Attempt, countWrong, forgetWrong, refuseTooMany } from '../../platform/auth/lockout.ts'
import { checkPassword, newToken, tokenDigest } from '../../platform/auth/secrets.ts'
import { wrongCredentials } from '../../platform/auth/sessions.ts'
import type { Context, Services, TxContext } from '../../platform/context.ts'
import { fail } from '../../platform/problem.ts'
import { anybodyAt } from '../../platform/public-context.ts'
import type { Language } from '../../platform/texts.ts'
import { deleteSession, insertSession, touchSession } from './internal/citizen-queries.ts'
import { citizenPeriods } from './rating-retention.ts'

/** Tokens of citizens say so: one look at the cookie tells where to look it up. */
const prefix = 'c.'

/** A registered citizen who is signed in. */
export type Citizen = { context: Context; citizenId: string; email: string }

/** Whether a session's token is a citizen's. */
export const isCitizenToken = (token: string): boolean => token.startsWith(prefix)

/**
 * Checks address and password of a citizen; null when no citizen has this address, so that the sign-in of the
 * administration's people answers. Takes the same time and says the same as theirs, with the same pauses.
 */
export async function signInCitizen(
  services: Services,
  email: string,
  password: string,
  network: string,
): Promise<{ token: string } | null> {
  const byAddress: Attempt = { of: 'address', who: email.trim().toLowerCase() }
  const attempts: Attempt[] = [byAddress, { of: 'network', who: network }]
  await refuseTooMany(services, attempts)
  const found = await sql<{ organisation_id: string; citizen_id: string; password_hash: string }>`
    select * from citizen_to_sign_in(${email.trim()})`.execute(services.database.app)
  const citizen = found.rows[0]
  if (citizen === undefined) return null
  if (!(await checkPassword(password, citizen.password_hash))) {
    await countWrong(services, attempts)
    fail(wrongCredentials())
  }
  const token = await insideTenant(services, citizen.organisation_id, (ctx) => beginSession(ctx, citizen.citizen_id))
  await forgetWrong(services, byAddress)
  return { token }
}

/** Begins a session in the open transaction; only the token's digest is stored. */
export async function beginSession(ctx: TxContext, citizenId: string): Promise<string> {
  const { token, digest } = newToken(prefix)
  await insertSession(ctx, citizenId, digest, citizenPeriods.sessionHours)
  return token
}

type SessionRow = {
  organisation_id: string
  organisation_name: string
  zone: string
  is_demo: boolean
  citizen_id: string
  email: string
  is_stale: boolean
}

/** The citizen of a session's token, or null when it is unknown, expired or ended. */
export async function findCitizen(services: Services, token: string, language: Language): Promise<Citizen | null> {
  const digest = tokenDigest(token)
  const found = await sql<SessionRow>`select * from session_citizen(${digest})`.execute(services.database.app)
  const row = found.rows[0]
  if (row === undefined) return null
  if (row.is_stale) await insideTenant(services, row.organisation_id, (ctx) => touchSession(ctx, digest))
  const publisher = { id: row.organisation_id, name: row.organisation_name, zone: row.zone, isDemo: row.is_demo }
  const context = anybodyAt(services, { ...publisher, ipaCode: null }, language)
  return { context, citizenId: row.citizen_id, email: row.email }
}

/** Ends a citizen's session. */
export async function signOutCitizen(services: Services, token: string): Promise<void> {
  const citizen = await findCitizen(services, token, 'it')
  if (citizen === null) return
  await insideTenant(services, citizen.context.organisationId, (ctx) => deleteSession(ctx, tokenDigest(token)))
}
