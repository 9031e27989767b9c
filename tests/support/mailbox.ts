/** Mailboxes filled for tests and benches: invented messages, the same every time. */
import { randomBytes } from 'node:crypto'
import { type Random, seeded } from '../../demo/random.ts'
import type { Account } from '../../src/modules/mailboxes/internal/account.ts'
import { copyLimits } from '../../src/modules/mailboxes/internal/copy-limits.ts'
import { digestOf } from '../../src/modules/mailboxes/internal/digest.ts'
import { standingOf } from '../../src/modules/mailboxes/internal/mail-server.ts'
import type { Fetched } from '../../src/modules/mailboxes/internal/source.ts'
import { append, openTarget } from '../../src/modules/mailboxes/internal/target.ts'
import type { Side } from '../../src/modules/mailboxes/vocabulary.ts'
import type { Dovecot } from './dovecot.ts'

/** A server of the tests as one end of a copy; `port` when something stands before it. */
export function accountOf(side: Side, { port, user, password }: Dovecot, before: number = port): Account {
  return { side, host: '127.0.0.1', port: before, isEncrypted: false, user, credential: { password } }
}

/**
 * Puts so many messages into a folder; answers with their bytes. Sizes are log-normal with a mean of about 41 KiB, as mail
 * is, or all as given; some share a Message-ID, some have none, some are marked.
 */
export async function fillMailbox(
  server: Dovecot,
  count: number,
  {
    folder = 'INBOX',
    size,
    seed = 1,
    hasIds = true,
  }: { folder?: string; size?: number; seed?: number; hasIds?: boolean } = {},
): Promise<number> {
  const target = await openTarget(accountOf('target', server), copyLimits)
  const random = seeded(seed)
  const filler = randomBytes(1_500_000).toString('base64').replace(/.{76}/g, '$&\r\n')
  let bytes = 0
  try {
    const standing = await standingOf(target.checker, folder)
    for (let at = 0; at < count; at += 50) {
      const batch = Array.from({ length: Math.min(50, count - at) }, (_, index) =>
        messageOf(at + index, random, filler, size ?? naturalSize(random), hasIds),
      )
      await append(target, { path: folder, uidvalidity: standing?.uidvalidity ?? 0, isInOrder: true }, batch)
      bytes += batch.reduce((sum, message) => sum + message.size, 0)
    }
    return bytes
  } finally {
    target.close()
  }
}

function naturalSize({ next }: Random): number {
  const normal = Math.sqrt(-2 * Math.log(next() || 0.5)) * Math.cos(2 * Math.PI * next())
  return Math.min(1_500_000, Math.round(Math.exp(9.7 + 1.35 * normal)))
}

function messageOf(number: number, random: Random, filler: string, size: number, hasIds: boolean): Fetched {
  const from = random.whole(0, 400_000)
  const id =
    !hasIds || number % 97 === 0 ? '' : `Message-ID: <${number % 89 === 0 ? 'uguale' : number}@comune.example.it>\r\n`
  const head = `From: anna@comune.example.it\r\nSubject: Messaggio ${number}\r\n${id}`
  const content = Buffer.from(`${head}\r\n${filler.slice(from, from + size)}\r\n`)
  const flags = ['\\Seen', '\\Answered', '\\Flagged', 'Protocollo'].filter(() => random.chance(0.3)).join(' ')
  const receivedAt = new Date(Date.UTC(2012, 0, 1) + number * 3_600_000)
  return { uid: number + 1, size: content.length, flags, receivedAt, sha256: digestOf(content), content }
}

const mostTogether = 1000

/**
 * All that is in a mailbox, by `doveadm`, which knows nothing of us: folder, flags, instant and digest of the bytes of each
 * message, sorted. Two mailboxes with the same are the same.
 */
