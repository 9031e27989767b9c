/** For tests only: a seeded mutator over mails. */

type Random = { next: () => number }

/** Damages a mail in one to five places, the same for the same random numbers. */
export function mutate(mail: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(mail)
  const times = 1 + Math.floor(random.next() * 5)
  for (let time = 0; time < times; time += 1) bytes = damages[pick(random, damages.length)]?.(bytes, random) ?? bytes
  return bytes
}

const pick = (random: Random, below: number) => Math.floor(random.next() * Math.max(1, below))

const splices = [
  '\r\n\r\n',
  '\0',
  '--limite',
  '--limite--',
  '\r\nContent-Type: multipart/mixed; boundary=""',
  'charset="',
  '=?utf-8?B?',
  '\r\nFrom: a@b, c@d',
  '\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=',
  '<',
  '\xff\xfe',
  '\r\n\t',
  ' '.repeat(3000),
  '\r\nContent-Type: message/rfc822\r\n\r\n',
  '\r\nDate: 99 Foo 20000',
  '\r\nMessage-ID: ',
  '\r\nContent-Type: text/html\r\n\r\n<div>',
]

const damages: readonly ((mail: Buffer, random: Random) => Buffer)[] = [
  (mail, random) => {
    for (let n = 0; n < 8 && mail.length > 0; n += 1) mail[pick(random, mail.length)] = pick(random, 256)
    return mail
  },
  (mail, random) => mail.subarray(0, pick(random, mail.length)),
  (mail, random) => mail.subarray(pick(random, Math.min(mail.length, 500))),
  (mail, random) =>
    insert(mail, pick(random, mail.length), Buffer.from(splices[pick(random, splices.length)] ?? '', 'latin1')),
  (mail, random) =>
    insert(
      mail,
      pick(random, Math.min(mail.length, 400)),
      Buffer.from(splices[pick(random, splices.length)] ?? '', 'latin1'),
    ),
  (mail, random) => {
    const from = pick(random, mail.length)
    return insert(mail, pick(random, mail.length), mail.subarray(from, from + pick(random, 400)))
  },
  (mail, random) => {
    const from = pick(random, mail.length)
    return Buffer.concat([mail.subarray(0, from), mail.subarray(from + pick(random, 100))])
  },
  (mail) => Buffer.from(mail.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
  (mail, random) =>
    Buffer.from(
      mail
        .toString('latin1')
        .split('\r\n')
        .sort(() => random.next() - 0.5)
        .join('\r\n'),
      'latin1',
    ),
]

function insert(mail: Buffer, at: number, piece: Buffer): Buffer {
  return Buffer.concat([mail.subarray(0, at), piece, mail.subarray(at)])
}
