/** Mail intake: a folder of messages through the command that takes them, against keeping the same bytes and a row each. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { mailCommands } from '../src/modules/servicedesk/cli-mail.ts'
import { systemContext } from '../src/platform/auth/actors.ts'
import { mailOf } from '../src/platform/mail/testing.ts'
import type { OpenServices } from '../src/platform/services.ts'
import type { Single } from './upkeep.ts'
import { openedTitle } from './withdraw.ts'

const messages = 3000
/** The baseline keeps as many at a time as the command has in hand. */
const inHand = 24

/** Messages a second, one in ten with an attachment; each opens a case of its own. */
export async function measureIntake(services: OpenServices, organisationId: string): Promise<Single> {
  const mails = await writtenMails(services)
  const figure = await taken(services, organisationId, mails)
  const baseline = await kept(services, mails)
  return { figure: messages / figure, baseline: messages / baseline }
}

async function writtenMails(services: OpenServices): Promise<Buffer[]> {
  const people = await sql<{ email: string }>`
    select p.email from person p join party y on y.organisation_id = p.organisation_id and y.id = p.party_id
    where y.kind = 'administration' and p.left_on is null order by p.id limit 2000`.execute(services.database.owner)
  const run = randomUUID()
  return Array.from({ length: messages }, (_, index) => {
    const hasAttachment = index % 10 === 0
    const words = 'Da stamattina, in tutte le stanze del piano. Ho già provato a spegnere e riaccendere.\r\n'.repeat(20)
    const attachment = Buffer.alloc(60_000, `${run}${index}`).toString('base64').replace(/.{76}/g, '$&\r\n')
    return mailOf({
      from: people.rows[index % people.rows.length]?.email,
      messageId: `<${run}.${index}@bench.example>`,
      subject: openedTitle('La stampante non risponde', index),
      headers: hasAttachment ? ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="limite"'] : [],
      body: hasAttachment
        ? `--limite\r\n\r\n${words}--limite\r\nContent-Type: image/png; name="foto.png"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}\r\n--limite--\r\n`
        : words,
    })
  })
}

async function taken(services: OpenServices, organisationId: string, mails: readonly Buffer[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sitec-bench-'))
  for (const [index, mail] of mails.entries())
    writeFileSync(join(folder, `${String(index).padStart(5, '0')}.eml`), mail)
  const organisation = { id: organisationId, name: '', zone: 'Europe/Rome', isDemo: true }
  const began = performance.now()
  const done = await mailCommands[0]?.run({
    context: systemContext(services, organisation, 'Misura', 'cli'),
    positionals: [folder],
    values: {},
    resolvePath: (path) => path,
    readFile: () => Promise.reject(new Error('The command reads by itself')),
    print: () => Promise.resolve(),
  })
  const seconds = (performance.now() - began) / 1000
  rmSync(folder, { recursive: true })
  const { opened } = JSON.parse(done?.text ?? '{}')
  if (opened !== mails.length) throw new Error(`Of ${mails.length} messages ${opened} opened a case: ${done?.text}`)
  return seconds
}

// The same bytes made durable, and a row committed for each.
async function kept(services: OpenServices, mails: readonly Buffer[]): Promise<number> {
  await sql`create table if not exists bench_mail (id uuid primary key, sha256 text)`.execute(services.database.owner)
  const left = mails.map((mail) => Buffer.concat([mail, Buffer.from('.')]))
  const began = performance.now()
  const hand = async () => {
    for (let mail = left.pop(); mail !== undefined; mail = left.pop()) {
      const { sha256 } = await services.files.keep(mail)
      await sql`insert into bench_mail values (${randomUUID()}, ${sha256})`.execute(services.database.owner)
    }
  }
  await Promise.all(Array.from({ length: inHand }, hand))
  const seconds = (performance.now() - began) / 1000
  await sql`drop table bench_mail`.execute(services.database.owner)
  return seconds
}
