/** The directory of Google Workspace, before a double that answers as the documented API does: pages, quotas, refusals. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { importDirectory } from './import-directory.ts'
import { findBox, listBoxes } from './mailboxes.ts'
import { addServer } from './servers.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
let city: TestCity
let manager: Context
let google: Server
let base: string
let serverId: string
let key: string
/** Refusals to give before the next answers, and what was asked. */
let refusals: { status: number; body: object; headers?: Record<string, string> }[] = []
const asked: string[] = []
let assertion = ''

// Recorded answers, with the names of an invented city.
const answers: Record<string, object> = {
  '/admin/directory/v1/users?': {
    kind: 'admin#directory#users',
    nextPageToken: 'p=2/+',
    users: [user('Anna.Bianchi'), user('protocollo.generale', ['protocollo'])],
  },
  '/admin/directory/v1/users?p=2/+': { kind: 'admin#directory#users', users: [user('carlo.neri')] },
  '/admin/directory/v1/groups?': {
    kind: 'admin#directory#groups',
    nextPageToken: 'g2',
    groups: [
      { id: '01', email: 'tutti.tecnici@dir.example.it', name: 'Tutti i tecnici', aliases: ['tecnici@dir.example.it'] },
    ],
  },
  '/admin/directory/v1/groups?g2': { kind: 'admin#directory#groups' },
  '/admin/directory/v1/groups/01/members?': {
    kind: 'admin#directory#members',
    nextPageToken: 'm2',
    members: [{ email: 'anna.bianchi@dir.example.it', role: 'MEMBER' }],
  },
  '/admin/directory/v1/groups/01/members?m2': {
    kind: 'admin#directory#members',
    members: [{ email: 'carlo.neri@dir.example.it' }, { id: 'all', type: 'CUSTOMER' }],
  },
}
function user(name: string, aliases: string[] = []) {
  return {
    primaryEmail: `${name}@dir.example.it`,
    name: { fullName: name.replace('.', ' ') },
    suspended: false,
    lastLoginTime: '2026-11-29T10:00:00.000Z',
    ...(aliases.length > 0 && { aliases: aliases.map((one) => `${one}@dir.example.it`) }),
  }
}
const quota = (status: number, reason: string) => ({
  status,
  body: { error: { code: status, message: 'Quota exceeded', errors: [{ domain: 'usageLimits', reason }] } },
})

