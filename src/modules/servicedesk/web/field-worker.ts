/** The service worker of the technician's page and of nothing else: its scope is /interventi. */
import { deviceCaches } from '../../../web/device.ts'
import { workOffline } from '../../../web/offline-worker.ts'
import { visitOutbox } from './outbox.ts'

const pages: ReadonlySet<string> = new Set(['/interventi', '/interventi.data'])

workOffline({ cache: deviceCaches.visits, isKept: (pathname) => pages.has(pathname), send: visitOutbox.send })
