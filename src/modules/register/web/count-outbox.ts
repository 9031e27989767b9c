/** What was read on the phone, kept until the server has recorded it. Browser and worker. */
import { type Kept, openOutbox } from '../../../web/outbox.ts'

/** One reading. `page` holds it; it stands alone, and the last reading of a thing counts. */
export type NewCount = {
  key: string
  personId: string
  page: string
  campaignId: string
  mark: string
  siteId: string
  room: string
  readAt: string
}
export type KeptCount = Kept<NewCount>

/** Every reading kept here. */
export const countOutbox = openOutbox<NewCount>({
  store: 'counts',
  channel: 'sitec-inventario',
  address: ({ campaignId }) => `/inventario/${campaignId}/letture`,
  body: ({ mark, siteId, room, readAt }) => ({ mark, siteId, room, readAt }),
  about: () => null,
  name: ({ mark }) => mark,
  otherPerson: 'reading_other_person',
})
