import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Letter, openMailer } from './smtp.ts'
import { scriptedSmtp } from './smtp-testing.ts'

let server: Awaited<ReturnType<typeof scriptedSmtp>>
beforeAll(async () => {
  server = await scriptedSmtp()
})
beforeEach(() => {
  server.state.script = () => null
  server.taken.length = 0
})
afterAll(() => server.close())

const letter: Letter = {
  to: { name: 'Irene Impiegata', address: 'impiegata@comune.example.it' },
  fromName: 'Città di prova',
  subject: 'Richiesta n. 2026/1: La stampante è ferma',
  text: 'Buongiorno Irene,\n\n.una riga che comincia con un punto\n',
  messageId: '<uno@sitec.comune.example.it>',
  references: ['<zero@sitec.comune.example.it>'],
}
const mailer = () => openMailer(server.url, 'assistenza@comune.example.it')

/** What came of one sending when the server says this to that command. */
async function when(command: string, says: string) {
  server.state.script = (asked) => (asked === command ? says : null)
  const handed = await mailer().send(letter)
  return handed.how === 'sent' ? 'sent' : `${handed.how}: ${handed.trouble}${handed.isUnsure ? ', unsure' : ''}`
}

describe('handing a mail over', () => {
  test('it goes as plain text, answers no machine, and names the mail it follows', async () => {
    expect(await mailer().send(letter)).toEqual({ how: 'sent' })
    const [mail] = server.taken
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(mail?.raw).toMatch(/^X-Auto-Response-Suppress: All\r$/m)
    expect(mail?.raw).toMatch(/^Message-ID: <uno@sitec\.comune\.example\.it>\r$/m)
    expect(mail?.raw).toMatch(/^In-Reply-To: <zero@sitec\.comune\.example\.it>\r$/m)
    expect(mail?.raw).toMatch(/^References: <zero@sitec\.comune\.example\.it>\r$/m)
    expect(mail?.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m)
    expect(mail?.raw).toContain('\r\n.una riga che comincia con un punto\r\n')
    expect(mail?.to).toEqual(['RCPT TO:<impiegata@comune.example.it>'])
  })

  test('what the server answers is sorted by what can be done about it', async () => {
    expect(await when('RCPT', '450 more slowly')).toBe('later: busy')
    expect(await when('.', '451 not now')).toBe('later: busy')
    expect(await when('RCPT', '550 5.1.1 unknown')).toBe('never: recipient')
    expect(await when('.', '554 this smells')).toBe('never: content')
    expect(await when('MAIL', '552 too large')).toBe('never: content')
    expect(await when('MAIL', '553 not you')).toBe('unreachable: sender')
    expect(await when('MAIL', '530 sign in first')).toBe('unreachable: sign_in')
    expect(await when('half', 'drop')).toBe('unreachable: dropped, unsure')
    expect(await when('.', 'drop')).toBe('unreachable: dropped, unsure')
  })

  test('a server that is not there, or has no such name', async () => {
    const nobody = await openMailer('smtp://127.0.0.1:1', 'a@comune.example.it').send(letter)
    expect(nobody).toMatchObject({ how: 'unreachable', trouble: 'refused', isUnsure: false })
    const nowhere = await openMailer('smtp://posta.invalid', 'a@comune.example.it').send(letter)
    expect(nowhere).toMatchObject({ how: 'unreachable', trouble: 'name' })
  })

  test('what the server said is kept without addresses', async () => {
    server.state.script = (command) => (command === 'RCPT' ? '550 <impiegata@comune.example.it>: no such user' : null)
    expect(await mailer().send(letter)).toMatchObject({ said: '550 (…): no such user' })
  })

  test('to another machine the line is encrypted or nothing goes: no password is said in the clear', async () => {
    const elsewhere = await scriptedSmtp('127.0.0.2')
    const heard: string[] = []
    elsewhere.state.script = (command) => {
      heard.push(command)
      return command === 'STAR' ? '502 no such thing' : null
    }
    const url = elsewhere.url.replace('//', '//utente:segreto@')
    const handed = await openMailer(url, 'a@comune.example.it').send(letter)
    expect(handed).toMatchObject({ how: 'unreachable', trouble: 'tls' })
    expect(heard).toEqual(['EHLO', 'STAR'])
    await elsewhere.close()
  })
})
