/** For tests only: mails of our own making, good and bad. */
import { crc32, deflateRawSync } from 'node:zlib'

export type MailParts = {
  from?: string
  to?: string
  subject?: string
  messageId?: string | null
  headers?: readonly string[]
  body?: string
}

/** A simple mail; lines end as on the wire. */
export function mailOf({ from, to, subject, messageId, headers = [], body }: MailParts = {}): Buffer {
  const head = [
    `From: ${from ?? 'Anna Betulla <impiegata@comune.example.it>'}`,
    `To: ${to ?? 'assistenza@comune.example.it'}`,
    `Subject: ${subject ?? 'La stampante non risponde'}`,
    'Date: Tue, 24 Nov 2026 09:30:00 +0100',
    ...(messageId === null ? [] : [`Message-ID: ${messageId ?? '<uno@posta.comune.example.it>'}`]),
    ...headers,
  ]
  return Buffer.from([...head, '', body ?? 'Buongiorno,\r\nda stamattina non stampa.\r\n'].join('\r\n'), 'latin1')
}

const mixed = (...parts: string[]) => [...parts.map((part) => `--limite\r\n${part}`), '--limite--', ''].join('\r\n')
const mixedHeaders = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="limite"']
const plainPart = 'Content-Type: text/plain; charset=utf-8\r\n\r\nIn allegato.\r\n'
const attached = (name: string, bytes: Buffer, type = 'application/octet-stream') =>
  `Content-Type: ${type}; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`

