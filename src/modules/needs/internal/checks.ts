/** What a check says of a piece, and what the checks of a lot come to. Pure. */
import type { Check } from '../order-schema.ts'
import type { Outcome } from '../vocabulary.ts'
import type { StoredItem } from './delivery-queries.ts'

type Counts = { accepted: number; reserved: number; rejected: number }

/** A piece and what it is after the check; `at`: which check said it. */
export type Found = { item: StoredItem; after: Counts & { reason: string }; at: number }

/** Why a check cannot be taken: nothing fits it, or it lacks its reason, or there are not as many left. */
export type Finding =
  | { path: 'serial' | 'id' | 'reason'; code: 'unknown' | 'reasonMissing' | 'otherModel' }
  | { path: 'quantity'; code: 'tooMany'; left: number }

/** The pieces of a lot by id and by serial number in capitals, as they are after the checks so far. */
export type PieceIndex = Map<string, StoredItem>

export function indexPieces(items: readonly StoredItem[]): PieceIndex {
  return new Map(
    items.flatMap((item): [string, StoredItem][] => [
      [item.id, item],
      ...(item.serial === null ? [] : [[serialKey(item.serial), item] satisfies [string, StoredItem]]),
    ]),
  )
}

/** After a check the piece is another: the next check of the same request sees it so. */
export function takeCheck(pieces: PieceIndex, { item, after }: Pick<Found, 'item' | 'after'>): void {
  const now = { ...item, ...after }
  pieces.set(item.id, now)
  if (item.serial !== null) pieces.set(serialKey(item.serial), now)
}

const serialKey = (serial: string) => `serial ${serial.toUpperCase()}`

/** The piece a check is about, by id or by serial number in whatever case, and what is found of it. */
export function findPiece(pieces: PieceIndex, check: Check): Omit<Found, 'at'> | Finding {
  const item = pieces.get(check.id ?? serialKey(check.serial ?? ''))
  if (item === undefined) return { path: check.id === null ? 'serial' : 'id', code: 'unknown' }
  const { outcome, reason } = check
  if (outcome === 'accepted' && item.isOtherModel && reason.length < 3) return { path: 'reason', code: 'otherModel' }
  if ((outcome === 'reserved' || outcome === 'rejected') && reason.length < 3)
    return { path: 'reason', code: 'reasonMissing' }
  const none = { accepted: 0, reserved: 0, rejected: 0 }
  if (outcome === 'missing') return { item, after: { ...none, reason } }
  if (item.quantity === 1) return { item, after: { ...none, [outcome]: 1, reason } }
  // Of several, each outcome says how many; together no more than there are.
  const before = { accepted: item.accepted, reserved: item.reserved, rejected: item.rejected, [outcome]: 0 }
  const left = item.quantity - before.accepted - before.reserved - before.rejected
  const wanted = check.quantity ?? left
  if (wanted > left) return { path: 'quantity', code: 'tooMany', left }
  return { item, after: { ...before, [outcome]: wanted, reason: reason || item.reason || '' } }
}

export type Tally = Counts & { declared: number; missing: number }

/** What the checks of a lot come to, in pieces. */
export function tally(items: readonly StoredItem[]): Tally {
  const sum = (of: (item: StoredItem) => number) => items.reduce((all, item) => all + of(item), 0)
  const [declared, accepted, reserved, rejected] = [
    sum(({ quantity }) => quantity),
    sum((item) => item.accepted),
    sum((item) => item.reserved),
    sum((item) => item.rejected),
  ]
  return { declared, accepted, reserved, rejected, missing: declared - accepted - reserved - rejected }
}

/** Accepted when all of it is; rejected when nothing is taken; with reserve otherwise. */
export function outcomeOf({ declared, accepted, reserved }: Tally): Outcome {
  if (accepted === declared) return 'accepted'
  return accepted + reserved === 0 ? 'rejected' : 'reserved'
}

/**
 * What becomes of the pieces nobody looked at: missing, when the verifier says so; accepted on the sample, when all that
 * `sample` names was looked at and nothing that was looked at is wrong; otherwise the lot stays open.
 */
export function restOf(
  items: readonly StoredItem[],
  sample: ReadonlySet<string>,
  rest: 'refuse' | 'missing',
): Found[] | 'open' {
  const open = items.filter(({ isChecked }) => !isChecked)
  const settled = (accepted: (item: StoredItem) => number) =>
    open.map((item) => ({ item, after: { accepted: accepted(item), reserved: 0, rejected: 0, reason: '' }, at: 0 }))
  if (open.length === 0) return []
  if (rest === 'missing') return settled(() => 0)
  const looked = items.filter(({ isChecked }) => isChecked)
  const isWhole = items.every(({ id, isChecked }) => isChecked || !sample.has(id))
  const isClean = looked.length > 0 && looked.every(({ accepted, quantity }) => accepted === quantity)
  return isWhole && isClean ? settled(({ quantity }) => quantity) : 'open'
}
