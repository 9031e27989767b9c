/** A lot as the verifier's page shows it: what the server knows, and over it what this phone has not sent yet. */
import type { DeliveryItemRow } from '../order-schema.ts'
import type { CheckOutcome, KeptCheck } from './check-outbox.ts'

/** What is known of a piece: recorded, waiting to be sent, or just sent; a refused check is none. */
export type Verdict = { outcome: CheckOutcome | 'partly'; isWaiting: boolean }
export type LotPiece = { item: DeliveryItemRow; verdict: Verdict | null }

/** Lays the phone's checks over the pieces; `given` are those sent that the page has not heard back about. */
export function lotOf(
  items: readonly DeliveryItemRow[],
  kept: readonly KeptCheck[],
  given: ReadonlyMap<string, CheckOutcome>,
): LotPiece[] {
  const last = new Map(kept.map((check) => [check.pieceId, check]))
  return items.map((item) => {
    const check = last.get(item.id)
    if (check?.state === 'waiting') return { item, verdict: { outcome: check.outcome, isWaiting: true } }
    const outcome = recordedOutcome(item) ?? (check === undefined ? (given.get(item.id) ?? null) : null)
    return { item, verdict: outcome === null ? null : { outcome, isWaiting: false } }
  })
}

function recordedOutcome({
  isChecked,
  quantity,
  accepted,
  reserved,
  rejected,
}: DeliveryItemRow): Verdict['outcome'] | null {
  if (!isChecked) return null
  if (accepted + reserved + rejected === 0) return 'missing'
  if (accepted === quantity) return 'accepted'
  if (reserved === quantity) return 'reserved'
  return rejected === quantity ? 'rejected' : 'partly'
}

/** What is wrong with a serial number that was read, or nothing. */
export type Wrong = 'unknown' | 'again' | 'otherModel' | 'seen' | null

/** The piece with a serial number, in whatever case, and what is wrong with it. */
export function findRead(lot: readonly LotPiece[], serial: string): { piece: LotPiece | null; wrong: Wrong } {
  const wanted = serial.trim().toUpperCase()
  const piece = lot.find(({ item }) => item.serial?.toUpperCase() === wanted)
  if (piece === undefined) return { piece: null, wrong: 'unknown' }
  if (piece.verdict !== null) return { piece, wrong: 'again' }
  if (piece.item.seenBefore !== null) return { piece, wrong: 'seen' }
  return { piece, wrong: piece.item.isOtherModel ? 'otherModel' : null }
}
