import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { seeded } from '../../../demo/random.ts'
import { bounceReport } from './bounce.ts'
import { messageIdOf } from './guards.ts'
import { openMailParser } from './parse.ts'
import type { ParsedMail } from './parsed.ts'
import { cutQuote } from './quotes.ts'
import { type FixtureName, fixtures, mailOf, smallFixtures } from './testing.ts'
import { mutate } from './testing-mutate.ts'

const parser = openMailParser()
afterAll(() => parser.close())

async function readAs(name: FixtureName): Promise<ParsedMail> {
  const found = await parser.parse(fixtures[name]())
  if (found.is !== 'read') throw new Error(`${name} was refused: ${found.reason}`)
  return found.mail
}

async function refusal(name: FixtureName): Promise<string | null> {
  const found = await parser.parse(fixtures[name]())
  return found.is === 'refused' ? found.reason : null
}

describe('what is read', () => {
  test('a plain mail: who, what, when', async () => {
    expect(await readAs('plain')).toMatchObject({
      messageId: '<uno@posta.comune.example.it>',
      from: { address: 'impiegata@comune.example.it', name: 'Anna Betulla' },
      to: [{ address: 'assistenza@comune.example.it' }],
      subject: 'La stampante non risponde',
      date: '2026-11-24T08:30:00.000Z',
      text: 'Buongiorno,\nda stamattina non stampa.',
      attachments: [],
      isAutoReply: false,
      isBounce: false,
      listId: null,
    })
  })

  test('a mail without Message-ID or subject has empty ones', async () => {
    expect((await readAs('noMessageId')).messageId).toBe('')
    expect((await readAs('noSubject')).subject).toBe('')
    expect(messageIdOf(fixtures.plain())).toBe('<uno@posta.comune.example.it>')
    expect(messageIdOf(fixtures.noMessageId())).toBe('')
    expect(messageIdOf(Buffer.from('Message-ID:\r\n <piegato@example.it>\r\n\r\n'))).toBe('<piegato@example.it>')
  })

  test('HTML becomes text; the HTML itself keeps neither scripts, pictures nor drawings', async () => {
    const { text, html } = await readAs('html')
    expect(text).toBe('Il monitor è nero.\nqui sito\nStanza 12 & corridoio')
    expect(html).toContain('<b>nero</b>')
    expect(html).toContain('href="https://www.example.it"')
    for (const bad of ['script', 'alert', 'svg', 'img', 'spia', 'onload', 'style', 'javascript'])
      expect(html).not.toContain(bad)
  })

  test('odd charsets are read: ISO-2022-JP, windows-1252 under the name of another, one that does not exist', async () => {
    expect(await readAs('japanese')).toMatchObject({ subject: 'こんにちは', text: 'こんにちは' })
    expect(await readAs('mislabelledUtf8')).toMatchObject({ subject: 'Perché', text: 'perché costa 5 € “già”' })
    expect(await readAs('mislabelledLatin1')).toMatchObject({ text: 'perché costa 5 € “già”' })
    expect(await readAs('unknownCharset')).toMatchObject({ text: 'testo semplice' })
  })

  test('null bytes and control characters are gone from every text', async () => {
    const mail = await readAs('nullBytes')
    expect(mail.text).toBe('primadopo\nfine')
    expect(mail.subject).toBe('Nulli')
  })

  test('an invitation keeps its calendar as an attachment, a zip bomb stays packed', async () => {
    expect((await readAs('calendar')).attachments.map(({ name }) => name)).toEqual(['invito.ics'])
    const [zip] = (await readAs('bomb')).attachments
    expect(zip?.name).toBe('bomba.zip')
    expect(zip?.bytes.byteLength).toBeLessThan(100_000)
    expect((await readAs('largeAttachment')).attachments[0]?.bytes.byteLength).toBe(8_000_000)
  })

  test('broken MIME is read as far as it goes', async () => {
    expect((await readAs('brokenMime')).from?.address).toBe('impiegata@comune.example.it')
    expect((await readAs('missingEnd')).text).toContain('In allegato.')
    expect((await readAs('onlyHeaders')).subject).toBe('Solo intestazioni')
  })

  test('answers of programs, bounces and lists are told from what people write', async () => {
    expect(await readAs('autoReply')).toMatchObject({ isAutoReply: true, isBounce: false })
    expect(await readAs('bounce')).toMatchObject({
      isBounce: true,
      bounce: { failed: ['nessuno@example.org'], returned: ['<ritorno@example.org>'] },
    })
    expect((await readAs('plain')).bounce).toBeNull()
    expect(await readAs('list')).toMatchObject({ listId: 'Novita <novita.example.org>' })
  })
})

