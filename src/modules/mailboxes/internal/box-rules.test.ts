/** The rules of findings, each with an example anybody can follow. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bandOf } from './box-activity.ts'
import { type BoxFacts, type BoxRules, findAll } from './box-findings.ts'
import { bytesOf } from './box-lines.ts'
import { follows, isPattern } from './box-naming.ts'
import { canonicalHeaders, openSketch, overlapsOf } from './sketch.ts'

const today = '2026-11-30'
const rules: BoxRules = {
  ...{ domains: ['comune.example.it'], unusedAfterDays: 365, unreadAfterDays: 90, duplicateShare: 800 },
  naming: [
    { kind: 'office', pattern: '*', until: null },
    { kind: 'office', pattern: '*.*', until: null },
    { kind: 'office', pattern: '?.*', until: '2026-06-30' },
  ],
}
const box = (address: string, more: Partial<BoxFacts> = {}): BoxFacts => ({
  ...{
    id: address,
    address: `${address}@comune.example.it`,
    kind: 'office',
    holderId: 'qualcuno',
    holderName: 'Anna Verdi',
  },
  ...{ holderLeftOn: null, publishedAt: 'Sito del Comune', sizeBytes: 10, quotaBytes: 100, messageCount: 5 },
  ...{ lastReceivedOn: '2026-11-20', lastReadOn: '2026-11-21', lastSentOn: '2026-11-22' },
  ...{ aliases: [], forwards: [], delegates: [] },
  ...more,
})
const found = (...boxes: BoxFacts[]) =>
  [...findAll(boxes, [], rules, today)].flatMap(([id, findings]) => findings.map(({ code }) => `${id} ${code}`))

test('a mailbox that is read, answered for, published and well named has nothing to be checked', () => {
  expect(found(box('anagrafe'), box('stato.civile'))).toEqual([])
})

test('the office for the 2011 census of population: nothing came in, was read or went out for a year', () => {
  const old = { lastReceivedOn: '2025-11-29', lastReadOn: '2025-11-01', lastSentOn: null }
  expect(found(box('censimento', { ...old, kind: 'project', publishedAt: null }))).toEqual(['censimento unused'])
  expect(
    found(box('censimento', { ...old, lastReceivedOn: '2025-11-30', kind: 'project', publishedAt: null })),
  ).toEqual([])
  // Nobody measured it: nobody says that it is not used.
  const unknown = { lastReceivedOn: null, lastReadOn: null, lastSentOn: null }
  expect(found(box('mai', { ...unknown, messageCount: null }))).toEqual([])
  expect(found(box('mai', { ...unknown, messageCount: 0, publishedAt: null, kind: 'project' }))).toEqual(['mai unused'])
})

test('Anna Verdi left in June and nobody else may open it; a colleague who may is enough', () => {
  expect(found(box('tributi', { holderLeftOn: '2026-06-30' }))).toEqual(['tributi no_holder'])
  expect(found(box('tributi', { holderId: null }))).toEqual(['tributi no_holder'])
  expect(found(box('tributi', { holderLeftOn: '2027-01-01' }))).toEqual([])
  const delegates = [{ address: 'bruno@comune.example.it', leftOn: null }]
  expect(found(box('tributi', { holderLeftOn: '2026-06-30', delegates }))).toEqual([])
  expect(found(box('tributi', { holderId: null, delegates: [{ address: 'b@c.it', leftOn: '2026-01-01' }] }))).toEqual([
    'tributi no_holder',
  ])
})

test('people are told to write to it, and since August nobody has opened it though mail comes in', () => {
  expect(found(box('mensa', { lastReadOn: '2026-08-31', lastSentOn: '2026-08-31' }))).toEqual(['mensa published_dead'])
  expect(found(box('mensa', { lastReadOn: '2026-08-31', lastSentOn: '2026-09-15' }))).toEqual([])
})

test('an office without its address on any page; a project needs none', () => {
  expect(found(box('verde', { publishedAt: null }), box('piste', { publishedAt: null, kind: 'project' }))).toEqual([
    'verde unpublished',
  ])
})

test('m.rossi reads like a person: that form was accepted until June', () => {
  expect(found(box('m.rossi'), box('uff_verde'))).toEqual(['m.rossi misnamed', 'uff_verde misnamed'])
  const [first] = findAll([box('m.rossi')], [], rules, today).get('m.rossi') ?? []
  expect(first?.evidence).toMatchObject({ past: '?.*', until: '2026-06-30', patterns: ['*', '*.*'] })
  expect(findAll([box('m.rossi')], [], rules, '2026-06-30').get('m.rossi')).toEqual([])
})

test('mail that goes to a private address, or comes back to where it began, or that two claim', () => {
  expect(found(box('sport', { forwards: [{ address: 'tizio@gratis.example.com' }] }))).toEqual([
    'sport forward_outside',
  ])
  expect(found(box('sport', { forwards: [{ address: 'x@scuole.comune.example.it' }] }))).toEqual([])
  const [one, two] = [
    box('uno', { forwards: [{ address: 'due.vecchio@comune.example.it' }] }),
    box('due', {
      aliases: [{ address: 'due.vecchio@comune.example.it', until: null }],
      forwards: [{ address: 'tre@comune.example.it' }],
    }),
  ]
  expect(found(one, two, box('tre'))).toEqual([])
  expect(found(one, two, box('tre', { forwards: [{ address: 'uno@comune.example.it' }] }))).toEqual([
    'uno alias_loop',
    'due alias_loop',
    'tre alias_loop',
  ])
  const claims = { aliases: [{ address: 'uno@comune.example.it', until: null }] }
  expect(found(box('uno'), box('quattro', claims))).toEqual(['uno alias_clash', 'quattro alias_clash'])
})

test('full to the brim', () => {
  expect(found(box('protocollo', { sizeBytes: 100 }))).toEqual(['protocollo over_quota'])
  expect(found(box('protocollo', { sizeBytes: 99 }))).toEqual([])
})

test('of a person’s mailbox nothing is looked at but that the person has left', () => {
  const bad = {
    kind: 'personal',
    publishedAt: null,
    sizeBytes: 200,
    lastReadOn: null,
    lastSentOn: null,
    lastReceivedOn: '2020-01-01',
  } as const
  const forwards = [{ address: 'a@fuori.example.com' }]
  expect(found(box('m_rossi_1', { ...bad, forwards, delegates: [] }))).toEqual([])
  expect(found(box('m_rossi_1', { ...bad, forwards, holderLeftOn: '2026-01-01' }))).toEqual(['m_rossi_1 holder_left'])
})

test('two mailboxes with the same mail are found by their sketches; of a third with other mail nothing is said', () => {
  const sketch = (id: string, from: number, to: number) => {
    const made = openSketch()
    for (let at = from; at < to; at += 1) made.add(createHash('sha256').update(`messaggio ${at}`).digest())
    made.add(createHash('sha256').update(`messaggio ${from}`).digest())
    return { id, ...made.result() }
  }
  const [all, copy, other, half] = [
    sketch('a', 0, 5000),
    sketch('b', 0, 4500),
    sketch('c', 9000, 9900),
    sketch('d', 4000, 6000),
  ]
  expect(all).toMatchObject({ messages: 5000 })
  expect(all.sketch).toHaveLength(256 * 8)
  const overlaps = overlapsOf([all, copy, other, half], 100)
  expect(overlaps.find(({ oneId, otherId }) => oneId + otherId === 'ab')?.shared).toBeGreaterThan(930)
  const partly = overlaps.find(({ oneId, otherId }) => oneId + otherId === 'ad')?.shared ?? 0
  expect(Math.abs(partly - 500)).toBeLessThan(120)
  expect(overlaps.some(({ oneId, otherId }) => `${oneId}${otherId}`.includes('c'))).toBe(false)
  const told = findAll([box('aa', { id: 'a' }), box('bb', { id: 'b' })], overlaps, rules, today)
  expect([...told.values()].flat().map(({ code, otherId }) => `${code} ${otherId}`)).toEqual([
    'duplicate b',
    'duplicate a',
  ])
  // Ten messages are too few to say anything.
  expect(overlapsOf([sketch('e', 0, 10), sketch('f', 0, 10)], 1)).toEqual([])
})

test('a message is the same whatever server folded its header and in whatever order', () => {
  const one = canonicalHeaders(
    'Message-ID: <1@x>\r\nDate: Mon, 1 Jan 2026\r\nSubject: Una riga\r\n  lunga\r\nFrom: a@b.it\r\n\r\n',
  )
  expect(
    canonicalHeaders('subject: Una riga lunga\r\nFROM:  a@b.it\r\nDate:Mon, 1 Jan 2026\r\nMessage-Id: <1@x>\r\n'),
  ).toBe(one)
})

describe('the parts', () => {
  test.each([
    ['anagrafe', '*', true],
    ['stato.civile', '*', false],
    ['stato.civile', '*.*', true],
    ['m.rossi', '*.*', false],
    ['m.rossi', '?.*', true],
    ['ufficio12', 'ufficio*', true],
    ['lista-personale', '*-*', true],
    ['a.b', 'a?b', false],
  ])('%s follows %s: %s', (name, pattern, is) => {
    expect(isPattern(pattern) && follows(name, pattern)).toBe(is)
  })

  test('a pattern that could be read in many ways is none, and the longest is quick', () => {
    for (const bad of ['**', '*a', '(a+)+', 'a..b', '', 'è*', '*?']) expect(isPattern(bad), bad).toBe(false)
    const begun = performance.now()
    follows('a'.repeat(200), Array.from({ length: 20 }, () => '*').join('.'))
    expect(performance.now() - begun).toBeLessThan(50)
  })

  test.each([
    ['2026-11-30', 'recent'],
    ['2026-06-03', 'recent'],
    ['2026-06-02', 'this_year'],
    ['2025-11-30', 'this_year'],
    ['2025-11-29', 'older'],
    [null, 'never'],
  ])('used on %s is told as %s', (on, band) => {
    expect(bandOf(on, 0, today)).toBe(band)
    if (on === null) expect(bandOf(on, null, today)).toBeNull()
  })

  test('sizes as people write them', () => {
    expect(['2048', '10 GB', '1,5 MB', '3kB', '2 GiB'].map(bytesOf)).toEqual([
      2048,
      10 * 1024 ** 3,
      1.5 * 1024 ** 2,
      3072,
      2 * 1024 ** 3,
    ])
    expect(['tanto', '-1', '1.2.3', 'GB', '1 PB'].map(bytesOf)).toEqual([null, null, null, null, null])
  })
})
