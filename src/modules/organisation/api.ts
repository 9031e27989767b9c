/** The organisation's API: offices, sites, people, accounts, keys, parties, teams, calendars, imports. */
import { createRoute, z } from '@hono/zod-openapi'
import { type Api, problemResponses, unsupportedType } from '../../platform/http/api.ts'
import { addAccount, disableAccount, enableAccount, removeSecondFactor, resetPassword } from './accounts.ts'
import { addCalendar, addCalendarVersion, listCalendars } from './calendars.ts'
import { leavePerson, readmitPerson } from './departures.ts'
import { importOffices } from './import-offices.ts'
import { importPeople } from './import-people.ts'
import {
  addRoute,
  answer,
  changeRoute,
  findRoute,
  listRoute,
  security,
  switchRoute,
  tags,
  undoRoute,
} from './internal/routes.ts'
import { addApiKey, listApiKeys, revokeApiKey } from './keys.ts'
import { addOffice, changeOffice, closeOffice, findOffice, listOffices, reopenOffice } from './offices.ts'
import { addSupplier, listParties } from './parties.ts'
import { addPerson, changePerson, findPeople, findPerson, listPeople, setRoles } from './people.ts'
import {
  accountInput,
  addApiKeyInput,
  addCalendarInput,
  addCalendarVersionInput,
  addedApiKey,
  addedRow,
  addOfficeInput,
  addPersonInput,
  addSiteInput,
  addSupplierInput,
  addTeamInput,
  apiKeyList,
  calendarList,
  changedRow,
  changeOfficeInput,
  changePersonInput,
  changeSiteInput,
  changeTeamInput,
  findPeopleInput,
  foundPeople,
  importResult,
  leavePersonInput,
  listOfficesInput,
  listPeopleInput,
  office,
  officeList,
  partyList,
  personDetail,
  personPage,
  resetPasswordInput,
  setRolesInput,
  setTeamMembersInput,
  siteList,
  teamList,
  teamMembers,
  versionInput,
} from './schema.ts'
import { addSite, changeSite, listSites } from './sites.ts'
import { addTeam, changeTeam, listTeamMembers, listTeams, setTeamMembers } from './teams.ts'

/** Adds the organisation to the API. */
export function registerOrganisationApi(api: Api) {
  registerOffices(api)
  registerPeople(api)
  registerComingAndGoing(api)
  registerKeys(api)
  registerTeams(api)
  registerCalendars(api)
  registerImport(
    api,
    '/imports/offices',
    'Load offices from CSV (code;kind;name;parent_code;ipa_code;site_code)',
    importOffices,
  )
  registerImport(
    api,
    '/imports/people',
    'Load people from CSV (email;given_name;family_name;office_code;phone;site_code;room;roles)',
    importPeople,
  )
}

