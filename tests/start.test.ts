/** Starting, stopping and being killed, as a person at the keyboard or a kernel out of memory would. */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casesAtScaleOne } from '../demo/volumes.ts'
import { ensureEmbedded } from '../src/platform/postgres.ts'
import { projectRoot } from '../src/platform/root.ts'
import {
  apiKey,
  beginServer,
  call,
  cleanUp,
  freePort,
  isAlive,
  newFolder,
  type Process,
  postmasterPid,
  type Start,
  servicesOf,
  sitec,
  startServer,
  statusOf,
  until,
  untilWell,
} from './support/server.ts'

const isRoot = process.getuid?.() === 0
const withoutDemo = { SITEC_DEMO: 'off' }
/** A hint for whoever reads the log; no test depends on it. */
const report = (what: string, ms: number) => console.log(`${what}: ${ms} ms`)
const openCase = (title: string) => ({ kind: 'incident', title, requesterEmail: 'impiegata@comune.example.it' })

afterAll(cleanUp)

async function cases(start: Start): Promise<number> {
  const services = await servicesOf(start)
  try {
    const found = await services.database.owner
      .selectFrom('desk_case')
      .select((select) => select.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    return Number(found.n)
  } finally {
    await services.close()
  }
}

describe('Starting', () => {
  const start: Start = { data: newFolder('start') }

  test('the first start builds the demo city; the second is quick and keeps all data', async () => {
    const first = await startServer(start)
    report('first start, with the demo city', first.readyMs)
    expect(first.output()).toContain('amministratore@comune.example.it')
    const token = await apiKey(start, 'operatore@societa.example.it', ['case.open'])
    expect((await call(first, token, 'POST', '/cases', openCase('Prima del riavvio'))).status).toBe(201)
    const before = await cases(start)
    expect(await first.stop()).toEqual({ code: 0, signal: null })
    const second = await startServer(start)
    report('second start', second.readyMs)
    expect(second.readyMs).toBeLessThan(15_000)
    expect(await cases(start)).toBe(before)
    expect(before).toBeGreaterThan(60)
    await second.stop()
  })

  test('the last to leave stops the embedded PostgreSQL', async () => {
    const server = await startServer(start)
    const pid = postmasterPid(start.data)
    const beside = await servicesOf(start)
    await server.stop()
    expect(postmasterPid(start.data)).toBe(pid)
    await beside.close()
    expect(postmasterPid(start.data)).toBeNull()
  })

  test('a second server on the same data says so and stops, and the first goes on', async () => {
    const first = await startServer(start)
    const second = await beginServer(start)
    expect(await second.ended).toEqual({ code: 1, signal: null })
    expect(second.errors()).toContain('Another SITEC server is already running on this data')
    expect(second.errors()).not.toContain('    at ')
    expect((await statusOf(first))?.isWell).toBe(true)
    await first.stop()
  })

  test('of two servers started at the same moment one serves and the other refuses', async () => {
    const fresh: Start = { data: newFolder('two'), env: { DEMO_SCALE: '0.1' } }
    const both = await Promise.all([beginServer(fresh), beginServer(fresh)])
    const refused = await Promise.race(both.map((one) => one.ended.then(() => one)))
    const serving = both.find((one) => one !== refused) as Process
    await untilWell(serving)
    expect((await refused.ended).code).toBe(1)
    expect(refused.errors()).toContain('already running on this data')
    expect((await sitec(fresh, 'audit', 'verify', '--json')).json).toMatchObject({ problems: [] })
    await serving.stop()
    expect(postmasterPid(fresh.data)).toBeNull()
  })

  test('the command line works beside a server and without one, and ends at once', async () => {
    const began = performance.now()
    const alone = await sitec(start, 'case', 'list', '--json')
    report('command without a server', Math.round(performance.now() - began))
    // It once waited a minute for its own idle connections.
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(alone).toMatchObject({ exit: 0 })
    expect(postmasterPid(start.data)).toBeNull()
    const server = await startServer(start)
    const beside = await sitec(start, 'case', 'list', '--json')
    expect(beside).toMatchObject({ exit: 0, json: alone.json })
    expect((await statusOf(server))?.isWell).toBe(true)
    await server.stop()
  })

  test('a command whose reader has had enough ends as it would have, and says nothing of the pipe', async () => {
    const env = { PATH: process.env.PATH ?? '', SITEC_DATA: start.data }
    const child = spawn(process.execPath, ['bin/sitec.mjs', 'case', 'list'], { cwd: projectRoot(), env })
    child.stdout.destroy()
    let errors = ''
    child.stderr.on('data', (bytes) => (errors += String(bytes)))
    const exit = await new Promise((resolve) => child.once('close', resolve))
    expect([exit, errors]).toEqual([0, ''])
  })

  test('commands at once without a server do not stop the database under each other', async () => {
    for (let round = 0; round < 3; round += 1) {
      const all = await Promise.all(
        Array.from({ length: 5 }, async (_, index) => {
          await sleep(index * 130)
          return sitec(start, 'case', 'list', '--json')
        }),
      )
      expect(all.map(({ exit, errors }) => ({ exit, errors }))).toEqual(all.map(() => ({ exit: 0, errors: '' })))
    }
    expect(postmasterPid(start.data)).toBeNull()
  })

  test('a start that fails on a busy port says so and leaves no PostgreSQL behind', async () => {
    const other = await startServer({ data: newFolder('other'), env: withoutDemo })
    const failed = await beginServer({ ...start, port: other.port })
    expect(await failed.ended).toEqual({ code: 1, signal: null })
    expect(failed.errors()).toContain('set PORT to a free one')
    expect(postmasterPid(start.data)).toBeNull()
    await other.stop()
  })

  test('a pid file that names another living process does not stop the start', async () => {
    writeFileSync(
      join(start.data, 'postgres-18', 'postmaster.pid'),
      `${process.pid}\n${join(start.data, 'postgres-18')}\n1700000000\n5432\n${join(start.data, 'run')}\n\n  0  0\n`,
    )
    const server = await startServer(start)
    await server.stop()
  })

  test('a data folder deep inside a folder of mode 0700, under a very long path', async () => {
    const sockets = () => readdirSync('/tmp').filter((name) => /^sitec-\d+-[0-9a-f]{12}$/.test(name))
    const before = new Set(sockets())
    const data = join(newFolder('private'), 'a'.repeat(60), 'b'.repeat(60), 'data')
    const server = await startServer({ data, env: withoutDemo })
    await server.stop()
    expect(existsSync(join(data, 'postgres-18'))).toBe(true)
    for (const name of sockets()) if (!before.has(name)) rmSync(join('/tmp', name), { recursive: true })
  })

  test.skipIf(!isRoot)('an ordinary user in a folder of their own', async (context) => {
    const barred = barrier(process.execPath) ?? barrier(join(projectRoot(), 'src/main.ts'))
    if (barred) context.skip(`${barred} is closed to an ordinary user`)
    const ordinary: Start = { data: newFolder('ordinary', true), asOrdinaryUser: true }
    const server = await startServer(ordinary)
    report('first start as an ordinary user', server.readyMs)
    expect((await sitec(ordinary, 'doctor', '--json')).exit).toBe(0)
    await server.stop()
    expect(postmasterPid(ordinary.data)).toBeNull()
  })
})

/** The first folder on the way that others may not enter, or null. */
function barrier(path: string): string | null {
  const done = modeOf(path)
  return done ? path : path === '/' ? null : barrier(dirname(path))
}

function modeOf(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return false
  } catch {
    return true
  }
}

