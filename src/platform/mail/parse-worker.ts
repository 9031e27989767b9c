/** A thread of parse.ts: one message in, one answer out. When it dies or hangs it is replaced. */
import { parentPort } from 'node:worker_threads'
import { readMail } from './read-mail.ts'

parentPort?.on('message', async (raw: Uint8Array) => {
  const found = await readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength))
  const moved = found.is === 'read' ? found.mail.attachments.map(({ bytes }) => bytes.buffer) : []
  parentPort?.postMessage(
    found,
    moved.filter((buffer) => buffer instanceof ArrayBuffer),
  )
})
