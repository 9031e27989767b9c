/** How an item stands and where it is, from its events alone. Pure. */
import type { ItemState } from '../vocabulary.ts'
import type { FoldedEvent } from './history-queries.ts'

export type Standing = {
  state: ItemState
  officeId: string | null
  siteId: string | null
  custodianId: string | null
  acquisitionId: string | null
  version: number
}

/** The fold of the events of an item, in order; undefined without any. */
export function foldItem(events: readonly FoldedEvent[]): Standing | undefined {
  let standing: Standing | undefined
  for (const { payload } of events) {
    const before = standing ?? { officeId: null, siteId: null, custodianId: null, acquisitionId: null, version: 0 }
    const { state, officeId, siteId, custodianId, acquisitionId } = payload
    standing = {
      state,
      officeId: officeId === undefined ? before.officeId : officeId,
      siteId: siteId === undefined ? before.siteId : siteId,
      custodianId: custodianId === undefined ? before.custodianId : custodianId,
      acquisitionId: acquisitionId === undefined ? before.acquisitionId : acquisitionId,
      version: before.version + 1,
    }
  }
  return standing
}
