/** Pages that are the same bytes for everybody: kept for a few seconds, in either language, and never more than a few. */

const lifeMs = 5000
const most = 500
/** Larger answers are made each time: five hundred of them would fill the memory. */
const largest = 262_144

// An address with a query is somebody's own question, or an answer kept over a sign-in: made each time.
const addresses =
  /^\/(integrita|sviluppatori|privacy|note-legali|accessibilita|catalogo\.(ttl|jsonld)|(trasparenza|bilancio-sociale)(\/[\w./-]*)?)$/

type Kept = { until: number; status: number; headers: [string, string][]; body: ArrayBuffer }

/** Whether what is at this address is the same for everybody. */
export function isPublicPage({ method, url }: Request): boolean {
  const { pathname, search } = new URL(url)
  // A file is the same whatever stands behind its name.
  const isAsked = search === '' || /\.(pdf|svg|csv|json|ttl|jsonld)$/.test(pathname)
  return method === 'GET' && isAsked && !pathname.endsWith('.data') && addresses.test(pathname)
}

/** What was answered lately, by address and language. The oldest leaves when there is no room. */
export function createPageStore() {
  const kept = new Map<string, Kept>()
  return {
    find(key: string): Response | null {
      const known = kept.get(key)
      if (known === undefined || known.until < Date.now()) return null
      return new Response(known.body, { status: known.status, headers: known.headers })
    },
    async keep(key: string, response: Response): Promise<Response> {
      const page: Kept = {
        until: Date.now() + lifeMs,
        status: response.status,
        headers: [...response.headers.entries()],
        body: await response.arrayBuffer(),
      }
      // The language of a page is in a cookie or asked for: whoever keeps it on the way must know.
      if (!page.headers.some(([name]) => name === 'vary')) page.headers.push(['vary', 'Cookie, Accept-Language'])
      if (page.body.byteLength > largest) return new Response(page.body, { status: page.status, headers: page.headers })
      kept.delete(key)
      kept.set(key, page)
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break
        kept.delete(oldest)
      }
      return new Response(page.body, { status: page.status, headers: page.headers })
    },
  }
}
