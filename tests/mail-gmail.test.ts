/** A mailbox of a real Dovecot copied into a Gmail API that is as strict as Google's. Where no Dovecot can be had the tests are skipped. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { copyMailbox } from '../src/modules/mailboxes/copy-mailbox.ts'
import { digestOf } from '../src/modules/mailboxes/internal/digest.ts'
import type { GmailAccount } from '../src/modules/mailboxes/internal/gmail-account.ts'
import { gmailLimits } from '../src/modules/mailboxes/internal/gmail-limits.ts'
import { makeManifest } from '../src/modules/mailboxes/manifest.ts'
import { previewCopy } from '../src/modules/mailboxes/preview.ts'
import { isGood, verifyManifest } from '../src/modules/mailboxes/verify-manifest.ts'
import type { Context } from '../src/platform/context.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { type GmailDouble, type GmailOptions, startGmail } from './support/gmail-double.ts'
import { accountOf, contentsOf, fillMailbox, putEdgeMailbox, putMessage } from './support/mailbox.ts'

const why = whyNoDovecot()
const quick = { ...gmailLimits, unitsPerMinute: 60_000_000, pause: 5, longestPause: 100 }
const at = { receivedAt: '2020-05-04T10:00:00Z' }
const mail = (subject: string, more = '', body = 'Testo.') =>
  Buffer.from(`From: anna@comune.example.it\r\nSubject: ${subject}\r\n${more}\r\n${body}\r\n`)

describe.skipIf(why !== null)(`copying into Gmail${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let ctx: Context
  let server: Dovecot
  let source: Dovecot
  let gmail: GmailDouble
  const names = Array.from({ length: 40 }, (_, number) => `casella${number}`)
  let next = 0

  const start = async (options: GmailOptions = {}) => {
    await gmail?.close()
    gmail = await startGmail(options)
  }
  const account = (more: Partial<GmailAccount> = {}): GmailAccount => ({
    ...{ protocol: 'gmail', side: 'target', host: '127.0.0.1', port: gmail.port, isEncrypted: false },
    ...{ user: `${source.user}@comune.example.it`, tokens: () => Promise.resolve(gmail.token()), ...more },
  })
  const ends = (more: Partial<GmailAccount> = {}) => ({
    ...{ from: accountOf('source', source), to: account(more), folders: [] },
  })
  const copy = (limits = {}, more: Partial<GmailAccount> = {}) =>
    copyMailbox(ctx, ends(more), { limits: { pause: 20, silence: 5000, gmail: { ...quick, ...limits } } })
  type Done = Awaited<ReturnType<typeof copy>>
  const problem = ({ result }: Done, wanted: string, folder?: string) =>
    result.problems.find((one) => one.code === wanted && (folder === undefined || one.folder === folder))
  const codes = ({ result }: Done) => [...new Set(result.problems.map(({ code }) => code))].sort()
  const kept = () => [...gmail.mailbox.messages.values()]
  /** Names of the labels of the message with this subject. */
  const labelsOf = (subject: string) =>
    kept()
      .filter(({ source }) => source.includes(`Subject: ${subject}\r\n`))
      .flatMap(({ labels }) => [...labels].map((id) => gmail.mailbox.labels.get(id)?.name))
      .sort()
  const create = (folder: string) => source.doveadm(['mailbox', 'create', '-u', source.user, folder])

  beforeAll(async () => {
    city = await testCity()
    ctx = await city.as('administrator', 'cli')
    server = await startDovecot({
      ...{ format: 'sdbox', users: names },
      extra: `namespace inbox {
  mailbox "Posta spedita" {
    auto = create
    special_use = \\Sent
  }
  mailbox Cestinati {
    auto = create
    special_use = \\Trash
  }
}`,
    })
  })
  beforeEach(async () => {
    next += 1
    source = server.as(names[next] ?? '')
    await start()
  })
  afterEach(() => gmail.close())
  afterAll(async () => {
    await server?.stop()
    await city?.services.close()
  })

  test('the eight messages on which tools stumble: all accounted for, equal ones are one; again: none, and two requests', async () => {
    await putEdgeMailbox(source)
    const unique = new Set(contentsOf(source).map((line) => line.slice(-64))).size
    const preview = await previewCopy(ctx, ends())
    expect(preview.result.messages).toMatchObject({ source: 8, copied: 8, alreadyThere: 0 })
    expect(kept()).toEqual([])
    const first = await copy()
    expect(first).toMatchObject({
      isWhole: true,
      result: { messages: { source: 8, copied: 8, alreadyThere: 0, refused: 0, verified: 8 }, lost: 0 },
    })
    expect(unique).toBe(6)
    expect(kept().length).toBe(unique)
    expect(problem(first, 'merged')).toMatchObject({ count: 2, words: '8 → 6' })
    expect(problem(first, 'deleted_marked')).toMatchObject({ folder: 'INBOX', count: 1 })
    expect(problem(first, 'flags_differ')).toMatchObject({ folder: 'INBOX', words: '\\Answered DaProtocollare' })
    expect(problem(first, 'date_differs')?.count).toBeGreaterThan(0)
    expect(labelsOf('doppio')).toEqual(['INBOX', 'Protocollo/Attività & più', 'STARRED', 'UNREAD'])
    expect(labelsOf('tolto')).toEqual(['TRASH'])
    const calls = [...gmail.told.calls.values()].reduce((sum, one) => sum + one, 0)
    const again = await copy()
    expect(again).toMatchObject({
      isWhole: true,
      result: { messages: { source: 8, copied: 0, alreadyThere: 8, verified: 8 } },
    })
    expect([...gmail.told.calls.values()].reduce((sum, one) => sum + one, 0) - calls).toBe(2)
    expect(kept().length).toBe(unique)
  })

  test('the manifest: Gmail’s numbers, levels, how many are different; verified, and what is missing or changed is named', async () => {
    await putEdgeMailbox(source)
    await copy()
    const manifest = await makeManifest(ctx, ends())
    expect(manifest.content.to).toMatchObject({ protocol: 'gmail', host: '127.0.0.1' })
    expect(manifest.content.counts).toMatchObject({ messages: 8, verified: 8, byLevel: [0, 0, 8, 0, 0], different: 6 })
    const verify = () =>
      verifyManifest(ctx, { manifest, from: accountOf('source', source), to: account() }, { limits: { gmail: quick } })
    const good = await verify()
    expect(good).toMatchObject({ signature: 'good', isRecorded: true, target: { checked: 8, equal: 8 }, problems: [] })
    expect(isGood(good)).toBe(true)
    const [gone, changed] = kept().filter(({ labels }) => labels.size === 2 && labels.has('INBOX'))
    gmail.mailbox.remove(gone?.id ?? '')
    if (changed) changed.raw = Buffer.concat([changed.raw, Buffer.from('Aggiunta.\r\n')])
    const bad = await verify()
    expect(bad).toMatchObject({ source: { equal: 8 }, target: { equal: 6, changed: 1, missing: 1 } })
    expect(bad.problems.map(({ code }) => code).sort()).toEqual(['message_altered', 'message_missing'])
  })

  test('folders become labels: Gmail’s own for sent and thrown away, others by name, what it refuses spelled otherwise, none merged', async () => {
    for (const folder of ['Fatture', 'fatture', 'Ufficio^1', 'due  blanchi', 'Speciali', 'INBOX/Tributi']) {
      create(folder)
      await putMessage(source, mail(`in ${folder}`), { folder, flags: '\\Seen', ...at })
    }
    await putMessage(source, mail('spedita'), { folder: 'Posta spedita', flags: '\\Seen', ...at })
    await putMessage(source, mail('cestinata', 'Message-ID: <c@x>\r\n'), {
      folder: 'Cestinati',
      flags: '\\Seen',
      ...at,
    })
    await putMessage(source, mail('cestinata', 'Message-ID: <c@x>\r\n'), { flags: '\\Seen', ...at })
    const done = await copy()
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 9, copied: 9, verified: 9 } } })
    expect([...labelsOf('in Fatture'), ...labelsOf('in fatture')].map((name) => name?.toLowerCase()).sort()).toEqual([
      'fatture',
      'fatture (2)',
    ])
    expect(labelsOf('in Ufficio^1')).toEqual(['Ufficio＾1'])
    expect(labelsOf('in due  blanchi')).toEqual(['due␣␣blanchi'])
    expect(labelsOf('in INBOX/Tributi')).toEqual(['INBOX_/Tributi'])
    // Reserved in the language of the account, which nobody tells.
    expect(labelsOf('in Speciali')).toEqual(['Speciali_'])
    expect(labelsOf('spedita')).toEqual(['SENT'])
    // What is still in the inbox is not thrown away because a copy of it was.
    expect(labelsOf('cestinata')).toEqual(['INBOX'])
    expect(problem(done, 'label_missing')).toMatchObject({ folder: 'Cestinati', words: 'TRASH', count: 1 })
    expect(problem(done, 'folder_renamed', 'Ufficio^1')?.words).toBe('Ufficio＾1')
    expect((await copy()).result.messages).toMatchObject({ copied: 0, alreadyThere: 9 })
  })

  test('drafts, and messages marked as deleted as it was decided: in the trash, as others, or left and said', async () => {
    create('Bozze')
    await putMessage(source, mail('bozza'), { folder: 'Bozze', flags: '\\Draft \\Seen', ...at })
    await putMessage(source, mail('tolta'), { flags: '\\Deleted \\Seen', ...at })
    const skipped = await copy({}, { deleted: 'skip' })
    expect(skipped).toMatchObject({ isWhole: false, result: { messages: { source: 2, copied: 1, refused: 1 } } })
    expect(problem(skipped, 'message_refused')).toMatchObject({ folder: 'INBOX', words: '\\Deleted' })
    expect(labelsOf('bozza')).toEqual(['DRAFT'])
    expect((await copy({}, { deleted: 'keep' })).isWhole).toBe(true)
    expect(labelsOf('tolta')).toEqual(['INBOX'])
  })

  test('inserted rather than imported, which merges nothing: equal ones are one all the same, because we see to it', async () => {
    for (let n = 0; n < 2; n += 1) await putMessage(source, mail('uguale', 'Message-ID: <u@x>\r\n'), at)
    expect(await copy({}, { method: 'insert' })).toMatchObject({ isWhole: true, result: { messages: { copied: 2 } } })
    expect(gmail.told.calls.get('messages.insert')).toBe(1)
    expect(kept().length).toBe(1)
  })

  test('a second run brings what is new, flags that changed, and what is missing at Gmail, and nothing else', async () => {
    await fillMailbox(source, 20, { size: 1500 })
    await copy()
    await fillMailbox(source, 3, { size: 1600, seed: 2 })
    const [read, starred, lost] = kept().filter(({ labels }) => labels.has('UNREAD') && !labels.has('STARRED'))
    const uidOf = (one: typeof read) => {
      const ids = source.doveadm(['fetch', '-u', source.user, 'uid text', 'mailbox', 'INBOX']).split('\f\n')
      const subject = /^Subject: .*$/m.exec(one?.source.toString() ?? '')?.[0]?.trim() ?? '?'
      return /^uid: (\d+)/.exec(ids.find((text) => text.split(/\r?\n/).includes(subject)) ?? '')?.[1] ?? ''
    }
    const add = (flag: string, uid: string) =>
      source.doveadm(['flags', 'add', '-u', source.user, flag, 'mailbox', 'INBOX', 'uid', uid])
    add('\\Seen', uidOf(read))
    add('\\Flagged', uidOf(starred))
    gmail.mailbox.modify(starred?.id ?? '', [], ['UNREAD'])
    gmail.mailbox.remove(lost?.id ?? '')
    const second = await copy()
    expect(second).toMatchObject({
      isWhole: true,
      result: { messages: { source: 23, copied: 4, alreadyThere: 19, verified: 23 } },
    })
    expect(problem(second, 'copied_again')).toMatchObject({ count: 1 })
    expect(problem(second, 'flags_kept')).toMatchObject({ count: 1 })
    expect(read?.labels.has('UNREAD')).toBe(false)
    expect(starred?.labels.has('STARRED')).toBe(false)
    expect(kept().length).toBe(23)
  })

  test('what is at Gmail already is recognised and not doubled; the date it has there stays', async () => {
    const dated = (day: string) => mail('già qui', `Message-ID: <gia@x>\r\nDate: ${day}\r\n`)
    const there = dated('Mon, 4 May 2020 10:00:00 +0000')
    gmail.mailbox.store(there, ['STARRED'], 'dateHeader')
    await putMessage(source, there, at)
    const done = await copy()
    expect(done.result).toMatchObject({ messages: { source: 1, copied: 0, alreadyThere: 1, verified: 1 } })
    expect(problem(done, 'date_differs')).toBeUndefined()
    expect(labelsOf('già qui')).toEqual(['INBOX', 'STARRED'])
    expect(kept().length).toBe(1)
  })

  test('quota: units are taken before they are spent, so that Gmail never says no', async () => {
    await start({ units: 3000, windowMs: 60_000 })
    await fillMailbox(source, 5, { size: 800 })
    await copy({ unitsPerMinute: 3000 })
    expect([...gmail.told.statuses.keys()]).toEqual([200])
  })

  test('quota used up by others: said with 429 and 403, waited for, everything brought all the same', async () => {
    await start({ units: 100, windowMs: 250 })
    await fillMailbox(source, 12, { size: 800 })
    const done = await copy({ tries: 60 })
    expect(done).toMatchObject({
      isWhole: true,
      result: { messages: { source: 12, copied: 12, verified: 12 }, lost: 0 },
    })
    expect((gmail.told.statuses.get(429) ?? 0) * (gmail.told.statuses.get(403) ?? 0)).toBeGreaterThan(0)
    expect(gmail.told.mostUnits).toBeLessThanOrEqual(100)
    expect(kept().length).toBe(12)
  })

  test('tokens that end in the middle: a new one is asked for; one that stays refused is said in a word', async () => {
    await start({ tokenUses: 7 })
    await fillMailbox(source, 20, { size: 800 })
    expect(await copy()).toMatchObject({ isWhole: true, result: { messages: { source: 20, verified: 20 } } })
    expect(gmail.told.statuses.get(401)).toBeGreaterThan(3)
    const only = gmail.token()
    await fillMailbox(source, 10, { size: 900, seed: 3 })
    const ended = await copy({}, { tokens: () => Promise.resolve(only) })
    expect(ended.isWhole).toBe(false)
    expect(codes(ended)).toContain('auth')
    expect(await copy()).toMatchObject({ isWhole: true, result: { messages: { source: 30, verified: 30 }, lost: 0 } })
    expect(kept().length).toBe(30)
  })

  test('a message Gmail refuses is set aside with its words; the rest is there', async () => {
    await start({ mostBytes: 40_000 })
    await fillMailbox(source, 5, { size: 800 })
    await putMessage(source, mail('due mittenti', 'From: altro@comune.example.it\r\n'), at)
    await putMessage(source, mail('grande', '', 'x'.repeat(50_000)), at)
    const done = await copy()
    expect(done).toMatchObject({
      isWhole: false,
      result: { messages: { source: 7, copied: 5, refused: 2, verified: 5 }, lost: 0 },
    })
    const words = done.result.problems.filter(({ code }) => code === 'message_refused').map((one) => one.words)
    expect(words).toEqual(['400 Invalid From header', '413 Request Too Large'])
  })

  test('a Gmail that alters what it stores: each set aside with what differs; none is called equal', async () => {
    await putMessage(source, mail('uno', 'X-Ufficio: tributi\r\n'), at)
    await putMessage(source, mail('due'), at)
    const store = gmail.mailbox.store
    gmail.mailbox.store = (...given) => {
      const one = store(...given)
      one.raw = Buffer.from(one.raw.toString('latin1').replace('X-Ufficio: tributi', 'X-Ufficio: TRIBUTI'), 'latin1')
      return one
    }
    const done = await copy()
    expect(done).toMatchObject({
      isWhole: false,
      result: { messages: { source: 2, copied: 1, refused: 1, verified: 1 } },
    })
    expect(problem(done, 'message_altered')?.words).toBe('x-ufficio')
  })

  test('a mailbox that is full, and one that has too many labels: said, nothing lost, gone on with when there is room', async () => {
    await start({ mostLabels: 1 })
    create('Altro')
    await fillMailbox(source, 6, { size: 700 })
    await putMessage(source, mail('altrove'), { folder: 'Altro', ...at })
    await putMessage(source, mail('qui'), { folder: 'Fatti', ...at })
    gmail.state.during = (moment, count) => {
      if (moment === 'stored' && count === 3) gmail.state.isFull = true
      return false
    }
    const full = await copy({ lanes: 1 })
    expect(full.isWhole).toBe(false)
    expect(problem(full, 'over_quota')?.words).toContain('storage quota')
    expect(problem(full, 'not_copied')).toBeDefined()
    gmail.state.isFull = false
    const more = await copy()
    expect(problem(more, 'folder_refused')).toMatchObject({ folder: 'Fatti', words: '400 Too many labels' })
    expect(more.result.messages).toMatchObject({ source: 8, verified: 7, refused: 0 })
    expect(kept().length).toBe(7)
  })

  test('failures at random, half of them after the message was stored: every message once, those without Message-ID too', async () => {
    await start({ failures: 15, seed: 20_261_130, pageSize: 7 })
    for (let n = 0; n < 8; n += 1) await putMessage(source, mail(`senza ${n}`), at)
    await fillMailbox(source, 40, { size: 700 })
    const done = await copy()
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 48, verified: 48 }, lost: 0 } })
    expect(gmail.told.statuses.get(503)).toBeGreaterThan(10)
    const unique = new Set(kept().map((one) => digestOf(one.source)))
    expect({ messages: kept().length, different: unique.size }).toEqual({ messages: 48, different: 48 })
  })

  test('large messages go up in parts, are gone on with where they broke, and read back through a file; others in one request', async () => {
    await start()
    await fillMailbox(source, 4, { size: 700_000 })
    await putMessage(source, mail('piccola'), at)
    gmail.state.breakUploadAfter = 1_000_000
    const limits = { batchBytes: 400_000, spoolAbove: 500_000 }
    const done = await copyMailbox(ctx, ends(), {
      limits: { ...limits, pause: 20, gmail: { ...quick, resumableAbove: 300_000, partBytes: 262_144, lanes: 1 } },
    })
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 5, copied: 5, verified: 5 }, lost: 0 } })
    expect(gmail.told.calls.get('upload')).toBeGreaterThanOrEqual(12)
    expect(gmail.told.statuses.get(503)).toBe(1)
    expect(kept().map((one) => digestOf(one.source)).length).toBe(5)
    const changed = kept()[0]
    if (changed) changed.raw = Buffer.concat([changed.raw, Buffer.from('.')])
    const manifest = await makeManifest(ctx, ends())
    const verified = await verifyManifest(ctx, { manifest, from: null, to: account() }, { limits: { gmail: quick } })
    expect(verified.target).toEqual({ checked: 5, equal: 4, changed: 1, missing: 0 })
  })

  test('stored and never read back: an equal one joins it all the same, and both are read back later', async () => {
    await putMessage(source, mail('senza'), { flags: '\\Seen', ...at })
    await putMessage(source, mail('senza'), { flags: '\\Seen', folder: 'Fatti', ...at })
    gmail.state.readsFail = true
    const blind = await copy()
    expect(blind).toMatchObject({ isWhole: false, result: { messages: { source: 2, verified: 0 }, lost: 0 } })
    expect(codes(blind)).toEqual(expect.arrayContaining(['limit', 'not_verified', 'not_copied']))
    gmail.state.readsFail = false
    expect(await copy()).toMatchObject({ isWhole: true, result: { messages: { source: 2, copied: 1, verified: 2 } } })
    expect(labelsOf('senza')).toEqual(['Fatti', 'INBOX'])
  })

  test('ended in the middle: within a message, said, and the next run goes on; only compared it is not', async () => {
    await fillMailbox(source, 30, { size: 700 })
    const ending = new AbortController()
    const options = { limits: { gmail: quick }, signal: ending.signal }
    const halted = await copyMailbox(ctx, ends(), { ...options, watch: (_, done) => done >= 5 && ending.abort() })
    expect(halted).toMatchObject({ isHalted: true, isWhole: false })
    expect(kept().length).toBeLessThan(15)
    expect(await copy()).toMatchObject({ isHalted: false, isWhole: true, result: { messages: { verified: 30 } } })
    expect(kept().length).toBe(30)
    await expect(copyMailbox(ctx, ends(), { sends: false })).rejects.toMatchObject({ kind: 'invalid' })
  })

  test('new numbers at the source (UIDVALIDITY) bring nothing twice', async () => {
    await fillMailbox(source, 12, { size: 900 })
    await copy()
    await source.renumber()
    expect((await copy()).result.messages).toMatchObject({ source: 12, copied: 0, alreadyThere: 12, verified: 12 })
    expect(kept().length).toBe(12)
  })

  test('after the cut-over only what is new goes; what was deleted at Gmail or moved at the source does not come back', async () => {
    for (const subject of ['primo', 'secondo', 'terzo']) await putMessage(source, mail(subject), at)
    await copy()
    for (const [id, { source: text }] of gmail.mailbox.messages)
      if (text.includes('Subject: primo\r\n')) gmail.mailbox.messages.delete(id)
    create('Vecchie')
    source.doveadm(['move', '-u', source.user, 'Vecchie', 'mailbox', 'INBOX', 'subject', 'secondo'])
    await putMessage(source, mail('tardi'), at)
    const late = () => copyMailbox(ctx, ends(), { isLate: true, limits: { pause: 20, silence: 5000, gmail: quick } })
    for (const _ of [1, 2]) {
      expect(await late()).toMatchObject({ isSettled: true, result: { messages: { source: 4, verified: 4 } } })
      expect(kept().length).toBe(3)
      expect(labelsOf('primo')).toEqual([])
      expect(labelsOf('tardi')).toEqual(['INBOX', 'UNREAD'])
      expect(labelsOf('secondo')).toEqual(['INBOX', 'UNREAD'])
    }
  })
})
