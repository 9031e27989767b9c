/** Where to go back to: only ever a path of our own, never somebody else's address. */
export function localPath(path: string | null): string {
  return path !== null && /^\/(?![/\\])[\x20-\x5b\x5d-\uffff]*$/.test(path) ? path : '/'
}