describe('Killed', () => {
  const start: Start = { data: newFolder('killed') }
  let server: Awaited<ReturnType<typeof startServer>>
  let token: string

  beforeAll(async () => {
    start.port = await freePort()
    server = await startServer(start)
    token = await apiKey(start, 'operatore@societa.example.it', ['case.open'])
  })

  test('a server killed while idle starts again by itself and adopts the orphaned PostgreSQL', async () => {
    const pid = postmasterPid(start.data)
    await server.kill()
    expect(postmasterPid(start.data)).toBe(pid)
    server = await startServer(start)
    report('start after SIGKILL of the server', server.readyMs)
    expect(postmasterPid(start.data)).toBe(pid)
  })

  test('server and PostgreSQL killed together start again', async () => {
    process.kill(postmasterPid(start.data) ?? 0, 'SIGKILL')
    await server.kill()
    server = await startServer(start)
    report('start after SIGKILL of both', server.readyMs)
  })

  test('an idle PostgreSQL that was killed shows in /status and heals without a restart', async () => {
    const pid = postmasterPid(start.data) ?? 0
    process.kill(pid, 'SIGKILL')
    await until(() => !isAlive(pid))
    const seen = await statusOf(server)
    expect(seen?.http === 200 || seen?.parts.database?.isWell === false).toBe(true)
    report('healed, idle', await untilWell(server))
    expect(server.hasEnded()).toBe(false)
    expect(postmasterPid(start.data)).not.toBe(pid)
  })

  test('a busy PostgreSQL that was killed heals without a restart, and refusals meanwhile are 503', async () => {
    let isOver = false
    const refusals = new Set<number>()
    const clients = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const answer = await call(server, token, 'POST', '/cases', openCase('Sotto carico')).catch(() => null)
        if (answer && answer.status !== 201) refusals.add(answer.status)
      }
    })
    await sleep(500)
    process.kill(postmasterPid(start.data) ?? 0, 'SIGKILL')
    await sleep(20)
    report('healed, busy', await untilWell(server))
    isOver = true
    await Promise.all(clients)
    expect(server.hasEnded()).toBe(false)
    expect([...refusals].filter((status) => status !== 503)).toEqual([])
  })

  test('after PostgreSQL was killed a second server is still refused', async () => {
    process.kill(postmasterPid(start.data) ?? 0, 'SIGKILL')
    await sleep(50)
    await untilWell(server)
    await sleep(1500)
    const second = await beginServer({ data: start.data })
    expect((await second.ended).code).toBe(1)
    expect(second.errors()).toContain('already running on this data')
  })

  test('a database that cannot be reached shows in /status as lost, and as well again without a restart', async () => {
    // Its folder gone from under it: nothing can start it until the folder is back.
    const [folder, away] = [join(start.data, 'postgres-18'), join(start.data, 'away')]
    process.kill(postmasterPid(start.data) ?? 0, 'SIGKILL')
    renameSync(folder, away)
    mkdirSync(folder)
    writeFileSync(join(folder, 'PG_VERSION'), '14\n')
    // Connections that were open outlive the postmaster for a moment.
    await until(async () => (await statusOf(server))?.isWell === false)
    const lost = await statusOf(server)
    expect(lost).toMatchObject({ http: 503, isWell: false, parts: { database: { isWell: false } } })
    rmSync(folder, { recursive: true })
    renameSync(away, folder)
    report('healed, after the folder came back', await untilWell(server))
    expect(server.hasEnded()).toBe(false)
  })

  test('a server killed at any moment of its first start leaves nothing that stops the next', async () => {
    const fresh: Start = { data: newFolder('young') }
    for (const moment of [250, 500, 800, 1200, 1700]) {
      const young = await beginServer(fresh)
      await sleep(moment)
      await young.kill()
    }
    const last = await startServer(fresh)
    report('start after five killed starts', last.readyMs)
    expect((await sitec(fresh, 'audit', 'verify', '--json')).json).toMatchObject({ problems: [] })
    expect(await cases(fresh)).toBe(Math.round(casesAtScaleOne * 0.01))
    await last.stop()
    expect(readdirSync(fresh.data).filter((name) => name.includes('.part'))).toEqual([])
  })

  test('everything is still there, the chain verifies, and the server still stops when it is asked to', async () => {
    expect((await sitec(start, 'audit', 'verify', '--json')).json).toMatchObject({ problems: [] })
    expect(await server.stop()).toEqual({ code: 0, signal: null })
    expect(postmasterPid(start.data)).toBeNull()
  })
})

