/** For tests only: the city as it was loaded, in the shape that stories are told from. */
import type { City, DemoPerson } from './city.ts'
import type { TestCity } from './testing.ts'

export async function loadedCity({ services, organisationId }: TestCity): Promise<City> {
  const { owner } = services.database
  const parties = await owner.selectFrom('party').select(['id', 'kind']).execute()
  const roles = await owner.selectFrom('person_role').select(['person_id', 'role']).execute()
  const members = await owner.selectFrom('team_member').select(['team_id', 'person_id']).execute()
  const idOf = (kind: string) => parties.find((party) => party.kind === kind)?.id ?? ''
  const people = await owner.selectFrom('person').selectAll().where('left_on', 'is', null).orderBy('id').execute()
  const firstId = async (table: 'calendar' | 'desk_agreement_version') =>
    (await owner.selectFrom(table).select('id').executeTakeFirstOrThrow()).id
  return {
    organisationId,
    administrationId: idOf('administration'),
    supplierId: idOf('supplier'),
    calendarId: await firstId('calendar'),
    agreementId: await firstId('desk_agreement_version'),
    sites: await owner.selectFrom('site').select(['id', 'code', 'name', 'address']).execute(),
    offices: (await owner.selectFrom('office').selectAll().execute()).map((office) => ({
      id: office.id,
      parentId: office.parent_id,
      kind: office.kind,
      code: office.code,
      ipaCode: office.ipa_code,
      name: office.name,
      siteId: office.site_id ?? '',
    })),
    people: people.map(
      (person): DemoPerson => ({
        id: person.id,
        party: person.party_id === idOf('supplier') ? 'supplier' : 'administration',
        officeId: person.office_id,
        givenName: person.given_name,
        familyName: person.family_name,
        email: person.email ?? '',
        phone: person.phone,
        siteId: person.site_id,
        room: person.room,
        roles: roles.filter((one) => one.person_id === person.id).map(({ role }) => role),
        hasAccount: false,
      }),
    ),
    teams: (await owner.selectFrom('team').selectAll().execute()).map(({ id, name, tier }) => ({
      id,
      name,
      tier: tier === 1 ? 1 : 2,
      memberIds: members.filter((one) => one.team_id === id).map((one) => one.person_id),
    })),
    items: (await owner.selectFrom('consumable_item').selectAll().execute()).map(
      ({ id, code, name, printer_model }) => ({ id, code, name, printerModel: printer_model }),
    ),
  }
}
