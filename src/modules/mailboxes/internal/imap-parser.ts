/** The bytes of an IMAP connection cut into answers; literals are handed over as they come, never searched. */
import { createHash } from 'node:crypto'

/** A literal kept whole, or only its digest. */
export type Literal = { size: number; sha256: string | null; bytes: Buffer | null }

/** How literals are taken: whole, or as the digest of bytes that are not kept. */
export type LiteralMode = 'keep' | 'digest'

export type Answer = { text: string; literals: Literal[] }

/** No answer line is longer than this without something being wrong; literals may be. */
const longestLine = 16_000_000

export type Parser = { feed: (chunk: Buffer) => void }

/** Calls `hear` for every whole answer. `mode` is asked at the beginning of each literal. */
export function openParser(hear: (answer: Answer) => void, mode: () => LiteralMode): Parser {
  let text = ''
  let literals: Literal[] = []
  let pending: Buffer[] = []
  let pendingBytes = 0
  let open: ReturnType<typeof openLiteral> | null = null
  const endLine = (line: string) => {
    text += line
    const size = /\{(\d+)\+?\}$/.exec(line)?.[1]
    if (size !== undefined) {
      open = openLiteral(Number(size), mode())
      if (Number(size) === 0) endLiteral()
      return
    }
    const answer = { text, literals }
    text = ''
    literals = []
    if (answer.text !== '') hear(answer)
  }
  const endLiteral = () => {
    if (open !== null) literals.push(open.end())
    open = null
  }
  const takeLine = (chunk: Buffer, from: number): number => {
    const end = chunk.indexOf(10, from)
    const part = chunk.subarray(from, end < 0 ? undefined : end)
    if (end < 0) {
      pending.push(part)
      pendingBytes += part.length
      if (pendingBytes > longestLine) throw new RangeError('An IMAP line does not end')
      return chunk.length
    }
    const whole = pending.length === 0 ? part : Buffer.concat([...pending, part])
    pending = []
    pendingBytes = 0
    const length = whole.at(-1) === 13 ? whole.length - 1 : whole.length
    endLine(whole.toString('latin1', 0, length))
    return end + 1
  }
  return {
    feed: (chunk) => {
      let at = 0
      while (at < chunk.length) {
        if (open === null) at = takeLine(chunk, at)
        else {
          at += open.write(chunk.subarray(at))
          if (open.left() === 0) endLiteral()
        }
      }
    },
  }
}

function openLiteral(size: number, mode: LiteralMode) {
  const hash = mode === 'digest' ? createHash('sha256') : null
  const bytes = mode === 'keep' ? Buffer.allocUnsafe(size) : null
  let done = 0
  return {
    left: () => size - done,
    /** Takes what belongs to it; answers how many bytes. */
    write: (chunk: Buffer) => {
      const part = chunk.subarray(0, size - done)
      hash?.update(part)
      bytes?.set(part, done)
      done += part.length
      return part.length
    },
    end: (): Literal => ({ size, sha256: hash?.digest('hex') ?? null, bytes }),
  }
}
