/** `sitec mail ingest` killed at random moments and run again: every message becomes one case, or one reply, once. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { type Random, seeded } from '../demo/random.ts'
import { seedDemo } from '../demo/seed.ts'
import { openCase } from '../src/modules/servicedesk/open-case.ts'
import { systemContext } from '../src/platform/auth/actors.ts'
import { signMessageId } from '../src/platform/mail/message-ids.ts'
import { mailOf } from '../src/platform/mail/testing.ts'
import { projectRoot } from '../src/platform/root.ts'
import type { OpenServices } from '../src/platform/services.ts'
import { cleanUp, newFolder, type Start, servicesOf } from './support/server.ts'

const kills = 10
const messages = 900
const replyEvery = 10
const attachmentEvery = 7
const employee = 'impiegata@comune.example.it'

type Line = { file: string; outcome: string; case: string | null; reason: string | null }

afterAll(cleanUp)

test('ten SIGKILLs of mail ingest: each message is taken exactly once', { timeout: 900_000 }, async () => {
  const start: Start = { data: newFolder('mail') }
  const services = await servicesOf(start)
  try {
    await seedDemo(services, 0.1)
    const random = seeded(20_261_124)
    const folder = newFolder('mails')
    const { digests, repliedCase } = await writeMails(services, folder)
    const lines: Line[] = []
    for (let kill = 0; kill < kills; kill += 1) lines.push(...(await ingest(start, folder, random)))
    const last = await ingest(start, folder, null)
    lines.push(...last)
    expect(last.length).toBe(messages)
    for (const outcome of ['opened', 'appended'])
      expectOnce(lines.filter((line) => line.outcome === outcome).map(({ file }) => file))
    await checkRows(services, digests, repliedCase)
  } finally {
    await services.close()
  }
})

async function writeMails(services: OpenServices, folder: string) {
  const organisation = await services.database.owner.selectFrom('organisation').selectAll().executeTakeFirstOrThrow()
  const ctx = systemContext(
    services,
    { id: organisation.id, name: '', zone: 'Europe/Rome', isDemo: true },
    'prova',
    'cli',
  )
  const opened = await openCase(ctx, { kind: 'incident', title: 'Da cui si risponde', requesterEmail: employee })
  const thread = { organisationId: organisation.id, caseId: opened.id, eventId: 1 }
  const ours = signMessageId(services.secret, thread, 'comune.example.it')
  const digests: string[] = []
  for (let n = 0; n < messages; n += 1) {
    const attachment = n % attachmentEvery === 0
    const mail = mailOf({
      from: employee,
      messageId: `<uccisa-${n}@example.it>`,
      subject: `Messaggio ${n}`,
      headers: [
        ...(n % replyEvery === 0 ? [`In-Reply-To: ${ours}`] : []),
        ...(attachment ? ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="limite"'] : []),
      ],
      body: attachment
        ? `--limite\r\n\r\nTesto ${n}\r\n--limite\r\nContent-Type: text/csv; name="dati.csv"\r\nContent-Disposition: attachment\r\n\r\na;b;${n}\r\n--limite--\r\n`
        : `Testo ${n}`,
    })
    writeFileSync(join(folder, `${String(n).padStart(4, '0')}.eml`), mail)
    digests.push(createHash('sha256').update(mail).digest('hex'))
  }
  return { digests, repliedCase: opened.id }
}

/** One run: to its end, or killed after some lines at a random instant. */
async function ingest(start: Start, folder: string, random: Random | null): Promise<Line[]> {
  const child: ChildProcess = spawn(process.execPath, ['src/cli/main.ts', 'mail', 'ingest', folder], {
    cwd: projectRoot(),
    env: { PATH: process.env.PATH, SITEC_DATA: start.data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<string | null>((done) => child.once('close', (_, signal) => done(signal)))
  const lines: Line[] = []
  const enough = random === null ? Number.POSITIVE_INFINITY : random.whole(1, 150)
  // Also before anything was said: while it starts, or stores its first lot.
  if (random?.chance(0.2)) setTimeout(() => child.kill('SIGKILL'), random.whole(300, 1200))
  for await (const text of createInterface({ input: child.stdout ?? process.stdin })) {
    const line = JSON.parse(text)
    if ('file' in line) lines.push(line)
    if (lines.length === enough) setTimeout(() => child.kill('SIGKILL'), random?.whole(0, 40))
  }
  expect(await ended).toBe(random === null ? null : 'SIGKILL')
  return lines
}

/** Whatever the demo city received by mail came before. */
const began = new Date().toISOString()

function expectOnce(files: string[]) {
  expect(files.length).toBe(new Set(files).size)
}

async function checkRows(services: OpenServices, digests: string[], repliedCase: string) {
  const rows = await services.database.owner.selectFrom('mail_message').selectAll().execute()
  expect(rows.map(({ sha256 }) => sha256).sort()).toEqual([...digests].sort())
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['routed']))
  const replies = messages / replyEvery
  expect(rows.filter(({ outcome }) => outcome === 'appended').length).toBe(replies)
  const opened = rows.flatMap(({ outcome, case_id }) => (outcome === 'opened' && case_id ? [case_id] : []))
  expect(new Set(opened).size).toBe(messages - replies)
  const found = await sql<{ cases: number; replies: number; files: number; stored: number; decided: number }>`select
    (select count(*)::int from desk_case c where c.channel = 'mail' and c.opened_at >= ${began}::timestamptz) as cases,
    (select count(*)::int from event where kind = 'case.replied' and subject_id = ${repliedCase}) as replies,
    (select count(*)::int from case_attachment where name = 'dati.csv') as files,
    (select count(*)::int from event where kind = 'mail.stored') as stored,
    (select count(*)::int from event where kind = 'mail.routed') as decided`.execute(services.database.owner)
  expect(found.rows[0]).toEqual({
    cases: messages - replies,
    replies,
    files: Math.ceil(messages / attachmentEvery),
    stored: messages,
    decided: messages,
  })
}
