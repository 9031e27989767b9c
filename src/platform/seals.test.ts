import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemContext } from './auth/actors.ts'
import { type Context, transact } from './context.ts'
import { appendEvent, eraseText } from './events.ts'
import { nextHead, sealAll, verifyChain } from './seals.ts'
import { testServices } from './testing.ts'

let services: Awaited<ReturnType<typeof testServices>>
let ctx: Context

beforeAll(async () => {
  services = await testServices()
})
afterAll(() => services.close())

beforeEach(async () => {
  const owner = services.database.owner
  await sql`truncate organisation, event, event_text, event_unsealed, seal cascade`.execute(owner)
  const id = randomUUID()
  await owner.insertInto('organisation').values({ id, name: 'Comune di prova' }).execute()
  ctx = systemContext(services, { id, name: 'Comune di prova', zone: 'Europe/Rome', isDemo: true }, 'test', 'job')
  for (let n = 1; n <= 5; n += 1) await append(n)
  await sealAll(owner)
  await append(6)
  await sealAll(owner)
})

function append(n: number) {
  return transact(ctx, (ctx) =>
    appendEvent(ctx, {
      subjectType: 'note',
      subjectId: randomUUID(),
      kind: 'note.written',
      version: 1,
      witness: 'S',
      payload: { n },
      text: { body: `nota ${n}` },
      retention: 'case',
    }),
  )
}

const codes = async (head?: string) =>
  (await verifyChain(services.database.owner, head)).problems.map((problem) => problem.code)

describe('the chain over events', () => {
  test('nothing is wrong when nobody touched it, and its head can be kept', async () => {
    const report = await verifyChain(services.database.owner)
    expect(report).toMatchObject({ events: 6, sealed: 6, problems: [] })
    expect(report.head).toMatch(/^[0-9a-f]{64}@2$/)
    expect(await codes(report.head ?? '')).toEqual([])
  })

  test('the owner of the database changes one event: it is named', async () => {
    const victim = await sql<{ id: number }>`select min(id) as id from event`.execute(services.database.owner)
    await sql`update event set payload = '{"n": 99}' where id = ${victim.rows[0]?.id}`.execute(services.database.owner)
    expect((await verifyChain(services.database.owner)).problems).toEqual([
      { code: 'changed', event: victim.rows[0]?.id, seal: 1 },
    ])
  })

  test('the owner deletes one event: it is missed', async () => {
    const victim = await sql<{ id: number }>`select max(id) as id from event`.execute(services.database.owner)
    await sql`delete from event_text where event_id = ${victim.rows[0]?.id}`.execute(services.database.owner)
    await sql`delete from event where id = ${victim.rows[0]?.id}`.execute(services.database.owner)
    expect((await verifyChain(services.database.owner)).problems).toEqual([
      { code: 'missing', event: victim.rows[0]?.id, seal: 2 },
    ])
  })

  test('the owner slips one event in behind the queue: it was never sealed', async () => {
    await append(7)
    await sql`delete from event_unsealed`.execute(services.database.owner)
    expect(await codes()).toEqual(['inserted'])
  })

  test('the owner lets one event with an old date be sealed: it came after younger ones', async () => {
    const { id } = await append(7)
    await sql`update event set recorded_at = recorded_at - interval '3 days' where id = ${id}`.execute(
      services.database.owner,
    )
    await sealAll(services.database.owner)
    expect(await codes()).toEqual(['backdated'])
  })

  test('the owner changes a text beside the event: its digest no longer fits', async () => {
    const changed = sql`update event_text set content = '{"body":"altro"}' where event_id = (select min(event_id) from event_text)`
    await changed.execute(services.database.owner)
    expect(await codes()).toEqual(['text_changed'])
  })

  test('the owner rewrites the whole chain: only the head kept elsewhere tells', async () => {
    const kept = (await verifyChain(services.database.owner)).head ?? ''
    await sql`update event set payload = '{"n": 99}' where id = (select min(id) from event)`.execute(
      services.database.owner,
    )
    await sql`truncate seal`.execute(services.database.owner)
    await sql`insert into event_unsealed select id from event`.execute(services.database.owner)
    await sealAll(services.database.owner)
    expect(await codes()).toEqual([])
    expect(await codes(kept)).toEqual(['head_differs'])
  })

  test('seals cut off at the end are found with the kept head', async () => {
    const kept = (await verifyChain(services.database.owner)).head ?? ''
    await sql`delete from seal where number = 2`.execute(services.database.owner)
    await sql`insert into event_unsealed select max(id) from event`.execute(services.database.owner)
    expect(await codes()).toEqual([])
    expect(await codes(kept)).toEqual(['head_differs'])
  })

  test('text erased by its retention class leaves the chain valid and says why', async () => {
    const ids = await sql<{ event_id: number }>`select event_id from event_text`.execute(services.database.owner)
    const erased = await transact(ctx, (ctx) =>
      eraseText(
        ctx,
        ids.rows.map((row) => row.event_id),
        'scadenza dei termini',
      ),
    )
    expect(erased).toBe(6)
    expect(await codes()).toEqual([])
  })

  test('the application itself may not change or delete events, nor see seals', async () => {
    const app = services.database.app
    await expect(sql`update event set kind = 'x'`.execute(app)).rejects.toThrow('permission denied')
    await expect(sql`delete from event`.execute(app)).rejects.toThrow('permission denied')
    await expect(sql`select * from seal`.execute(app)).rejects.toThrow('permission denied')
    await expect(sql`insert into event_unsealed values (1)`.execute(app)).rejects.toThrow('permission denied')
  })

  test('the head of one event can be worked out by hand', () => {
    const head = nextHead(Buffer.alloc(32), 1, [1], Buffer.alloc(32, 7))
    expect(head.toString('hex')).toBe('35b6527cde2b6b953d9db574c42e538a1f49ef19c5a7b791d8da62b751dbcdc3')
  })
})
