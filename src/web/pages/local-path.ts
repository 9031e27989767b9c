/** Where to go back to: only ever a path of our own, never somebody else's address. */
export function localPath(path: string | null): string {
  return path !== null && /^\/(?![/\\])[^\u0000-\u001f\\]*$/.test(path) ? path : '/'
}
