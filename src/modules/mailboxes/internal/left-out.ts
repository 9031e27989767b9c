/** What a copy does not see of its source: folders that are another mailbox's, messages that left the target before. */
import type { Listed, Source } from './source.ts'

export type LeftOut = {
  folders: ReadonlySet<string>
  /** No folder but these, as far as they are there; null: all. */
  only: ReadonlySet<string> | null
  /** By folder, the UIDVALIDITY, and under it the numbers with the second each arrived, since 1970. */
  messages: ReadonlyMap<string, { uidvalidity: number; seconds: ReadonlyMap<number, number | null> }>
}

export const nothingLeftOut: LeftOut = { folders: new Set(), only: null, messages: new Map() }

/** The source without what is left out. Under other numbers, or of another second, a message is seen. */
export function leavingOut(source: Source, { folders, only, messages }: LeftOut): Source {
  const isSeen = (path: string) => !folders.has(path) && (only?.has(path) ?? true)
  let unseen: ReadonlyMap<number, number | null> = new Map()
  const isUnseen = ({ uid, receivedAt }: Listed) =>
    receivedAt !== null && unseen.get(uid) === Math.floor(receivedAt.getTime() / 1000)
  return {
    ...source,
    folders: async () => (await source.folders()).filter(({ path }) => isSeen(path)),
    open: async (path) => {
      const some = messages.get(path)
      const standing = some === undefined ? null : await source.standing(path)
      unseen = some !== undefined && standing?.uidvalidity === some.uidvalidity ? some.seconds : new Map()
      await source.open(path)
    },
    list: async (since) => (await source.list(since)).filter((one) => !isUnseen(one)),
  }
}
