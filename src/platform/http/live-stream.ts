import type { Services } from '../context.ts'

const heartbeatMs = 25_000

/** Server-sent events that say only "changed"; ends when the session does. */
export function liveStream(services: Services, organisationId: string, findSession: () => Promise<unknown>): Response {
  const encoder = new TextEncoder()
  let stop: () => void = () => undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        try {
          controller.enqueue(encoder.encode(text))
        } catch {
          stop() // the reader left between two words
        }
      }
      const unlisten = services.live.listen(organisationId, () => send('data: changed\n\n'))
      const heartbeat = setInterval(async () => {
        if (await findSession().catch(() => true)) return send(': still here\n\n')
        stop()
        controller.close()
      }, heartbeatMs)
      stop = () => {
        clearInterval(heartbeat)
        unlisten()
      }
      send('retry: 3000\n\n')
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
