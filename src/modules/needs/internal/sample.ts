/** Which pieces of a big lot are looked at. Pure: the same seed gives the same sample to anybody who asks. */
import { createHash } from 'node:crypto'

/** Lots up to this many pieces are looked at whole. */
export const wholeUpTo = 50

// ISO 2859-1, general inspection level II: the largest lot of each row, and its sample. Accepted on zero defects.
const sizes: readonly (readonly [lot: number, sample: number])[] = [
  [90, 13],
  [150, 20],
  [280, 32],
  [500, 50],
  [1_200, 80],
  [3_200, 125],
  [10_000, 200],
  [35_000, 315],
  [150_000, 500],
]

/** How many of a lot are looked at; all of a small one. */
export function sampleSize(pieces: number): number {
  if (pieces <= wholeUpTo) return pieces
  return sizes.find(([lot]) => pieces <= lot)?.[1] ?? 800
}

/** What a sample is drawn from: a row of the note. */
export type Sampled = {
  id: string
  lineId: string | null
  quantity: number
  isOtherModel: boolean
  seenBefore: string | null
}

/**
 * What is looked at of a lot: a sample of each line, since a standard's lot is of one kind and many cheap things would hide
 * a few dear ones; every row of several pieces, and every one that the declaration itself shows to be odd.
 */
export function toLookAt(rows: readonly Sampled[], seed: string): ReadonlySet<string> {
  const odd = rows.filter(
    ({ lineId, quantity, isOtherModel, seenBefore }) =>
      quantity > 1 || isOtherModel || seenBefore !== null || lineId === null,
  )
  const known = new Set(odd.map(({ id }) => id))
  const plain = Map.groupBy(
    rows.filter(({ id }) => !known.has(id)),
    ({ lineId }) => lineId,
  )
  for (const own of plain.values())
    for (const id of drawSample(
      own.map(({ id }) => id),
      seed,
    ))
      known.add(id)
  return known
}

/**
 * The pieces of the sample: those whose SHA-256 of seed and id comes first. The seed is drawn after the lot was declared
 * and sealed before the first check, so neither side chooses.
 */
export function drawSample(ids: readonly string[], seed: string): ReadonlySet<string> {
  const size = sampleSize(ids.length)
  if (size >= ids.length) return new Set(ids)
  const ranked = ids.map((id) => ({ id, rank: createHash('sha256').update(`${seed} ${id}`).digest('hex') }))
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1))
  return new Set(ranked.slice(0, size).map(({ id }) => id))
}
