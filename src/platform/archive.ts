/** A plain tar (POSIX ustar), so that a backup can be opened with any tool twenty years from now. */
import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const block = 512

/** A backup that cannot be made or read, in a sentence for who runs it. */
export class ArchiveError extends Error {
  override name = 'ArchiveError'
}

/** Writes files under their member names, durable when it returns. */
export async function writeArchive(members: readonly { name: string; path: string }[], target: string): Promise<void> {
  await pipeline(Readable.from(blocks(members)), createWriteStream(target, { mode: 0o600 }))
  const file = await open(target)
  await file.sync().finally(() => file.close())
}

async function* blocks(members: readonly { name: string; path: string }[]) {
  for (const member of members) {
    const { size } = await stat(member.path)
    yield header(member.name, size)
    yield* createReadStream(member.path)
    if (size % block > 0) yield Buffer.alloc(block - (size % block))
  }
  yield Buffer.alloc(2 * block)
}

function header(name: string, size: number): Buffer {
  const head = Buffer.alloc(block)
  if (Buffer.byteLength(name) > 100) throw new RangeError('A member name of the archive is too long')
  head.write(name, 0)
  head.write('0000600\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  head.write(sizeField(size), 124, 'latin1')
  head.write('00000000000\0', 136)
  head.write('        ', 148)
  head.write('0', 156)
  head.write('ustar\0', 257)
  head.write('00', 263)
  head.write(
    `${head
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return head
}

// Octal up to 8 GiB, base-256 (GNU) above.
function sizeField(size: number): string {
  if (size < 8 ** 11) return `${size.toString(8).padStart(11, '0')}\0`
  const bytes = Buffer.alloc(12)
  bytes.writeBigUInt64BE(BigInt(size), 4)
  bytes[0] = 0x80
  return bytes.toString('latin1')
}

export type Member = { name: string; size: number; bytes: () => Promise<Buffer>; stream: () => Readable }

/** The members of an archive in order; read each before asking for the next or not at all. */
export async function* readArchive(source: string): AsyncGenerator<Member> {
  const file = await open(source)
  try {
    const { size: total } = await file.stat()
    let position = 0
    for (;;) {
      const head = Buffer.alloc(block)
      const { bytesRead } = await file.read(head, 0, block, position)
      if (position > 0 && bytesRead === block && head[0] === 0) return
      if (head.toString('latin1', 257, 262) !== 'ustar' && position === 0)
        throw new ArchiveError('This is not a SITEC backup.')
      const size = readSize(head)
      const start = position + block
      if (bytesRead < block || !(start + size <= total)) throw new ArchiveError('This backup is cut short.')
      const stream = () => (size === 0 ? Readable.from([]) : createReadStream(source, { start, end: start + size - 1 }))
      const bytes = async () => {
        const content = Buffer.alloc(size)
        await file.read(content, 0, size, start)
        return content
      }
      yield { name: head.toString('utf8', 0, 100).replace(/\0.*$/s, ''), size, bytes, stream }
      position = start + Math.ceil(size / block) * block
    }
  } finally {
    await file.close()
  }
}

function readSize(head: Buffer): number {
  if (((head[124] ?? 0) & 0x80) !== 0) return Number(head.readBigUInt64BE(128))
  return Number.parseInt(head.toString('latin1', 124, 135), 8)
}