describe('A PostgreSQL 15 of one’s own', () => {
  let url: string
  let data: string
  let host: string
  const asLogin = async <Result>(connectionString: string, work: (client: pg.Client) => Promise<Result>) => {
    const client = new pg.Client({ connectionString })
    await client.connect()
    return work(client).finally(() => client.end())
  }

  beforeAll(async () => {
    data = newFolder('fifteen')
    const endpoint = await ensureEmbedded(data, 15)
    host = endpoint.kind === 'embedded' ? encodeURIComponent(endpoint.host) : ''
    await asLogin(`postgresql://sitec_admin@localhost/postgres?host=${host}`, async (client) => {
      await client.query('create role city login createrole nosuperuser')
      await client.query('create database sitec owner city')
    })
    url = `postgresql://city@localhost/sitec?host=${host}`
  })

  test('with a plain login that owns the database SITEC migrates, serves and is under row security', async () => {
    const start: Start = { data: join(newFolder('url'), 'not', 'there', 'yet'), env: { DATABASE_URL: url } }
    const first = await startServer(start)
    report('first start on PostgreSQL 15', first.readyMs)
    const token = await apiKey(start, 'operatore@societa.example.it', ['case.open'])
    expect((await call(first, token, 'POST', '/cases', openCase('Su PostgreSQL 15'))).status).toBe(201)
    const rows = await asLogin(url, async (client) => {
      await client.query('set role sitec_app')
      return (await client.query('select from desk_case')).rowCount
    })
    expect(rows).toBe(0)
    const login = await asLogin(url, (client) =>
      client.query(
        'select rolsuper, rolbypassrls, current_setting($1)::int / 10000 as major from pg_roles where rolname = current_user',
        ['server_version_num'],
      ),
    )
    expect(login.rows).toEqual([{ rolsuper: false, rolbypassrls: false, major: 15 }])
    const second = await beginServer({ ...start, port: await freePort() })
    expect((await second.ended).code).toBe(1)
    expect(second.errors()).toContain('already running')
    await first.stop()
    const again = await startServer(start)
    report('second start on PostgreSQL 15', again.readyMs)
    expect((await sitec(start, 'audit', 'verify', '--json')).json).toMatchObject({ problems: [] })
    expect((await sitec(start, 'doctor')).exit).toBe(0)
    await again.stop()
  })

  test('a server of whose database nothing is left keeps its lock when the database is back', async () => {
    const start: Start = { data: newFolder('url'), env: { DATABASE_URL: url, ...withoutDemo } }
    const server = await startServer(start)
    const pid = fifteenPid(data)
    process.kill(pid, 'SIGINT')
    await until(() => !isAlive(pid))
    await sleep(2500)
    expect(await statusOf(server)).toMatchObject({ http: 503, parts: { database: { isWell: false } } })
    await ensureEmbedded(data, 15)
    report('healed, DATABASE_URL', await untilWell(server))
    await sleep(2500)
    const second = await beginServer(start)
    expect((await second.ended).code).toBe(1)
    await server.stop()
  })

  afterAll(async () => {
    const pid = fifteenPid(data)
    process.kill(pid, 'SIGINT')
    await until(() => !isAlive(pid))
  })
})

