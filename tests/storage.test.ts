/** What lies on the disk: folders that cannot work, disks that are full, backups taken while people work. */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readArchive } from '../src/platform/archive.ts'
import {
  apiKey,
  beginServer,
  call,
  cleanUp,
  newFolder,
  postmasterPid,
  run,
  type Start,
  servicesOf,
  sitec,
  startServer,
  until,
} from './support/server.ts'

const isRoot = process.getuid?.() === 0
const withoutDemo = { SITEC_DEMO: 'off' }
const openCase = (title: string) => ({ kind: 'incident', title, requesterEmail: 'impiegata@comune.example.it' })
const agent = 'operatore@societa.example.it'
const mounts: string[] = []

afterAll(async () => {
  for (const folder of mounts.splice(0)) await run('umount', '-l', folder)
  await cleanUp()
})

/** A small disk of its own, or false where none can be mounted. */
async function mount(folder: string, size: string): Promise<boolean> {
  const done = await run('mount', '-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', folder)
  if (done) mounts.push(folder)
  return done
}

describe('Data folders that cannot work', () => {
  const refused = async (start: Start, says: string) => {
    const server = await beginServer(start)
    expect(await server.ended, server.output()).toEqual({ code: 1, signal: null })
    expect(server.errors()).toContain(says)
    expect(server.errors()).not.toContain('    at ')
    expect((await sitec(start, 'case', 'list')).errors).not.toContain('    at ')
  }

  test('a path below something that is no folder', () =>
    refused({ data: '/dev/null/x' }, 'The data folder cannot be written'))

  test('a file instead of a folder', async () => {
    const file = join(newFolder('file'), 'data')
    writeFileSync(file, '')
    await refused({ data: file }, 'The data folder cannot be written')
  })

  test.skipIf(!isRoot)('a folder this user may only read', async () => {
    const data = newFolder('readonly', true)
    chmodSync(data, 0o500)
    await refused({ data, asOrdinaryUser: true }, 'The data folder cannot be written')
  })

  test('data written by PostgreSQL 14', async () => {
    const data = newFolder('fourteen')
    mkdirSync(join(data, 'postgres-18'))
    writeFileSync(join(data, 'postgres-18', 'PG_VERSION'), '14\n')
    await refused({ data }, 'was written by PostgreSQL 14; this SITEC runs 18')
  })

  test('a database written by a newer SITEC, and no PostgreSQL is left behind', async () => {
    const start: Start = { data: newFolder('newer'), env: withoutDemo }
    const services = await servicesOf(start)
    await services.database.owner.insertInto('migration').values({ name: '9999_future.sql', sha256: '00' }).execute()
    await services.close()
    await refused(start, 'written by a newer SITEC (it has 9999_future.sql)')
    expect(postmasterPid(start.data)).toBeNull()
  })
})

describe('A full disk', () => {
  test.skipIf(!isRoot)(
    'an attachment that does not fit is refused clearly, and nothing is half-written',
    async (context) => {
      const start: Start = { data: newFolder('full') }
      const files = join(start.data, 'files')
      mkdirSync(files, { mode: 0o700 })
      if (!(await mount(files, '2m'))) context.skip('tmpfs cannot be mounted here')
      const server = await startServer(start)
      const token = await apiKey(start, agent, ['case.open', 'case.reply', 'case.read'])
      const { body } = await call(server, token, 'POST', '/cases', openCase('Con allegato'))
      const attach = (bytes: number) => {
        const form = new FormData()
        form.set('file', new File([Buffer.alloc(bytes, 7)], 'grande.bin'))
        return call(server, token, 'POST', `/cases/${body.id}/attachments`, form)
      }
      expect(await attach(4_000_000)).toMatchObject({ status: 503, body: { code: 'disk_full' } })
      expect(readdirSync(join(files, 'part'))).toEqual([])
      const read = await call(server, token, 'GET', `/cases/${body.id}`)
      expect(read.body).toMatchObject({ attachments: [], version: 1 })
      expect((await attach(100_000)).status).toBe(200)
      await server.stop()
    },
  )

  test.skipIf(!isRoot)('a start on a full disk says so, and starts when there is room again', async (context) => {
    const data = newFolder('fullstart')
    if (!(await mount(data, '20m'))) context.skip('tmpfs cannot be mounted here')
    const server = await beginServer({ data, env: withoutDemo })
    expect((await server.ended).code).toBe(1)
    expect(server.errors()).toContain('is full: free some space')
    expect(server.errors()).not.toContain('    at ')
    expect(existsSync(join(data, 'postgres-18'))).toBe(false)
    await run('mount', '-o', 'remount,size=500m', data)
    const enough = await startServer({ data, env: withoutDemo }).catch((error) => error)
    // Below 200 MB free /status would say so; with 500 MB all is well.
    expect(enough).toMatchObject({ readyMs: expect.any(Number) })
    await enough.stop()
    await run('sh', '-c', `cat /dev/zero > ${join(data, 'ballast')}`)
    const again = await beginServer({ data, env: withoutDemo })
    expect((await again.ended).code).toBe(1)
    expect(again.errors()).toContain('is full: free some space')
  })
})

