/** The service worker of the pages that count and of nothing else: its scope is /inventario/, and it keeps /inventario/…/conta. */
import { deviceCaches } from '../../../web/device.ts'
import { workOffline } from '../../../web/offline-worker.ts'
import { countOutbox } from './count-outbox.ts'

workOffline({
  cache: deviceCaches.counts,
  isKept: (pathname) => /^\/inventario\/[0-9a-f-]{36}\/conta(\.data)?$/.test(pathname),
  send: countOutbox.send,
})
