/** Mail out of a whole server into a real mail server, which is not always willing. */
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  apiKey,
  cleanUp,
  newFolder,
  type Serving,
  servicesOf,
  sitec,
  startServer,
  statusOf,
  until,
} from './support/server.ts'
import { type Sink, startSink, whyNoSink } from './support/smtp-sink.ts'

const why = whyNoSink()
const data = newFolder('mail-out')
let sink: Sink
let server: Serving
let agentKey: string
let administratorKey: string

afterAll(cleanUp)

type Page = {
  rows: { id: string; state: string; trouble: string | null; caseNumber: string; lastError: string | null }[]
}

async function call<Body>(key: string, method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json() as Promise<Body>
}

async function opened(title: string): Promise<{ id: string; number: string }> {
  return call(agentKey, 'POST', '/cases', { kind: 'incident', title, requesterEmail: 'impiegata@comune.example.it' })
}

const outgoing = (view: string) => call<Page>(administratorKey, 'GET', `/outgoing-mail?view=${view}`)

/** The mail about a case as the page of the administrator knows it, once it is as wanted. */
async function mailOf(number: string, view: string, isWanted: (row: Page['rows'][number]) => boolean = () => true) {
  const find = async () => (await outgoing(view)).rows.find((row) => row.caseNumber === number && isWanted(row))
  await until(async () => (await find()) !== undefined, 30_000)
  return (await find())?.id ?? ''
}

/** Under which Message-ID the first attempt went, as SITEC keeps it. */
async function keptMessageId(id: string): Promise<string | null> {
  const services = await servicesOf({ data, port: server.port })
  const row = await services.database.owner
    .selectFrom('outgoing_mail')
    .select('message_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  await services.close()
  return row.message_id
}

const arrived = async (number: string) =>
  (await Promise.all(sink.mails().map((raw) => simpleParser(raw)))).filter((mail) => mail.subject?.includes(number))

describe.skipIf(why !== null)(`mail into a real server${why === null ? '' : ` (skipped: ${why})`}`, () => {
  beforeAll(async () => {
    sink = await startSink()
    server = await startServer({
      data,
      env: { SITEC_SMTP_URL: sink.url, SITEC_MAIL_FROM: 'assistenza@comune.example.it' },
    })
    const place = { data, port: server.port }
    agentKey = await apiKey(place, 'operatore@societa.example.it', ['case.open', 'case.read'])
    administratorKey = await apiKey(place, 'amministratore@comune.example.it', ['mail.administer'])
  })
  afterAll(() => sink.stop())

  test('a mail arrives as plain text with its headers, within seconds of the event', async () => {
    const { number } = await opened('Il monitor sfarfalla')
    await until(async () => (await arrived(number)).length === 1, 20_000)
    const [mail] = await arrived(number)
    expect(mail?.subject).toBe(`Richiesta n. ${number}: Il monitor sfarfalla`)
    expect(mail?.text).toContain(`Abbiamo ricevuto la tua richiesta n. ${number}: «Il monitor sfarfalla».`)
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail?.html).toBe(false)
  })

  test('“try again later”, then success: once, under the Message-ID of the first attempt', async () => {
    sink.answer('later')
    const { number } = await opened('La rete va e viene')
    const id = await mailOf(number, 'waiting', (row) => row.trouble === 'busy')
    const first = await keptMessageId(id)
    sink.answer('good')
    await call(administratorKey, 'PUT', `/outgoing-mail/${id}/release`)
    await until(async () => (await arrived(number)).length === 1, 20_000)
    await mailOf(number, 'sent')
    expect((await arrived(number)).map((mail) => mail.messageId)).toEqual([first])
  })

  test('a server that cuts the line in the middle of a text: waits, then the same mail once', async () => {
    sink.answer('drop')
    const before = sink.dropped()
    const { number } = await opened('La tastiera scrive doppio')
    const id = await mailOf(number, 'waiting', (row) => row.trouble === 'dropped')
    expect(sink.dropped()).toBe(before + 1)
    const first = await keptMessageId(id)
    sink.answer('good')
    await call(administratorKey, 'PUT', `/outgoing-mail/${id}/release`)
    await until(async () => (await arrived(number)).length === 1, 30_000)
    expect((await arrived(number)).map((mail) => mail.messageId)).toEqual([first])
  })

  test('“never” is shown with what the server said, without the address; /status and doctor count it and are well', async () => {
    sink.answer('never')
    const { number } = await opened('Il mouse non va')
    await mailOf(number, 'stuck')
    const [row] = (await outgoing('stuck')).rows
    expect(row).toMatchObject({
      state: 'failed',
      trouble: 'recipient',
      lastError: '550 5.1.1 (…): Recipient address rejected',
    })
    sink.answer('good')
    const status = await statusOf(server)
    expect([status?.isWell, status?.parts.outgoingMail?.says]).toEqual([true, '0 wait, 1 failed or held'])
    const doctor = await sitec({ data, port: server.port }, 'doctor', '--json')
    expect(doctor.json).toMatchObject({
      findings: expect.arrayContaining([
        { part: 'mail server', isWell: true, says: 'not set up, mails wait: set SITEC_SMTP_URL and SITEC_MAIL_FROM' },
        { part: 'outgoing mail', isWell: true, says: '0 wait, 1 failed or held' },
      ]),
    })
  })

  test('a server that is killed while mails wait sends them after its next start', async () => {
    sink.answer('later')
    const { number } = await opened('Lo scanner è lento')
    await mailOf(number, 'waiting', (row) => row.trouble === 'busy')
    await server.kill()
    sink.answer('good')
    server = await startServer({
      data,
      port: server.port,
      env: { SITEC_SMTP_URL: sink.url, SITEC_MAIL_FROM: 'assistenza@comune.example.it' },
    })
    const id = await mailOf(number, 'waiting')
    await call(administratorKey, 'PUT', `/outgoing-mail/${id}/release`)
    await until(async () => (await arrived(number)).length === 1, 30_000)
  })
})