function registerOffices(api: Api) {
  api.openapi(
    listRoute('/offices', 'The chart of offices, from the top down', listOfficesInput, officeList),
    async (c) => c.json({ rows: await listOffices(c.get('context'), c.req.valid('query')) }, 200),
  )
  api.openapi(addRoute('/offices', 'Add an office', addOfficeInput, addedRow), async (c) =>
    c.json(await addOffice(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(findRoute('/offices/{id}', 'One office', office), async (c) =>
    c.json(await findOffice(c.get('context'), c.req.valid('param').id), 200),
  )
  api.openapi(changeRoute('/offices/{id}', 'Change an office', changeOfficeInput, changedRow), async (c) =>
    c.json(await changeOffice(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(changeRoute('/offices/{id}/closure', 'Close an office', versionInput, changedRow), async (c) =>
    c.json(await closeOffice(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(undoRoute('/offices/{id}/closure', 'Open a closed office again'), async (c) =>
    c.json(await reopenOffice(c.get('context'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  api.openapi(listRoute('/sites', 'The sites', z.object({}), siteList), async (c) =>
    c.json({ rows: await listSites(c.get('context')) }, 200),
  )
  api.openapi(addRoute('/sites', 'Add a site', addSiteInput, addedRow), async (c) =>
    c.json(await addSite(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(changeRoute('/sites/{id}', 'Change a site', changeSiteInput, changedRow), async (c) =>
    c.json(await changeSite(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerPeople(api: Api) {
  api.openapi(listRoute('/people', 'People by family name, one page', listPeopleInput, personPage), async (c) =>
    c.json(await listPeople(c.get('context'), c.req.valid('query')), 200),
  )
  api.openapi(
    listRoute('/people/matches', 'People for a picker, from three letters on', findPeopleInput, foundPeople),
    async (c) => {
      const { words, limit } = c.req.valid('query')
      return c.json({ rows: await findPeople(c.get('context'), words, limit) }, 200)
    },
  )
  api.openapi(addRoute('/people', 'Add a person', addPersonInput, addedRow), async (c) =>
    c.json(await addPerson(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(findRoute('/people/{id}', 'One person', personDetail), async (c) =>
    c.json(await findPerson(c.get('context'), c.req.valid('param').id), 200),
  )
  api.openapi(changeRoute('/people/{id}', 'Change a person', changePersonInput, changedRow), async (c) =>
    c.json(await changePerson(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(
    changeRoute('/people/{id}/roles', 'Give a person exactly these roles', setRolesInput, changedRow),
    async (c) => c.json(await setRoles(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerComingAndGoing(api: Api) {
  api.openapi(
    changeRoute('/people/{id}/departure', 'Record that a person has left', leavePersonInput, changedRow),
    async (c) => c.json(await leavePerson(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(undoRoute('/people/{id}/departure', 'Record that a person is back'), async (c) =>
    c.json(await readmitPerson(c.get('context'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  api.openapi(changeRoute('/people/{id}/account', 'Let a person sign in', accountInput, addedRow, 'post'), async (c) =>
    c.json(await addAccount(c.get('context'), { ...c.req.valid('json'), personId: c.req.valid('param').id }), 200),
  )
  api.openapi(
    changeRoute('/people/{id}/account/password', 'Give a person a new password', resetPasswordInput, addedRow),
    async (c) => c.json(await resetPassword(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(switchRoute('put', '/people/{id}/account/suspension', 'Keep a person from signing in'), async (c) =>
    c.json(await disableAccount(c.get('context'), c.req.valid('param').id), 200),
  )
  api.openapi(
    switchRoute('delete', '/people/{id}/account/second-factor', 'Take a lost second factor away'),
    async (c) => c.json(await removeSecondFactor(c.get('context'), c.req.valid('param').id), 200),
  )
  api.openapi(switchRoute('delete', '/people/{id}/account/suspension', 'Let a person sign in again'), async (c) =>
    c.json(await enableAccount(c.get('context'), c.req.valid('param').id), 200),
  )
}

function registerKeys(api: Api) {
  api.openapi(listRoute('/keys', 'API keys', z.object({}), apiKeyList), async (c) =>
    c.json({ rows: await listApiKeys(c.get('context')) }, 200),
  )
  api.openapi(addRoute('/keys', 'Make an API key; its token is told once', addApiKeyInput, addedApiKey), async (c) =>
    c.json(await addApiKey(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(switchRoute('put', '/keys/{id}/revocation', 'Revoke an API key'), async (c) =>
    c.json(await revokeApiKey(c.get('context'), c.req.valid('param').id), 200),
  )
}

function registerTeams(api: Api) {
  api.openapi(listRoute('/parties', 'The administration and its suppliers', z.object({}), partyList), async (c) =>
    c.json({ rows: await listParties(c.get('context')) }, 200),
  )
  api.openapi(addRoute('/parties', 'Add a supplier', addSupplierInput, addedRow), async (c) =>
    c.json(await addSupplier(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(listRoute('/teams', 'The teams', z.object({}), teamList), async (c) =>
    c.json({ rows: await listTeams(c.get('context')) }, 200),
  )
  api.openapi(addRoute('/teams', 'Add a team', addTeamInput, addedRow), async (c) =>
    c.json(await addTeam(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(changeRoute('/teams/{id}', 'Change a team', changeTeamInput, changedRow), async (c) =>
    c.json(await changeTeam(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  api.openapi(findRoute('/teams/{id}/members', 'Who is in a team', teamMembers), async (c) =>
    c.json({ rows: await listTeamMembers(c.get('context'), c.req.valid('param').id) }, 200),
  )
  api.openapi(
    changeRoute('/teams/{id}/members', 'Give a team exactly these people', setTeamMembersInput, changedRow),
    async (c) => c.json(await setTeamMembers(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerCalendars(api: Api) {
  api.openapi(listRoute('/calendars', 'Working calendars with their versions', z.object({}), calendarList), async (c) =>
    c.json({ rows: await listCalendars(c.get('context')) }, 200),
  )
  api.openapi(addRoute('/calendars', 'Add a calendar with its first version', addCalendarInput, addedRow), async (c) =>
    c.json(await addCalendar(c.get('context'), c.req.valid('json')), 201),
  )
  api.openapi(
    changeRoute('/calendars/{id}/versions', 'Add a version to a calendar', addCalendarVersionInput, addedRow, 'post'),
    async (c) => c.json(await addCalendarVersion(c.get('context'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
}

function registerImport(api: Api, path: string, summary: string, load: typeof importOffices) {
  const route = createRoute({
    method: 'post',
    path,
    summary,
    tags,
    security,
    request: { body: { content: { 'text/csv': { schema: z.string() } }, required: true } },
    responses: { 200: answer(importResult, 'Loaded'), ...problemResponses },
  })
  api.openapi(route, async (c) => {
    if (!c.req.header('content-type')?.toLowerCase().startsWith('text/csv')) throw unsupportedType('text/csv')
    return c.json(await load(c.get('context'), new Uint8Array(await c.req.arrayBuffer())), 200)
  })
}
