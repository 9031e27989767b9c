/** Loads the demo city into an empty database by COPY, deterministic but for today's date. */
import type pg from 'pg'
import { firstTerms } from '../src/modules/servicedesk/internal/agreement.ts'
import { systemContextFor } from '../src/platform/auth/actors.ts'
import { hashPassword } from '../src/platform/auth/secrets.ts'
import { type Services, transact } from '../src/platform/context.ts'
import { buildCases } from './cases.ts'
import { loadCitizens } from './citizens.ts'
import { buildCity, type City, demoPassword } from './city.ts'
import { copy } from './copy.ts'
import { loadKnowledge } from './knowledge.ts'
import { loadCases } from './load-cases.ts'
import { loadRegister } from './load-register.ts'
import { loadMailboxes } from './mailboxes-boxes.ts'
import { liveDecisions } from './mailboxes-decisions.ts'
import { liveWaves } from './mailboxes-waves.ts'
import { liveNeeds } from './needs.ts'
import { bringFiles, loadWatched } from './operations.ts'
import { loadPersonDays } from './person-days.ts'
import { seeded } from './random.ts'
import { liveRegister } from './register-lives.ts'
import { loadReport } from './report.ts'
import { demoRules, officeHours } from './rules.ts'
import { casesAtScaleOne, daysOfHistory } from './volumes.ts'

/** Fills the database with the demo city when there is no administration yet; returns whether it did. */
export async function seedDemo(services: Services, scale: number, seed = 20_260_101): Promise<boolean> {
  const client = await services.database.ownerPool.connect()
  try {
    await client.query('begin')
    // Two starters: the second waits here and finds the city built.
    await client.query('lock table organisation in share row exclusive mode')
    const taken = await client.query('select from organisation limit 1')
    if ((taken.rowCount ?? 0) > 0) {
      await client.query('rollback')
      return false
    }
    const random = seeded(seed)
    const untilMs = Date.now()
    const city = buildCity(random, scale, untilMs - (daysOfHistory + 30) * 86_400_000)
    const passwordHash = await hashPassword(demoPassword)
    await loadCity(client, city, passwordHash)
    const rules = demoRules(untilMs)
    const howMany = Math.round(casesAtScaleOne * scale)
    const cases = buildCases(random, city, rules, howMany, untilMs - daysOfHistory * 86_400_000, untilMs)
    const resolved = await loadCases(client, city, rules, cases)
    await loadKnowledge(client, city, random, untilMs)
    await loadWatched(client, city, untilMs)
    await loadPersonDays(client, city, untilMs)
    await loadRegister(client, city, untilMs)
    await loadMailboxes(client, city, untilMs)
    await loadReport(client, city, random, untilMs)
    // Until autovacuum comes by, a year's report of an unmeasured table takes seconds instead of milliseconds.
    await client.query('analyze desk_case, event')
    await loadCitizens(client, services, city, { untilMs, passwordHash })
    await client.query('commit')
    await leaveToSilence(services, city.organisationId, resolved)
    // Each tells of its own: one waits for the database while another thinks.
    await Promise.all([
      bringFiles(services, city, untilMs, scale),
      liveRegister(services, city, untilMs, scale).then(() => liveNeeds(services, city, untilMs, scale)),
      liveDecisions(services, city, untilMs).then(() => liveWaves(services, city, untilMs)),
    ])
    return true
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

// What is resolved closes by itself when its asker says nothing, as after any resolution.
async function leaveToSilence(services: Services, organisationId: string, cases: { id: string; closesAt: string }[]) {
  const ctx = await systemContextFor(services, organisationId, 'Dati di prova')
  await transact(ctx, async (ctx) => {
    for (const { id, closesAt } of cases)
      await services.jobs.enqueue(ctx, 'servicedesk.close_silent', { caseId: id }, new Date(closesAt))
  })
}

async function loadCity(client: pg.PoolClient, city: City, passwordHash: string) {
  const org = city.organisationId
  const party = { administration: city.administrationId, supplier: city.supplierId }
  await copy(client, 'organisation (id, name, ipa_code, zone, is_demo)', [
    [org, 'Comune di prova', 'c_demo', 'Europe/Rome', true],
  ])
  await copy(client, 'party (organisation_id, id, kind, name)', [
    [org, city.administrationId, 'administration', 'Comune di prova'],
    [org, city.supplierId, 'supplier', 'Società in house (dati di prova)'],
  ])
  await copy(
    client,
    'site (organisation_id, id, code, name, address)',
    city.sites.map((site) => [org, site.id, site.code, site.name, site.address]),
  )
  await copy(
    client,
    'office (organisation_id, id, parent_id, kind, code, ipa_code, name, site_id)',
    city.offices.map((office) => [
      org,
      office.id,
      office.parentId,
      office.kind,
      office.code,
      office.ipaCode,
      office.name,
      office.siteId,
    ]),
  )
  await copy(
    client,
    'person (organisation_id, id, party_id, office_id, given_name, family_name, email, phone, site_id, room)',
    city.people.map((person) => [
      org,
      person.id,
      party[person.party],
      person.officeId,
      person.givenName,
      person.familyName,
      person.email,
      person.phone,
      person.siteId,
      person.room,
    ]),
  )
  await copy(
    client,
    'person_role (organisation_id, person_id, role)',
    city.people.flatMap((person) => person.roles.map((role) => [org, person.id, role])),
  )
  await copy(
    client,
    'team (organisation_id, id, party_id, name, tier)',
    city.teams.map((team) => [org, team.id, city.supplierId, team.name, team.tier]),
  )
  await copy(
    client,
    'team_member (organisation_id, team_id, person_id)',
    city.teams.flatMap((team) => team.memberIds.map((id) => [org, team.id, id])),
  )
  await copy(
    client,
    'account (organisation_id, id, person_id, email, password_hash)',
    city.people
      .filter((person) => person.hasAccount)
      .map((person) => [org, person.id, person.id, person.email, passwordHash]),
  )
  await copy(client, 'calendar (organisation_id, id, name, is_default)', [
    [org, city.calendarId, 'Uffici, dal lunedì al venerdì, 8–18', true],
  ])
  await copy(client, 'calendar_version (organisation_id, id, calendar_id, validity, rules)', [
    [org, city.calendarId, city.calendarId, '[2020-01-01,)', JSON.stringify(officeHours)],
  ])
  await copy(client, 'desk_agreement_version (organisation_id, id, number, effective_from, terms)', [
    [org, city.agreementId, 1, '2020-01-01', JSON.stringify(firstTerms)],
  ])
  await copy(
    client,
    'consumable_item (organisation_id, id, code, name, printer_model)',
    city.items.map((item) => [org, item.id, item.code, item.name, item.printerModel]),
  )
}
