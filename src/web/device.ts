/**
 * What this browser keeps for work without signal: pages in caches, acts in a database. It belongs to the person signed
 * in and is gone when they sign out, by these functions and by the answer to signing out. Browser and worker only.
 */

/** The pages that are kept, a cache for each kind of work: technicians' visits, checks of deliveries, inventories. */
export const deviceCaches = {
  visits: 'sitec-interventi',
  checks: 'sitec-consegne',
  counts: 'sitec-inventario',
} as const
const databaseName = 'sitec-interventi'

/** Acts that were not sent yet, in the order in which they were done, and forms begun and not sent. */
export const deviceStores = ['closings', 'drafts', 'checks', 'counts'] as const
export type DeviceStore = (typeof deviceStores)[number]

/** Runs one request on a store; what it answers once it is durable. Rejects where the browser keeps nothing. */
export async function onDevice<Result>(
  store: DeviceStore,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await openDevice()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: 'strict' })
      const request = ask(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function openDevice(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 3)
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) {
        request.result.createObjectStore('closings', { keyPath: 'order', autoIncrement: true })
        request.result.createObjectStore('drafts', { keyPath: 'caseId' })
      }
      if (oldVersion < 2) request.result.createObjectStore('checks', { keyPath: 'order', autoIncrement: true })
      if (oldVersion < 3) request.result.createObjectStore('counts', { keyPath: 'order', autoIncrement: true })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** The page that holds acts which wait here to be sent, whoever's they are; null when nothing waits. */
export async function unsentPage(): Promise<string | null> {
  if (!('indexedDB' in globalThis)) return null
  const known = await indexedDB.databases?.().catch(() => [])
  if (known !== undefined && !known.some(({ name }) => name === databaseName)) return null
  if ((await onDevice('closings', 'readonly', (store) => store.count()).catch(() => 0)) > 0) return '/interventi'
  for (const name of ['checks', 'counts'] as const) {
    const first = await onDevice<{ page: string }[]>(name, 'readonly', (store) => store.getAll(null, 1)).catch(() => [])
    if (first[0] !== undefined) return first[0].page
  }
  return null
}

/** Removes everything that is kept here. */
export async function forgetDevice(): Promise<void> {
  for (const name of Object.values(deviceCaches)) await globalThis.caches?.delete(name).catch(() => false)
  if (!('indexedDB' in globalThis)) return
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(databaseName)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
    request.onblocked = () => resolve()
  })
}
