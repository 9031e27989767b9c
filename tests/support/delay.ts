/** A TCP proxy that is far away: every byte arrives half a round trip later, in both directions, at full rate. */
import { connect, createServer, type Socket } from 'node:net'

export type Distance = { port: number; close: () => Promise<void> }

/** Stands before a port of loopback; `roundTripMs` is what a question and its answer take on the way. */
export async function startDistance(to: number, roundTripMs: number): Promise<Distance> {
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: to, host: '127.0.0.1', noDelay: true })
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    carry(client, upstream, roundTripMs / 2)
    carry(upstream, client, roundTripMs / 2)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A line that long holds so much: more waits at its beginning, as with a full window of TCP. */
const mostUnderway = 16_000_000

function carry(from: Socket, to: Socket, delay: number) {
  let underway = 0
  const later = (what: () => void) => (delay === 0 ? what() : setTimeout(what, delay))
  from.on('data', (bytes) => {
    underway += bytes.length
    if (underway > mostUnderway) from.pause()
    later(() => {
      const arrived = () => {
        underway -= bytes.length
        if (underway <= mostUnderway) from.resume()
      }
      if (to.destroyed) arrived()
      else to.write(bytes, arrived)
    })
  })
  from.on('end', () => later(() => to.end()))
  from.on('close', () => later(() => to.destroy()))
}
