/** People: finding, adding, changing them. Coming and going is in `departures.ts`. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, read, type TxContext, transact } from '../../platform/context.ts'
import { decodeCursor, encodeCursor } from '../../platform/cursor.ts'
import { parse } from '../../platform/http/parse.ts'
import { claimKey } from '../../platform/idempotency.ts'
import { allow, type Role } from '../../platform/permissions.ts'
import { fail, notFound, type Problem } from '../../platform/problem.ts'
import { phrasing } from '../../platform/violations.ts'
import { lockAccount, updateAccount } from './internal/queries/accounts.ts'
import { lockOffice } from './internal/queries/offices.ts'
import {
  hasAdministrator,
  insertPeople,
  lockAdministrators,
  lockPerson,
  type PersonFacts,
  replaceRoles,
  type StoredPerson,
  selectFoundPeople,
  selectPeople,
  selectPerson,
  touchPerson,
  updatePeople,
} from './internal/queries/people.ts'
import { selectParty } from './internal/queries/teams.ts'
import { type Happening, record, requireVersion } from './internal/record.ts'
import { forbiddenRole, type PartyKind } from './internal/roles.ts'
import { conflict, wrong } from './problems.ts'
import {
  type AddedRow,
  type AddPersonInput,
  addPersonInput,
  type ChangedRow,
  type ChangePersonInput,
  changePersonInput,
  type FoundPerson,
  findPeopleInput,
  type ListPeopleInput,
  listPeopleInput,
  type PersonDetail,
  type PersonPage,
  type SetRolesInput,
  setRolesInput,
} from './schema.ts'

const personTuple = z.tuple([z.string(), z.string(), z.uuid()])

/** One page of people by family name. */
export async function listPeople(ctx: Context, input: ListPeopleInput = {}): Promise<PersonPage> {
  allow(ctx.actor, 'organisation.manage')
  const { cursor, limit, ...filter } = parse(listPeopleInput, input)
  const after = cursor === undefined ? null : decodeCursor(cursor, filter, personTuple)
  return read(ctx, async (ctx) => {
    const found = await selectPeople(ctx, filter, after, limit)
    const rows = found.slice(0, limit)
    const last = rows.at(-1)
    const nextCursor =
      last && found.length > limit ? encodeCursor([last.familyName, last.givenName, last.id], filter) : null
    return { rows, nextCursor }
  })
}

/** The people a picker offers for some letters of name, number or office; nobody for fewer than three letters. */
export async function findPeople(ctx: Context, words: string, limit?: number): Promise<FoundPerson[]> {
  allow(ctx.actor, 'people.find')
  const request = parse(findPeopleInput, { words, limit })
  if (request.words.length < 3) return []
  return read(ctx, (ctx) => selectFoundPeople(ctx, request.words, request.limit))
}

/** One person with account and teams. */
export async function findPerson(ctx: Context, id: string): Promise<PersonDetail> {
  allow(ctx.actor, 'organisation.manage')
  return read(ctx, async (ctx) => (await selectPerson(ctx, id)) ?? fail(notFound()))
}

/** Adds a person of the administration, or of the party named, with roles that fit the party. */
export async function addPerson(ctx: Context, input: AddPersonInput): Promise<AddedRow> {
  allow(ctx.actor, 'organisation.manage')
  const request = parse(addPersonInput, input)
  return transact(ctx, async (ctx) => {
    const id = randomUUIDv7()
    const earlier = await claimKey(ctx, 'person.add', request, id)
    if (earlier !== null) return { id: earlier }
    const party = await selectParty(
      ctx,
      request.partyId === null ? { kind: 'administration' } : { id: request.partyId },
    )
    if (party === undefined) throw wrong('partyId', (t) => t.problems.unknownParty)
    requireRoles(party.kind, request.roles)
    await requireOpenOffice(ctx, request.officeId)
    const added = { ...request, id, partyId: party.id }
    await phrasing(personViolations, () => insertPeople(ctx, [added]))
    await replaceRoles(ctx, [added])
    await record(ctx, personHappening('person.added', added, request.roles))
    return { id }
  })
}

