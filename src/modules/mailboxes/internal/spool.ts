/** A large message on its way: in a file without a name, so that memory stays bounded and nothing is left behind. */
import { createHash, randomBytes } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const chunkBytes = 1_000_000

export type Spooled = { size: number; sha256: string; bytes: () => AsyncIterable<Buffer>; close: () => Promise<void> }

/** Writes what comes to a file that has lost its name already; its space is free again when it is closed, or the process ends. */
export async function spool(parts: AsyncIterable<Buffer>): Promise<Spooled> {
  const path = join(tmpdir(), `sitec-${randomBytes(12).toString('hex')}`)
  const file = await open(path, 'wx+', 0o600)
  await rm(path)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const part of parts) {
      hash.update(part)
      await file.write(part, 0, part.length, size)
      size += part.length
    }
  } catch (error) {
    await file.close()
    throw error
  }
  return {
    size,
    sha256: hash.digest('hex'),
    bytes: async function* () {
      for (let at = 0; at < size; ) {
        const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(chunkBytes), position: at })
        if (bytesRead === 0) return
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      }
    },
    close: () => file.close(),
  }
}
