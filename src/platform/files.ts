/** Files by content: the path is the SHA-256, the row says that it belongs to somebody. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import { sql } from 'kysely'
import type { TxContext } from './context.ts'
import type { Database } from './db.ts'
import { Problem } from './problem.ts'
import { fileSize, platformTexts, say } from './texts.ts'

/** Largest file taken, in bytes. */
export const largestFile = 25_000_000
/** A file whose row was never committed is removed after this long. */
const orphanAfterMs = 24 * 60 * 60 * 1000

export type Files = {
  /** Makes the bytes durable and returns what to record. Call before what names them is committed. */
  keep: (bytes: Uint8Array, limit?: number) => Promise<KeptFile>
  path: (sha256: string) => string
  sweep: (database: Database) => Promise<number>
}
export type KeptFile = { sha256: string; bytes: number; mediaType: string }

export function openFiles(dataFolder: string): Files {
  const folder = join(dataFolder, 'files')
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  return {
    path,
    keep: (bytes, limit = largestFile) => keep(folder, path, bytes, limit),
    sweep: (database) => sweep(folder, database),
  }
}

/** Records in the open transaction that the tenant holds this content. */
export async function recordFile(ctx: TxContext, file: KeptFile): Promise<void> {
  await ctx.db
    .insertInto('file')
    .values({ organisation_id: ctx.organisationId, sha256: file.sha256, bytes: file.bytes, media_type: file.mediaType })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The content as a web stream, for a download. */
export function readFileStream(files: Files, sha256: string): ReadableStream {
  const source = createReadStream(files.path(sha256))
  return new ReadableStream({
    start(controller) {
      source.on('data', (chunk) => {
        controller.enqueue(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
        if ((controller.desiredSize ?? 1) <= 0) source.pause()
      })
      source.on('end', () => controller.close())
      source.on('error', (error) => controller.error(error))
    },
    pull: () => void source.resume(),
    cancel: () => void source.destroy(),
  })
}

/** The Problem for content over the limit. */
export function tooLarge(limit: number = largestFile): Problem {
  return new Problem('too_large', 'too_large', {
    it: say(platformTexts, (t) => t.problems.tooLarge(fileSize(limit, 'it'))).it,
    en: say(platformTexts, (t) => t.problems.tooLarge(fileSize(limit, 'en'))).en,
  })
}

// temp → fsync → rename → fsync folder: after the answer a power cut cannot take the file back.
async function keep(
  folder: string,
  path: (sha256: string) => string,
  bytes: Uint8Array,
  limit: number,
): Promise<KeptFile> {
  if (bytes.byteLength > limit) throw tooLarge(limit)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const target = path(sha256)
  const part = join(folder, 'part', randomUUID())
  try {
    await makeOnce(dirname(target))
    await makeOnce(dirname(part))
    const file = await open(part, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, target)
    const parent = await open(dirname(target))
    await parent.sync().finally(() => parent.close())
  } catch (cause) {
    await rm(part, { force: true })
    if (isFull(cause))
      throw new Problem(
        'unavailable',
        'disk_full',
        say(platformTexts, (t) => t.problems.diskFull),
        [],
        { cause },
      )
    throw cause
  }
  return { sha256, bytes: bytes.byteLength, mediaType: await sniff(bytes) }
}

// Nobody removes these folders while SITEC runs: asking again for each file would cost a tenth of keeping it.
const made = new Set<string>()
async function makeOnce(folder: string) {
  if (made.has(folder)) return
  await mkdir(folder, { recursive: true, mode: 0o700 })
  made.add(folder)
}

function isFull(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(String(error.code))
  )
}

// What it is, from its bytes; never from what the sender says.
async function sniff(bytes: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(bytes)
  if (found) return found.mime
  const start = bytes.subarray(0, 4096)
  if (start.includes(0)) return 'application/octet-stream'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return 'text/plain'
  } catch {
    return 'application/octet-stream'
  }
}

async function sweep(folder: string, database: Database): Promise<number> {
  let removed = 0
  for (const shelf of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(join(folder, shelf))) {
      const path = join(folder, shelf, name)
      const age = Date.now() - (await stat(path)).mtimeMs
      if (age < orphanAfterMs) continue
      const known =
        shelf !== 'part' &&
        (await sql<{ known: boolean }>`select file_is_known(${name}) as known`.execute(database.app)).rows[0]?.known
      if (known) continue
      await rm(path)
      removed += 1
    }
  }
  return removed
}