/** Changes name, address, office, place of a person. A sign-in address that was the same follows the new one. */
export async function changePerson(ctx: Context, id: string, input: ChangePersonInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, ...request } = parse(changePersonInput, input)
  return transact(ctx, async (ctx) => {
    const found = await personToChange(ctx, id, version)
    if (request.officeId !== found.officeId) await requireOpenOffice(ctx, request.officeId)
    const changed = { ...request, id, partyId: found.partyId }
    await phrasing(personViolations, () => updatePeople(ctx, [changed]))
    const account = await lockAccount(ctx, id)
    if (account?.email === found.email && found.email !== changed.email) {
      await phrasing(personViolations, () => updateAccount(ctx, account.id, { email: changed.email }))
      await record(
        ctx,
        {
          subjectType: 'account',
          subjectId: account.id,
          kind: 'account.email_changed',
          payload: {},
          text: { email: changed.email },
        },
        'security',
      )
    }
    await record(ctx, personHappening('person.changed', changed, found.roles))
    return { id, version: version + 1 }
  })
}

/** Gives a person exactly these roles; refused when they do not fit the party, or nobody would administer any more. */
export async function setRoles(ctx: Context, id: string, input: SetRolesInput): Promise<ChangedRow> {
  allow(ctx.actor, 'organisation.manage')
  const { version, roles } = parse(setRolesInput, input)
  return transact(ctx, async (ctx) => {
    await lockAdministrators(ctx)
    const found = await personToChange(ctx, id, version)
    requireRoles(found.partyKind, roles)
    await replaceRoles(ctx, [{ id, roles }])
    await touchPerson(ctx, id)
    if (found.roles.includes('administrator')) await requireAdministrator(ctx)
    await record(ctx, {
      subjectType: 'person',
      subjectId: id,
      kind: 'person.roles_set',
      payload: { roles, before: found.roles },
    })
    return { id, version: version + 1 }
  })
}

/** The person, locked; refused when unknown, changed since `version`, or gone. */
export async function personToChange(ctx: TxContext, id: string, version: number): Promise<StoredPerson> {
  const found = (await lockPerson(ctx, id)) ?? fail(notFound())
  await requireVersion(ctx, 'person', found, version)
  if (found.leftOn !== null) throw conflict('person_left', (t) => t.problems.personLeft)
  return found
}

/** Goes on while somebody who administers can sign in. */
export async function requireAdministrator(ctx: TxContext): Promise<void> {
  if (!(await hasAdministrator(ctx))) throw conflict('last_administrator', (t) => t.problems.lastAdministrator)
}

/** The event of a person as they now are: ids and roles in the payload, the rest in the erasable text. */
export function personHappening(
  kind: 'person.added' | 'person.changed',
  person: PersonFacts,
  roles: readonly Role[],
): Happening {
  const { id, partyId, officeId, siteId, givenName, familyName, email, phone, room } = person
  const payload = { partyId, officeId, siteId, roles: roles.toSorted() }
  return { subjectType: 'person', subjectId: id, kind, payload, text: { givenName, familyName, email, phone, room } }
}

function requireRoles(party: PartyKind, roles: readonly Role[]): void {
  const role = forbiddenRole(party, roles)
  if (role === null) return
  throw wrong('roles', (t) =>
    party === 'supplier' ? t.problems.roleOfAdministration(t.roles[role]) : t.problems.roleOfSupplier(t.roles[role]),
  )
}

async function requireOpenOffice(ctx: TxContext, officeId: string | null): Promise<void> {
  if (officeId === null) return
  const office = await lockOffice(ctx, officeId, 'share')
  if (office === undefined) throw wrong('officeId', (t) => t.problems.unknownOffice)
  if (!office.isOpen) throw wrong('officeId', (t) => t.problems.officeClosed)
}

/** What the constraints on people and their accounts mean. */
export const personViolations: Record<string, () => Problem> = {
  person_organisation_id_email_key: () => wrong('email', (t) => t.problems.emailTaken),
  person_organisation_id_office_id_fkey: () => wrong('officeId', (t) => t.problems.unknownOffice),
  person_organisation_id_site_id_fkey: () => wrong('siteId', (t) => t.problems.unknownSite),
  account_email_key: () => wrong('email', (t) => t.problems.accountEmailTaken),
}
