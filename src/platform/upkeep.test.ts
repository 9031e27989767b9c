import { existsSync, utimesSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../demo/testing.ts'
import { transact } from './context.ts'
import { recordFile } from './files.ts'
import { type JobData, startWorker } from './jobs.ts'
import { openLive } from './live.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

describe('files', () => {
  test('a file whose transaction never committed is swept after a day, a recorded one stays', async () => {
    const { files, database } = city.services
    const [kept, orphan, young] = [
      await files.keep(Buffer.from('tenuto')),
      await files.keep(Buffer.from('orfano')),
      await files.keep(Buffer.from('giovane')),
    ]
    await transact(await city.as('employee'), (ctx) => recordFile(ctx, kept))
    const yesterday = new Date(Date.now() - 25 * 3_600_000)
    for (const { sha256 } of [kept, orphan]) utimesSync(files.path(sha256), yesterday, yesterday)
    expect(await files.sweep(database)).toBe(1)
    expect([kept, orphan, young].map(({ sha256 }) => existsSync(files.path(sha256)))).toEqual([true, false, true])
  })

  test('what a file is, is read from its bytes and not from its name', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
    const kinds = await Promise.all(
      [png, Buffer.from('<script>alert(1)</script>'), Buffer.from([0, 1, 2])].map((bytes) =>
        city.services.files.keep(bytes),
      ),
    )
    expect(kinds.map((kept) => kept.mediaType)).toEqual(['image/png', 'text/plain', 'application/octet-stream'])
  })
})

describe('jobs', () => {
  test('a job is kept or lost with the transaction that asked for it, and runs under its tenant', async () => {
    const ctx = await city.as('agent')
    const failing = transact(ctx, async (ctx) => {
      await ctx.services.jobs.enqueue(ctx, 'test.note', { n: 1 })
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    await transact(ctx, (ctx) => ctx.services.jobs.enqueue(ctx, 'test.note', { n: 2 }))
    const done: JobData[] = []
    const worker = await startWorker(
      city.services,
      [{ name: 'test.note', handle: async (_, data) => void done.push(data) }],
      [],
    )
    for (let waited = 0; waited < 10_000 && done.length === 0; waited += 100)
      await new Promise((resolve) => setTimeout(resolve, 100))
    await worker.stop()
    expect(done).toEqual([{ organisationId: city.organisationId, n: 2 }])
  })

  test('a job for later waits for its time', async () => {
    const later = new Date(Date.now() + 86_400_000)
    await transact(await city.as('agent'), (ctx) => ctx.services.jobs.enqueue(ctx, 'test.later', { n: 1 }, later))
    const found = await sql<{
      state: string
    }>`select state from pgboss.job where name = 'test.later' and start_after > now() + interval '23 hours'`.execute(
      city.services.database.owner,
    )
    expect(found.rows).toHaveLength(1)
  })
})

describe('live updates', () => {
  test('many changes in a moment are one word, and only to the tenant they happened in', async () => {
    const live = openLive(city.services.database, true)
    const heard = { ours: 0, theirs: 0 }
    live.listen(city.organisationId, () => (heard.ours += 1))
    live.listen('00000000-0000-4000-8000-000000000001', () => (heard.theirs += 1))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const ctx = await city.as('agent')
    for (let n = 0; n < 20; n += 1) await transact(ctx, async (ctx) => live.announce(ctx))
    await new Promise((resolve) => setTimeout(resolve, 600))
    await live.close()
    expect(heard.ours).toBeGreaterThanOrEqual(1)
    expect(heard.ours).toBeLessThanOrEqual(3)
    expect(heard.theirs).toBe(0)
  })

  test('a change that was rolled back is not told', async () => {
    const live = openLive(city.services.database, true)
    let heard = 0
    live.listen(city.organisationId, () => (heard += 1))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await transact(await city.as('agent'), async (ctx) => {
      live.announce(ctx)
      throw new Error('no')
    }).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 500))
    await live.close()
    expect(heard).toBe(0)
  })
})
