/**
 * Backup and restore: one file, one snapshot.
 *
 * The archive is a plain tar: `manifest.json`, `secret.key`, `rows/<table>.copy` (PostgreSQL COPY text), `files/<sha256>`.
 * Rows come from one repeatable-read transaction, so a backup taken while the server works is of one instant.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { ArchiveError, readArchive, writeArchive } from './archive.ts'
import { ours, tables } from './backup-tables.ts'
import type { Services } from './context.ts'
import { verifyChain } from './seals.ts'

type Manifest = {
  format: 1
  madeAt: string
  migrations: string[]
  tables: { name: string; columns: string[]; rows: number }[]
  files: number
  head: string | null
}

/** Writes everything to one file; returns what is in it. The file appears under its name only when complete. */
export async function backUp(services: Services, dataFolder: string, target: string) {
  const work = await mkdtemp(join(dirname(target), '.sitec-backup-'))
  const client = await services.database.ownerPool.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await checkTables(client)
    const manifest: Manifest = {
      format: 1,
      madeAt: new Date().toISOString(),
      migrations: await migrations(client),
      tables: [],
      files: 0,
      head: await lastHead(client),
    }
    const members: { name: string; path: string }[] = []
    for (const name of tables) {
      const path = join(work, `${name}.copy`)
      const columns = await storedColumns(client, name)
      const copy = client.query(
        copyTo(`copy (select ${columns.map((column) => `"${column}"`).join(', ')} from ${name}) to stdout`),
      )
      await pipeline(copy, createWriteStream(path, { mode: 0o600 }))
      manifest.tables.push({ name, columns, rows: copy.rowCount })
      members.push({ name: `rows/${name}.copy`, path })
    }
    const files = await client.query<{ sha256: string }>('select distinct sha256 from file')
    for (const { sha256 } of files.rows) members.push({ name: `files/${sha256}`, path: services.files.path(sha256) })
    manifest.files = files.rows.length
    await client.query('commit')
    await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest), { mode: 0o600 })
    members.unshift(
      { name: 'manifest.json', path: join(work, 'manifest.json') },
      { name: 'secret.key', path: join(dataFolder, 'secret.key') },
    )
    await writeArchive(members, `${target}.part`)
    await rename(`${target}.part`, target)
    return {
      file: target,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files,
      head: manifest.head,
    }
  } finally {
    client.release(true)
    await rm(work, { recursive: true, force: true })
    await rm(`${target}.part`, { force: true })
  }
}

/** Fills an empty, migrated place from a backup: rows in one transaction, files checked by digest; then verifies the chain. */
export async function restore(services: Services, dataFolder: string, source: string) {
  const size = await stat(source).catch(() => null)
  if (size === null) throw new ArchiveError(`There is no file ${source}.`)
  const client = await services.database.ownerPool.connect()
  const kept: string[] = []
  let isCommitted = false
  try {
    await client.query('begin')
    // A server that starts meanwhile waits here with its demo city, and then finds the place taken.
    await client.query('lock table organisation in share row exclusive mode')
    const taken = await client.query('select from organisation limit 1')
    if ((taken.rowCount ?? 0) > 0)
      throw new ArchiveError('This place is not empty: restore into a new SITEC_DATA folder or an empty database.')
    const { manifest, key } = await load(services, client, source, kept)
    await advanceSequences(client)
    await restoreKey(dataFolder, key)
    await client.query('commit')
    isCommitted = true
    const report = await verifyChain(services.database.owner, manifest.head ?? undefined)
    return {
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files,
      head: report.head,
      problems: report.problems.length,
    }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (!isCommitted) for (const sha256 of kept) await rm(services.files.path(sha256), { force: true })
    throw error
  } finally {
    client.release(true)
  }
}

