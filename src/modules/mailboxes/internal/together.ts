/** Which mailboxes move together, and which are parted. Pure. */

export type Bound = { id: string; intoId: string | null }

/**
 * Everything that must go in one wave with these: where a mailbox is merged into another, both and all that go the same
 * way. `bonds` are the approved decisions.
 */
export function movesTogether(chosen: readonly string[], bonds: readonly Bound[]): string[] {
  const found = new Set(chosen)
  for (;;) {
    const before = found.size
    for (const { id, intoId } of bonds) {
      if (intoId === null) continue
      if (found.has(id)) found.add(intoId)
      if (found.has(intoId)) found.add(id)
    }
    if (found.size === before) return [...found]
  }
}

/** A mailbox, and the own mailbox of somebody who opens it as delegate. */
export type Delegation = { sharedId: string; delegateId: string }

export type Parted = { outsideId: string; insideIds: string[]; isDelegate: boolean }

/**
 * Whom a move parts: mailboxes that stay while one that shares a delegation with them goes, each with those that go.
 * `isDelegate`: its holder opens one that goes; otherwise who opens it goes.
 */
export function partedBy(inside: ReadonlySet<string>, delegations: readonly Delegation[]): Parted[] {
  const parted = new Map<string, Parted>()
  for (const { sharedId, delegateId } of delegations) {
    if (inside.has(sharedId) === inside.has(delegateId)) continue
    const isDelegate = inside.has(sharedId)
    const [outsideId, insideId] = isDelegate ? [delegateId, sharedId] : [sharedId, delegateId]
    const known = parted.get(outsideId)
    if (known === undefined) parted.set(outsideId, { outsideId, insideIds: [insideId], isDelegate })
    else known.insideIds.push(insideId)
  }
  return [...parted.values()]
}
