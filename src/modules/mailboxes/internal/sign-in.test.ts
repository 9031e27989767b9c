/** Signing in to servers that say what they can in different ways; a double that plays them. */
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Account, Credential } from './account.ts'
import { signIn } from './mail-server.ts'

const limits = { connect: 2000, silence: 500 }
let server: Server | null = null
const sockets = new Set<Socket>()

afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server?.close()
})

/** Greets, then answers each line with what `answer` gives for it; the lines it was sent. */
async function play(greeting: string, answer: (line: string) => string | null, credential: Credential) {
  const lines: string[] = []
  server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.write(`${greeting}\r\n`)
    let rest = ''
    socket.on('data', (bytes) => {
      const parts = `${rest}${bytes}`.split('\r\n')
      rest = parts.pop() ?? ''
      for (const line of parts) {
        lines.push(line)
        const said = answer(line)
        if (said !== null) socket.write(`${said}\r\n`)
      }
    })
  })
  const port = await new Promise<number>((done) => {
    server?.listen(0, '127.0.0.1', () => {
      const address = server?.address()
      done(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const account: Account = {
    side: 'target',
    host: '127.0.0.1',
    port,
    isEncrypted: false,
    user: 'anna@example.it',
    credential,
  }
  return { account, lines }
}

const plain = Buffer.from('\0anna@example.it\0pàss').toString('base64')
const bearer = Buffer.from('user=anna@example.it\x01auth=Bearer gettone\x01\x01').toString('base64')

test('PLAIN at once where the server takes it with the command', async () => {
  const { account, lines } = await play(
    '* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Pronto',
    (line) => `${line.split(' ')[0]} OK [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] Entrato`,
    { password: 'pàss' },
  )
  const wire = await signIn(account, limits)
  expect(lines).toEqual([`A1 AUTHENTICATE PLAIN ${plain}`])
  expect([...wire.capabilities]).toContain('LITERAL+')
})

test('a token by XOAUTH2; where it is refused, the server’s challenge is answered and its words are told', async () => {
  const { account, lines } = await play(
    '* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] Pronto',
    (line) => {
      if (line.includes('AUTHENTICATE')) return '+ '
      return line === '' ? 'A1 NO [AUTHENTICATIONFAILED] Gettone scaduto' : '+ eyJzdGF0dXMiOiI0MDEifQ=='
    },
    { token: 'gettone' },
  )
  await expect(signIn(account, limits)).rejects.toMatchObject({
    ...{ side: 'target', code: 'auth', words: '[AUTHENTICATIONFAILED] Gettone scaduto' },
  })
  expect(lines).toEqual(['A1 AUTHENTICATE XOAUTH2', bearer, ''])
})

test('LOGIN with a literal where nothing else is offered', async () => {
  const { account, lines } = await play(
    '* OK Pronto',
    (line) => {
      if (line.endsWith('CAPABILITY')) return `* CAPABILITY IMAP4rev1\r\n${line.split(' ')[0]} OK`
      if (line.endsWith('{5}')) return '+ avanti'
      return line === 'pàss' ? 'A2 OK Entrato' : null
    },
    { password: 'pàss' },
  )
  await signIn(account, limits)
  expect(lines.slice(0, 3)).toEqual(['A1 CAPABILITY', 'A2 LOGIN "anna@example.it" {5}', 'pàss'])
})

test('a server that greets and then says nothing is given up; one that sends a riddle is no mail server', async () => {
  const silent = await play('* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN]', () => null, { password: 'x' })
  await expect(signIn(silent.account, limits)).rejects.toMatchObject({ code: 'timeout' })
  const web = await play('HTTP/1.1 400 Bad Request', () => null, { password: 'x' })
  await expect(signIn(web.account, { ...limits, connect: 300 })).rejects.toMatchObject({ code: 'unreachable' })
})
