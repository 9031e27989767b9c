import { useState } from 'react'
import { useLoaderData } from 'react-router'
import { deviceCaches } from '../../../web/device.ts'
import type { KeptPage } from '../../../web/keep-page.ts'
import { type OutboxState, useOutbox } from '../../../web/use-outbox.ts'
import type { ExpectedItem } from '../campaign-schema.ts'
import type { loader } from './count.tsx'
import { countOutbox, type KeptCount, type NewCount } from './count-outbox.ts'
import workerAddress from './count-worker.ts?worker&url'
import { findExpected } from './expected.ts'

/** What a reading turned out to be, as far as the phone can know. */
export type Said = { is: 'found' | 'elsewhere' | 'again' | 'unlisted'; mark: string; room: string } | null

/** A campaign in hand: what is still to be read, and what waits to be sent. */
export type Count = {
  page: string
  outbox: OutboxState<NewCount>
  unsent: KeptCount[]
  toRead: ExpectedItem[]
  readCount: number
  said: Said
  /** Keeps a reading and sends it as soon as it can; false where the browser keeps nothing. */
  read: (mark: string, siteId: string, room: string) => Promise<boolean>
}

/** The campaign of the page. */
export function useCount(): Count {
  const { campaign, expected, personId } = useLoaderData<typeof loader>()
  const page = `/inventario/${campaign.id}/conta`
  const outbox = useOutbox(countOutbox, personId, keptPage(page))
  const [here, setHere] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState<Said>(null)
  const unsent = outbox.acts.filter(({ campaignId }) => campaignId === campaign.id)
  const waiting = new Set(unsent.flatMap(({ mark }) => findExpected(expected, mark)?.id ?? []))
  const isRead = (item: ExpectedItem) => item.isRead || here.has(item.id) || waiting.has(item.id)
  const toRead = expected.filter((item) => !isRead(item))
  return {
    ...{ page, outbox, unsent, toRead, said, readCount: expected.length - toRead.length },
    read: async (mark, siteId, room) => {
      const item = findExpected(expected, mark)
      const act = {
        key: crypto.randomUUID(),
        personId,
        page,
        campaignId: campaign.id,
        readAt: new Date().toISOString(),
      }
      if (!(await outbox.put(countOutbox.keep({ ...act, mark, siteId, room })))) return false
      setSaid(saidOf(item, item !== undefined && isRead(item), mark, siteId, room))
      if (item !== undefined) setHere((before) => new Set(before).add(item.id))
      return true
    },
  }
}

function saidOf(item: ExpectedItem | undefined, again: boolean, mark: string, siteId: string, room: string): Said {
  if (item === undefined) return { is: 'unlisted', mark, room: '' }
  if (again) return { is: 'again', mark: item.code, room: '' }
  const isOtherSite = siteId !== '' && item.siteId !== null && item.siteId !== siteId
  const isOtherRoom = room !== '' && item.room !== '' && item.room.toUpperCase() !== room.toUpperCase()
  return { is: isOtherSite || isOtherRoom ? 'elsewhere' : 'found', mark: item.code, room: isOtherSite ? '' : item.room }
}

function keptPage(page: string): KeptPage {
  const addresses = [page, `${page}.data`]
  return { worker: workerAddress, scope: '/inventario/', cache: deviceCaches.counts, addresses, tag: 'letture' }
}
