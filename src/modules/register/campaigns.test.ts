import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { addSite } from '../organisation/sites.ts'
import {
  campaignCsv,
  closeCampaign,
  findCampaign,
  listCampaigns,
  listExpected,
  listToVerify,
  openCampaign,
  recordReading,
  settleMissing,
} from './campaigns.ts'
import { addItem, findItem } from './items.ts'
import { findExpected } from './web/expected.ts'

let city: TestCity
let here: string
let elsewhere: string
beforeAll(async () => {
  city = await testCity()
  const administrator = await city.as('administrator')
  here = (await addSite(administrator, { code: 'INV-1', name: 'Sede contata' })).id
  elsewhere = (await addSite(administrator, { code: 'INV-2', name: 'Altra sede' })).id
})
afterAll(() => city.services.close())

const counter = () => city.as('technician')
const add = async (more: object = {}) =>
  addItem(await counter(), { type: 'printer', name: 'Stampante contata', state: 'in_use', siteId: here, ...more })

async function registerState(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|',
    (select md5(string_agg(c::text, '' order by id)) from configuration_item c),
    (select md5(string_agg(a::text, '' order by item_id)) from asset a)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

describe('an inventory', () => {
  test('says what was found, elsewhere, unknown and missing; closing changes nothing but what is to be verified', async () => {
    const ctx = await counter()
    const [found, moved, missing] = [
      await add({ room: '1', serial: 'CNT-1' }),
      await add({ room: '2', tag: 'CNT-TAG-2' }),
      await add({ room: '3' }),
    ]
    await add({ state: 'planned' })
    const stranger = await add({ siteId: elsewhere, room: '9' })
    const opened = await openCampaign(ctx, { name: 'Inventario di sede', on: '2026-11-30', siteIds: [here] })
    expect(opened.expected).toBe(3)
    const before = await registerState()
    const read = (mark: string, room = '') => recordReading(ctx, opened.id, { mark, siteId: here, room })
    expect(await read('cnt-1', '1')).toMatchObject({ code: found.code, finding: 'found' })
    expect(await read('CNT-TAG-2', '7')).toMatchObject({ code: moved.code, finding: 'elsewhere' })
    expect(await read(`https://sitec.example.it/registro/${stranger.id}`)).toMatchObject({ finding: 'elsewhere' })
    expect(await read('MAI-VISTO')).toMatchObject({ code: null, finding: 'unknown' })
    const counts = { expected: 3, found: 1, elsewhere: 2, unknown: 1, missing: 1 }
    expect(await findCampaign(ctx, opened.id)).toMatchObject({ ...counts, toVerify: 0, closedAt: null })
    expect(await closeCampaign(ctx, opened.id)).toEqual({ id: opened.id, toVerify: 1 })
    const closed = await findCampaign(ctx, opened.id)
    expect(closed).toMatchObject({ ...counts, toVerify: 1 })
    expect(closed.rows.map(({ code, mark, finding }) => [finding, code ?? mark])).toEqual([
      ['missing', missing.code],
      ['elsewhere', moved.code],
      ['elsewhere', stranger.code],
      ['unknown', 'MAI-VISTO'],
    ])
    expect(closed.rows[1]).toMatchObject({ siteName: 'Sede contata', room: '2', readRoom: '7', isExpected: true })
    expect(closed.rows[2]).toMatchObject({ siteName: 'Altra sede', readSiteName: 'Sede contata', isExpected: false })
    expect(await registerState()).toBe(before)
    expect(await listToVerify(ctx, missing.id)).toMatchObject([{ id: opened.id }])
    expect(await listToVerify(ctx, found.id)).toEqual([])
    const lines = (await campaignCsv(ctx, opened.id)).trim().split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[1]).toContain(missing.code)
    expect(await refusal(settleMissing(ctx, opened.id, missing.id, { note: ' ' }))).toMatchObject({ code: 'invalid' })
    await settleMissing(ctx, opened.id, missing.id, { note: 'Era in riparazione.' })
    expect(await listToVerify(ctx, missing.id)).toEqual([])
    expect(await findItem(ctx, missing.id)).toMatchObject({ state: 'in_use', version: 1 })
    const events = await sql<{ kind: string }>`
      select kind from event where subject_id = ${opened.id} order by id`.execute(city.services.database.owner)
    expect(events.rows.map(({ kind }) => kind)).toEqual([
      'campaign.opened',
      ...Array.from({ length: 4 }, () => 'campaign.read'),
      'campaign.closed',
      'campaign.settled',
    ])
  })

  test('keeps a reading sent twice once, takes the last of a thing, and keeps the instant of the phone', async () => {
    const ctx = await counter()
    const item = await add({ room: '1' })
    const { id } = await openCampaign(ctx, { name: 'Letture doppie', on: '2026-11-30', siteIds: [here] })
    const readAt = new Date(Date.now() - 3_600_000).toISOString()
    const keyed = { ...ctx, idempotencyKey: randomUUID() }
    const first = await recordReading(keyed, id, { mark: item.code, siteId: here, room: '5', readAt })
    expect(first.finding).toBe('elsewhere')
    expect(await recordReading(keyed, id, { mark: item.code, siteId: here, room: '5', readAt })).toEqual(first)
    const again = await recordReading(ctx, id, { mark: item.code, siteId: here, room: '1' })
    expect(again.finding).toBe('found')
    const kept = await sql<{ n: number; at: string }>`
      select count(*)::int as n, min(read_at) as at from campaign_reading where campaign_id = ${id}`.execute(
      city.services.database.owner,
    )
    expect(kept.rows[0]?.n).toBe(2)
    expect(Date.parse(kept.rows[0]?.at ?? '')).toBe(Date.parse(readAt))
    expect(await findCampaign(ctx, id)).toMatchObject({ elsewhere: 0 })
    await closeCampaign(ctx, id)
    // What got lost on the way is answered as it was; what is new comes too late.
    expect(await recordReading(keyed, id, { mark: item.code, siteId: here, room: '5', readAt })).toMatchObject({
      id: first.id,
    })
    expect(await refusal(recordReading(ctx, id, { mark: item.code }))).toMatchObject({ code: 'campaign_closed' })
    expect(await refusal(closeCampaign(ctx, id))).toMatchObject({ code: 'campaign_closed' })
  })

  test('of nothing, by who may not, of another day or place that is not, is refused', async () => {
    const ctx = await counter()
    const input = { name: 'Vuota', on: '2026-11-30', siteIds: [randomUUID()] }
    const before = (await listCampaigns(ctx)).length
    expect(await refusal(openCampaign(ctx, input))).toMatchObject({ fields: [{ path: 'name' }] })
    for (const part of ['employee', 'auditor', 'office_contact'] as const)
      expect(await refusal(openCampaign(await city.as(part), input)), part).toMatchObject({ code: 'forbidden' })
    expect(await listCampaigns(ctx)).toHaveLength(before)
    await add()
    const { id } = await openCampaign(ctx, { name: 'Giusta', on: '2026-11-30', siteIds: [here] })
    const at = (ms: number) => new Date(Date.now() + ms).toISOString()
    for (const readAt of [at(3_600_000), at(-15 * 86_400_000)])
      expect(await refusal(recordReading(ctx, id, { mark: 'X-1', readAt }))).toMatchObject({
        fields: [{ path: 'readAt' }],
      })
    expect(await refusal(recordReading(ctx, id, { mark: 'X-1', siteId: randomUUID() }))).toMatchObject({
      fields: [{ path: 'siteId' }],
    })
    expect(await refusal(recordReading(ctx, randomUUID(), { mark: 'X-1' }))).toMatchObject({ code: 'not_found' })
    expect(await findCampaign(ctx, id)).toMatchObject({ unknown: 0 })
  })

  test('gives a phone what it needs to know what it reads', async () => {
    const ctx = await counter()
    const item = await add({ serial: 'Phone-1', tag: 'PHONE-TAG' })
    const { id } = await openCampaign(ctx, { name: 'Per il telefono', on: '2026-11-30', siteIds: [here] })
    const expected = await listExpected(ctx, id)
    for (const mark of [item.code, 'PHONE-1', 'phone-tag', `http://a.example/registro/${item.id}`])
      expect(findExpected(expected, mark)?.code, mark).toBe(item.code)
    expect(findExpected(expected, 'ALTRO')).toBeUndefined()
  })
})