async function load(services: Services, client: pg.PoolClient, source: string, kept: string[]) {
  let manifest: Manifest | null = null
  let key: Buffer | null = null
  // Rows carry their own instants and their own place in the queue of seals.
  await client.query('alter table event disable trigger user')
  for await (const member of readArchive(source)) {
    if (member.name === 'manifest.json') {
      manifest = JSON.parse((await member.bytes()).toString('utf8')) as Manifest
      await checkManifest(client, manifest)
    } else if (member.name === 'secret.key') key = await member.bytes()
    else if (member.name.startsWith('rows/')) await copyIn(client, manifest, member.name.slice(5, -5), member.stream())
    else if (member.name.startsWith('files/'))
      await restoreFile(services, member.name.slice(6), await member.bytes(), kept)
    else throw new ArchiveError(`The backup has something unknown in it: ${member.name}.`)
  }
  await client.query('alter table event enable trigger user')
  if (manifest === null || key === null) throw new ArchiveError('This is not a SITEC backup, or it is cut short.')
  await checkCounts(client, manifest)
  if (kept.length !== manifest.files)
    throw new ArchiveError(`The backup should have ${manifest.files} files and has ${kept.length}: it is cut short.`)
  return { manifest, key }
}

async function copyIn(client: pg.PoolClient, manifest: Manifest | null, name: string, rows: NodeJS.ReadableStream) {
  const table = manifest?.tables.find((table) => table.name === name)
  if (table === undefined || !tables.includes(name))
    throw new ArchiveError(`The backup has something unknown in it: ${name}.`)
  await pipeline(
    rows,
    client.query(
      copyFrom(
        `copy ${name} (${table.columns.map((column) => `"${column.replaceAll('"', '')}"`).join(', ')}) from stdin`,
      ),
    ),
  ).catch((cause) => {
    throw new ArchiveError(`Table ${name} of the backup cannot be read: ${cause.message}`, { cause })
  })
}

async function restoreFile(services: Services, sha256: string, bytes: Buffer, kept: string[]) {
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new ArchiveError(`File ${sha256} of the backup is damaged.`)
  kept.push(sha256)
  await services.files.keep(bytes)
}

async function restoreKey(dataFolder: string, bytes: Buffer) {
  await mkdir(dataFolder, { recursive: true })
  const file = await open(join(dataFolder, 'secret.key'), 'w', 0o600)
  await file.writeFile(bytes)
  await file.sync()
  await file.close()
}

async function checkManifest(client: pg.PoolClient, manifest: Manifest) {
  const present = await migrations(client)
  const unknown = manifest.migrations.filter((name) => !present.includes(name))
  if (manifest.format !== 1 || unknown.length > 0)
    throw new ArchiveError(
      `This backup was made by a newer SITEC (${unknown.join(', ')}): install that version to restore it.`,
    )
  if (manifest.migrations.length !== present.length) {
    throw new ArchiveError(
      `This backup was made by an older SITEC (up to ${manifest.migrations.at(-1)}): restore it with that version, then upgrade.`,
    )
  }
}

async function checkCounts(client: pg.PoolClient, manifest: Manifest) {
  for (const table of manifest.tables) {
    const found = await client.query<{ n: number }>(
      `select count(*)::int as n from ${tables.find((name) => name === table.name)}`,
    )
    if (found.rows[0]?.n !== table.rows)
      throw new ArchiveError(
        `Table ${table.name} should have ${table.rows} rows and has ${found.rows[0]?.n}: the backup is damaged.`,
      )
  }
}

// A table added later must be added to the list above: forgetting it fails every backup, loudly.
async function checkTables(client: pg.PoolClient) {
  const found = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  )
  const forgotten = found.rows.map((row) => row.name).filter((name) => !tables.includes(name) && !ours.includes(name))
  if (forgotten.length > 0)
    throw new ArchiveError(`These tables are not in the backup's list: ${forgotten.join(', ')}.`)
}

async function storedColumns(client: pg.PoolClient, table: string): Promise<string[]> {
  const found = await client.query<{ name: string }>(
    "select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
    [table],
  )
  return found.rows.map((row) => row.name)
}

async function migrations(client: pg.PoolClient): Promise<string[]> {
  return (await client.query<{ name: string }>('select name from migration order by name')).rows.map((row) => row.name)
}

async function lastHead(client: pg.PoolClient): Promise<string | null> {
  const found = await client.query<{ head: string }>(
    "select encode(head, 'hex') || '@' || number as head from seal order by number desc limit 1",
  )
  return found.rows[0]?.head ?? null
}

async function advanceSequences(client: pg.PoolClient) {
  await client.query("select setval(pg_get_serial_sequence('event', 'id'), greatest((select max(id) from event), 1))")
  await client.query("select setval('desk_case_number', greatest((select max(number) from desk_case), 1))")
}
