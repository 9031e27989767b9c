/** Messages by digest, each to be taken once: n identical ones are n. Pure. */

export type Copy = { sha256: string; receivedAt: Date | null }

export type Multiset<Item extends Copy> = {
  size: () => number
  /** Takes one with this digest, that of the same second before others; null when there is none left. */
  take: (sha256: string, receivedAt: Date | null) => Item | null
  left: () => Item[]
}

export function openMultiset<Item extends Copy>(items: Iterable<Item>): Multiset<Item> {
  const byDigest = new Map<string, Item[]>()
  let size = 0
  for (const item of items) {
    const same = byDigest.get(item.sha256)
    if (same === undefined) byDigest.set(item.sha256, [item])
    else same.push(item)
    size += 1
  }
  return {
    size: () => size,
    take: (sha256, receivedAt) => {
      const same = byDigest.get(sha256)
      if (same === undefined) return null
      const fitting = same.findIndex((item) => sameSecond(item.receivedAt, receivedAt))
      const [taken] = same.splice(Math.max(0, fitting), 1)
      if (same.length === 0) byDigest.delete(sha256)
      size -= 1
      return taken ?? null
    },
    left: () => [...byDigest.values()].flat(),
  }
}

/** INTERNALDATE has whole seconds. */
export function sameSecond(a: Date | null, b: Date | null): boolean {
  if (a === null || b === null) return a === b
  return Math.floor(a.getTime() / 1000) === Math.floor(b.getTime() / 1000)
}
