/**
 * An answer that nobody waits for any more is no mishap. When somebody goes elsewhere while the data of a page arrive, the
 * router aborts the request, and its decoder leaves a promise behind that nobody hears: the browser would call it an error.
 */
export function ignoreLeftAnswers() {
  if (typeof window === 'undefined') return
  window.addEventListener('unhandledrejection', (event) => {
    if (event.reason instanceof DOMException && event.reason.name === 'AbortError') event.preventDefault()
  })
}