function nested(depth: number): Buffer {
  const open = Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}`,
  )
  const shut = Array.from({ length: depth }, (_, at) => `--b${depth - 1 - at}--`)
  const [first = '', ...rest] = open
  const [head = '', start = ''] = first.split('\r\n\r\n')
  const body = [start, ...rest, 'Content-Type: text/plain\r\n\r\nin fondo', ...shut].join('\r\n')
  return mailOf({ messageId: '<annidata@example.org>', headers: ['MIME-Version: 1.0', head], body })
}

/** A zip that holds `size` zeros: some bytes that would become very many. */
export function zipBomb(size = 50_000_000): Buffer {
  const content = Buffer.alloc(size)
  const packed = deflateRawSync(content, { level: 9 })
  const name = Buffer.from('zeri.bin')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(crc32(content), 14)
  local.writeUInt32LE(packed.length, 18)
  local.writeUInt32LE(size, 22)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  local.copy(central, 16, 14, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length + name.length, 12)
  end.writeUInt32LE(local.length + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, central, name, end])
}

const invitation = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'VERSION:2.0',
  'BEGIN:VEVENT',
  'UID:riunione@example.it',
  'DTSTART:20261201T090000Z',
  'SUMMARY:Sopralluogo',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n')

const page =
  '<html><head><title>no</title><style>p{color:red}</style></head><body onload="alert(1)"><p>Il monitor è <b>nero</b>.</p>' +
  '<script>alert("rubato")</script><svg onload="alert(2)"><text>disegno</text></svg><img src="https://spia.example/x.gif">' +
  '<a href="javascript:alert(3)">qui</a> <a href="https://www.example.it">sito</a><p>Stanza&nbsp;12 &amp; corridoio</p></body></html>'

/** Every mail of the collection by what is the matter with it. */
export const fixtures = {
  plain: () => mailOf(),
  noMessageId: () => mailOf({ messageId: null, subject: 'Senza identificativo' }),
  noSubject: () => mailOf({ messageId: '<s@example.it>', subject: '' }),
  empty: () => Buffer.alloc(0),
  onlyHeaders: () => Buffer.from('From: impiegata@comune.example.it\r\nSubject: Solo intestazioni\r\n'),
  notMail: () => Buffer.from('%PDF-1.7 questo non è un messaggio\n'),
  html: () =>
    mailOf({
      messageId: '<html@example.it>',
      subject: 'Monitor nero',
      headers: ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8'],
      body: Buffer.from(page).toString('latin1'),
    }),
  attachment: () =>
    mailOf({
      messageId: '<allegato@example.it>',
      subject: 'Schermata',
      headers: mixedHeaders,
      body: mixed(plainPart, attached('schermata.pdf', Buffer.from('%PDF-1.7\n%%EOF\n'))),
    }),
  brokenMime: () =>
    mailOf({
      messageId: '<rotto@example.it>',
      subject: '=?utf-8?Q?rotto=ZZ_=?= =?utf-8?B?@@@?=',
      headers: [
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="mai',
        'Content-Transfer-Encoding: base128',
      ],
      body: '--mai\r\nContent-Type: text/plain; charset=\r\n\r\nnon finisce\r\n--ma',
    }),
  missingEnd: () =>
    mailOf({
      messageId: '<fine@example.it>',
      headers: mixedHeaders,
      body: `--limite\r\n${plainPart}--limite\r\n${attached('meta.bin', Buffer.alloc(100, 7)).slice(0, 200)}`,
    }),
  largeHeader: () => mailOf({ messageId: '<grande@example.it>', headers: [`X-Riempimento: ${'a'.repeat(2_000_000)}`] }),
  largeFoldedHeader: () => mailOf({ headers: [`X-Riempimento: ${'riempi\r\n '.repeat(250_000)}fine`] }),
  manyRecipients: () =>
    mailOf({
      messageId: '<tanti@example.it>',
      to: Array.from({ length: 10_000 }, (_, n) => `p${n}@example.org`).join(',\r\n '),
    }),
  nested: () => nested(100),
  manyParts: () =>
    mailOf({
      headers: mixedHeaders,
      body: mixed(...Array.from({ length: 2000 }, () => 'Content-Type: text/plain\r\n\r\nx')),
    }),
  nullBytes: () =>
    mailOf({
      messageId: '<nulli@example.it>',
      subject: 'Nul\u0000li',
      body: 'prima\u0000dopo\r\n\u0000\u0001\u0007fine',
    }),
  japanese: () =>
    mailOf({
      messageId: '<jp@example.jp>',
      subject: '=?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?=',
      headers: [
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=iso-2022-jp',
        'Content-Transfer-Encoding: 7bit',
      ],
      body: '\u001b$B$3$s$K$A$O\u001b(B\r\n',
    }),
  // "perché è «già»" with the quotation marks and the euro of windows-1252, under other names.
  mislabelledUtf8: () =>
    mailOf({
      messageId: '<w1@example.it>',
      subject: 'Perch\u00e9',
      headers: ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
      body: 'perch\u00e9 costa 5 \u0080 \u0093gi\u00e0\u0094\r\n',
    }),
  mislabelledLatin1: () =>
    mailOf({
      messageId: '<w2@example.it>',
      headers: ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: 8bit'],
      body: 'perch\u00e9 costa 5 \u0080 \u0093gi\u00e0\u0094\r\n',
    }),
  unknownCharset: () =>
    mailOf({
      messageId: '<ignoto@example.it>',
      headers: ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=x-inventato-9'],
      body: 'testo semplice\r\n',
    }),
  calendar: () =>
    mailOf({
      messageId: '<invito@example.it>',
      subject: 'Invito: Sopralluogo',
      headers: ['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary="limite"'],
      body: mixed(
        'Content-Type: text/plain; charset=utf-8\r\n\r\nSopralluogo martedi.\r\n',
        `Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n${invitation}\r\n`,
      ),
    }),
  bomb: () =>
    mailOf({
      messageId: '<bomba@example.it>',
      subject: 'Archivio',
      headers: mixedHeaders,
      body: mixed(plainPart, attached('bomba.zip', zipBomb(), 'application/zip')),
    }),
  largeAttachment: () =>
    mailOf({
      messageId: '<pesante@example.it>',
      subject: 'Allegato grande',
      headers: mixedHeaders,
      body: mixed(plainPart, attached('grande.bin', Buffer.alloc(8_000_000, 'sitec'))),
    }),
  autoReply: () =>
    mailOf({
      messageId: '<auto@example.it>',
      subject: 'Risposta automatica: ferie',
      headers: ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'],
      body: 'Sono assente.\r\n',
    }),
  bounce: () =>
    mailOf({
      from: 'Mail Delivery System <MAILER-DAEMON@example.org>',
      messageId: '<ritorno@example.org>',
      subject: 'Undelivered Mail Returned to Sender',
      headers: [
        'Return-Path: <>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="limite"',
      ],
      body: mixed(
        'Content-Type: text/plain\r\n\r\nNon consegnato.\r\n',
        'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.org\r\n\r\nFinal-Recipient: rfc822; nessuno@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n',
      ),
    }),
  list: () =>
    mailOf({ messageId: '<lista@example.org>', headers: ['List-Id: Novita <novita.example.org>', 'Precedence: list'] }),
} as const satisfies Record<string, () => Buffer>

export type FixtureName = keyof typeof fixtures

/** The mails small enough to be damaged ten thousand times. */
export const smallFixtures: readonly Buffer[] = Object.values(fixtures)
  .map((make) => make())
  .filter((mail) => mail.length < 100_000)
