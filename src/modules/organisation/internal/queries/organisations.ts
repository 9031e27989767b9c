/** Every SQL statement that looks at administrations from above their walls, as owner of the tables. */
import type { Kysely } from 'kysely'
import type { Rows } from '../../../../platform/rows.gen.ts'

export type StoredOrganisation = { id: string; name: string; ipaCode: string | null; zone: string; isDemo: boolean }

export async function insertOrganisation(db: Kysely<Rows>, organisation: StoredOrganisation): Promise<void> {
  const { id, name, ipaCode, zone, isDemo } = organisation
  await db.insertInto('organisation').values({ id, name, ipa_code: ipaCode, zone, is_demo: isDemo }).execute()
}

export async function selectOrganisations(db: Kysely<Rows>): Promise<StoredOrganisation[]> {
  return db
    .selectFrom('organisation')
    .select(['id', 'name', 'ipa_code as ipaCode', 'zone', 'is_demo as isDemo'])
    .orderBy('name')
    .orderBy('id')
    .limit(1000)
    .execute()
}
