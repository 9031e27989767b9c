/** From a person, a key or a name to the context their operations run in. */
import { sql } from 'kysely'
import {
  type Actor,
  type Context,
  type Door,
  read,
  type Services,
  systemActor,
  type TxContext,
  transact,
} from '../context.ts'
import type { Role } from '../permissions.ts'
import type { Language } from '../texts.ts'
import { tokenDigest } from './secrets.ts'

/** Who acts, as the database's `actor_of` tells it. */
export type ActorJson = {
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

/** The context of somebody the database knows. */
export function contextOf(services: Services, json: ActorJson, door: Door, language: Language): Context {
  const { organisationId, organisationName, zone, isDemo, ...rest } = json
  const actor: Actor = { ...rest, scopes: null, isSystem: false }
  return { services, organisationId, organisationName, zone, isDemo, actor, door, language }
}

/** Work of SITEC's own inside a tenant, before anybody is signed in. */
export function insideTenant<Result>(
  services: Services,
  organisationId: string,
  work: (ctx: TxContext) => Promise<Result>,
): Promise<Result> {
  return transact(
    systemContext(services, { id: organisationId, name: '', zone: 'Europe/Rome', isDemo: false }, 'sign-in', 'portal'),
    work,
  )
}

/** SITEC itself acting inside a tenant known by its id alone; for jobs. */
export async function systemContextFor(services: Services, organisationId: string, name: string): Promise<Context> {
  const unnamed = systemContext(
    services,
    { id: organisationId, name: '', zone: 'Europe/Rome', isDemo: false },
    name,
    'job',
  )
  const found = await read(unnamed, (ctx) =>
    ctx.db
      .selectFrom('organisation')
      .select(['name', 'zone', 'is_demo'])
      .where('id', '=', organisationId)
      .executeTakeFirstOrThrow(),
  )
  return { ...unnamed, organisationName: found.name, zone: found.zone, isDemo: found.is_demo }
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
