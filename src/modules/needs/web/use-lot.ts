import { useState } from 'react'
import { useLoaderData } from 'react-router'
import { deviceCaches } from '../../../web/device.ts'
import type { KeptPage } from '../../../web/keep-page.ts'
import { type OutboxState, useOutbox } from '../../../web/use-outbox.ts'
import { type CheckOutcome, checkOutbox, type KeptCheck, type NewCheck } from './check-outbox.ts'
import { useDeliveryWords } from './delivery-words.ts'
import { type LotPiece, lotOf } from './lot.ts'
import type { loader } from './verify.tsx'
import workerAddress from './verify-worker.ts?worker&url'

/** What was found of a piece, as it is said. */
export type Told = Pick<NewCheck, 'outcome' | 'quantity' | 'note'>

/** A lot in hand: its pieces with what is known of them, and what waits to be sent. */
export type Lot = {
  page: string
  /** Every piece. */
  pieces: LotPiece[]
  /** What has to be looked at and was not; in a lot with a sample, of the sample. */
  toDo: LotPiece[]
  outside: LotPiece[]
  done: LotPiece[]
  /** How many checks wait; and all that the server has not taken, the refused ones too. */
  waiting: number
  unsent: KeptCheck[]
  outbox: OutboxState<NewCheck>
  nameOf: (piece: LotPiece) => string
  /** Keeps what was found and sends it as soon as it can; false where the browser keeps nothing. */
  check: (piece: LotPiece, told: Told) => Promise<boolean>
  drop: (check: KeptCheck) => Promise<void>
}

/** The lot of the page. */
export function useLot(): Lot {
  const { delivery, items, hasSample, personId } = useLoaderData<typeof loader>()
  const { t } = useDeliveryWords()
  const page = `/consegne/${delivery.id}/verifica`
  const outbox = useOutbox(checkOutbox, personId, delivery.state === 'checking' ? keptPage(page) : null)
  const [given, setGiven] = useState<ReadonlyMap<string, CheckOutcome>>(new Map())
  const unsent = outbox.acts.filter(({ deliveryId }) => deliveryId === delivery.id)
  const pieces = lotOf(items, unsent, given)
  const nameOf = ({ item }: LotPiece) =>
    item.serial ?? [item.description ?? t.verify.piece, item.office].filter(Boolean).join(', ')
  const open = pieces.filter(({ verdict }) => verdict === null)
  return {
    ...{ page, pieces, outbox, unsent, nameOf },
    toDo: open.filter(({ item }) => item.isInSample || !hasSample),
    outside: hasSample ? open.filter(({ item }) => !item.isInSample) : [],
    done: pieces.filter(({ verdict }) => verdict !== null),
    waiting: unsent.filter(({ state }) => state === 'waiting').length,
    check: async (piece, told) => {
      const pieceId = piece.item.id
      const act = { key: crypto.randomUUID(), personId, page, deliveryId: delivery.id, pieceId, name: nameOf(piece) }
      if (!(await outbox.put(checkOutbox.keep({ ...act, ...told })))) return false
      setGiven((before) => new Map(before).set(pieceId, told.outcome))
      // A look that was refused gives way to the new one.
      for (const old of unsent) if (old.pieceId === pieceId && old.state !== 'waiting') await outbox.take(old)
      return true
    },
    drop: async (check) => {
      setGiven((before) => new Map([...before].filter(([id]) => id !== check.pieceId)))
      await outbox.take(check)
    },
  }
}

function keptPage(page: string): KeptPage {
  const addresses = [page, `${page}.data`]
  return { worker: workerAddress, scope: '/consegne/', cache: deviceCaches.checks, addresses, tag: 'controlli' }
}
