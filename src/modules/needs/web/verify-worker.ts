/** The service worker of the verifier's pages and of nothing else: its scope is /consegne/, and it keeps /consegne/…/verifica. */
import { deviceCaches } from '../../../web/device.ts'
import { workOffline } from '../../../web/offline-worker.ts'
import { checkOutbox } from './check-outbox.ts'

workOffline({
  cache: deviceCaches.checks,
  isKept: (pathname) => /^\/consegne\/[0-9a-f-]{36}\/verifica(\.data)?$/.test(pathname),
  send: checkOutbox.send,
})