export function contentsOf({ doveadm, user }: Dovecot): string[] {
  const folders = doveadm(['mailbox', 'list', '-u', user]).trim().split('\n')
  return folders
    .flatMap((folder) => {
      const uids = doveadm(['fetch', '-u', user, 'uid', 'mailbox', folder]).match(/\d+/g) ?? []
      const read = (from: number) => {
        const range = `${uids[from]}:${uids[Math.min(from + mostTogether, uids.length) - 1]}`
        const fields = 'flags date.received size.virtual text'
        return doveadm(['fetch', '-u', user, fields, 'mailbox', folder, 'uid', range])
      }
      // Fifty thousand messages are more than one text can hold.
      return uids
        .flatMap((_, at) => (at % mostTogether === 0 ? read(at).split('\f\n') : []))
        .filter((record) => record.trim() !== '')
        .map((record) => {
          const fields = /^flags: (.*)\ndate\.received: (.*)\nsize\.virtual: (.*)\ntext:\n([\s\S]*)$/
          const [, flags = '', date = '', size = '', text = ''] = fields.exec(record) ?? []
          const kept = flags.split(' ').filter((flag) => flag !== '\\Recent' && flag !== '')
          return `${folder} (${kept.sort().join(' ')}) ${date} ${size} ${digestOf(Buffer.from(text.trimEnd()))}`
        })
    })
    .sort()
}

/** One message as it is given, flags and instant included. */
export async function putMessage(
  server: Dovecot,
  content: Buffer,
  { folder = 'INBOX', flags = '', receivedAt }: { folder?: string; flags?: string; receivedAt: string },
): Promise<void> {
  const target = await openTarget(accountOf('target', server), copyLimits)
  try {
    const standing = await standingOf(target.checker, folder)
    const at = new Date(receivedAt)
    const message = { uid: 1, size: content.length, flags, receivedAt: at, sha256: digestOf(content), content }
    await append(target, { path: folder, uidvalidity: standing?.uidvalidity ?? 0, isInOrder: true }, [message])
  } finally {
    target.close()
  }
}

/**
 * The eight messages on which tools stumble: a true duplicate, another message with the same Message-ID, two without one,
 * one marked as deleted, eight bits with a keyword and a date of 1998, and a copy in a nested folder with accents.
 */
export async function putEdgeMailbox(server: Dovecot): Promise<void> {
  const message = (head: string[], body: string, encoding: BufferEncoding = 'utf8') =>
    Buffer.from(`${['From: anna@comune.example.it', ...head].join('\r\n')}\r\n\r\n${body}\r\n`, encoding)
  const twin = message(['Subject: doppio', 'Message-ID: <doppio@comune.example.it>'], 'Uguale in tutto.')
  const nested = 'Protocollo/Attività & più'
  server.doveadm(['mailbox', 'create', '-s', '-u', server.user, nested])
  const at = { receivedAt: '2017-03-26T01:30:00Z' }
  await putMessage(server, twin, at)
  await putMessage(server, twin, at)
  await putMessage(server, message(['Subject: altro', 'Message-ID: <doppio@comune.example.it>'], 'Un altro testo.'), at)
  await putMessage(server, message(['Subject: senza identificativo'], 'Il primo.'), {
    receivedAt: '2013-10-27T00:59:59Z',
  })
  await putMessage(server, message([], 'Il secondo, senza oggetto.'), { receivedAt: '2013-10-27T01:00:00Z' })
  await putMessage(server, message(['Subject: tolto'], 'Segnato.'), {
    flags: '\\Deleted \\Seen',
    receivedAt: '2020-02-29T12:00:00Z',
  })
  const eightBits = message(
    ['Subject: perch\xe9', 'Content-Type: text/plain; charset=iso-8859-1'],
    'Citt\xe0.',
    'latin1',
  )
  await putMessage(server, eightBits, { flags: 'DaProtocollare \\Answered', receivedAt: '1998-12-31T23:59:59Z' })
  await putMessage(server, twin, { folder: nested, flags: '\\Flagged', ...at })
}
