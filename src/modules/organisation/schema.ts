/** Inputs and outputs of offices, people, accounts, teams, calendars: the one contract of API, forms and command line. */
import { z } from '@hono/zod-openapi'
import { type Action, permissions, roles } from '../../platform/permissions.ts'
import { officeKinds } from './internal/tree.ts'

const name = z.string().trim().min(1).max(200)
const code = z.string().trim().min(1).max(50)
const email = z.string().trim().toLowerCase().pipe(z.email().max(200))
const password = z.string().max(200)
/** An id, or nothing: forms send an empty string for a choice that was not made. */
const optionalId = z
  .literal('')
  .transform(() => null)
  .or(z.uuid())
  .nullable()
  .default(null)
  .openapi({ type: 'string', format: 'uuid' })
const optionalCode = z
  .string()
  .trim()
  .max(50)
  .transform((text) => text || null)
  .nullable()
  .default(null)
  .openapi({ type: 'string' })
const date = z.iso.date().openapi({ example: '2026-09-01' })
const list = <Item extends z.ZodType>(item: Item, most: number) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(item).max(most))

/** The version the person saw: a change made meanwhile by somebody else is refused as stale. */
const version = z.coerce.number().int().min(1)
export const versionInput = z.object({ version }).openapi('RowVersion')
export type VersionInput = z.input<typeof versionInput>

/** What every addition answers. */
export const addedRow = z.object({ id: z.uuid() }).openapi('Added')
export type AddedRow = z.output<typeof addedRow>
/** What every change answers: the version to send with the next one. */
export const changedRow = z.object({ id: z.uuid(), version: z.int() }).openapi('Changed')
export type ChangedRow = z.output<typeof changedRow>

// Offices and sites

export const addOfficeInput = z
  .object({
    kind: z.enum(officeKinds),
    code: code.openapi({ description: 'The administration’s own code', example: 'S-012' }),
    name,
    parentId: optionalId,
    siteId: optionalId,
    ipaCode: optionalCode.openapi({ description: 'Code of the office in IndicePA' }),
  })
  .openapi('AddOffice')
export type AddOfficeInput = z.input<typeof addOfficeInput>
export const changeOfficeInput = addOfficeInput.extend({ version }).openapi('ChangeOffice')
export type ChangeOfficeInput = z.input<typeof changeOfficeInput>
export const listOfficesInput = z
  .object({ closed: z.enum(['without', 'with']).default('without') })
  .openapi('ListOffices')
export type ListOfficesInput = z.input<typeof listOfficesInput>
export const office = z
  .object({
    id: z.uuid(),
    kind: z.enum(officeKinds),
    code: z.string(),
    ipaCode: z.string().nullable(),
    name: z.string(),
    parentId: z.uuid().nullable(),
    siteId: z.uuid().nullable(),
    siteName: z.string().nullable(),
    closedOn: date.nullable(),
    depth: z.int().openapi({ description: '0 at the top of the chart' }),
    version: z.int(),
  })
  .openapi('Office')
export type Office = z.output<typeof office>
export const officeList = z.object({ rows: z.array(office) }).openapi('OfficeList')

export const addSiteInput = z.object({ code, name, address: z.string().trim().max(300).default('') }).openapi('AddSite')
export type AddSiteInput = z.input<typeof addSiteInput>
export const changeSiteInput = addSiteInput.extend({ version }).openapi('ChangeSite')
export type ChangeSiteInput = z.input<typeof changeSiteInput>
export const site = z
  .object({ id: z.uuid(), code: z.string(), name: z.string(), address: z.string(), version: z.int() })
  .openapi('Site')
export type Site = z.output<typeof site>
export const siteList = z.object({ rows: z.array(site) }).openapi('SiteList')

// People

const personFields = {
  givenName: name,
  familyName: name,
  email: email.openapi({ format: 'email' }),
  officeId: optionalId,
  siteId: optionalId.openapi({ description: 'Where the person sits, when it is not the office’s site' }),
  phone: z.string().trim().max(50).default(''),
  room: z.string().trim().max(50).default(''),
}
const roleList = list(z.enum(roles), roles.length)
  .transform((given) => [...new Set(given)])
  .openapi({ type: 'array', items: { type: 'string', enum: [...roles] } })

export const addPersonInput = z
  .object({
    ...personFields,
    partyId: optionalId.openapi({ description: 'The administration when absent' }),
    roles: roleList.default(['employee']),
  })
  .openapi('AddPerson')
