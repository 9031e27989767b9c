/** A bare HTTP/1.1 client over one kept connection: the clients share two cores with the server they measure. */
import { connect, type Socket } from 'node:net'

export type Call = { method?: 'GET' | 'POST'; path: string; headers?: Record<string, string>; body?: string }
export type Answer = { status: number; head: string; body: Buffer }

/** One connection to the server on loopback; calls go one after the other. */
export type Connection = { call: (call: Call) => Promise<Answer>; close: () => void }

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void }

const patienceMs = 30_000

/** Opens a connection; it is made again by whoever wants another, never by itself. */
export function openConnection(port: number): Promise<Connection> {
  return new Promise((opened, refused) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let waiting: Waiting | null = null
    let received: Buffer = Buffer.alloc(0)
    const end = (error: Error) => {
      refused(error)
      waiting?.reject(error)
      waiting = null
      socket.destroy()
    }
    socket.setTimeout(patienceMs, () => end(new Error(`The server did not answer within ${patienceMs / 1000} s`)))
    socket.on('error', end)
    socket.on('close', () => end(new Error('The server closed the connection')))
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = readAnswer(received)
      if (answer === null || waiting === null) return
      received = Buffer.alloc(0)
      const { resolve } = waiting
      waiting = null
      resolve(answer)
    })
    socket.on('connect', () =>
      opened({
        call: (call) =>
          new Promise<Answer>((resolve, reject) => {
            if (waiting !== null) return reject(new Error('One call at a time'))
            waiting = { resolve, reject }
            writeCall(socket, port, call)
          }),
        close: () => socket.destroy(),
      }),
    )
  })
}

function writeCall(socket: Socket, port: number, { method = 'GET', path, headers = {}, body }: Call) {
  const lines = [`${method} ${path} HTTP/1.1`, `host: localhost:${port}`]
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`)
  if (body !== undefined) lines.push(`content-length: ${Buffer.byteLength(body)}`)
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`)
}

// The whole answer, or null while some of it is still on its way.
function readAnswer(received: Buffer): Answer | null {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd === -1) return null
  const head = received.toString('latin1', 0, headEnd)
  const status = Number(head.slice(9, 12))
  const from = headEnd + 4
  if (status === 204 || status === 304) return { status, head, body: Buffer.alloc(0) }
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) {
    const body = readChunks(received, from)
    return body && { status, head, body }
  }
  const until = from + Number(length)
  return received.length < until ? null : { status, head, body: received.subarray(from, until) }
}

function readChunks(received: Buffer, from: number): Buffer | null {
  const chunks: Buffer[] = []
  for (let at = from; ; ) {
    const lineEnd = received.indexOf('\r\n', at)
    if (lineEnd === -1) return null
    const size = Number.parseInt(received.toString('latin1', at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (received.length < next) return null
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(received.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
