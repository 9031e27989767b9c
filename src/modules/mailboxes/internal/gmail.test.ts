/** Names, marks, queries, quota and answers of Gmail, without a server. */
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../platform/problem.ts'
import { compareMessages } from './equivalence.ts'
import { readGmailAddress } from './gmail-account.ts'
import { queryFor } from './gmail-find.ts'
import { joinLabels, labelsFor, marksOf } from './gmail-marks.ts'
import { labelKey, labelName, mapLabels } from './gmail-names.ts'
import { placesOf } from './gmail-places.ts'
import { openBucket } from './gmail-quota.ts'
import { rawMessage } from './gmail-raw.ts'

const folder = (path: string, specialUse: string | null = null, delimiter = '/') => ({ path, delimiter, specialUse })

describe('names of labels', () => {
  test.each([
    [['Fatture', '2016'], 'Fatture/2016'],
    [[' prima', 'dopo ', 'due  spazi'], '␣prima/dopo␣/due␣␣spazi'],
    [['a^b', 'c/d'], 'a＾b/c／d'],
    [['INBOX', 'Tributi'], 'INBOX_/Tributi'],
    [['Todo'], 'Todo_'],
    [['Città'.normalize('NFD')], 'Città'],
    [[''], '␣'],
  ])('%j becomes %s', (parts, name) => {
    expect(labelName(parts)).toBe(name)
  })

  test('long ones are cut, and stay different', () => {
    const [a, b] = [labelName(['x'.repeat(300), 'a']), labelName(['x'.repeat(300), 'b'])]
    expect([a.length, b.length]).toEqual([225, 225])
    expect(a).not.toBe(b)
  })

  test('no two folders become one label, whatever their case or spelling; so each label tells its folder', () => {
    const paths = [
      'INBOX',
      'a^b',
      'a＾b',
      'Fatture',
      'FATTURE',
      'sent',
      'Sent',
      'x',
      'x_',
      'Inviata',
      'spam',
      'é',
      'e\u0301',
    ]
    const mapped = mapLabels(
      paths.map((path) => folder(path)),
      '',
      ['X', 'Importata'],
      new Map(),
    )
    expect(new Set(mapped.map(({ target }) => labelKey(target))).size).toBe(paths.length)
    const back = new Map(mapped.map(({ path, target }) => [target, path]))
    expect(mapped.map(({ target }) => back.get(target))).toEqual(paths)
    // A label that is there already, in its spelling.
    expect(mapped.find(({ path }) => path === 'x')?.target).toBe('X')
  })

  test('the use a server tells goes before names; one folder each; what was named earlier keeps its name', () => {
    const all = [
      folder('INBOX'),
      folder('Sent'),
      folder('Spedita', '\\Sent'),
      folder('Cestino'),
      folder('Bozze', '\\Drafts'),
    ]
    const mapped = mapLabels(all, '', [], new Map([['Cestino', 'Vecchio cestino']]))
    expect(mapped.map(({ target }) => target)).toEqual(['INBOX', 'Sent_', 'SENT', 'Vecchio cestino', 'DRAFT'])
    expect(mapLabels([folder('INBOX.Tributi', null, '.')], 'INBOX.', [], new Map())).toMatchObject([
      { target: 'Tributi', isSystem: false, isRenamed: false },
    ])
  })
})

test('below another label: nothing goes into Gmail’s own, and names are safe as a whole', () => {
  const all = [folder('INBOX'), folder('Posta inviata', '\\Sent'), folder('a^b')]
  expect(
    mapLabels(all, '', [], new Map(), 'Ufficio tributi').map(({ target, isSystem }) => [target, isSystem]),
  ).toEqual([
    ['Ufficio tributi/INBOX', false],
    ['Ufficio tributi/Posta inviata', false],
    ['Ufficio tributi/a＾b', false],
  ])
})

describe('the way back', () => {
  const user = (id: string, name: string) => ({ id, name, type: 'user' })
  const labels = [user('L1', 'Fatture nuove'), user('L2', 'Archiviati'), user('L3', 'Fatture')]
  const paths = (labelIds: string[], known: Parameters<typeof placesOf>[1] = []) =>
    placesOf(labels, known)(labelIds).map(({ path }) => path)

  test('marks are no places; without one a message was archived; the chat has none', () => {
    expect(paths(['INBOX', 'UNREAD', 'IMPORTANT', 'CATEGORY_SOCIAL'])).toEqual(['INBOX'])
    expect(paths(['STARRED'])).toEqual(['Archiviati'])
    expect(paths(['CHAT'])).toEqual([])
    expect(paths(['L1', 'SENT'])).toEqual(['Fatture nuove', 'SENT'])
  })

  test('a label keeps the name its folder was given, whatever it is called now, and no two are one folder', () => {
    const known = [{ path: 'Fatture', labelId: 'L1' }]
    expect(paths(['L1', 'L3'], known)).toEqual(['Fatture', 'Fatture (2)'])
    expect(paths(['L2'], known)).toEqual(['Archiviati (2)'])
    expect(paths(['STARRED'], [{ path: 'Archiviati', labelId: 'L2' }])).toEqual(['Archiviati (2)'])
  })
})

