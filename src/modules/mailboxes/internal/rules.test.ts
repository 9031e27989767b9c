/** The rules of a copy that need no server: how equal, which folder, which copy of several, how much at once. */
import { describe, expect, test } from 'vitest'
import { compareMessages } from './equivalence.ts'
import { mapFolders } from './folder-names.ts'
import { openMultiset } from './multiset.ts'
import { openWindow } from './window.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('how equal two messages are', () => {
  const original = bytes('From: a@b.it\r\nSubject: uno\r\n due\r\nX-A: 1\r\nX-A: 2\r\n\r\nTesto\r\n')
  test.each([
    ['the same bytes', original.toString('latin1'), 0, []],
    ['other line ends', 'From: a@b.it\nSubject: uno\n due\nX-A: 1\nX-A: 2\n\nTesto\n', 1, []],
    [
      'headers of delivery added, one folded anew',
      'Received: da qui\r\nX-GM-Labels: x\r\nFrom: a@b.it\r\nSubject: uno due\r\nX-A: 1\r\nX-A: 2\r\n\r\nTesto\r\n',
      2,
      [],
    ],
    ['a header of the sender gone', 'From: a@b.it\r\nSubject: uno due\r\nX-A: 1\r\n\r\nTesto\r\n', 4, ['x-a']],
    ['a header changed', 'From: a@b.it\r\nSubject: Uno due\r\nX-A: 1\r\nX-A: 2\r\n\r\nTesto\r\n', 4, ['subject']],
    [
      'a header added that is not of delivery',
      'X-TUID: 1\r\nFrom: a@b.it\r\nSubject: uno\r\n due\r\nX-A: 1\r\nX-A: 2\r\n\r\nTesto\r\n',
      4,
      ['x-tuid'],
    ],
    ['the body changed', 'From: a@b.it\r\nSubject: uno\r\n due\r\nX-A: 1\r\nX-A: 2\r\n\r\nTesto \r\n', 4, ['body']],
  ] as const)('%s', (_, text, level, differs) => {
    expect(compareMessages(original, bytes(text))).toEqual({ level, differs })
  })

  test('NUL and the 0x80 that servers put for it are the same', () => {
    expect(compareMessages(bytes('A: b\r\n\r\nx\0y\r\n'), bytes('A: b\r\n\r\nx\x80y\r\n')).level).toBe(1)
  })
})

describe('which folder a folder becomes', () => {
  const folder = (path: string, delimiter = '.', specialUse: string | null = null) => ({ path, delimiter, specialUse })
  const target = (delimiter = '/', prefix = '', folders: { path: string; specialUse: string | null }[] = []) => ({
    ...{ delimiter, prefix, folders },
  })
  const names = (...given: Parameters<typeof mapFolders>) => mapFolders(...given).map(({ target }) => target)

  test('names and nesting stay; separators and prefixes are each server’s own', () => {
    const source = [folder('INBOX'), folder('INBOX.Tributi.2016'), folder('INBOX.a/b')]
    expect(names(source, 'INBOX.', target(), new Map())).toEqual(['INBOX', 'Tributi/2016', 'a_b'])
    const slashes = [folder('inbox', '/'), folder('Tributi/2016', '/')]
    expect(names(slashes, '', target('.', 'INBOX.'), new Map())).toEqual(['INBOX', 'INBOX.Tributi.2016'])
  })

  test('sent mail goes where the target keeps sent mail, but never into another folder’s place', () => {
    const sent = [{ path: 'Posta inviata', specialUse: '\\Sent' }]
    expect(names([folder('Sent', '/', '\\Sent')], '', target('/', '', sent), new Map())).toEqual(['Posta inviata'])
    const both = [folder('Sent', '/', '\\Sent'), folder('Posta inviata', '/')]
    expect(names(both, '', target('/', '', sent), new Map())).toEqual(['Sent', 'Posta inviata'])
  })

  test('no two folders become one, and a name once given stays', () => {
    const clash = [folder('a/b'), folder('a_b')]
    expect(mapFolders(clash, '', target(), new Map())).toEqual([
      { path: 'a/b', target: 'a_b', isRenamed: true },
      { path: 'a_b', target: 'a_b (2)', isRenamed: true },
    ])
    expect(names(clash, '', target(), new Map([['a_b', 'a_b']]))).toEqual(['a_b (2)', 'a_b'])
  })
})

test('n identical messages are n: each is taken once, that of the same second first', () => {
  const at = (second: number) => new Date(Date.UTC(2017, 0, 1, 0, 0, second))
  const found = openMultiset([1, 2, 2].map((second, uid) => ({ uid, sha256: 'a', receivedAt: at(second) })))
  expect(found.take('a', at(2))?.uid).toBe(1)
  expect(found.take('a', at(9))?.uid).toBe(0)
  expect(found.take('a', at(9))?.uid).toBe(2)
  expect([found.take('a', at(9)), found.size()]).toEqual([null, 0])
})

test('more is sent at once while it goes well, half after a failure, and one message always', async () => {
  const window = openWindow(1_000_000, 1_500_000)
  await window.room(5_000_000) // alone, however large
  let second = false
  const waiting = window.room(1).then(() => {
    second = true
  })
  await Promise.resolve()
  expect(second).toBe(false)
  window.answered(5_000_000)
  await waiting
  for (let step = 0; step < 9; step += 1) window.answered(1)
  expect(window.limit()).toBe(1_500_000)
  window.reset()
  expect(window.limit()).toBe(750_000)
})