describe('Backup and restore', () => {
  const start: Start = { data: newFolder('source') }
  const folder = newFolder('backups')
  const quiet = join(folder, 'quiet.tar')
  let server: Awaited<ReturnType<typeof startServer>>
  let token: string
  let caseId: string
  let head: string
  /** The demo city's own, and the two attachments. */
  let files: number

  beforeAll(async () => {
    server = await startServer(start)
    token = await apiKey(start, agent, ['case.open', 'case.reply', 'case.read'])
    files = filesBelow(start.data).length + 2
    const opened = await call(server, token, 'POST', '/cases', openCase('Con due allegati'))
    caseId = String(opened.body.id)
    for (const name of ['uno.txt', 'due.txt']) {
      const form = new FormData()
      form.set('file', new File([`contenuto di ${name}\n`.repeat(2000)], name))
      expect((await call(server, token, 'POST', `/cases/${caseId}/attachments`, form)).status).toBe(200)
    }
  })

  test('a backup while people work is of one instant: it restores, and its chain verifies', async () => {
    const written = { isOver: false, cases: 0 }
    const clients = Array.from({ length: 4 }, async () => {
      while (!written.isOver) {
        const { body } = await call(server, token, 'POST', '/cases', openCase('Durante il salvataggio'))
        await call(server, token, 'POST', `/cases/${body.id}/entries`, { body: 'Una risposta' })
        written.cases += 1
      }
    })
    await sleep(300)
    const busy = join(folder, 'busy.tar')
    const made = await sitec(start, 'backup', busy, '--json')
    const during = written.cases
    await sleep(200)
    written.isOver = true
    await Promise.all(clients)
    expect(made.exit).toBe(0)
    expect(during).toBeGreaterThan(5)
    const place: Start = { data: join(newFolder('busy'), 'data') }
    expect(await sitec(place, 'restore', busy, '--json')).toMatchObject({ exit: 0, json: { problems: 0, files } })
    const [source, copy] = await Promise.all([eventDigests(start), eventDigests(place)])
    expect([...copy].filter(([id, digest]) => source.get(id) !== digest)).toEqual([])
    expect(copy.size).toBeGreaterThan(300)
    expect(await halfWritten(place)).toBe(0)
  })

  test('into an empty place: the same rows in every table, the same files, the same key, and the kept head agrees', async () => {
    // The running server seals within a second, and follows the desk for the first time within a minute.
    const isStill = (rows: Map<string, string>) =>
      rows.get('event_unsealed')?.startsWith('0 ') === true && rows.get('desk_watermark')?.startsWith('0 ') === false
    await until(async () => isStill(await tableDigests(start)), 70_000)
    expect((await sitec(start, 'backup', quiet, '--json')).exit).toBe(0)
    const place: Start = { data: join(newFolder('target'), 'data') }
    const done = await sitec(place, 'restore', quiet, '--json')
    expect(done).toMatchObject({ exit: 0, json: { problems: 0, files } })
    const [source, copy] = await Promise.all([tableDigests(start), tableDigests(place)])
    expect(Object.fromEntries(copy)).toEqual(Object.fromEntries(source))
    expect(source.size).toBeGreaterThan(20)
    expect(filesBelow(place.data)).toEqual(filesBelow(start.data))
    expect(filesBelow(start.data).length).toBe(files)
    expect(readFileSync(join(place.data, 'secret.key'))).toEqual(readFileSync(join(start.data, 'secret.key')))
    for await (const member of readArchive(quiet))
      if (member.name === 'manifest.json') head = JSON.parse(String(await member.bytes())).head
    expect(await sitec(place, 'audit', 'verify', '--head', head, '--json')).toMatchObject({
      exit: 0,
      json: { head, problems: [] },
    })
    const wrong = `${'0'.repeat(64)}@${head.split('@')[1]}`
    expect((await sitec(place, 'audit', 'verify', '--head', wrong)).exit).toBe(1)
    await serves(place)
  })

  // The restored place is a server like the one it came from: same keys, same files, numbers that go on.
  async function serves(place: Start) {
    const restored = await startServer(place)
    const read = await call(restored, token, 'GET', `/cases/${caseId}`)
    expect(read.body.attachments).toHaveLength(2)
    const [first] = read.body.attachments as { id: string }[]
    const file = await fetch(`${restored.url}/api/cases/${caseId}/attachments/${first?.id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await file.text()).toContain('contenuto di')
    const opened = await call(restored, token, 'POST', '/cases', openCase('Dopo il ripristino'))
    expect(opened).toMatchObject({ status: 201 })
    await restored.stop()
    expect((await sitec(place, 'audit', 'verify', '--head', head, '--json')).json).toMatchObject({ problems: [] })
  }

  test('restoring onto a place that is not empty is refused and changes nothing', async () => {
    const before = await tableDigests(start)
    const refused = await sitec(start, 'restore', quiet)
    expect(refused.exit).toBe(2)
    expect(refused.errors).toContain('This place is not empty')
    expect(Object.fromEntries(await tableDigests(start))).toEqual(Object.fromEntries(before))
  })

  test('a backup that is cut short or damaged, wherever, is refused and leaves nothing', async () => {
    const whole = readFileSync(quiet)
    const lastFile = whole.lastIndexOf('files/')
    const flipped = Buffer.from(whole)
    flipped[lastFile + 700] = (flipped[lastFile + 700] ?? 0) ^ 1
    const damaged: Record<string, Buffer> = {
      'cut after 100 bytes': whole.subarray(0, 100),
      'cut in the rows': whole.subarray(0, Math.floor(whole.length / 3)),
      'cut before the last file': whole.subarray(0, lastFile),
      'cut in the last file': whole.subarray(0, lastFile + 2000),
      'without its end': whole.subarray(0, whole.length - 1024),
      'ended before the last file': Buffer.concat([whole.subarray(0, lastFile), Buffer.alloc(1024)]),
      'with one bit of a file flipped': flipped,
      'something else': Buffer.from('this is no backup\n'.repeat(100)),
      empty: Buffer.alloc(0),
    }
    const place: Start = { data: join(newFolder('damaged'), 'data') }
    for (const [what, bytes] of Object.entries(damaged)) {
      const path = join(folder, 'damaged.tar')
      writeFileSync(path, bytes)
      const refused = await sitec(place, 'restore', path)
      expect(refused.exit, what).toBe(2)
      expect(refused.errors, what).toMatch(/^(This|The|File|Table) .*backup/)
      expect(refused.errors, what).not.toContain('    at ')
      expect(filesBelow(place.data), what).toEqual([])
      const rows = [...(await tableDigests(place))].filter(
        ([name, digest]) => name !== 'migration' && !digest.startsWith('0 '),
      )
      expect(rows, what).toEqual([])
    }
    expect(await sitec(place, 'restore', quiet, '--json')).toMatchObject({ exit: 0, json: { problems: 0 } })
  })

  test.skipIf(!isRoot)('a backup onto a full disk says so and leaves nothing there', async (context) => {
    const small = newFolder('small')
    if (!(await mount(small, '64k'))) context.skip('tmpfs cannot be mounted here')
    const refused = await sitec(start, 'backup', join(small, 'b.tar'))
    expect(refused.exit).toBe(2)
    expect(refused.errors).toContain('no space left')
    expect(refused.errors).not.toContain('    at ')
    expect(readdirSync(small)).toEqual([])
    await server.stop()
  })
})

/** Rows and an order-independent digest of every table. */
async function tableDigests(start: Start): Promise<Map<string, string>> {
  const services = await servicesOf(start)
  const owner = services.database.owner
  try {
    const tables = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
      owner,
    )
    const digests = new Map<string, string>()
    for (const { name } of tables.rows) {
      if (name === 'migration') continue // its instants are the place's own
      const found = await sql<{ digest: string }>`
        select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as digest
        from ${sql.table(name)} t`.execute(owner)
      digests.set(name, found.rows[0]?.digest ?? '')
    }
    return digests
  } finally {
    await services.close()
  }
}

async function eventDigests(start: Start): Promise<Map<number, string>> {
  const services = await servicesOf(start)
  try {
    const found = await sql<{ id: number; digest: string }>`
      select e.id, md5(e::text || coalesce(t::text, '')) as digest from event e left join event_text t on t.event_id = e.id`.execute(
      services.database.owner,
    )
    return new Map(found.rows.map((row) => [row.id, row.digest]))
  } finally {
    await services.close()
  }
}

/** Cases whose row and events are not of the same instant. */
async function halfWritten(start: Start): Promise<number> {
  const services = await servicesOf(start)
  try {
    const found = await sql<{ n: number }>`
      select count(*)::int as n from desk_case c where c.version <>
        (select count(*) from event e where e.organisation_id = c.organisation_id and e.subject_type = 'case' and e.subject_id = c.id)`.execute(
      services.database.owner,
    )
    return found.rows[0]?.n ?? -1
  } finally {
    await services.close()
  }
}

/** Name and digest of every stored file. */
function filesBelow(data: string): string[] {
  const folder = join(data, 'files')
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => {
      const digest = createHash('sha256')
        .update(readFileSync(join(found.parentPath, found.name)))
        .digest('hex')
      return `${found.name} ${digest}`
    })
    .sort()
}