export type AddPersonInput = z.input<typeof addPersonInput>
export const changePersonInput = z.object({ ...personFields, version }).openapi('ChangePerson')
export type ChangePersonInput = z.input<typeof changePersonInput>
export const setRolesInput = z.object({ roles: roleList, version }).openapi('SetRoles')
export type SetRolesInput = z.input<typeof setRolesInput>
export const leavePersonInput = z
  .object({ leftOn: date.optional().openapi({ description: 'Today when absent' }), version })
  .openapi('LeavePerson')
export type LeavePersonInput = z.input<typeof leavePersonInput>
export const listPeopleInput = z
  .object({
    words: z.string().trim().max(200).default(''),
    officeId: optionalId,
    partyId: optionalId,
    left: z.enum(['without', 'only']).default('without'),
    cursor: z.string().max(1000).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(25),
  })
  .openapi('ListPeople')
export type ListPeopleInput = z.input<typeof listPeopleInput>
export const findPeopleInput = z
  .object({ words: z.string().trim().max(200), limit: z.coerce.number().int().min(1).max(50).default(10) })
  .openapi('FindPeople')

export const personRow = z
  .object({
    id: z.uuid(),
    givenName: z.string(),
    familyName: z.string(),
    email: z.string(),
    phone: z.string(),
    room: z.string(),
    officeId: z.uuid().nullable(),
    officeName: z.string().nullable(),
    siteId: z.uuid().nullable(),
    siteName: z.string().nullable(),
    partyId: z.uuid(),
    partyName: z.string(),
    partyKind: z.enum(['administration', 'supplier']),
    roles: z.array(z.enum(roles)),
    leftOn: date.nullable(),
    version: z.int(),
  })
  .openapi('PersonRow')
export type PersonRow = z.output<typeof personRow>
export const personPage = z
  .object({ rows: z.array(personRow), nextCursor: z.string().nullable() })
  .openapi('PersonPage')
export type PersonPage = z.output<typeof personPage>
export const personDetail = personRow
  .extend({
    account: z.object({ id: z.uuid(), email: z.string(), isDisabled: z.boolean(), hasTotp: z.boolean() }).nullable(),
    teams: z.array(z.object({ id: z.uuid(), name: z.string() })),
  })
  .openapi('Person')
export type PersonDetail = z.output<typeof personDetail>
/** What a picker shows of a person. */
export const foundPerson = z
  .object({
    id: z.uuid(),
    name: z.string(),
    officeName: z.string().nullable(),
    phone: z.string(),
    room: z.string(),
    siteName: z.string().nullable(),
  })
  .openapi('FoundPerson')
export type FoundPerson = z.output<typeof foundPerson>
export const foundPeople = z.object({ rows: z.array(foundPerson) }).openapi('FoundPeople')

// Accounts and keys

export const accountInput = z.object({ email: email.openapi({ format: 'email' }), password }).openapi('NewAccount')
export const addAccountInput = accountInput.extend({ personId: z.uuid() }).openapi('AddAccount')
export type AddAccountInput = z.input<typeof addAccountInput>
export const setPasswordInput = z.object({ current: password, password }).openapi('SetPassword')
export type SetPasswordInput = z.input<typeof setPasswordInput>
export const resetPasswordInput = z.object({ password }).openapi('ResetPassword')
export type ResetPasswordInput = z.input<typeof resetPasswordInput>
export const languageInput = z.object({ language: z.enum(['it', 'en']) }).openapi('SetLanguage')
export const shortcutsInput = z.object({ hasShortcuts: z.boolean() }).openapi('SetShortcuts')

/** What a key may be narrowed to: the actions of the permission table. */
export const keyScopes = Object.keys(permissions) as [Action, ...Action[]] // the keys of the table are its actions
export const addApiKeyInput = z
  .object({
    name,
    personId: z.uuid().openapi({ description: 'As whom the program acts' }),
    scopes: list(z.enum(keyScopes), keyScopes.length)
      .pipe(z.array(z.enum(keyScopes)).min(1))
      .openapi({ type: 'array', items: { type: 'string', enum: [...keyScopes] } }),
    days: z.coerce.number().int().min(1).max(730).default(365),
  })
  .openapi('AddApiKey')
export type AddApiKeyInput = z.input<typeof addApiKeyInput>
export const addedApiKey = z
  .object({
    id: z.uuid(),
    token: z.string().openapi({ description: 'Shown once' }),
    expiresAt: z.string().openapi({ format: 'date-time' }),
  })
  .openapi('AddedApiKey')