const fifteenPid = (data: string) => postmasterPid(data, 15) ?? 0

describe('Settings that cannot work', () => {
  test.each([
    ['SITEC_URL', 'http://192.168.1.10', 'must be https'],
    ['SITEC_URL', 'sitec.comune.example.it', 'must be'],
    ['PORT', 'abc', 'must be'],
    ['PORT', '70000', 'must be between 1 and 65535'],
    ['SITEC_DEMO', 'maybe', 'must be on or off'],
    ['SITEC_ROLE', 'boss', 'must be all, web or worker'],
    ['DATABASE_URL', 'foo', 'must be an address such as postgresql://'],
  ])('%s=%s is refused by its name, in a sentence', async (name, value, says) => {
    const data = newFolder('settings')
    const server = await beginServer({ data, env: { [name]: value } })
    expect(await server.ended).toEqual({ code: 1, signal: null })
    expect(server.errors()).toContain(`${name} ${says}`)
    expect(server.errors()).not.toContain('    at ')
    expect(readdirSync(data)).toEqual([])
  })

  test('a DATABASE_URL at which nothing listens', async () => {
    const url = `postgresql://city:secret@127.0.0.1:${await freePort()}/sitec`
    const server = await beginServer({ data: newFolder('settings'), env: { DATABASE_URL: url } })
    expect((await server.ended).code).toBe(1)
    expect(server.errors()).toContain('The database of DATABASE_URL cannot be reached')
    expect(server.errors()).not.toContain('secret')
    expect(server.errors()).not.toContain('    at ')
  })
})
