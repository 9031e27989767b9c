import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemContext } from './auth/actors.ts'
import { read, type TxContext, transact } from './context.ts'
import { testServices } from './testing.ts'

let services: Awaited<ReturnType<typeof testServices>>
beforeAll(async () => {
  services = await testServices()
})
afterAll(() => services.close())

/** Tables that belong to the installation and not to a tenant; sitec_app reaches them only as granted. */
const ofTheInstallation = ['event_unsealed', 'migration', 'public_form_use', 'seal', 'sign_in_attempt']

type Table = { name: string; is_secured: boolean; has_policy: boolean; leads: boolean }

/** Tenant tables on which the wall has a hole. */
async function holes(): Promise<{ tables: number; unsecured: string[]; misplaced: string[] }> {
  const found = await sql<Table>`
    select c.relname as name, c.relrowsecurity as is_secured,
      exists (select from pg_policy p where p.polrelid = c.oid
              and pg_get_expr(p.polqual, p.polrelid) ~ 'current_setting\\(''sitec.organisation''') as has_policy,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum = 1 and a.attname = 'organisation_id') as leads
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(
    services.database.owner,
  )
  const tenant = found.rows.filter((table) => !ofTheInstallation.includes(table.name))
  return {
    tables: tenant.length,
    unsecured: tenant.filter((table) => !table.is_secured || !table.has_policy).map((table) => table.name),
    misplaced: tenant.filter((table) => !table.leads && table.name !== 'organisation').map((table) => table.name),
  }
}

describe('the second wall', () => {
  test('every tenant table has row security, a policy on its organisation, and the organisation first in its key', async () => {
    const { tables, ...found } = await holes()
    expect(tables).toBeGreaterThan(15)
    expect(found).toEqual({ unsecured: [], misplaced: [] })
  })

  test('the check bites: a table without a policy, or with its organisation in the wrong place, is found', async () => {
    const owner = services.database.owner
    await sql`create table forgotten (organisation_id uuid, id uuid)`.execute(owner)
    await sql`create table half_done (id uuid, organisation_id uuid)`.execute(owner)
    await sql`alter table half_done enable row level security`.execute(owner)
    const found = await holes()
    await sql`drop table forgotten, half_done`.execute(owner)
    expect(found).toMatchObject({ unsecured: ['forgotten', 'half_done'], misplaced: ['half_done'] })
  })

  test('foreign keys between tenant tables carry the organisation: a plain one would look over the wall', async () => {
    const found = await sql<{ name: string }>`
      select k.conname as name from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.confrelid not in ('organisation'::regclass, 'event'::regclass)
        and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname = 'organisation_id')`.execute(
      services.database.owner,
    )
    expect(found.rows).toEqual([])
  })

  test('without a tenant the application sees nothing, in a tenant only its own', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    await services.database.owner
      .insertInto('organisation')
      .values([
        { id: a, name: 'A' },
        { id: b, name: 'B' },
      ])
      .execute()
    expect((await sql`select * from organisation`.execute(services.database.app)).rows).toEqual([])
    const ctx = systemContext(services, { id: a, name: 'A', zone: 'Europe/Rome', isDemo: false }, 'test', 'job')
    const seen = await read(ctx, (ctx) => ctx.db.selectFrom('organisation').select('name').execute())
    expect(seen).toEqual([{ name: 'A' }])
    const intruding = transact(ctx, (ctx) =>
      ctx.db.insertInto('site').values({ organisation_id: b, id: randomUUID(), code: 'X', name: 'X' }).execute(),
    )
    await expect(intruding).rejects.toThrow('row-level security')
  })

  test('a transaction that fails half-way leaves nothing', async () => {
    const id = randomUUID()
    await services.database.owner.insertInto('organisation').values({ id, name: 'C' }).execute()
    const ctx = systemContext(services, { id, name: 'C', zone: 'Europe/Rome', isDemo: false }, 'test', 'job')
    const failing = transact(ctx, async (ctx) => {
      await ctx.db.insertInto('site').values({ organisation_id: id, id: randomUUID(), code: 'S', name: 'S' }).execute()
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    expect(await read(ctx, (ctx) => ctx.db.selectFrom('site').select('id').execute())).toEqual([])
  })

  test('what one reading tells is of one instant, whatever is written meanwhile', async () => {
    const id = randomUUID()
    await services.database.owner.insertInto('organisation').values({ id, name: 'D' }).execute()
    const ctx = systemContext(services, { id, name: 'D', zone: 'Europe/Rome', isDemo: false }, 'test', 'job')
    const count = async (ctx: TxContext) => (await ctx.db.selectFrom('site').select('id').execute()).length
    const counts = await read(ctx, async (reading) => {
      const before = await count(reading)
      await transact(ctx, (ctx) =>
        ctx.db.insertInto('site').values({ organisation_id: id, id: randomUUID(), code: 'S', name: 'S' }).execute(),
      )
      return [before, await count(reading)]
    })
    expect(counts).toEqual([0, 0])
    expect(await read(ctx, count)).toBe(1)
  })
})