beforeAll(async () => {
  city = await testCity()
  manager = await city.as('mail_administrator')
  google = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    const send = (status: number, body: object, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    }
    if (url.pathname === '/token') {
      let text = ''
      request.on('data', (part) => (text += part))
      request.on('end', () => {
        assertion = new URLSearchParams(text).get('assertion') ?? ''
        send(200, { access_token: 'gettone', expires_in: 3599, token_type: 'Bearer' })
      })
      return
    }
    asked.push(`${request.headers.authorization} ${url.pathname}${url.search}`)
    const refused = refusals.shift()
    if (refused) send(refused.status, refused.body, refused.headers)
    else send(200, answers[`${url.pathname}?${url.searchParams.get('pageToken') ?? ''}`] ?? {})
  })
  await new Promise<void>((done) => google.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(google.address() as AddressInfo).port}`
  key = JSON.stringify({
    type: 'service_account',
    client_email: 'sitec@progetto.iam.gserviceaccount.example.com',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: `${base}/token`,
  })
  const server = await addServer(manager, {
    ...{
      name: 'Workspace',
      kind: 'google',
      host: 'imap.gmail.com',
      signIn: 'token',
      signInUser: 'amministratore@dir.example.it',
    },
    secret: key,
  })
  serverId = server.id
})
afterEach(() => {
  refusals = []
  asked.length = 0
})
afterAll(async () => {
  google?.close()
  await city?.services.close()
})

const load = (more: Partial<Parameters<typeof importDirectory>[1]> = {}) =>
  importDirectory(manager, { serverId, ...more }, { base, pause: 1, attempts: 4 })
const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  )
const all = async () =>
  (await listBoxes(manager, { words: '@dir.example.it' })).rows.map(({ address, kind }) => `${address} ${kind}`)

test('is asked for with a token that the service key signed, on behalf of the administrator', async () => {
  await load({ trial: true })
  const [head = '', claims = '', signature = ''] = assertion.split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    ...{
      iss: 'sitec@progetto.iam.gserviceaccount.example.com',
      sub: 'amministratore@dir.example.it',
      aud: `${base}/token`,
    },
    scope: expect.stringContaining('admin.directory.user.readonly'),
  })
  const signer = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }))
  expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), signer, Buffer.from(signature, 'base64url'))).toBe(true)
  expect(asked.every((one) => one.startsWith('Bearer gettone '))).toBe(true)
  expect(await all()).toEqual([])
})

test('all pages of users, groups and members are taken over; a second time nothing changes', async () => {
  expect(await load()).toMatchObject({ lines: 4, added: 4, changed: 0 })
  expect(await all()).toEqual([
    ...['anna.bianchi@dir.example.it personal', 'carlo.neri@dir.example.it personal'],
    ...['protocollo.generale@dir.example.it personal', 'tutti.tecnici@dir.example.it list'],
  ])
  const [list] = (await listBoxes(manager, { words: 'tutti.tecnici' })).rows
  expect(await findBox(manager, list?.id ?? '')).toMatchObject({
    ...{ name: 'Tutti i tecnici', source: 'google', aliases: [{ address: 'tecnici@dir.example.it' }] },
    forwards: [
      { address: 'anna.bianchi@dir.example.it', keepsCopy: false },
      { address: 'carlo.neri@dir.example.it', keepsCopy: false },
    ],
  })
  // When people last signed in is told by the directory, and nowhere kept.
  expect((await listBoxes(manager, { words: 'anna.bianchi' })).rows[0]).toMatchObject({
    activity: null,
    lastUsedOn: null,
  })
  expect(await load()).toMatchObject({ added: 0, changed: 0, unchanged: 4, gone: 0 })
})

test('when Google asks for patience it is asked again, more slowly; then given up with nothing changed', async () => {
  refusals = [
    quota(429, 'rateLimitExceeded'),
    { ...quota(403, 'userRateLimitExceeded'), headers: { 'retry-after': '0' } },
    quota(503, 'backendError'),
  ]
  expect(await load()).toMatchObject({ unchanged: 4 })
  refusals = Array.from({ length: 4 }, () => quota(403, 'quotaExceeded'))
  const refused = await refusal(load())
  expect(refused).toBeInstanceOf(Problem)
  expect(refused).toMatchObject({ kind: 'unavailable', code: 'directory_quota' })
})

test('what is not granted is said at once, and half a directory is none', async () => {
  refusals = [quota(403, 'forbidden')]
  expect(await refusal(load())).toMatchObject({ kind: 'conflict', code: 'directory_auth' })
  expect(asked).toHaveLength(1)
  const before = await all()
  answers['/admin/directory/v1/users?p=2/+'] = { users: 'nothing of the sort' }
  expect(await refusal(load())).toMatchObject({ code: 'directory_other' })
  expect(await all()).toEqual(before)
  answers['/admin/directory/v1/users?p=2/+'] = { users: [] }
  expect(await load({ trial: true })).toMatchObject({ gone: 1, leaving: ['carlo.neri@dir.example.it'] })
  expect(await all()).toEqual(before)
  expect(await load()).toMatchObject({ gone: 1 })
  expect(await refusal(importDirectory(await city.as('auditor'), { serverId }))).toMatchObject({ kind: 'forbidden' })
})

test('of a server in the clear, which is on this machine, the directory is asked there', async () => {
  const { id } = await addServer(manager, {
    ...{
      name: 'Workspace qui',
      kind: 'google',
      host: '127.0.0.1',
      port: Number(new URL(base).port),
      isEncrypted: false,
    },
    ...{ signIn: 'token', signInUser: 'amministratore@dir.example.it', secret: key },
  })
  expect(await importDirectory(manager, { serverId: id, trial: true })).toMatchObject({ isTrial: true, lines: 3 })
  expect(asked.length).toBeGreaterThan(0)
})

test('a directory that shows nobody lets nobody go; an address twice among aliases is one', async () => {
  const whole = { ...answers }
  answers['/admin/directory/v1/groups?'] = {
    groups: [{ id: '01', email: 'doppia@dir.example.it', aliases: ['due@dir.example.it', 'due@dir.example.it'] }],
  }
  await load({ isComplete: false })
  const [list] = (await listBoxes(manager, { words: 'doppia@dir' })).rows
  expect((await findBox(manager, list?.id ?? '')).aliases).toEqual([{ address: 'due@dir.example.it', until: null }])
  const before = await all()
  for (const path of Object.keys(answers)) answers[path] = {}
  expect(await refusal(load())).toMatchObject({ code: 'directory_empty' })
  expect(await all()).toEqual(before)
  Object.assign(answers, whole)
})
