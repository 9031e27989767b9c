/** What a copy does not see of its source: folders that are another mailbox's, messages that left the target before. */
import type { Source } from './source.ts'

export type LeftOut = {
  folders: ReadonlySet<string>
  /** No folder but these, as far as they are there; null: all. */
  only: ReadonlySet<string> | null
  /** By folder, the numbers and the UIDVALIDITY they hold under. */
  messages: ReadonlyMap<string, { uidvalidity: number; uids: ReadonlySet<number> }>
}

export const nothingLeftOut: LeftOut = { folders: new Set(), only: null, messages: new Map() }

/** The source without what is left out. Under other numbers nobody can tell a message: then it is seen. */
export function leavingOut(source: Source, { folders, only, messages }: LeftOut): Source {
  const isSeen = (path: string) => !folders.has(path) && (only?.has(path) ?? true)
  let unseen: ReadonlySet<number> = new Set()
  return {
    ...source,
    folders: async () => (await source.folders()).filter(({ path }) => isSeen(path)),
    open: async (path) => {
      const some = messages.get(path)
      const standing = some === undefined ? null : await source.standing(path)
      unseen = some !== undefined && standing?.uidvalidity === some.uidvalidity ? some.uids : new Set()
      await source.open(path)
    },
    list: async (since) => (await source.list(since)).filter(({ uid }) => !unseen.has(uid)),
  }
}