describe('a notice of non-delivery', () => {
  const report = (...groups: string[]) =>
    bounceReport(
      Buffer.from(
        `A: b\r\n\r\n--l\r\nContent-Type: message/delivery-status\r\n\r\n${groups.join('\r\n\r\n')}\r\n--l--`,
      ),
    )

  test('names those who were not reached for good, under both addresses; not those that are tried again', () => {
    const found = report(
      'Reporting-MTA: dns; mx.example.org',
      'Original-Recipient: rfc822;Prima@example.org\r\nFinal-Recipient: RFC822; <dopo@example.net>\r\nAction: failed\r\nStatus: 5.1.1',
      'Final-Recipient: rfc822; piena@example.org\r\nAction: delayed\r\nStatus: 4.2.2',
      'Final-Recipient: rfc822; ritenta@example.org\r\nAction: failed\r\nStatus: 4.4.7',
      'Final-Recipient: x400; /C=IT/\r\nAction: failed\r\nStatus: 5.0.0',
    )
    expect(found?.failed).toEqual(['prima@example.org', 'dopo@example.net'])
  })

  test('gives back the Message-ID of what was sent; damage and floods end quickly', () => {
    const given = 'Content-Type: text/rfc822-headers\r\n\r\nMessage-ID:\r\n <nostra@comune.example.it>'
    expect(report(`Action: failed\r\n--l\r\n${given}`)?.returned).toEqual(['<nostra@comune.example.it>'])
    expect(bounceReport(Buffer.from('Content-Type: message/delivery-status'))).toBeNull()
    const begun = performance.now()
    for (const flood of ['Content-Type: message/delivery-status\n', '\n\n', 'message-id: \n ', 'action: failed\n '])
      report(flood.repeat(100_000))
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})

describe('what is refused before it is parsed', () => {
  test.each([
    ['empty', 'empty'],
    ['largeHeader', 'headers_too_large'],
    ['largeFoldedHeader', 'headers_too_large'],
    ['manyRecipients', 'too_many_recipients'],
    ['nested', 'too_deep'],
    ['manyParts', 'too_many_parts'],
  ] as const)('%s: %s', async (name, reason) => {
    expect(await refusal(name)).toBe(reason)
  })

  test('and still says who wrote about what, as far as its head can be read', async () => {
    for (const name of ['manyRecipients', 'largeHeader', 'nested'] as const)
      expect(await parser.parse(fixtures[name]())).toMatchObject({
        from: { address: 'impiegata@comune.example.it', name: 'Anna Betulla' },
        subject: 'La stampante non risponde',
      })
    expect(await parser.parse(fixtures.empty())).toMatchObject({ from: null, subject: '' })
  })
})

describe('quotations', () => {
  test.each([
    ['Sì, funziona.\n\n--- Rispondi sopra questa riga ---\nRichiesta 2026/12', 'Sì, funziona.'],
    ['Grazie\n\nIl giorno mar 24 nov 2026 alle ore 10:02 Olga <o@example.it> ha scritto:\n> ciao', 'Grazie'],
    [
      'Grazie\n\nIl giorno mar 24 nov 2026 alle ore 10:02 Olga Operatrice\n<operatore@societa.example.it> ha scritto:\n> ciao',
      'Grazie',
    ],
    ['Thanks\n\nOn Tue, 24 Nov 2026 at 10:02, Olga <o@example.it> wrote:\n> hi', 'Thanks'],
    ['Ok\n-----Messaggio originale-----\nDa: Olga', 'Ok'],
    ['Ok\n\nDa: Olga <o@example.it>\nInviato: martedì\nA: Anna', 'Ok'],
    ['Rispondi sopra questa riga\n> tutto sotto', 'Rispondi sopra questa riga\n> tutto sotto'],
    ['Il toner è finito.\nOn e off non cambiano nulla.', 'Il toner è finito.\nOn e off non cambiano nulla.'],
  ])('%j', (text, words) => {
    expect(cutQuote(text)).toBe(words)
  })
})

describe('the threads', () => {
  const worker = (body: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'sitec-thread-')), 'entry.mjs')
    writeFileSync(
      path,
      `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', (raw) => { ${body} })`,
    )
    return path
  }

  test('one that hangs is replaced after its time, and only its message fails', async () => {
    const entry = worker(`if (raw[0] === 33) for (;;); parentPort.postMessage({ is: 'refused', reason: 'empty' })`)
    const hanging = openMailParser({ threads: 1, timeLimitMs: 400, entry })
    const found = await Promise.all(['a', '!', 'b', 'c'].map((text) => hanging.parse(Buffer.from(text))))
    await hanging.close()
    expect(found.map((one) => one.is === 'refused' && one.reason)).toEqual(['empty', 'parse_timeout', 'empty', 'empty'])
  })

  test('one that dies is replaced, and only its message fails', async () => {
    const entry = worker(
      `if (raw[0] === 33) throw new Error('no'); parentPort.postMessage({ is: 'refused', reason: 'empty' })`,
    )
    const dying = openMailParser({ threads: 1, entry })
    const found = await Promise.all(['a', '!', 'b', '!', 'c'].map((text) => dying.parse(Buffer.from(text))))
    await dying.close()
    expect(found.map((one) => one.is === 'refused' && one.reason)).toEqual([
      ...['empty', 'parse_crash', 'empty', 'parse_crash', 'empty'],
    ])
  })
})

test('10,000 mutated mails give 10,000 answers and no crash (seed 4711)', async () => {
  const random = seeded(4711)
  const reasons: Record<string, number> = {}
  let next = 0
  const one = async () => {
    for (; next < 10_000; ) {
      const base = smallFixtures[next % smallFixtures.length] ?? mailOf()
      next += 1
      const found = await parser.parse(mutate(base, random))
      const outcome = found.is === 'read' ? 'read' : found.reason
      reasons[outcome] = (reasons[outcome] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: 8 }, one))
  expect(Object.values(reasons).reduce((sum, n) => sum + n, 0)).toBe(10_000)
  expect(reasons.read).toBeGreaterThan(9000)
  expect(reasons.parse_crash).toBeUndefined()
  expect(reasons.parse_timeout).toBeUndefined()
}, 90_000)
