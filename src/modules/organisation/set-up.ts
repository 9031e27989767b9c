/** The first steps of an administration, and which ones there are. The only operations above the walls between them. */
import { randomUUIDv7 } from 'node:crypto'
import { systemContext } from '../../platform/auth/actors.ts'
import { calendarRulesSchema } from '../../platform/calendar.ts'
import type { Services, TxContext } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import { fail, Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { phrasing } from '../../platform/violations.ts'
import { addAccount, requirePassword } from './accounts.ts'
import { addCalendar } from './calendars.ts'
import { insertOrganisation, type StoredOrganisation, selectOrganisations } from './internal/queries/organisations.ts'
import { insertParty } from './internal/queries/teams.ts'
import { record } from './internal/record.ts'
import { addPerson } from './people.ts'
import { conflict, wrong } from './problems.ts'
import { type CreateOrganisationInput, createOrganisationInput } from './schema.ts'
import { organisationTexts } from './texts.ts'

/** An administration, as `systemContext` wants it. */
export type Organisation = StoredOrganisation

/** What a new administration begins with. */
export type CreatedOrganisation = {
  organisation: Organisation
  partyId: string
  administratorId: string
  accountId: string
  calendarId: string
}

/** The first calendar begins before anything anybody will bring along. */
const calendarFrom = '2000-01-01'
const workingWeek = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))

/** Creates an administration with its first administrator and working calendar, in one transaction, as owner. */
export async function createOrganisation(
  services: Services,
  input: CreateOrganisationInput,
): Promise<CreatedOrganisation> {
  const { administrator, ...request } = parse(createOrganisationInput, input)
  if (!calendarRulesSchema.shape.zone.safeParse(request.zone).success)
    throw wrong('zone', (t) => t.calendar.zone_unknown)
  requirePassword(administrator.password, administrator.email, 'administrator.password')
  const organisation = { id: randomUUIDv7(), ...request }
  const partyId = randomUUIDv7()
  return services.database.owner.transaction().execute(async (db) => {
    await phrasing({ organisation_ipa_code_key: () => wrong('ipaCode', (t) => t.problems.codeTaken) }, () =>
      insertOrganisation(db, organisation),
    )
    // Nobody listens to an administration that does not exist yet: what waits for the commit may be left out.
    const ctx: TxContext = {
      ...systemContext(services, organisation, 'Prima configurazione', 'cli'),
      db,
      onCommit: () => undefined,
    }
    await insertParty(ctx, { id: partyId, kind: 'administration', name: organisation.name })
    const { id, name, ...payload } = organisation
    await record(ctx, {
      subjectType: 'organisation',
      subjectId: id,
      kind: 'organisation.added',
      payload,
      text: { name },
    })
    await record(ctx, {
      subjectType: 'party',
      subjectId: partyId,
      kind: 'party.added',
      payload: { kind: 'administration' },
      text: { name },
    })
    const { password, ...person } = administrator
    const { id: administratorId } = await addPerson(ctx, { ...person, roles: ['employee', 'administrator'] })
    const { id: accountId } = await addAccount(ctx, { personId: administratorId, email: administrator.email, password })
    const rules = { weekly: workingWeek, holidays: 'italian', patronDay: null, exceptions: [] }
    const { id: calendarId } = await addCalendar(ctx, {
      name: organisationTexts.it.calendar.defaultName,
      from: calendarFrom,
      rules,
    })
    return { organisation, partyId, administratorId, accountId, calendarId }
  })
}

/** Every administration of this installation, by name. */
export async function listOrganisations(services: Services): Promise<Organisation[]> {
  return selectOrganisations(services.database.owner)
}

/** The only administration; refused when there is none yet, or when there are several to choose from. */
export async function soleOrganisation(services: Services): Promise<Organisation> {
  const [first, second, ...rest] = await listOrganisations(services)
  if (first === undefined)
    return fail(
      new Problem(
        'not_found',
        'no_organisation',
        say(organisationTexts, (t) => t.problems.noOrganisation),
      ),
    )
  if (second === undefined) return first
  const names = [first, second, ...rest].map(({ name }) => name).join(', ')
  return fail(conflict('several_organisations', (t) => t.problems.severalOrganisations(names)))
}
