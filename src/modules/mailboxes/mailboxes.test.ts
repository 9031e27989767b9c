/** Who may copy, what an address may be, and a manifest that shows every change. No mail server is needed for these. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { transact } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { copyMailbox } from './copy-mailbox.ts'
import { readAddress } from './internal/account.ts'
import { keepUnsent, renumber } from './internal/item-queries.ts'
import { insertCopy, insertFolder } from './internal/ledger-queries.ts'
import { publicKeyOf, signBytes } from './internal/signing.ts'
import { checkSignature, makeManifest, readManifest, signedBytes } from './manifest.ts'
import type { Manifest } from './schema.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city?.services.close())

const account = (side: 'source' | 'target', host: string) => ({
  ...{ side, host, port: 993, isEncrypted: true, user: 'anna@comune.example.it', credential: { password: 'x' } },
})
const ends = { from: account('source', 'vecchia.example.it'), to: account('target', 'nuova.example.it') }

test('only who administers, or the head of ICT, may copy a mailbox', async () => {
  for (const part of ['employee', 'agent', 'technician', 'team_leader', 'auditor', 'contract_manager'] as const)
    await expect(copyMailbox(await city.as(part), { ...ends, folders: [] })).rejects.toMatchObject({
      kind: 'forbidden',
    })
})

test('a mailbox is not copied onto itself', async () => {
  const same = { ...ends, to: { ...ends.from, side: 'target' as const }, folders: [] }
  await expect(copyMailbox(await city.as('administrator'), same)).rejects.toMatchObject({ kind: 'invalid' })
})

test('a choice about a refused message follows it when the source numbers anew', async () => {
  const ctx = await city.as('mail_administrator')
  const choices = await transact(ctx, async (ctx) => {
    const copyId = await insertCopy(ctx, { ...ends, from: { ...ends.from, user: 'bruno@comune.example.it' } })
    const { id: folderId } = await insertFolder(ctx, copyId, 'INBOX', 'INBOX')
    const refused = { uid: 5, size: 900, flags: '', receivedAt: null, reason: 'APPENDLIMIT 500' }
    await keepUnsent(ctx, folderId, 7, [refused], false)
    await sql`insert into mail_copy_choice (organisation_id, folder_id, source_uidvalidity, source_uid, choice, event_id)
      values (${ctx.organisationId}, ${folderId}, 7, 5, 'leave', 1)`.execute(ctx.db)
    await renumber(ctx, folderId, 8, [{ before: { uidvalidity: 7, uid: 5 }, uid: 2 }])
    const found = await sql`select source_uidvalidity, source_uid, choice from mail_copy_choice
      where organisation_id = ${ctx.organisationId} and folder_id = ${folderId}`.execute(ctx.db)
    return found.rows
  })
  expect(choices).toEqual([{ source_uidvalidity: 8, source_uid: 2, choice: 'leave' }])
})

describe('addresses', () => {
  test('users with @, ports, IPv6', () => {
    expect(readAddress('source', 'imaps://anna@comune.example.it@imap.example.it', false)).toEqual({
      ...{ host: 'imap.example.it', port: 993, isEncrypted: true, user: 'anna@comune.example.it' },
    })
    expect(readAddress('target', 'imap://anna@[::1]:1143', true)).toMatchObject({ host: '::1', port: 1143 })
  })

  test.each([
    ['imaps://anna:segreta@imap.example.it', false, 'passwords do not belong there'],
    ['imap://anna@127.0.0.1', false, 'in the clear only when asked for'],
    ['imap://anna@imap.example.it', true, 'in the clear to this machine only'],
    ['imap://anna@localhost', true, 'a name may lead elsewhere'],
    ['https://anna@imap.example.it', false, 'no mail server'],
    ['imaps://imap.example.it', false, 'nobody'],
    ['imaps://anna@imap.example.it/Sent', false, 'folders are named apart'],
  ])('%s is refused', (text, mayBePlain) => {
    expect(() => readAddress('source', text, mayBePlain)).toThrow(Problem)
  })
})

describe('a manifest', () => {
  const made: Manifest['content'] = {
    ...{ format: 'sitec-mail-manifest-1', administration: 'Comune', copyId: '0190b2c4-0000-7000-8000-000000000001' },
    madeAt: '2026-11-30T08:00:00.000Z',
    from: { host: 'vecchia.example.it', port: 993, user: 'anna@comune.example.it' },
    to: { host: 'nuova.example.it', port: 993, user: 'anna@comune.example.it' },
    counts: { messages: 1, verified: 1, byLevel: [1, 0, 0, 0, 0], refused: 0, altered: 0, open: 0, bytes: 10 },
    digest: 'a'.repeat(64),
    folders: [
      {
        ...{ source: 'INBOX', target: 'INBOX', sourceUidvalidity: 1, targetUidvalidity: 2 },
        items: [
          {
            ...{ uid: 1, size: 10, sha256: 'b'.repeat(64), state: 'verified' as const, targetUid: 5 },
            ...{ targetSha256: 'b'.repeat(64), level: 0, reason: null },
          },
        ],
      },
    ],
  }
  const signed = (secret: Buffer, publicKey: string): Manifest => ({
    content: made,
    signature: { algorithm: 'Ed25519', publicKey, value: signBytes(secret, signedBytes(made)) },
  })

  test('refuses where there is no copy', async () => {
    await expect(makeManifest(await city.as('administrator'), ends)).rejects.toMatchObject({ code: 'no_copy' })
  })

  test('a single changed letter breaks the signature; another installation’s is told apart', () => {
    const { secret } = city.services
    const good = signed(secret, publicKeyOf(secret))
    expect(checkSignature(secret, readManifest(Buffer.from(JSON.stringify(good))))).toBe('good')
    const changed = JSON.stringify(good).replace('"uid":1', '"uid":2')
    expect(checkSignature(secret, readManifest(Buffer.from(changed)))).toBe('broken')
    const other = Buffer.alloc(32, 7)
    expect(checkSignature(secret, signed(other, publicKeyOf(other)))).toBe('other')
    expect(checkSignature(secret, signed(other, publicKeyOf(secret)))).toBe('broken')
  })

  test('one made before decisions were in it stays what was signed; a decision is signed as all else is', () => {
    // As it was written then, byte for byte; the key is that of a secret of nines.
    const old =
      '{"content":{"format":"sitec-mail-manifest-1","administration":"Comune","copyId":"0190b2c4-0000-7000-8000-000000000001","madeAt":"2026-11-20T08:00:00.000Z","from":{"host":"vecchia.example.it","port":993,"user":"anna@comune.example.it"},"to":{"host":"nuova.example.it","port":993,"user":"anna@comune.example.it"},"counts":{"messages":1,"verified":0,"byLevel":[0,0,0,0,0],"refused":1,"altered":0,"open":0,"bytes":90000},"digest":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","folders":[{"source":"INBOX","target":"INBOX","sourceUidvalidity":1,"targetUidvalidity":2,"items":[{"uid":1,"size":90000,"sha256":null,"state":"refused","targetUid":null,"targetSha256":null,"level":null,"reason":"APPENDLIMIT 50000"}]}]},"signature":{"algorithm":"Ed25519","publicKey":"MCowBQYDK2VwAyEAQ+TVeO/4Orv2QOIeidl8o23FttMUBgjeM8a5gOEelX4=","value":"8tEaVdUTDkevTGacHEPd+fQAsW2HNblWG1BgJ367RozUIbrPmICxXf+fNt6Nt/S5lKU5KonDSJJEEVZpyGBlDA=="}}'
    const secret = Buffer.alloc(32, 9)
    expect(checkSignature(secret, readManifest(Buffer.from(old)))).toBe('good')
    const [item] = readManifest(Buffer.from(old)).content.folders[0]?.items ?? []
    expect(item?.state).toBe('refused')
    const decision = { choice: 'leave' as const, decidedAt: '2026-11-21T08:00:00.000Z' }
    const content = JSON.parse(JSON.stringify(readManifest(Buffer.from(old)).content))
    content.folders[0].items[0].decision = decision
    const value = signBytes(secret, signedBytes(content))
    const text = JSON.stringify({ content, signature: { algorithm: 'Ed25519', publicKey: publicKeyOf(secret), value } })
    const now = readManifest(Buffer.from(text))
    expect(checkSignature(secret, now)).toBe('good')
    expect(now.content.folders[0]?.items[0]?.decision).toEqual(decision)
    expect(checkSignature(secret, readManifest(Buffer.from(text.replace('"leave"', '"accept"'))))).toBe('broken')
    expect(() => readManifest(Buffer.from(text.replace('"leave"', '"burn"')))).toThrow(Problem)
  })

  test.each(['', '{}', '[1]', JSON.stringify({ content: made })])('what is none is refused: %s', (text) => {
    expect(() => readManifest(Buffer.from(text))).toThrow(Problem)
  })
})
