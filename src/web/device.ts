/**
 * What this browser keeps for work without signal: pages in a cache, acts in a database. It belongs to the person signed
 * in and is gone when they sign out, by these functions and by the answer to signing out. Browser and worker only.
 */

/** The one cache there is. */
export const deviceCache = 'sitec-interventi'
const databaseName = 'sitec-interventi'

/** Acts that were not sent yet, in the order in which they were done, and forms begun and not sent. */
export const deviceStores = ['closings', 'drafts'] as const
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
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('closings', { keyPath: 'order', autoIncrement: true })
      request.result.createObjectStore('drafts', { keyPath: 'caseId' })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** How many acts wait here to be sent, whoever's they are. */
export async function countUnsent(): Promise<number> {
  if (!('indexedDB' in globalThis)) return 0
  const known = await indexedDB.databases?.().catch(() => [])
  if (known !== undefined && !known.some(({ name }) => name === databaseName)) return 0
  return onDevice('closings', 'readonly', (store) => store.count()).catch(() => 0)
}

/** Removes everything that is kept here. */
export async function forgetDevice(): Promise<void> {
  await globalThis.caches?.delete(deviceCache).catch(() => false)
  if (!('indexedDB' in globalThis)) return
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase(databaseName)
    request.onsuccess = () => resolve()
    request.onerror = () => resolve()
    request.onblocked = () => resolve()
  })
}
