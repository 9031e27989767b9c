/** Who else may open the folders of the source: not copied, said, so that it can be given again. */
import type { Account } from './account.ts'
import type { CopyLimits } from './copy-limits.ts'
import { tokensOf } from './imap-text.ts'
import { folderName, signIn } from './mail-server.ts'

export type FolderAccess = { folder: string; identifier: string; rights: string }

/** The access lists (RFC 4314) of these folders, without the owner; nothing where the server has none. */
export async function readAccess(
  account: Account,
  folders: readonly string[],
  limits: CopyLimits,
): Promise<FolderAccess[]> {
  const wire = await signIn(account, limits)
  const found: FolderAccess[] = []
  const ask = (folder: string) =>
    wire.send(['GETACL ', folderName(folder)], ({ text }) => {
      const [, kind, , ...pairs] = tokensOf(text)
      if (kind !== 'ACL') return
      for (let at = 0; at + 1 < pairs.length; at += 2) {
        const [identifier, rights] = [pairs[at], pairs[at + 1]]
        if (typeof identifier !== 'string' || typeof rights !== 'string') continue
        if (!['owner', account.user].includes(identifier)) found.push({ folder, identifier, rights })
      }
    })
  try {
    if (wire.capabilities.has('ACL')) await Promise.all(folders.map(ask))
    return found
  } finally {
    wire.close()
  }
}
