/** `sitec mail …` */
import type { Dirent } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command, Invocation, Outcome } from '../../platform/command.ts'
import type { Context } from '../../platform/context.ts'
import { log } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import { mailKinds } from './internal/mail-plan.ts'
import {
  fromFile,
  ingestMail,
  largestKept,
  type MailOrigin,
  type RawMail,
  storeMails,
  takeMail,
} from './mail-intake.ts'
import type { mailOutcomes } from './mail-schema.ts'

/** Messages are stored so many at a time, or fewer when they are large, and so many lots are in hand at once. */
const lot = { messages: 8, bytes: 8_000_000 } as const
const inHand = 3
const mostAttempts = 5

/** Mail on the command line. */
export const mailCommands: readonly Command[] = [
  {
    name: 'mail ingest',
    usage: 'PATH… [--kind incident|service_request|application_support]',
    help: 'Take in raw RFC 822 files, or folders of them; one JSON line for each, and one with the counts at the end.',
    options: { kind: { type: 'string' } },
    run: ingestPaths,
  },
]

type Counts = Record<(typeof mailOutcomes)[number] | 'failed', number>

async function ingestPaths({ context, positionals, values, resolvePath, print }: Invocation): Promise<Outcome> {
  const kind = mailKinds.find((kind) => kind === (values.kind ?? fromFile.kind))
  if (positionals.length === 0 || kind === undefined) return badUsage()
  for (const path of positionals) await stat(resolvePath(path))
  const counts: Counts = { opened: 0, appended: 0, duplicate: 0, ignored: 0, quarantined: 0, failed: 0 }
  const say = async (file: string, { outcome, case: number, reason }: Ingested) => {
    counts[outcome] += 1
    await print(JSON.stringify({ file, outcome, case: number, reason }))
  }
  const lots = lotsOf(filesOf(positionals, resolvePath), { ...fromFile, kind })
  const hand = async () => {
    for await (const files of lots) await ingestLot(context, files, say)
  }
  await Promise.all(Array.from({ length: inHand }, hand))
  const { failed, ...taken } = counts
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0)
  const summary = { total, ...taken, ...(failed > 0 && { failed }) }
  return { exit: failed === 0 ? 0 : 1, json: summary, text: JSON.stringify(summary) }
}

function badUsage(): Outcome {
  const text = `Name files or folders: sitec mail ingest PATH… [--kind ${mailKinds.join('|')}]`
  return { exit: 2, json: { problem: { title: text } }, text }
}

type Ingested = { outcome: keyof Counts; case: string | null; reason: string | null }
type MailFile = { name: string; mail: RawMail | null }
type Say = (file: string, done: Ingested) => Promise<void>

// Stored together; when that cannot be, one by one, so that only the one that cannot be taken has failed.
async function ingestLot(context: Context, files: readonly MailFile[], say: Say) {
  const readable = files.filter((file): file is { name: string; mail: RawMail } => file.mail !== null)
  const mails = readable.map(({ mail }) => mail)
  const stored = await storeMails(context, mails).catch((error: unknown) => {
    if (error instanceof Problem && error.kind === 'forbidden') throw error
    return []
  })
  const one = async ({ name, mail }: MailFile) => {
    if (mail === null) return say(name, { outcome: 'failed', case: null, reason: 'unreadable' })
    const before = stored[mails.indexOf(mail)]
    await say(name, before?.known ?? (await insist(() => takeOne(context, mail, before?.id))))
  }
  await Promise.all(files.map(one))
}

function takeOne(context: Context, { raw, origin }: RawMail, storedId: string | undefined) {
  return storedId === undefined ? ingestMail(context, raw, origin) : takeMail(context, storedId, raw)
}

// Without disk or database for a moment: tried again; then said to have failed, while the others go on.
async function insist(take: () => Promise<Ingested>): Promise<Ingested> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await take()
    } catch (error) {
      if (attempt === mostAttempts) {
        log.error('mail.not_taken', error)
        return { outcome: 'failed', case: null, reason: error instanceof Problem ? error.code : 'failed' }
      }
      await sleep(250 * 2 ** attempt)
    }
  }
}

async function* lotsOf(files: AsyncGenerator<{ name: string; path: string }>, origin: MailOrigin) {
  let together: MailFile[] = []
  let bytes = 0
  for await (const { name, path } of files) {
    const found = await readStart(path).catch(() => null)
    together.push({ name, mail: found && { raw: found.raw, origin: { ...origin, bytes: found.bytes } } })
    bytes += found?.raw.byteLength ?? 0
    if (together.length < lot.messages && bytes < lot.bytes) continue
    yield together
    together = []
    bytes = 0
  }
  if (together.length > 0) yield together
}

// The whole file, or as much of it as is kept.
async function readStart(path: string): Promise<{ raw: Uint8Array; bytes: number }> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size <= largestKept) return { raw: await file.readFile(), bytes: size }
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(largestKept) })
    return { raw: buffer.subarray(0, bytesRead), bytes: size }
  } finally {
    await file.close()
  }
}

// Several hands take from one walk: each file goes to one of them.
async function* filesOf(paths: readonly string[], resolvePath: (path: string) => string) {
  for (const path of paths) yield* walk(path, resolvePath(path))
}

async function* walk(name: string, path: string): AsyncGenerator<{ name: string; path: string }> {
  if (!(await stat(path)).isDirectory()) return yield { name, path }
  const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries.filter(isTaken)) yield* walk(join(name, entry.name), join(path, entry.name))
}

// Folders and files, not links, sockets or what is hidden.
function isTaken(entry: Dirent): boolean {
  return (entry.isFile() || entry.isDirectory()) && !entry.name.startsWith('.')
}
