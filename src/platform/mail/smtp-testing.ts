/** For tests only: an SMTP server on loopback that answers as it is told, command by command. */
import { createServer, type Socket } from 'node:net'

/** What to say to a command (`MAIL`, `RCPT`, `DATA`) or to a whole text (`.`); 'drop' cuts the line. Null: as a good server. */
export type Script = (command: string, line: string) => string | null

export type Taken = { from: string; to: string[]; raw: string }

/** A server that keeps what it takes. `script` may be changed at any time; `texts` counts the texts that were begun. */
export async function scriptedSmtp(host = '127.0.0.1') {
  const taken: Taken[] = []
  const state = { script: (() => null) as Script, texts: 0 }
  const server = createServer((socket) => converse(socket, taken, state))
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `smtp://${host}:${port}`,
    taken,
    state,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

function converse(socket: Socket, taken: Taken[], state: { script: Script; texts: number }) {
  let buffer = ''
  let mail: Taken | null = null
  let isText = false
  const answer = (command: string, line: string, good: string): boolean => {
    const said = state.script(command, line) ?? good
    if (said === 'drop') socket.destroy()
    else socket.write(`${said}\r\n`)
    return said === good
  }
  socket.on('error', () => undefined)
  socket.write('220 prova\r\n')
  socket.on('data', (bytes) => {
    buffer += bytes.toString('latin1')
    for (;;) {
      const end = isText ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n')
      if (end < 0) return isText && state.script('half', '') === 'drop' ? void socket.destroy() : undefined
      const line = buffer.slice(0, end)
      buffer = buffer.slice(end + (isText ? 5 : 2))
      if (isText) {
        isText = false
        if (mail) mail.raw = `${line}\r\n`.replaceAll('\r\n..', '\r\n.')
        if (answer('.', line, '250 taken') && mail) taken.push(mail)
        continue
      }
      const command = line.slice(0, 4).toUpperCase()
      if (command === 'MAIL') mail = { from: line, to: [], raw: '' }
      if (command === 'RCPT') mail?.to.push(line)
      if (command === 'DATA') {
        state.texts += 1
        isText = answer(command, line, '354 go on')
      } else answer(command, line, command === 'QUIT' ? '221 bye' : '250 good')
    }
  })
}
