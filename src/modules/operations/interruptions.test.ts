import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { type Context, transact } from '../../platform/context.ts'
import { availabilityFigures } from './figures.ts'
import { importSamples } from './import-samples.ts'
import {
  acceptInterruption,
  listInterruptions,
  proposeInterruption,
  refuseInterruption,
  tellUsers,
} from './interruptions.ts'
import { addProbe, addScope } from './scopes.ts'

let city: TestCity
let scopeId: string
beforeAll(async () => {
  city = await testCity()
  const input = { code: 'T-FERMI', name: 'Server dei fermi', kind: 'server', beginsOn: '2024-01-01' } as const
  scopeId = (await addScope(await city.as('administrator'), input)).id
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select string_agg(i::text, '' order by id) from planned_interruption i)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

const inDays = (days: number, hours = 0) => new Date(Date.now() + days * 86_400_000 + hours * 3_600_000).toISOString()
const planned = (days = 20) => ({
  scopeId,
  kind: 'extraordinary' as const,
  from: inDays(days),
  until: inDays(days, 4),
  reason: 'Sostituzione dei dischi',
})
const proposed = async (days = 20) => (await proposeInterruption(await city.as('team_leader'), planned(days))).id
const shown = async (id: string) =>
  (await listInterruptions(await city.as('auditor'), { from: inDays(-400), until: inDays(60) })).find(
    (one) => one.id === id,
  )

describe('a planned interruption', () => {
  test('is agreed when the city accepts and users are told, both before it begins', async () => {
    const id = await proposed()
    expect(await shown(id)).toMatchObject({ state: 'proposed', isAgreed: false, isNoticeKept: false })
    expect(await acceptInterruption(await city.as('contract_manager'), id, { version: 1 })).toMatchObject({
      state: 'accepted',
      version: 2,
    })
    expect((await shown(id))?.isAgreed).toBe(false)
    await tellUsers(await city.as('team_leader'), id, { version: 2, notice: 'Messaggio a tutti gli uffici' })
    expect(await shown(id)).toMatchObject({ isAgreed: true, isNoticeKept: true })
    const short = await proposed(5)
    await acceptInterruption(await city.as('head_of_ict'), short)
    await tellUsers(await city.as('contract_manager'), short, { notice: 'Avviso sul portale' })
    expect(await shown(short)).toMatchObject({ isAgreed: true, isNoticeKept: false })
  })

  test('accepted or told after it began is accepted, and not agreed', async () => {
    const id = await proposed()
    // As if the days had gone by.
    await sql`update planned_interruption set from_at = now() - interval '2 hours', until_at = now() - interval '1 hour' where id = ${id}`.execute(
      city.services.database.owner,
    )
    await acceptInterruption(await city.as('contract_manager'), id)
    await tellUsers(await city.as('contract_manager'), id, { notice: 'Avviso tardivo' })
    expect(await shown(id)).toMatchObject({ state: 'accepted', isAgreed: false })
  })

  test('takes the down time inside it out of the figure, once it is agreed', async () => {
    const administrator = await city.as('administrator')
    await addProbe(administrator, { code: 'F-1', name: 'Una', network: 'f-1', runBy: 'administration' })
    await addProbe(administrator, { code: 'F-2', name: 'Due', network: 'f-2', runBy: 'administration' })
    const start = Date.parse('2024-05-06T00:00:00Z')
    const lines = Array.from({ length: 60 }, (_, index) =>
      ['F-1', 'F-2'].map((probe) => {
        const at = new Date(start + index * 300_000).toISOString()
        return `T-FERMI,${probe},${probe.toLowerCase()},${at},${index >= 12 && index < 24 ? 0 : 1}`
      }),
    ).flat()
    async function* file() {
      yield Buffer.from(['scope,probe,network,at,ok', ...lines].join('\n'))
    }
    await importSamples(await city.as('contract_manager'), file())
    const period = {
      from: new Date(start).toISOString(),
      until: new Date(start + 5 * 3_600_000).toISOString(),
      hours: null,
    }
    const figure = async () =>
      (await transact(await city.as('auditor'), (ctx) => availabilityFigures(ctx, period))).find(
        (one) => one.scopeId === scopeId,
      )
    expect(await figure()).toMatchObject({ dueMs: 5 * 3_600_000, downMs: 3_600_000, agreedMs: 0 })
    const id = await proposed()
    // Half an hour of the hour was planned, and agreed in time.
    await sql`update planned_interruption set from_at = '2024-05-06T01:30:00Z', until_at = '2024-05-06T03:00:00Z', state = 'accepted',
      proposed_at = '2024-04-01', decided_at = '2024-04-02', noticed_at = '2024-04-03' where id = ${id}`.execute(
      city.services.database.owner,
    )
    expect(await figure()).toMatchObject({
      dueMs: 4.5 * 3_600_000,
      downMs: 1_800_000,
      agreedMs: 1_800_000,
      unknownMs: 0,
    })
  })

  test('is decided once, by the city alone, on what was seen', async () => {
    const id = await proposed()
    const other = await proposed()
    await refuseInterruption(await city.as('contract_manager'), other, { reason: 'Cade in un giorno di scrutinio' })
    const before = await written()
    const leader = await city.as('team_leader')
    expect((await refusal(acceptInterruption(leader, id))).kind).toBe('forbidden')
    // Also with the role: who works for the supplier does not decide.
    const both: Context = { ...leader, actor: { ...leader.actor, roles: ['team_leader', 'contract_manager'] } }
    expect((await refusal(acceptInterruption(both, id))).code).toBe('supplier_decides')
    const manager = await city.as('contract_manager')
    expect((await refusal(acceptInterruption(manager, id, { version: 7 }))).code).toBe('stale')
    expect((await refusal(acceptInterruption(manager, other))).code).toBe('interruption_decided')
    expect((await refusal(tellUsers(manager, other, { notice: 'Avviso' }))).code).toBe('interruption_refused')
    expect((await refusal(refuseInterruption(manager, id, { reason: '' }))).kind).toBe('invalid')
    expect((await refusal(tellUsers(await city.as('agent'), id, { notice: 'Avviso' }))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })

  test('is proposed before it begins, for something that is watched, and not twice by one form', async () => {
    const leader = { ...(await city.as('team_leader')), idempotencyKey: 'modulo-del-fermo' }
    const request = planned()
    const first = await proposeInterruption(leader, request)
    const before = await written()
    expect((await proposeInterruption(leader, request)).id).toBe(first.id)
    const plain = await city.as('team_leader')
    const wrong = async (more: object) =>
      (await refusal(proposeInterruption(plain, { ...planned(), ...more }))).fields.map(({ path }) => path)
    expect(await wrong({ from: inDays(-1) })).toEqual(['from'])
    expect(await wrong({ until: inDays(1) })).toEqual(['until'])
    expect(await wrong({ until: inDays(80) })).toEqual(['until'])
    expect(await wrong({ scopeId: '0190aaaa-0000-7000-8000-000000000001' })).toEqual(['scopeId'])
    expect((await refusal(proposeInterruption(await city.as('contract_manager'), planned()))).kind).toBe('forbidden')
    expect(await written()).toBe(before)
  })

  test('of another administration is not there', async () => {
    const id = await proposed()
    const elsewhere = '0190aaaa-0000-7000-8000-0000000000fd'
    await sql`insert into organisation (id, name) values (${elsewhere}, 'Altrove')`.execute(
      city.services.database.owner,
    )
    const other: Context = { ...(await city.as('contract_manager')), organisationId: elsewhere }
    expect((await refusal(acceptInterruption(other, id))).kind).toBe('not_found')
    expect(await listInterruptions(other, { from: inDays(-1), until: inDays(60) })).toEqual([])
  })
})
