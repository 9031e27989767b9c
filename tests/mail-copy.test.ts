/** A mailbox copied between two real Dovecots on loopback. Where none can be had the tests are skipped, and say why. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../demo/testing.ts'
import { copyMailbox } from '../src/modules/mailboxes/copy-mailbox.ts'
import { previewCopy } from '../src/modules/mailboxes/preview.ts'
import type { Context } from '../src/platform/context.ts'
import { type Dovecot, startDovecot, whyNoDovecot } from './support/dovecot.ts'
import { type Faulty, startFaulty } from './support/faulty.ts'
import { accountOf, contentsOf, fillMailbox, putEdgeMailbox } from './support/mailbox.ts'

const why = whyNoDovecot()
const limits = { silence: 1500, pause: 50, quiet: 200 }

describe.skipIf(why !== null)(`copying a mailbox${why === null ? '' : ` (skipped: ${why})`}`, () => {
  let city: TestCity
  let ctx: Context
  let source: Dovecot
  let target: Dovecot
  let faulty: Faulty
  const ends: (() => Promise<void>)[] = []
  const names = Array.from({ length: 30 }, (_, number) => `casella${number}`)
  let next = 0

  const start = async (extra?: string) => {
    const server = await startDovecot({ format: 'sdbox', users: names, extra })
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
      { from: accountOf('source', source), to: accountOf('target', target, faulty.port), folders: [] },
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
    // A mailbox of its own on each side.
    next += 1
    source = source.as(names[next] ?? '')
    target = target.as(names[next] ?? '')
    faulty = await before(target)
  })
  afterAll(async () => {
    for (const end of ends) await end()
  })

  test('the eight messages on which tools stumble: 8 of 8, same bytes, flags, keyword and instants; again: none', async () => {
    await putEdgeMailbox(source)
    const preview = await previewCopy(ctx, {
      from: accountOf('source', source),
      to: accountOf('target', target),
      folders: [],
    })
    expect(preview.result.messages).toMatchObject({ source: 8, copied: 8, alreadyThere: 0 })
    expect(contentsOf(target)).toEqual([])
    const first = await copy()
    expect(first).toMatchObject({
      isWhole: true,
      result: { messages: { source: 8, copied: 8, alreadyThere: 0, refused: 0, verified: 8 }, lost: 0, problems: [] },
    })
    const found = contentsOf(target)
    expect(found).toEqual(contentsOf(source))
    expect(found.length).toBe(8)
    expect(found.filter((line) => line.startsWith('Protocollo/Attività & più (\\Flagged)')).length).toBe(1)
    expect(target.doveadm(['mailbox', 'list', '-s', '-u', target.user])).toContain('Protocollo/Attività & più')
    const again = await copy()
    expect(again.result.messages).toEqual({ source: 8, copied: 0, alreadyThere: 8, refused: 0, verified: 8 })
    expect(contentsOf(target)).toEqual(found)
  })

  test('the newest messages of a folder keep their order, for webmails that show on top what arrived last', async () => {
    await fillMailbox(source, 120, { size: 1500 })
    expect(await copy({ inOrder: 40, batchMessages: 5 })).toMatchObject({ isWhole: true })
    const subjects = ({ user, doveadm }: Dovecot) =>
      doveadm(['fetch', '-u', user, 'hdr.subject', 'mailbox', 'INBOX']).match(/Messaggio \d+/g) ?? []
    expect(subjects(source)).toHaveLength(120)
    expect(subjects(target).slice(-40)).toEqual(subjects(source).slice(-40))
    expect(subjects(target).toSorted()).toEqual(subjects(source).toSorted())
  })

  test('the source is left as it was: nothing is marked as read, nothing as seen by a session', async () => {
    await putEdgeMailbox(source)
    const recent = source.flags().join()
    await copy()
    expect(source.flags().join()).toBe(recent)
  })

  test('a second run brings what is new, flags that changed, and what is missing at the target, and nothing else', async () => {
    await fillMailbox(source, 60, { size: 2000 })
    await copy()
    await fillMailbox(source, 5, { size: 3000, seed: 2 })
    source.doveadm(['flags', 'add', '-u', source.user, 'Nuovo \\Draft', 'mailbox', 'INBOX', 'uid', '3'])
    source.doveadm(['expunge', '-u', source.user, 'mailbox', 'INBOX', 'uid', '10'])
    target.doveadm(['expunge', '-u', target.user, 'mailbox', 'INBOX', 'uid', '20'])
    target.doveadm(['flags', 'add', '-u', target.user, 'DellUfficio', 'mailbox', 'INBOX', 'uid', '4'])
    source.doveadm(['flags', 'add', '-u', source.user, 'DellOrigine', 'mailbox', 'INBOX', 'uid', '4'])
    const second = await copy()
    expect(second).toMatchObject({
      isWhole: true,
      result: { messages: { source: 64, copied: 6, alreadyThere: 58, refused: 0, verified: 64 } },
    })
    expect(codes(second).sort()).toEqual(['copied_again', 'flags_kept'])
    const [there, here] = [contentsOf(target), contentsOf(source)]
    expect(there.length).toBe(65) // what left the source stays
    expect(here.filter((line) => !there.includes(line)).map((line) => line.includes('DellOrigine'))).toEqual([true])
    expect(there.some((line) => line.includes('Nuovo'))).toBe(true)
  })

  test('messages that are at the target already, put there by somebody else, are recognised and not brought twice', async () => {
    await fillMailbox(source, 30, { size: 1500 })
    await fillMailbox(target, 12, { size: 1500 })
    const there = contentsOf(target).length
    const first = await copy()
    expect(there).toBe(12)
    expect(first.result.messages).toMatchObject({ source: 30, verified: 30 })
    expect(first.result.messages.copied + first.result.messages.alreadyThere).toBe(30)
    expect((await copy()).result.messages.copied).toBe(0)
  })

  test('new numbers on either side (UIDVALIDITY) bring nothing twice', async () => {
    await fillMailbox(source, 40, { size: 1500 })
    await copy()
    const found = contentsOf(target)
    await target.renumber()
    expect((await copy()).result.messages).toMatchObject({ source: 40, copied: 0, alreadyThere: 40, verified: 40 })
    await source.renumber()
    expect((await copy()).result.messages).toMatchObject({ source: 40, copied: 0, alreadyThere: 40, verified: 40 })
    expect(contentsOf(target)).toEqual(found)
  })

  test('a target whose connections drop, again and again in the middle: said, and every message once', async () => {
    await fillMailbox(source, 150)
    faulty.fail = { how: 'cut', afterBytes: 700_000, connections: 4 }
    const done = await copy()
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 150, verified: 150 }, lost: 0 } })
    expect(codes(done)).toContain('dropped')
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('a target that stalls: given up after the time allowed, said, and gone on with', async () => {
    await fillMailbox(source, 120)
    faulty.fail = { how: 'held', afterBytes: 500_000, connections: 1 }
    const done = await copy()
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 120, verified: 120 }, lost: 0 } })
    expect(codes(done)).toContain('timeout')
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('what had stalled arrives after all: the next run takes the doubles back, and nothing else', async () => {
    await fillMailbox(source, 120, { size: 9000 })
    faulty.fail = { how: 'held', afterBytes: 300_000, connections: 1 }
    expect((await copy()).isWhole).toBe(true)
    faulty.letGo()
    target.deliver(Buffer.from('Subject: arrivata dopo\r\n\r\nNon si tocca.\r\n'))
    expect(await whenStill(() => contentsOf(target).length)).toBeGreaterThan(121)
    const second = await copy()
    expect(codes(second)).toContain('withdrawn_double')
    expect(second.result.messages).toMatchObject({ source: 120, copied: 0, verified: 120 })
    const there = contentsOf(target)
    const here = contentsOf(source)
    expect(there.length).toBe(121)
    expect(here.every((line) => there.includes(line))).toBe(true)
  })

  test('a target that is gone for good: said, nothing lost, and the next run goes on', async () => {
    await fillMailbox(source, 60)
    faulty.fail = { how: 'cut', afterBytes: 400_000, connections: 1000 }
    const done = await copy({ attempts: 2, batchBytes: 200_000 })
    expect(done).toMatchObject({ isWhole: false, result: { messages: { source: 60 }, lost: 0 } })
    expect(codes(done)).toEqual(expect.arrayContaining(['dropped', 'not_copied']))
    faulty.fail = null
    expect((await copy()).isWhole).toBe(true)
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('a target that renumbers its folder in the middle: every message once', async () => {
    await fillMailbox(source, 200)
    let done = 0
    const renumbering = copyMailbox(
      ctx,
      { from: accountOf('source', source), to: accountOf('target', target), folders: [] },
      {
        limits: { ...limits, batchBytes: 200_000 },
        watch: (_, so) => {
          if (so > 40 && done === 0) {
            done = so
            void target.renumber()
          }
        },
      },
    )
    expect(await renumbering).toMatchObject({ isWhole: true, result: { messages: { source: 200, verified: 200 } } })
    expect(done).toBeGreaterThan(0)
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('a target that rewrites a header: each message set aside with what differs; none is called equal', async () => {
    const marked = (n: number) => Buffer.from(`Subject: numero ${n}\r\nX-Ufficio: tributi\r\n\r\nTesto ${n}.\r\n`)
    for (let n = 0; n < 3; n += 1) source.deliver(marked(n))
    source.deliver(Buffer.from('Subject: senza\r\n\r\nTesto.\r\n'))
    faulty.up = (text) => text.replaceAll('X-Ufficio: tributi', 'X-Ufficio: TRIBUTI')
    const done = await copy()
    expect(done).toMatchObject({
      isWhole: false,
      result: { messages: { source: 4, copied: 1, refused: 3, verified: 1 }, lost: 0 },
    })
    const altered = done.result.problems.filter(({ code }) => code === 'message_altered')
    expect(altered.map(({ folder, uid, words }) => [folder, uid, words])).toEqual([
      ['INBOX', 1, 'x-ufficio'],
      ['INBOX', 2, 'x-ufficio'],
      ['INBOX', 3, 'x-ufficio'],
    ])
    expect((await copy()).result.messages).toMatchObject({ source: 4, copied: 0, alreadyThere: 1, refused: 3 })
    expect(contentsOf(target).length).toBe(4)
  })

  test('a target without LITERAL+, MULTIAPPEND and UIDPLUS: slower, and just as whole', async () => {
    await fillMailbox(source, 90, { size: 4000 })
    faulty.down = (text) =>
      text
        .replaceAll(' MULTIAPPEND', ' XULTIAPPEND')
        .replaceAll(' LITERAL+', ' XITERAL+')
        .replaceAll(' UIDPLUS', ' XIDPLUS')
        .replaceAll('[APPENDUID', '[XPPENDUID')
    const done = await copy()
    expect(done).toMatchObject({
      isWhole: true,
      result: { messages: { source: 90, copied: 90, verified: 90 }, lost: 0 },
    })
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('large messages, in parts through a file without a name, are as whole as small ones', async () => {
    await fillMailbox(source, 25)
    const done = await copy({ batchBytes: 15_000, spoolAbove: 20_000, partBytes: 7000 })
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 25, copied: 25, verified: 25 } } })
    expect(contentsOf(target)).toEqual(contentsOf(source))
  })

  test('a target that is full, and takes no large message: set aside with the server’s words, the rest is there', async () => {
    const small = await start(quota('300K', '60K'))
    faulty = await before(small)
    source.deliver(Buffer.from(`Subject: grande\r\n\r\n${'x'.repeat(70_000)}\r\n`))
    await fillMailbox(source, 60, { size: 8000 })
    const done = await copy()
    expect(done).toMatchObject({ isWhole: false, result: { messages: { source: 61 }, lost: 0 } })
    const large = done.result.problems.find(({ code, uid }) => code === 'message_refused' && uid === 1)
    expect(large?.words).toMatch(/\w+/)
    expect(codes(done)).toContain('over_quota')
    const { copied, refused } = done.result.messages
    const left = done.result.problems.find(({ code }) => code === 'not_copied')?.count ?? 0
    expect(copied).toBeGreaterThan(10)
    expect(copied + refused + left).toBe(61)
    const [there, here] = [contentsOf(small.as(target.user)), contentsOf(source)]
    expect(there.length).toBe(copied)
    expect(there.every((line) => here.includes(line))).toBe(true)
  })

  test('sent mail goes where the target keeps it; who else may open a folder is told, so that it can be given again', async () => {
    const old = await start(`${sentMail('Inviata')}
mail_plugins = acl
protocol imap {
  mail_plugins = acl imap_acl
}
plugin {
  acl = vfile
}`)
    const renewed = await start(sentMail('Posta inviata'))
    await fillMailbox(old, 5, { folder: 'Inviata', size: 900 })
    old.doveadm(['acl', 'set', '-u', old.user, 'Inviata', `user=${names[1]}`, 'lookup', 'read'])
    const ends = { from: accountOf('source', old), to: accountOf('target', renewed), folders: [] }
    const done = await copyMailbox(ctx, ends, { limits })
    expect(done).toMatchObject({ isWhole: true, result: { messages: { source: 5, copied: 5, verified: 5 } } })
    expect(done.result.problems).toEqual([
      { side: 'target', code: 'folder_renamed', folder: 'Inviata', words: 'Posta inviata' },
      { side: 'source', code: 'acl', folder: 'Inviata', words: `${names[1]} lr` },
    ])
    expect(contentsOf(renewed).every((line) => line.startsWith('Posta inviata '))).toBe(true)
  })

  test('a wrong password and a server that is not there are said in a word, and nothing is begun', async () => {
    const from = accountOf('source', source)
    const wrong = { ...accountOf('target', target), credential: { password: 'sbagliata' } }
    const refused = await copyMailbox(ctx, { from, to: wrong, folders: [] }, { limits })
    expect(refused.isWhole).toBe(false)
    expect(refused.result.problems).toMatchObject([{ side: 'target', code: 'auth' }])
    const nowhere = await copyMailbox(
      ctx,
      { from: { ...from, port: 1 }, to: accountOf('target', target), folders: [] },
      { limits: { ...limits, attempts: 1 } },
    )
    expect(nowhere.isWhole).toBe(false)
    expect(nowhere.result.problems).toMatchObject([{ side: 'source', code: 'unreachable' }])
    const selfSigned = { ...accountOf('target', target), port: target.tlsPort, isEncrypted: true }
    const distrusted = await copyMailbox(ctx, { from, to: selfSigned, folders: [] }, { limits })
    expect(distrusted.result.problems).toMatchObject([{ side: 'target', code: 'certificate' }])
  })
})

function sentMail(name: string): string {
  return `namespace inbox {
  mailbox "${name}" {
    auto = create
    special_use = \\Sent
  }
}`
}

function quota(storage: string, message: string): string {
  return `mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:Casella
  quota_vsizes = yes
  quota_rule = *:storage=${storage}
  quota_grace = 0
  quota_max_mail_size = ${message}
}`
}

// Looks until it finds the same a few times in a row.
async function whenStill(look: () => number): Promise<number> {
  let [last, times] = [look(), 0]
  for (let attempt = 0; attempt < 100 && times < 5; attempt += 1) {
    await sleep(80)
    const now = look()
    times = now === last ? times + 1 : 0
    last = now
  }
  return last
}
