/** A TCP proxy that is far away, or narrow: every byte arrives half a round trip later, in both directions. */
import { connect, createServer, type Socket } from 'node:net'

/** `widen`: from now on at full rate. */
export type Distance = { port: number; widen: () => void; close: () => Promise<void> }

/**
 * Stands before a port of loopback; `roundTripMs` is what a question and its answer take on the way. With
 * `bytesPerSecond` each connection carries so much and no more, so that a copy lasts however quick the machine is.
 */
export async function startDistance(
  to: number,
  roundTripMs: number,
  { bytesPerSecond = Number.POSITIVE_INFINITY }: { bytesPerSecond?: number } = {},
): Promise<Distance> {
  const open = new Set<Socket>()
  const line = { delay: roundTripMs / 2, bytesPerSecond }
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: to, host: '127.0.0.1', noDelay: true })
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    carry(client, upstream, line)
    carry(upstream, client, line)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    widen: () => {
      line.bytesPerSecond = Number.POSITIVE_INFINITY
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A line that long holds so much: more waits at its beginning, as with a full window of TCP. */
const mostUnderway = 16_000_000

function carry(from: Socket, to: Socket, line: { delay: number; bytesPerSecond: number }) {
  let underway = 0
  let rests = false
  const flow = () => (rests || underway > mostUnderway ? from.pause() : from.resume())
  const later = (what: () => void) => (line.delay === 0 ? what() : setTimeout(what, line.delay))
  from.on('data', (bytes) => {
    underway += bytes.length
    rests = line.bytesPerSecond !== Number.POSITIVE_INFINITY
    flow()
    if (rests)
      setTimeout(
        () => {
          rests = false
          flow()
        },
        (bytes.length / line.bytesPerSecond) * 1000,
      )
    later(() => {
      const arrived = () => {
        underway -= bytes.length
        flow()
      }
      if (to.destroyed) arrived()
      else to.write(bytes, arrived)
    })
  })
  from.on('end', () => later(() => to.end()))
  from.on('close', () => later(() => to.destroy()))
}
