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
