/** What two mailboxes are compared by: the smallest digests of what identifies their messages (MinHash, bottom k). Pure. */

/** So many digests of eight bytes a mailbox: two kilobytes, and an estimate right to about three points in a hundred. */
export const sketchSize = 256
/** With fewer digests in common range nothing is said. */
const fewest = 16
/** A message that so many have was sent to everybody: it makes no two of them alike. */
const mostHolders = 200

/** The header lines by which a message is known wherever it was delivered: its size is not, delivery adds lines of its own. */
export const sketchHeaders = ['MESSAGE-ID', 'DATE', 'FROM', 'SUBJECT']

/** These header lines in one form, whatever their order, folding and case of names. */
export function canonicalHeaders(block: string): string {
  return block
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const colon = line.indexOf(':')
      return `${line.slice(0, colon).trim().toLowerCase()}:${line
        .slice(colon + 1)
        .trim()
        .replace(/\s+/g, ' ')}`
    })
    .sort()
    .join('\n')
}

export type Sketching = { add: (digest: Buffer) => void; result: () => { messages: number; sketch: Buffer } }

/** Takes digests as they come and keeps the smallest; a message that is there twice counts once. */
export function openSketch(): Sketching {
  const all = new Set<bigint>()
  let kept: bigint[] = []
  const trim = () => {
    kept = [...new Set(kept)].sort((a, b) => (a < b ? -1 : 1)).slice(0, sketchSize)
  }
  return {
    add: (digest) => {
      const value = digest.readBigUInt64BE()
      all.add(value)
      kept.push(value)
      if (kept.length > sketchSize * 8) trim()
    },
    result: () => {
      trim()
      const sketch = Buffer.alloc(kept.length * 8)
      for (const [at, value] of kept.entries()) sketch.writeBigUInt64BE(value, at * 8)
      return { messages: all.size, sketch }
    },
  }
}

export type Sketched = { id: string; messages: number; sketch: Buffer }
export type SketchOverlap = { oneId: string; otherId: string; shared: number; compared: number }

/** The pairs of which at least `least` thousandths of the smaller are in the other; ids in order. */
export function overlapsOf(sketches: readonly Sketched[], least: number): SketchOverlap[] {
  const read = sketches
    .map(({ id, messages, sketch }) => ({ id, messages, values: valuesOf(sketch) }))
    .filter(({ values }) => values.length >= fewest)
  const pairs = new Set<number>()
  const holders = new Map<bigint, number[]>()
  for (const [at, { values }] of read.entries()) {
    for (const value of values) {
      const others = holders.getOrInsertComputed(value, () => [])
      if (others.length >= mostHolders) continue
      for (const other of others) pairs.add(other * read.length + at)
      others.push(at)
    }
  }
  return [...pairs].flatMap((pair) => {
    const [one, other] = [read[Math.floor(pair / read.length)], read[pair % read.length]]
    if (one === undefined || other === undefined) return []
    const found = compare(one, other)
    if (found === null || found.shared < least) return []
    const [oneId = '', otherId = ''] = [one.id, other.id].sort()
    return [{ oneId, otherId, ...found }]
  })
}

function valuesOf(sketch: Buffer): bigint[] {
  return Array.from({ length: sketch.length / 8 }, (_, at) => sketch.readBigUInt64BE(at * 8))
}

type Read = { messages: number; values: readonly bigint[] }

// Below the smaller of the two last digests both sketches are whole: what is counted there holds for all.
function compare(one: Read, other: Read): { shared: number; compared: number } | null {
  const last = ({ messages, values }: Read) => (messages > values.length ? values.at(-1) : undefined)
  const bounds = [last(one), last(other)].filter((bound) => bound !== undefined)
  const bound = bounds.sort((a, b) => (a < b ? -1 : 1))[0]
  const below = (values: readonly bigint[]) => (bound === undefined ? values : values.filter((value) => value <= bound))
  const [mine, theirs] = [below(one.values), new Set(below(other.values))]
  const compared = Math.min(mine.length, theirs.size)
  if (compared < fewest) return null
  const common = mine.filter((value) => theirs.has(value)).length
  return { shared: Math.round((1000 * common) / compared), compared }
}
