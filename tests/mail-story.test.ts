/** A request that lives by mail alone: asked, answered, asked back, answered, confirmed from the link. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiKey, call, cleanUp, newFolder, type Serving, sitec, startServer, until } from './support/server.ts'
import { type Sink, startSink, whyNoSink } from './support/smtp-sink.ts'

const why = whyNoSink()
const data = newFolder('mail-story')
const folder = mkdtempSync(join(tmpdir(), 'sitec-letters-'))
const employee = 'impiegata@comune.example.it'
let sink: Sink
let server: Serving
let key: string

afterAll(cleanUp)

/** The mails that went to the asker about a case, the oldest first, as a mail client reads them. */
const arrived = async (number: string) =>
  (await Promise.all(sink.mails().map((raw) => simpleParser(raw)))).filter((mail) => mail.subject?.includes(number))

async function mailThat(number: string, words: string) {
  const find = async () => (await arrived(number)).find((mail) => mail.text?.includes(words))
  await until(async () => (await find()) !== undefined, 30_000)
  const found = await find()
  if (!found) throw new Error(`No mail says ${words}`)
  return found
}

/** Takes a letter in as `sitec mail ingest` does; answers its line. */
async function ingest(name: string, lines: string[]): Promise<Record<string, unknown>> {
  const file = join(folder, `${name}.eml`)
  writeFileSync(file, lines.join('\r\n'))
  const done = await sitec({ data, port: server.port }, 'mail', 'ingest', file)
  const [first = '{}'] = done.text.trim().split('\n')
  return JSON.parse(first) as Record<string, unknown>
}

const letter = (subject: string, id: string, more: string[], body: string[]) => [
  `From: Irene Impiegata <${employee}>`,
  'To: assistenza@comune.example.it',
  `Subject: ${subject}`,
  `Message-ID: <${id}@comune.example.it>`,
  'Date: Tue, 24 Nov 2026 09:00:00 +0100',
  'MIME-Version: 1.0',
  ...more,
  '',
  ...body,
]

describe.skipIf(why !== null)(`a request by mail${why === null ? '' : ` (skipped: ${why})`}`, () => {
  beforeAll(async () => {
    sink = await startSink()
    server = await startServer({
      data,
      env: { SITEC_SMTP_URL: sink.url, SITEC_MAIL_FROM: 'assistenza@comune.example.it' },
    })
    key = await apiKey({ data, port: server.port }, 'operatore@societa.example.it', [
      'case.read',
      'case.take',
      'case.ask',
      'case.work',
      'case.resolve',
    ])
  })
  afterAll(() => sink.stop())

  test('a mail with an attachment becomes a case; its answers find their way back; the link’s button closes it', async () => {
    const boundary = 'confine'
    const opened = await ingest(
      'richiesta',
      letter(
        'La stampante macchia',
        'prima-1',
        [`Content-Type: multipart/mixed; boundary=${boundary}`],
        [
          `--${boundary}`,
          'Content-Type: text/plain; charset=utf-8',
          '',
          'Righe nere su ogni foglio.',
          `--${boundary}`,
          'Content-Type: text/plain; name=prova.txt',
          'Content-Disposition: attachment; filename=prova.txt',
          '',
          'una pagina di prova',
          `--${boundary}--`,
          '',
        ],
      ),
    )
    expect(opened.outcome).toBe('opened')
    const number = String(opened.case)
    const { body: page } = await call(server, key, 'GET', `/cases?view=all&words=${encodeURIComponent(number)}`)
    const id = (page.rows as { id: string }[])[0]?.id ?? ''
    const seen = async () => (await call(server, key, 'GET', `/cases/${id}`)).body
    expect(await seen()).toMatchObject({ channel: 'mail', attachments: [{ name: 'prova.txt' }] })
    await mailThat(number, 'Abbiamo ricevuto la tua richiesta')

    await call(server, key, 'PUT', `/cases/${id}/taking-in-charge`, {})
    await call(server, key, 'PUT', `/cases/${id}/promised-date`, {
      promisedFor: new Date(Date.now() + 2 * 86_400_000).toISOString(),
    })
    expect((await mailThat(number, 'Data prevista')).text).toMatch(/Data prevista: .*, ore \d/)
    await call(server, key, 'PUT', `/cases/${id}/question`, { body: 'Che modello è?' })
    const question = await mailThat(number, 'Che modello è?')
    expect(await seen()).toMatchObject({ state: 'waiting', waitingFor: 'user' })

    // A client's reply: the words above ours, our Message-ID in In-Reply-To.
    const quoted = (question.text ?? '').split('\n').map((line) => `> ${line}`)
    const reply = letter(
      `Re: ${question.subject}`,
      'seconda-2',
      [`In-Reply-To: ${question.messageId}`, 'Content-Type: text/plain; charset=utf-8'],
      ['È la M-12 del corridoio.', '', ...quoted],
    )
    expect(await ingest('risposta', reply)).toMatchObject({ outcome: 'appended', case: number })
    expect(await ingest('risposta', reply)).toMatchObject({ outcome: 'duplicate' })
    const entries = (await seen()).entries as { kind: string; body: string; witness: string }[]
    expect(entries.at(-1)).toMatchObject({ kind: 'case.replied', body: 'È la M-12 del corridoio.', witness: 'A' })
    expect((await seen()).state).toBe('in_progress')

    await call(server, key, 'PUT', `/cases/${id}/resolution`, { note: 'Cambiato il tamburo.' })
    const done = await mailThat(number, 'Cambiato il tamburo.')
    const link = /https?:\/\/\S+\/r\/\S+/.exec(done.text ?? '')?.[0] ?? ''
    const address = `${server.url}${new URL(link).pathname}`
    // A scanner opens it, twice: nothing happens.
    for (let n = 0; n < 2; n += 1) expect((await fetch(address)).status).toBe(200)
    expect((await seen()).state).toBe('resolved')
  })

  test('the same words under another Message-ID of ours, altered by a letter, open a case of their own', async () => {
    const forged = letter(
      'Re: Richiesta n. 2026/1',
      'terza-3',
      [
        'In-Reply-To: <sitec.00000000000000000000000000000000.00000000000000000000000000000000.1.0000000000000000000000000000000a@comune.example.it>',
      ],
      ['Chiudete pure.'],
    )
    expect((await ingest('falsa', forged)).outcome).toBe('opened')
  })
})
