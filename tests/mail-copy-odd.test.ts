/** A mailbox copied between servers that behave oddly: what they leave out, cut short or change is told, and never taken for whole. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { copyMailbox } from '../src/modules/mailboxes/copy-mailbox.ts'
import type { Context } from '../src/platform/context.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { type Faulty, startFaulty } from './support/faulty.ts'
import { accountOf, contentsOf, fillMailbox, putMessage } from './support/mailbox.ts'

const why = whyNoDovecot()
const limits = { silence: 1500, pause: 50, quiet: 200 }

describe.skipIf(why !== null)(`odd servers${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let ctx: Context
  let source: Dovecot
  let target: Dovecot
  /** The wires before each of them. */
  let beforeSource: Faulty
  let beforeTarget: Faulty
  const ends: (() => Promise<void>)[] = []
  const names = Array.from({ length: 15 }, (_, number) => `casella${number}`)
  let next = 0

  const start = async () => {
    const server = await startDovecot({ format: 'sdbox', users: names })
    ends.unshift(server.stop)
    return server
  }
  const before = async (server: Dovecot) => {
    const wire = await startFaulty(server.port)
    ends.unshift(wire.close)
    return wire
  }
  const copy = (more = {}) =>
    copyMailbox(
      ctx,
      {
        from: accountOf('source', source, beforeSource.port),
        to: accountOf('target', target, beforeTarget.port),
        folders: [],
      },
      { limits: { ...limits, ...more } },
    )
  const codes = ({ result }: Awaited<ReturnType<typeof copy>>) => [...new Set(result.problems.map(({ code }) => code))]

  beforeAll(async () => {
    city = await testCity()
    ends.unshift(city.services.close)
    ctx = await city.as('administrator', 'cli')
    source = await start()
    target = await start()
  })
  beforeEach(async () => {
    next += 1
    source = source.as(names[next] ?? '')
    target = target.as(names[next] ?? '')
    beforeSource = await before(source)
    beforeTarget = await before(target)
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  const inParts = { batchBytes: 15_000, spoolAbove: 20_000, partBytes: 7000 }

  test('a large message removed at the source while it is read: its beginning is not taken for the message', async () => {
    await fillMailbox(source, 2, { size: 30_000 })
    let isGone = false
    beforeSource.up = (text) => {
      if (!isGone && text.includes('UID FETCH 1 ') && text.includes('<14000.7000>')) {
        isGone = true
        source.doveadm(['expunge', '-u', source.user, 'mailbox', 'INBOX', 'uid', '1'])
      }
      // Of a message that is not there a server says nothing, and that all is well.
      return isGone ? text.replaceAll('UID FETCH 1 ', 'UID FETCH 9 ') : text
    }
    const done = await copy(inParts)
    expect(contentsOf(source)).toHaveLength(1)
    expect(contentsOf(target)).toEqual(contentsOf(source))
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 1, copied: 1, verified: 1 }, lost: 0 } })
  })

  test('a source that tells large messages larger or smaller than they are: as it gives them, they are whole', async () => {
    await fillMailbox(source, 3, { size: 28_000 })
    beforeSource.down = (text) => text.replaceAll(/RFC822\.SIZE 28(\d{3})\b/g, 'RFC822.SIZE 98$1')
    const done = await copy(inParts)
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 3, copied: 3, verified: 3 } } })
    await fillMailbox(source, 2, { size: 28_000, seed: 2 })
    beforeSource.down = (text) => text.replaceAll(/RFC822\.SIZE 28(\d{3})\b/g, 'RFC822.SIZE 20$1')
    expect(await copy({ ...inParts, spoolAbove: 19_000 })).toMatchObject({ isWhole: true })
    expect(contentsOf(target)).toEqual(contentsOf(source))
    expect(contentsOf(target)).toHaveLength(5)
  })

  test('a source that gives nothing in place of a message (NIL): said, and it comes when the source gives it', async () => {
    for (const text of ['Intero.', 'Rotto.']) source.deliver(Buffer.from(`Subject: uno\r\n\r\n${text}\r\n`))
    beforeSource.down = (text) =>
      text.replaceAll(/BODY\[\] \{\d+\}\r\n(?:(?!BODY\[\])[\s\S])*?Rotto\.\r\n/g, 'BODY[] NIL')
    const done = await copy()
    expect(done).toMatchObject({ isWhole: false, result: { messages: { source: 2, copied: 1 } } })
    expect(codes(done)).toContain('message_missing')
    beforeSource.down = (text) => text
    expect(await copy()).toMatchObject({
      isWhole: true,
      result: { messages: { source: 2, copied: 1, alreadyThere: 1 } },
    })
  })

  test('a message on which the target hangs up: once its largest message is known, it is set aside and the rest goes on', async () => {
    source.deliver(Buffer.from(`Subject: grande\r\n\r\n${'x'.repeat(70_000)}\r\n`))
    source.deliver(Buffer.from('Subject: piccola\r\n\r\nTesto.\r\n'))
    beforeTarget.fail = { how: 'cut', afterBytes: 40_000, connections: 1000 }
    const hung = await copy({ attempts: 2 })
    expect(hung).toMatchObject({ isWhole: false, isSettled: false })
    expect(codes(hung)).toContain('dropped')
    const done = await copy({ attempts: 2, largest: 50_000 })
    expect(done).toMatchObject({
      isSettled: true,
      result: { messages: { source: 2, copied: 1, refused: 1, verified: 1 }, lost: 0 },
    })
    const refused = done.result.problems.find(({ code }) => code === 'message_refused')
    expect(refused).toMatchObject({ uid: 1, words: 'APPENDLIMIT 50000' })
  })

  test('a source that lists only a part of what it has: nothing is taken for gone, and what was is there again', async () => {
    await fillMailbox(source, 12, { size: 900 })
    await copy()
    await fillMailbox(source, 1, { size: 900, seed: 2 })
    beforeSource.up = (text) => text.replaceAll('UID FETCH 1:* (', 'UID FETCH 1:5 (')
    expect((await copy()).result.messages).toMatchObject({ alreadyThere: 12, verified: 12 })
    beforeSource.up = (text) => text
    expect(await copy()).toMatchObject({ isWhole: true, result: { messages: { source: 13, verified: 13 } } })
    // It also says that it has no more than that: only the next listing shows that it was wrong.
    beforeSource.up = (text) => text.replaceAll('UID FETCH 1:* (', 'UID FETCH 1:5 (')
    beforeSource.down = (text) => text.replaceAll('MESSAGES 13', 'MESSAGES 5')
    expect((await copy()).result.messages).toMatchObject({ source: 5, verified: 5 })
    for (const way of ['up', 'down'] as const) beforeSource[way] = (text) => text
    const done = await copy()
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 13, copied: 0, verified: 13 } } })
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('a source that renumbers after a message has left it: its copy is not taken for that of an equal new one', async () => {
    const same = Buffer.from('Subject: uguale\r\n\r\nTesto.\r\n')
    const at = { receivedAt: '2017-03-26T01:30:00Z' }
    await putMessage(source, same, at)
    await fillMailbox(source, 3, { size: 900 })
    await copy()
    source.doveadm(['expunge', '-u', source.user, 'mailbox', 'INBOX', 'uid', '1'])
    expect(await copy()).toMatchObject({ isWhole: true, result: { messages: { source: 3 } } })
    await source.renumber()
    await putMessage(source, same, at)
    target.doveadm(['expunge', '-u', target.user, 'mailbox', 'INBOX', 'uid', '2'])
    const done = await copy()
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 4, copied: 2, verified: 4 } } })
    expect(contentsOf(target)).toHaveLength(5)
  })

  test('of a message that was sent again only what we brought is taken back: not an equal one of another, nor a later copy', async () => {
    const text = (n: number) => Buffer.from(`Subject: numero ${n}\r\n\r\n${`${n} riga di prova\r\n`.repeat(2000)}`)
    for (let n = 0; n < 10; n += 1) await putMessage(source, text(n), { receivedAt: `2017-03-2${n}T01:30:00Z` })
    beforeTarget.fail = { how: 'held', afterBytes: 100_000, connections: 1 }
    expect(await copy({ batchMessages: 2 })).toMatchObject({ isWhole: true })
    for (let n = 0; n < 10; n += 1) target.deliver(text(n))
    const second = await copy()
    expect(codes(second)).not.toContain('withdrawn_double')
    expect(contentsOf(target)).toHaveLength(20)
    beforeTarget.letGo()
    await expect.poll(() => contentsOf(target).length).toBeGreaterThan(20)
    await sleep(500)
    const third = await copy()
    expect(codes(third)).toContain('withdrawn_double')
    expect(contentsOf(target)).toHaveLength(20)
    // Its user copies a whole folder into itself: same bytes, same second.
    target.doveadm(['copy', '-u', target.user, 'INBOX', 'mailbox', 'INBOX', 'all'])
    await copy()
    expect(contentsOf(target)).toHaveLength(40)
  })

  const withoutUidplus = (text: string) =>
    text.replaceAll(' UIDPLUS', ' XIDPLUS').replaceAll('[APPENDUID', '[XPPENDUID')

  test('a target that changes messages and tells no numbers: each is sent once, compared, and set aside where it differs', async () => {
    const marked = (n: number) => Buffer.from(`Subject: numero ${n}\r\nX-Ufficio: tributi\r\n\r\nTesto ${n}.\r\n`)
    for (let n = 0; n < 3; n += 1) await putMessage(source, marked(n), { receivedAt: `2017-03-2${n}T01:30:00Z` })
    await fillMailbox(source, 3, { size: 900 })
    beforeTarget.down = withoutUidplus
    beforeTarget.up = (text) => text.replaceAll('X-Ufficio: tributi', 'X-Ufficio: TRIBUTI')
    const done = await copy()
    expect(done).toMatchObject({
      isSettled: true,
      result: { messages: { source: 6, copied: 3, refused: 3, verified: 3 }, lost: 0 },
    })
    expect(codes(done)).toContain('message_altered')
    expect((await copy()).result.messages).toMatchObject({ copied: 0, alreadyThere: 3, refused: 3 })
    expect(contentsOf(target)).toHaveLength(6)
  })

  test('a target that changes messages and their instants, and tells no numbers: sending ends, and they are set aside', async () => {
    for (const n of [1, 2]) source.deliver(Buffer.from(`X-Ufficio: tributi\r\n\r\nTesto ${n}.\r\n`))
    beforeTarget.down = withoutUidplus
    beforeTarget.up = (text) =>
      text
        .replaceAll('X-Ufficio: tributi', 'X-Ufficio: TRIBUTI')
        .replaceAll(/-20\d\d (?=\d\d:\d\d:\d\d [+-]\d{4}")/g, '-1999 ')
    const done = await copy()
    expect(done).toMatchObject({ isSettled: true, result: { messages: { source: 2, copied: 0, refused: 2 }, lost: 0 } })
    const there = contentsOf(target).length
    expect(there).toBe(6)
    await copy()
    expect(contentsOf(target)).toHaveLength(there)
  })
})
