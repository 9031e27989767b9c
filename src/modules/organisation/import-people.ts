/** People of the administration from a CSV file: the whole file or nothing. */
import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import { type Context, type TxContext, transact } from '../../platform/context.ts'
import { allow, roles as allRoles, type Role } from '../../platform/permissions.ts'
import { phrasing } from '../../platform/violations.ts'
import { codeOf, type Findings, find, findRepeated, type Row, readRows, refuseFile } from './internal/import-file.ts'
import { forgetPlans, insertEvents } from './internal/queries/events.ts'
import { lockTree, selectSites, selectTree } from './internal/queries/offices.ts'
import {
  insertPeople,
  lockAdministrators,
  lockPeopleByEmail,
  type PersonFacts,
  replaceRoles,
  type StoredPerson,
  updatePeople,
} from './internal/queries/people.ts'
import { selectParty } from './internal/queries/teams.ts'
import { forbiddenRole } from './internal/roles.ts'
import { personHappening, personViolations, requireAdministrator } from './people.ts'
import type { ImportResult } from './schema.ts'

/** Columns of the file; a column that may be left out keeps what is known. */
export const peopleColumns = {
  required: ['email', 'given_name', 'family_name', 'office_code'],
  optional: ['phone', 'site_code', 'room', 'roles'],
}

const cell = (most: number) => z.string().trim().max(most)
const personRow = z.object({
  email: cell(200).min(1).toLowerCase().pipe(z.email()),
  given_name: cell(200).min(1),
  family_name: cell(200).min(1),
  office_code: cell(50),
  phone: cell(50).optional(),
  site_code: cell(50).optional(),
  room: cell(50).optional(),
  roles: cell(500).optional(),
})
type PersonValues = z.output<typeof personRow>

/**
 * Adds the people whose address is new and changes those that differ; nobody is removed. `roles` are parted by commas;
 * an empty cell makes a new person an employee and leaves the roles of a known one. Refused as a whole, with line and
 * column of everything that is wrong. The same file again changes nothing and leaves no event.
 */
export async function importPeople(ctx: Context, bytes: Uint8Array): Promise<ImportResult> {
  allow(ctx.actor, 'organisation.manage')
  const findings: Findings = []
  const rows = readRows(bytes, peopleColumns, personRow, findings)
  findRepeated(findings, rows, 'email', ({ email }) => email)
  return transact({ ...ctx, door: 'import' }, async (ctx) => {
    await lockTree(ctx)
    await lockAdministrators(ctx)
    const places = await loadPlaces(ctx)
    const stored = new Map(
      (
        await lockPeopleByEmail(
          ctx,
          rows.map(({ values }) => values.email),
        )
      ).map((person) => [person.email, person]),
    )
    const wanted = rows.flatMap((row) => wantedPerson(row, stored.get(row.values.email), places, findings))
    refuseFile(findings)
    return write(ctx, wanted, stored)
  })
}

type Places = { partyId: string; offices: ReadonlyMap<string, string>; sites: ReadonlyMap<string, string> }
type WantedPerson = PersonFacts & { roles: Role[] }

async function loadPlaces(ctx: TxContext): Promise<Places> {
  const party = await selectParty(ctx, { kind: 'administration' })
  if (party === undefined) throw new Error('Every organisation has its administration as a party')
  const open = (await selectTree(ctx)).filter((office) => office.closedOn === null)
  return {
    partyId: party.id,
    offices: new Map(open.map((office) => [office.code, office.id])),
    sites: new Map((await selectSites(ctx)).map((site) => [site.code, site.id])),
  }
}

function wantedPerson(
  { line, values }: Row<PersonValues>,
  before: StoredPerson | undefined,
  places: Places,
  findings: Findings,
): WantedPerson[] {
  const officeId = values.office_code === '' ? null : places.offices.get(values.office_code)
  const siteId =
    values.site_code === undefined
      ? (before?.siteId ?? null)
      : values.site_code === ''
        ? null
        : places.sites.get(values.site_code)
  if (officeId === undefined) find(findings, line, 'office_code', (t) => t.import.unknownOffice)
  if (siteId === undefined) find(findings, line, 'site_code', (t) => t.import.unknownSite)
  if (before?.partyKind === 'supplier') find(findings, line, 'email', (t) => t.import.otherParty)
  if (before?.leftOn != null) find(findings, line, 'email', (t) => t.import.personLeft)
  const roles = values.roles ? rolesIn(line, values.roles, findings) : (before?.roles ?? ['employee'])
  if (officeId === undefined || siteId === undefined) return []
  return [
    {
      id: before?.id ?? randomUUIDv7(),
      partyId: places.partyId,
      officeId,
      siteId,
      givenName: values.given_name,
      familyName: values.family_name,
      email: values.email,
      phone: values.phone ?? before?.phone ?? '',
      room: values.room ?? before?.room ?? '',
      roles: roles.toSorted(),
    },
  ]
}

function rolesIn(line: number, cell: string, findings: Findings): Role[] {
  const roles = new Set<Role>()
  for (const word of cell
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const role = codeOf((t) => t.roles, allRoles, word)
    if (role === null) find(findings, line, 'roles', (t) => t.import.unknownRole(word, allRoles.join(', ')))
    else roles.add(role)
  }
  const forbidden = forbiddenRole('administration', [...roles])
  if (forbidden !== null) find(findings, line, 'roles', (t) => t.problems.roleOfSupplier(t.roles[forbidden]))
  return [...roles]
}

async function write(
  ctx: TxContext,
  wanted: readonly WantedPerson[],
  stored: ReadonlyMap<string, StoredPerson>,
): Promise<ImportResult> {
  const added = wanted.filter(({ email }) => !stored.has(email))
  const changed = wanted.filter((person) => differs(person, stored.get(person.email)))
  const withOtherRoles = changed.filter((person) => !sameRoles(person.roles, stored.get(person.email)?.roles))
  await forgetPlans(ctx)
  // Somebody may add the same person by hand in this very moment: then the constraint speaks.
  await phrasing(personViolations, () => insertPeople(ctx, added))
  await updatePeople(ctx, changed)
  await forgetPlans(ctx)
  await replaceRoles(ctx, [...added, ...withOtherRoles])
  if (withOtherRoles.some(({ email }) => stored.get(email)?.roles.includes('administrator')))
    await requireAdministrator(ctx)
  await forgetPlans(ctx)
  await insertEvents(ctx, [
    ...added.map((person) => personHappening('person.added', person, person.roles)),
    ...changed.map((person) => personHappening('person.changed', person, person.roles)),
  ])
  if (added.length + changed.length > 0) ctx.services.live.announce(ctx)
  return { added: added.length, changed: changed.length, unchanged: wanted.length - added.length - changed.length }
}

const compared = ['givenName', 'familyName', 'officeId', 'siteId', 'phone', 'room'] as const

function differs(person: WantedPerson, before: StoredPerson | undefined): boolean {
  return (
    before !== undefined &&
    (compared.some((field) => person[field] !== before[field]) || !sameRoles(person.roles, before.roles))
  )
}

function sameRoles(one: readonly Role[], other: readonly Role[] | undefined): boolean {
  return one.toSorted().join() === (other ?? []).toSorted().join()
}
