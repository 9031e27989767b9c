/** What was found of pieces on the phone, kept until the server has recorded it. Browser and worker. */
import { type Kept, openOutbox } from '../../../web/outbox.ts'

export type CheckOutcome = 'accepted' | 'reserved' | 'rejected' | 'missing'

/** One look at a piece. `page` holds it; `name` is how people know the piece. */
export type NewCheck = {
  key: string
  personId: string
  page: string
  deliveryId: string
  pieceId: string
  name: string
  outcome: CheckOutcome
  /** Of several without serial number; null for all of them. */
  quantity: number | null
  /** Why, unless it was accepted; what the server answers has a `reason` of its own. */
  note: string
}
export type KeptCheck = Kept<NewCheck>

/** Every check kept here; each stands alone, and the last look at a piece counts. */
export const checkOutbox = openOutbox<NewCheck>({
  store: 'checks',
  channel: 'sitec-consegne',
  address: ({ deliveryId }) => `/consegne/${deliveryId}/controlli`,
  body: ({ pieceId, outcome, quantity, note }) => ({
    ...{ id: pieceId, outcome, reason: note },
    ...(quantity !== null && { quantity: String(quantity) }),
  }),
  about: () => null,
  name: ({ name }) => name,
  otherPerson: 'check_other_person',
})
