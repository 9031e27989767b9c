import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContextFor } from '../../platform/auth/actors.ts'
import { read } from '../../platform/context.ts'
import { openSubjects } from '../../platform/subject.ts'
import { openCase } from '../servicedesk/open-case.ts'
import { recordVisit } from '../servicedesk/visit.ts'
import { assignCase } from '../servicedesk/work-case.ts'
import { linkItem, listCaseItems, listItemCases, unlinkItem } from './case-items.ts'
import { tellCase } from './case-part.ts'
import { findHistory } from './history.ts'
import { followDesk, listInstallations } from './installations.ts'
import { addItem, findItem } from './items.ts'
import { addRelation } from './relations.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

const manager = () => city.as('team_leader')
const personOf = async (part: Parameters<TestCity['as']>[0]) => (await city.as(part)).actor.personId ?? ''

describe('a case on an item', () => {
  test('shows what stops with it and who must know, beside the case and on the item', async () => {
    const ctx = await manager()
    const agent = await city.as('agent')
    const contact = await city.as('office_contact')
    const server = await addItem(ctx, { type: 'server', name: 'Server di prova', serial: 'SRV-CASE-1' })
    const application = await addItem(ctx, {
      type: 'application',
      name: 'Applicativo di prova',
      officeId: contact.actor.officeId,
      custodianId: await personOf('head_of_ict'),
    })
    await addRelation(ctx, { from: application.code, to: server.code, kind: 'runs_on' })
    const { id } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Non si apre nulla' })
    const found = await linkItem(agent, id, { item: 'srv-case-1' })
    expect(found).toMatchObject({ items: [{ code: server.code }], lost: 1, mayLink: true })
    const people = new Map(found.concerned.map(({ personId, why }) => [personId, why]))
    expect(people.get(await personOf('head_of_ict'))).toBe('custodian')
    expect(people.get(contact.actor.personId ?? '')).toBe('contact')
    expect(await linkItem(agent, id, { item: server.code })).toEqual(found)
    expect((await listItemCases(agent, server.id)).map((one) => one.id)).toEqual([id])
    const subjects = openSubjects()
    subjects.fill('desk_case', 'register', tellCase)
    const [part] = await read(agent, (ctx) => subjects.beside(ctx, 'desk_case', id))
    expect(part).toMatchObject({
      title: 'Beni della richiesta',
      to: `/richieste/${id}/beni`,
      sentence: 'Si ferma un altro bene, di un ufficio.',
      lines: [{ label: server.code }],
      field: { act: 'link' },
    })
    await unlinkItem(agent, id, server.id)
    expect(await listCaseItems(agent, id)).toMatchObject({ items: [], lost: 0, concerned: [] })
    const events = await sql<{ kind: string }>`
      select kind from event where subject_type = 'case_item' and subject_id = ${server.id} order by id`.execute(
      city.services.database.owner,
    )
    expect(events.rows.map(({ kind }) => kind)).toEqual(['case_item.linked', 'case_item.unlinked'])
  })

  test('is refused to who does not work on cases, for what is not in the register, and where there is no link', async () => {
    const { id } = await openCase(await city.as('employee'), { kind: 'incident', title: 'Schermo nero' })
    const item = await addItem(await manager(), { type: 'scanner', name: 'Scanner di prova' })
    const link = async (part: Parameters<TestCity['as']>[0], mark: string) =>
      refusal(linkItem(await city.as(part), id, { item: mark }))
    expect(await link('agent', 'NIENTE')).toMatchObject({ fields: [{ path: 'item' }] })
    for (const part of ['employee', 'office_contact', 'contract_manager', 'administrator'] as const)
      expect(await link(part, item.code), part).toMatchObject({ code: 'forbidden' })
    expect(await refusal(unlinkItem(await city.as('agent'), id, item.id))).toMatchObject({ code: 'not_found' })
    expect(await refusal(listCaseItems(await city.as('employee'), id))).toMatchObject({ code: 'forbidden' })
  })
})

describe('installations of the desk', () => {
  const follow = async () => followDesk(await systemContextFor(city.services, city.organisationId, 'Prova'))
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

  async function installed(serial: string): Promise<string> {
    const employee = await city.as('employee')
    const { id } = await openCase(employee, {
      kind: 'service_request',
      title: 'Un posto nuovo',
      requestType: 'install',
    })
    await assignCase(await city.as('agent'), id, { teamId: await city.team('Tecnici in sede') })
    const visit = { startedAt: ago(30), endedAt: ago(5), outcome: 'resolved', note: 'Installato.', serial } as const
    await recordVisit(await city.as('technician'), id, visit)
    return id
  }

  test('put what they name in use at the case’s office, once each, with the case as document; the rest is noted', async () => {
    const ctx = await manager()
    await follow()
    const [stocked, planned] = [
      await addItem(ctx, { type: 'workstation', name: 'Postazione nuova', serial: 'DESK-1' }),
      await addItem(ctx, { type: 'workstation', name: 'Postazione attesa', serial: 'DESK-2', state: 'planned' }),
    ]
    const caseId = await installed('desk-1, DESK-2; DESK-404')
    expect(await follow()).toBe(3)
    const { officeId } = (await city.as('employee')).actor
    expect(await findItem(ctx, stocked.id)).toMatchObject({ state: 'in_use', officeId, version: 2 })
    expect(await findItem(ctx, planned.id)).toMatchObject({ state: 'planned', version: 1 })
    const [event] = await findHistory(ctx, stocked.id)
    expect(event).toMatchObject({ kind: 'item.installed', door: 'job', witness: 'S' })
    expect(event?.document).toMatch(/^Richiesta \d{4}\/\d+$/)
    const noted = (await listInstallations(ctx)).filter((one) => one.caseId === caseId)
    expect(noted.map(({ serial, outcome }) => [serial, outcome])).toEqual([
      ['DESK-1', 'installed'],
      ['DESK-2', 'wrong_state'],
      ['DESK-404', 'unknown'],
    ])
    expect(noted[0]?.number).toBe(event?.document?.replace('Richiesta ', ''))
    expect(await follow()).toBe(0)
    expect(await findItem(ctx, stocked.id)).toMatchObject({ version: 2 })
    await installed('DESK-1')
    expect(await follow()).toBe(1)
    expect((await listInstallations(ctx))[0]).toMatchObject({ serial: 'DESK-1', outcome: 'already' })
    expect(await refusal(listInstallations(await city.as('auditor')))).toMatchObject({ code: 'forbidden' })
  })
})
