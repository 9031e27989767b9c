/** A wire before a mail server that fails in the ways servers and networks fail, when it is told to. */
import { connect, createServer, type Socket } from 'node:net'

/** What becomes of what a client sends after so many bytes on one connection. `held` arrives when it is let go, client or not. */
export type Failing = { how: 'cut' | 'held'; afterBytes: number; connections: number }

export type Faulty = {
  port: number
  /** For the next so many connections that send so much. */
  fail: Failing | null
  /** Changes what passes; the length must stay. */
  up: (text: string) => string
  down: (text: string) => string
  /** Lets go what was held. */
  letGo: () => void
  close: () => Promise<void>
}

const same = (text: string) => text

export async function startFaulty(to: number): Promise<Faulty> {
  const open = new Set<Socket>()
  const held: (() => void)[] = []
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    let sent = 0
    let holds = false
    client.on('data', (bytes) => {
      sent += bytes.length
      const { fail } = faulty
      if (!holds && fail !== null && fail.connections > 0 && sent > fail.afterBytes) {
        fail.connections -= 1
        if (fail.how === 'cut') return client.destroy()
        holds = true
      }
      const changed = Buffer.from(faulty.up(bytes.toString('latin1')), 'latin1')
      if (holds) held.push(() => upstream.write(changed))
      else upstream.write(changed)
    })
    client.on('close', () => {
      if (!holds) upstream.destroy()
    })
    upstream.on('data', (bytes) => {
      if (!client.destroyed) client.write(Buffer.from(faulty.down(bytes.toString('latin1')), 'latin1'))
    })
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const faulty: Faulty = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    fail: null,
    up: same,
    down: same,
    letGo: () => {
      for (const go of held.splice(0)) go()
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
  return faulty
}