export type AddedApiKey = z.output<typeof addedApiKey>
export const apiKeyRow = z
  .object({
    id: z.uuid(),
    name: z.string(),
    personId: z.uuid(),
    personName: z.string(),
    scopes: z.array(z.string()),
    createdAt: z.string(),
    expiresAt: z.string(),
    revokedAt: z.string().nullable(),
  })
  .openapi('ApiKey')
export type ApiKeyRow = z.output<typeof apiKeyRow>
export const apiKeyList = z.object({ rows: z.array(apiKeyRow) }).openapi('ApiKeyList')

// Parties and teams

export const addSupplierInput = z.object({ name }).openapi('AddSupplier')
export type AddSupplierInput = z.input<typeof addSupplierInput>
export const party = z
  .object({ id: z.uuid(), kind: z.enum(['administration', 'supplier']), name: z.string() })
  .openapi('Party')
export type Party = z.output<typeof party>
export const partyList = z.object({ rows: z.array(party) }).openapi('PartyList')
export const addTeamInput = z
  .object({
    name,
    tier: z.coerce.number().int().min(1).max(2).openapi({ description: '1 answers first, 2 goes deeper' }),
    partyId: z.uuid(),
  })
  .openapi('AddTeam')
export type AddTeamInput = z.input<typeof addTeamInput>
export const changeTeamInput = addTeamInput.extend({ version }).openapi('ChangeTeam')
export type ChangeTeamInput = z.input<typeof changeTeamInput>
export const setTeamMembersInput = z.object({ personIds: list(z.uuid(), 500), version }).openapi('SetTeamMembers')
export type SetTeamMembersInput = z.input<typeof setTeamMembersInput>
export const team = z
  .object({
    id: z.uuid(),
    name: z.string(),
    tier: z.int(),
    partyId: z.uuid(),
    partyName: z.string(),
    members: z.int(),
    version: z.int(),
  })
  .openapi('Team')
export type Team = z.output<typeof team>
export const teamList = z.object({ rows: z.array(team) }).openapi('TeamList')
export const teamMembers = z
  .object({ rows: z.array(z.object({ id: z.uuid(), name: z.string() })) })
  .openapi('TeamMembers')

// Calendars

const validity = {
  from: date,
  until: z
    .literal('')
    .transform(() => null)
    .or(z.iso.date())
    .nullable()
    .default(null)
    .openapi({ type: 'string', format: 'date', description: 'Last day; open-ended when absent' }),
}
const checkbox = z
  .union([z.boolean(), z.enum(['on', 'true', 'false', '']).transform((text) => text === 'on' || text === 'true')])
  .openapi({ type: 'boolean' })
/** Parsed by the operation with `calendarRulesSchema`, whose messages are its own; `zone` may be left out. */
const rules = z.unknown().openapi({
  type: 'object',
  example: {
    weekly: [{ day: 1, from: '08:00', to: '18:00' }],
    holidays: 'italian',
    patronDay: '07-15',
    exceptions: [],
  },
})
export const addCalendarVersionInput = z.object({ ...validity, rules }).openapi('AddCalendarVersion')
export type AddCalendarVersionInput = z.input<typeof addCalendarVersionInput>
export const addCalendarInput = z
  .object({ name, isDefault: checkbox.default(false), ...validity, rules })
  .openapi('AddCalendar')
export type AddCalendarInput = z.input<typeof addCalendarInput>
export const calendar = z
  .object({
    id: z.uuid(),
    name: z.string(),
    isDefault: z.boolean(),
    versions: z.array(
      z.object({
        id: z.uuid(),
        from: date,
        until: date.nullable(),
        knownFrom: z.string(),
        rules: z.unknown().openapi({ type: 'object' }),
      }),
    ),
  })
  .openapi('Calendar')
export const calendarList = z.object({ rows: z.array(calendar) }).openapi('CalendarList')

// Imports and first set-up

export const importResult = z.object({ added: z.int(), changed: z.int(), unchanged: z.int() }).openapi('ImportResult')
export type ImportResult = z.output<typeof importResult>

export const createOrganisationInput = z.object({
  name,
  ipaCode: optionalCode,
  zone: z.string().default('Europe/Rome'),
  isDemo: z.boolean().default(false),
  administrator: z.object({ givenName: name, familyName: name, email, password }),
})
export type CreateOrganisationInput = z.input<typeof createOrganisationInput>

/** Days of the administration, both included. */
export const accessesInput = z.object({ from: z.iso.date(), to: z.iso.date() })
export type AccessesInput = z.input<typeof accessesInput>
