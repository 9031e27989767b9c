/** Messages of a mailbox that look alike: those that share a Message-ID and are different, and those that are equal to the byte. */
import type { Account } from './account.ts'
import { copyLimits } from './copy-limits.ts'
import { batchesOf, closeAll } from './send.ts'
import { type ImapSource, type Listed, openSource } from './source.ts'
import { MailTrouble } from './trouble.ts'

/** `sameIds`: Message-IDs on messages of different sizes. `equal`: how many more there are than would be if equal ones were one. */
export type Alike = { sameIds: number; equal: number }

/** Opens the mailbox for reading; nothing is counted of one that does not open. `countsEqual`: those that may be equal are read. */
export async function countAlike(account: Account, countsEqual: boolean): Promise<Alike> {
  try {
    const source = await openSource(account, copyLimits)
    try {
      const { several, possible } = await lookAtIds(source)
      return { sameIds: several, equal: countsEqual ? await countEqual(source, possible) : 0 }
    } finally {
      source.close()
    }
  } catch (error) {
    // The preview has said already what is wrong with this server.
    if (error instanceof MailTrouble) return { sameIds: 0, equal: 0 }
    throw error
  }
}

type Possible = { path: string; message: Listed }

// Equal ones have one size and one Message-ID, or none.
async function lookAtIds(source: ImapSource): Promise<{ several: number; possible: Possible[] }> {
  const sizes = new Map<string, number>()
  const several = new Set<string>()
  const alike = new Map<string, Possible[]>()
  for (const { path, isForeign } of await source.folders()) {
    if (isForeign) continue
    await source.open(path)
    await source.ids((uid, size, id) => {
      if (id !== '' && sizes.getOrInsert(id, size) !== size) several.add(id)
      alike
        .getOrInsertComputed(`${size} ${id}`, () => [])
        .push({ path, message: { uid, size, flags: '', receivedAt: null } })
    })
  }
  return { several: several.size, possible: [...alike.values()].filter((group) => group.length > 1).flat() }
}

async function countEqual(source: ImapSource, possible: readonly Possible[]): Promise<number> {
  const digests = new Set<string>()
  let read = 0
  for (const [path, some] of Map.groupBy(possible, (one) => one.path)) {
    await source.open(path)
    for (const batch of batchesOf(
      some.map(({ message }) => message),
      copyLimits,
    )) {
      const fetched = await source.fetch(batch)
      for (const { sha256 } of fetched) digests.add(sha256)
      read += fetched.length
      await closeAll(fetched)
    }
  }
  return read - digests.size
}
