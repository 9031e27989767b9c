import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { listOffices } from '../organisation/offices.ts'
import { findImpact, findImpactByCode, mostReached } from './impact.ts'
import type { ItemType } from './item-types.ts'
import { addItem, moveItem } from './items.ts'
import type { AddRelationInput } from './relation-schema.ts'
import { addRelation, listRelations, removeRelation } from './relations.ts'

let city: TestCity
let count = 0
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

const manager = () => city.as('technician')
async function item(type: ItemType, officeId: string | null = null) {
  count += 1
  return addItem(await manager(), { type, name: `Bene ${count}`, officeId, state: 'in_use' })
}
async function relate(from: { code: string }, kind: AddRelationInput['kind'], to: { code: string }, more: object = {}) {
  return addRelation(await manager(), { from: from.code, kind, to: to.code, ...more })
}
const impactOf = async (id: string, direction: 'impact' | 'dependency' = 'impact') => {
  const { reached } = await findImpact(await manager(), id, { direction })
  const codes = (isLost: boolean) => reached.filter((one) => one.isLost === isLost).map(({ code }) => code)
  return { lost: codes(true), weakened: codes(false) }
}

describe('a relation', () => {
  test('is read from both ends, is an event, and may be taken away', async () => {
    const [application, server] = [await item('application'), await item('server')]
    const { id } = await relate(application, 'runs_on', server)
    const ctx = await manager()
    expect(await listRelations(ctx, application.id)).toMatchObject([
      { kind: 'runs_on', side: 'from', otherCode: server.code },
    ])
    expect(await listRelations(ctx, server.id)).toMatchObject([
      { kind: 'runs_on', side: 'to', otherCode: application.code },
    ])
    await removeRelation(ctx, id)
    expect(await listRelations(ctx, server.id)).toEqual([])
    const events = await sql<{ kind: string; from: string }>`
      select kind, payload->>'fromId' as from from event where subject_id = ${id} order by id`.execute(
      city.services.database.owner,
    )
    expect(events.rows).toEqual(['relation.added', 'relation.removed'].map((kind) => ({ kind, from: application.id })))
  })

  test('that is said already, with oneself, with nobody or half redundant is refused', async () => {
    const [one, other] = [await item('application'), await item('server')]
    await relate(one, 'depends_on', other)
    expect(await refusal(relate(one, 'depends_on', other))).toMatchObject({ code: 'related_already' })
    expect(await refusal(relate(one, 'runs_on', one))).toMatchObject({ fields: [{ path: 'to' }] })
    expect(await refusal(relate(one, 'runs_on', { code: 'NO-1' }))).toMatchObject({ fields: [{ path: 'to' }] })
    expect(await refusal(relate(one, 'runs_on', other, { redundancyGroup: 'nodi' }))).toMatchObject({
      fields: [{ path: 'needed' }],
    })
    const reader = await city.as('contract_manager')
    expect(await refusal(addRelation(reader, { from: one.code, kind: 'runs_on', to: other.code }))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusal(removeRelation(await manager(), randomUUID()))).toMatchObject({ code: 'not_found' })
  })

  test('a thing is in one other thing, and never in itself through others', async () => {
    const [building, room, rack, server] = [
      await item('site_building'),
      await item('room'),
      await item('rack'),
      await item('server'),
    ]
    await relate(building, 'contains', room)
    await relate(room, 'contains', rack)
    await relate(rack, 'contains', server)
    expect(await refusal(relate(server, 'contains', building))).toMatchObject({ code: 'containment_loop' })
    expect(await refusal(relate(rack, 'contains', room))).toMatchObject({ code: 'containment_loop' })
    expect(await refusal(relate(building, 'contains', server))).toMatchObject({ code: 'contained_already' })
  })

  test('two that together would close a circle do not both hold', async () => {
    const [one, other] = [await item('rack'), await item('rack')]
    const both = await Promise.allSettled([relate(one, 'contains', other), relate(other, 'contains', one)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a replacement', () => {
  const ready = async () =>
    addItem(await manager(), { type: 'server', name: 'Server nuovo', officeId: null, state: 'in_stock' })
  const between = async (id: string) =>
    (await listRelations(await manager(), id)).map(({ kind, side, otherCode, redundancyGroup, needed }) =>
      [kind, side, otherCode, redundancyGroup ?? '', needed ?? 0].join(' '),
    )

  test('passes on to the new one what rested on the old one, each with its event', async () => {
    const [rack, old, application, other] = [
      await item('rack'),
      await item('server'),
      await item('application'),
      await item('server'),
    ]
    const young = await ready()
    await relate(rack, 'contains', old)
    await relate(application, 'runs_on', old, { redundancyGroup: 'nodi', needed: 1 })
    await relate(application, 'runs_on', other, { redundancyGroup: 'nodi', needed: 1 })
    await relate(young, 'connects_to', old)
    const before = await between(old.id)
    await moveItem(await manager(), old.id, { act: 'replace', replacementId: young.id, document: 'Verbale 9' })
    expect(await between(old.id)).toEqual([])
    expect(await between(young.id)).toEqual(before.filter((one) => !one.includes(young.code)))
    expect(await impactOf(rack.id)).toEqual({ lost: [young.code], weakened: [application.code] })
    const events = await sql<{ kind: string }>`
      select kind from event where subject_type = 'item_relation' and (payload ->> 'fromId' in (${old.id}, ${young.id})
        or payload ->> 'toId' in (${old.id}, ${young.id})) order by id`.execute(city.services.database.owner)
    expect(events.rows.map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 3 }, () => 'relation.added'),
      ...Array.from({ length: 3 }, () => 'relation.removed'),
      ...Array.from({ length: 2 }, () => 'relation.added'),
    ])
  })

  test('leaves the new one in the container it is in, and is refused whole when it would be in itself', async () => {
    const [rack, shelf, old] = [await item('rack'), await item('rack'), await item('server')]
    const young = await ready()
    await relate(rack, 'contains', old)
    await relate(shelf, 'contains', young)
    await moveItem(await manager(), old.id, { act: 'replace', replacementId: young.id, document: 'Verbale 9' })
    expect(await between(young.id)).toEqual([`contains to ${shelf.code}  0`])
    const [outer, inner] = [await item('server'), await item('rack')]
    const last = await ready()
    await relate(outer, 'contains', inner)
    await relate(inner, 'contains', last)
    const replaced = moveItem(await manager(), outer.id, {
      act: 'replace',
      replacementId: last.id,
      document: 'Verbale 9',
    })
    expect(await refusal(replaced)).toMatchObject({ code: 'containment_loop' })
    expect(await between(outer.id)).toEqual([`contains from ${inner.code}  0`])
  })
})

describe('the impact', () => {
  test('goes from the building to the service, step by step, and back from the service to the building', async () => {
    const [office] = await listOffices(await manager())
    const [building, rack, server] = [await item('site_building'), await item('rack'), await item('server')]
    const [virtual, database] = [await item('virtual_server'), await item('virtual_server')]
    const [application, service] = [await item('application', office?.id), await item('online_service')]
    await relate(building, 'contains', rack)
    await relate(rack, 'contains', server)
    await relate(virtual, 'runs_on', server)
    await relate(application, 'runs_on', virtual)
    await relate(application, 'uses_data_of', database)
    await relate(service, 'depends_on', application)
    const all = [rack, server, virtual, application, service].map(({ code }) => code)
    expect(await impactOf(building.id)).toEqual({ lost: all, weakened: [] })
    expect((await impactOf(service.id, 'dependency')).lost).toEqual(
      expect.arrayContaining([application, virtual, server, rack, building, database].map(({ code }) => code)),
    )
    const told = await findImpactByCode(await manager(), building.code)
    expect(told.reached.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5])
    expect(told.reached[4]?.viaId).toBe(application.id)
    expect(told.offices).toEqual([{ id: office?.id, name: office?.name, items: 1 }])
    expect(told).toMatchObject({ hidden: 0, isCapped: false })
  })

  test('a dependent is lost only when fewer of a group are left than it needs', async () => {
    const nodes = [await item('server'), await item('server'), await item('server')]
    const [application, room] = [await item('application'), await item('room')]
    for (const node of nodes) await relate(application, 'runs_on', node, { redundancyGroup: 'nodi', needed: 2 })
    await relate(room, 'contains', nodes[0] ?? room)
    expect(await impactOf(nodes[0]?.id ?? '')).toEqual({ lost: [], weakened: [application.code] })
    await relate(room, 'contains', nodes[1] ?? room)
    // Two of three nodes are in the same room: with the room the application is lost.
    expect((await impactOf(room.id)).lost).toContain(application.code)
    expect((await impactOf(room.id)).weakened).toEqual([])
    // What must be left is one number for the whole group: the last word counts.
    const spare = await item('server')
    await relate(application, 'runs_on', spare, { redundancyGroup: 'nodi', needed: 3 })
    expect((await impactOf(nodes[2]?.id ?? '')).lost).toEqual([])
    await relate(application, 'runs_on', await item('server'), { redundancyGroup: 'nodi', needed: 5 })
    expect((await impactOf(nodes[2]?.id ?? '')).lost).toEqual([application.code])
  })

  test.each(['planned', 'ordered', 'delivered', 'verified', 'in_stock', 'repair', 'retired'] as const)(
    'a provider that is %s holds nobody up',
    async (state) => {
      const [node, other, application] = [await item('server'), await item('server'), await item('application')]
      for (const provider of [node, other])
        await relate(application, 'runs_on', provider, { redundancyGroup: 'nodi', needed: 1 })
      expect(await impactOf(node.id)).toEqual({ lost: [], weakened: [application.code] })
      await sql`update configuration_item set state = ${state} where id = ${other.id}`.execute(
        city.services.database.owner,
      )
      expect(await impactOf(node.id)).toEqual({ lost: [application.code], weakened: [] })
    },
  )

  test('a lost backup takes nobody down, a circle of dependencies ends, and what is disposed of is left out', async () => {
    const [one, two, three] = [await item('application'), await item('application'), await item('application')]
    const storage = await item('server')
    await relate(one, 'backed_up_by', storage)
    await relate(one, 'depends_on', two)
    await relate(two, 'depends_on', three)
    await relate(three, 'depends_on', one)
    expect(await impactOf(storage.id)).toEqual({ lost: [], weakened: [] })
    expect((await impactOf(one.id)).lost).toEqual([three.code, two.code])
    for (const act of ['retire', 'dispose'] as const)
      await moveItem(await manager(), two.id, { act, document: 'Discarico 3' })
    expect((await impactOf(one.id)).lost).toEqual([three.code])
    expect(await listRelations(await manager(), three.id)).toHaveLength(1)
  })

  test('an office’s contact is told how many other things are reached, not which', async () => {
    const contact = await city.as('office_contact')
    const own = await item('server', contact.actor.officeIds[0] ?? null)
    const other = await item('application')
    await relate(other, 'runs_on', own)
    expect(await findImpact(contact, own.id)).toMatchObject({ reached: [], hidden: 1 })
    expect(await refusal(findImpact(contact, other.id))).toMatchObject({ code: 'not_found' })
  })

  test('more than five hundred are not told, and that is said', async () => {
    const hub = await item('network_device')
    await sql`
      with made as (
        insert into configuration_item (organisation_id, id, code, type, name, state, title, version)
        select ${city.organisationId}, gen_random_uuid(), 'HUB-' || n, 'workstation', 'PC ' || n, 'in_use', 'owned', 1 from generate_series(1, 700) n
        returning organisation_id, id
      ), assets as (insert into asset (organisation_id, item_id) select organisation_id, id from made)
      insert into item_relation (organisation_id, id, kind, from_id, to_id) select organisation_id, gen_random_uuid(), 'connects_to', id, ${hub.id} from made`.execute(
      city.services.database.owner,
    )
    const told = await findImpact(await manager(), hub.id)
    expect(told.reached).toHaveLength(mostReached)
    expect(told.isCapped).toBe(true)
  })
})