describe('marks', () => {
  test.each([
    ['', 'INBOX', ['INBOX', 'UNREAD']],
    ['\\Seen \\Flagged', 'Label_1', ['Label_1', 'STARRED']],
    ['\\Seen \\Draft', 'Label_1', ['DRAFT']],
    ['\\Flagged', 'DRAFT', ['DRAFT']],
    ['\\Deleted \\Seen', 'INBOX', ['TRASH']],
    ['\\Deleted \\Seen', 'Label_1', ['TRASH', 'Label_1']],
  ])('"%s" in %s', (flags, label, labels) => {
    expect(labelsFor(label, marksOf(flags, label), 'trash')).toEqual(labels)
  })

  test('a mark Gmail has no place for is named', () => {
    expect(marksOf('$Forwarded \\Answered \\Seen', 'INBOX').unkept).toEqual(['$Forwarded', '\\Answered'])
  })

  test('another copy adds its label; read once is read; what is live is not thrown away, what was thrown away comes back', () => {
    const live = { isLive: true, isDraft: false }
    const read = marksOf('\\Seen', 'Label_1')
    expect(joinLabels(live, ['Label_1'], read)).toEqual({ add: ['Label_1'], remove: ['UNREAD'], missing: [] })
    expect(joinLabels(live, ['TRASH', 'UNREAD'], marksOf('', 'TRASH'))).toEqual({
      add: [],
      remove: [],
      missing: ['TRASH'],
    })
    expect(joinLabels({ ...live, isLive: false }, ['INBOX'], read).remove).toEqual(['UNREAD', 'SPAM', 'TRASH'])
    expect(joinLabels({ ...live, isDraft: true }, ['INBOX', 'UNREAD'], marksOf('', 'INBOX')).missing).toEqual(['INBOX'])
  })
})

test('what a message is looked for by: its Message-ID, or its label, size and date', () => {
  expect(queryFor('From: a@x\nMessage-ID: <uno@x>', 10, 'INBOX')).toEqual({ q: 'rfc822msgid:uno@x' })
  expect(queryFor('From: a@x', 1000, 'Label_1')).toEqual({ q: 'larger:999 smaller:65000', labelId: 'Label_1' })
  expect(queryFor('Message-ID: <due parole>\nDate: Thu, 1 Jan 1970 01:00:00 +0000', 0, 'L').q).toBe(
    'larger:0 smaller:64000 after:-82800 before:90000',
  )
})

test('a Message-ID that Google gave to a message without one is an added header; one put in place of another is not', () => {
  const given = 'Message-ID: <1.SMTPIN_ADDED_MISSING@mx.google.com>\r\n'
  const bare = Buffer.from('From: a@x\r\n\r\nTesto.\r\n')
  expect(compareMessages(bare, Buffer.from(`${given}${bare}`)).level).toBe(2)
  const own = Buffer.from('From: a@x\r\nMessage-ID: <uno@x>\r\n\r\nTesto.\r\n')
  expect(compareMessages(own, Buffer.from(`${given}${bare}`)).level).toBe(4)
  expect(compareMessages(bare, Buffer.from(`Message-ID: <due@x>\r\n${bare}`)).level).toBe(4)
})

test.each([1, 2, 3, 5, 64, 1000])('bytes come out of the answer in pieces of %i as they went in', async (piece) => {
  const bytes = Buffer.from(Array.from({ length: 500 }, (_, n) => (n * 7) % 256))
  const json = `{\n "id": "18c",\n "raw": "${bytes.toString('base64url')}\\u003d",\n "labelIds": ["INBOX"]\n}`
  const chunks = async function* () {
    for (let at = 0; at < json.length; at += piece) yield Buffer.from(json.slice(at, at + piece))
  }
  const { bytes: parts, rest } = rawMessage(chunks())
  expect(Buffer.concat(await Array.fromAsync(parts)).equals(bytes)).toBe(true)
  expect(rest()).toEqual({ id: '18c', raw: '', labelIds: ['INBOX'] })
})

test('in no stretch of the window more units than allowed, and not much fewer', async () => {
  const bucket = openBucket(1000, 400)
  const spent: { at: number; units: number }[] = []
  const began = performance.now()
  while (performance.now() - began < 900) {
    await bucket.take(25)
    spent.push({ at: performance.now(), units: 25 })
  }
  for (const { at } of spent) {
    const inside = spent.filter((one) => one.at >= at && one.at < at + 400)
    expect(inside.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(1000)
  }
  expect(spent.length * 25).toBeGreaterThan(1000)
})

describe('addresses', () => {
  test('the mailbox is its address; the API is Google’s unless another is named', () => {
    expect(readGmailAddress('gmail://Anna@Comune.example.it', null, false)).toEqual({
      ...{ host: 'gmail.googleapis.com', port: 443, isEncrypted: true, user: 'anna@comune.example.it' },
    })
    expect(readGmailAddress('gmail://anna@x.it', 'http://[::1]:81', true)).toMatchObject({ host: '::1', port: 81 })
  })

  test.each([
    ['gmail://anna:segreta@x.it', null],
    ['gmail://x.it', null],
    ['gmail://anna@x.it/INBOX', null],
    ['gmail://anna@x.it:993', null],
    ['gmail://anna@x.it', 'http://gmail.example.it'],
    ['gmail://anna@x.it', 'ftp://127.0.0.1'],
  ])('%s, %s is refused', (text, api) => {
    expect(() => readGmailAddress(text, api, true)).toThrow(Problem)
  })
})
