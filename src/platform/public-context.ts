/** Who publishes: the administration whose pages anybody may read, and the context of somebody who has no account. */
import { sql } from 'kysely'
import type { Context, Services } from './context.ts'
import type { Language } from './texts.ts'

/** The administration of the public pages; one an installation, the first that was set up. */
export type Publisher = { id: string; name: string; ipaCode: string | null; zone: string; isDemo: boolean }

/** The publisher as it is now; null before the installation has an administration. */
export async function findPublisher(services: Pick<Services, 'database'>): Promise<Publisher | null> {
  const found = await sql<Publisher>`
    select id, name, ipa_code as "ipaCode", zone, is_demo as "isDemo" from public_organisation()`.execute(
    services.database.app,
  )
  return found.rows[0] ?? null
}

/** The context of anybody at all: no roles, so every operation that asks for a permission refuses. */
export function anybodyAt(services: Services, publisher: Publisher, language: Language): Context {
  return {
    services,
    organisationId: publisher.id,
    organisationName: publisher.name,
    zone: publisher.zone,
    isDemo: publisher.isDemo,
    door: 'portal',
    language,
    actor: {
      personId: null,
      roles: [],
      teamIds: [],
      officeIds: [],
      scopes: null,
      isSystem: false,
      name: '',
      partyId: null,
      partyKind: null,
      officeId: null,
      officeName: null,
      siteName: null,
      room: '',
    },
  }
}
