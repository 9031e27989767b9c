/** Keeping a page for work without signal, and asking the browser to send what waits. Browser only. */

/** A page that is kept: by which worker, in which cache, and what its assets and data are kept for. */
export type KeptPage = {
  /** The address of the worker's script; its scope is named beside it in `app.ts`. */
  worker: string
  scope: string
  cache: string
  /** The page and its data. */
  addresses: readonly string[]
  /** The tag of the browser's own sending. */
  tag: string
}

/** The first visit is not the worker's yet: the page hands it what it would have kept. */
export async function keepPage({ worker, scope, cache: name, addresses }: KeptPage) {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis) || !navigator.onLine) return
  await navigator.serviceWorker.register(worker, { scope })
  const cache = await caches.open(name)
  const assets = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ href }) => href)
  const known = new Set((await cache.keys()).map(({ url }) => url))
  for (const url of known)
    if (new URL(url).pathname.startsWith('/assets/') && !assets.includes(url)) await cache.delete(url)
  await cache.addAll(assets.filter((url) => !known.has(url)))
  await cache.addAll([...addresses])
}

/** The browser sends by itself, also with the page closed, where it knows how to. */
export async function askForSync({ scope, tag }: KeptPage) {
  const registration = await navigator.serviceWorker?.getRegistration(scope)
  const { sync } = (registration ?? {}) as { sync?: { register: (tag: string) => Promise<void> } }
  await sync?.register(tag).catch(() => undefined)
}
