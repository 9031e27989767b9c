/** The target of a manifest at Gmail, read again: each message there once, whatever number of the source it stands for. */
import { createHash } from 'node:crypto'
import type { CopyProblem, Manifest, SideCheck } from '../schema.ts'
import type { Side } from '../vocabulary.ts'
import { type CopyLimits, copyLimits } from './copy-limits.ts'
import type { GmailAccount } from './gmail-account.ts'
import { type Gmail, openGmail } from './gmail-api.ts'
import { MailTrouble } from './trouble.ts'

/** Problems that a report names one by one. */
export const mostNamed = 1000

type Options = { limits?: Partial<CopyLimits>; watch?: (side: Side, done: number, of: number) => void }

/** Compares the digest of what is there now with the manifest's. Adds what does not fit to `problems`. */
export async function checkGmail(
  { content }: Manifest,
  account: GmailAccount,
  { limits = {}, watch = () => undefined }: Options,
  problems: CopyProblem[],
): Promise<SideCheck> {
  const total: SideCheck = { checked: 0, equal: 0, changed: 0, missing: 0 }
  const all = { ...copyLimits, ...limits }
  const gmail = openGmail(account, all)
  const items = content.folders.flatMap(({ source, items }) =>
    items.flatMap(({ uid, state, targetId, targetSha256 }) =>
      state === 'verified' && targetId !== undefined ? [{ folder: source, uid, targetId, targetSha256 }] : [],
    ),
  )
  const groups = [...Map.groupBy(items, ({ targetId }) => targetId)]
  const lane = async () => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      const [id, same] = group
      const digest = await digestAt(gmail, id)
      for (const { folder, uid, targetSha256 } of same) {
        total.checked += 1
        if (digest === targetSha256) total.equal += 1
        else {
          const isMissing = digest === null
          total[isMissing ? 'missing' : 'changed'] += 1
          const code = isMissing ? 'message_missing' : 'message_altered'
          if (problems.length < mostNamed) problems.push({ side: 'target', code, folder, uid })
        }
      }
      watch('target', total.checked, items.length)
    }
  }
  try {
    await Promise.all(Array.from({ length: all.gmail.lanes }, lane))
  } catch (error) {
    if (!(error instanceof MailTrouble)) throw error
    problems.push({ side: 'target', code: error.code, ...(error.words !== '' && { words: error.words }) })
  }
  return total
}

async function digestAt(gmail: Gmail, id: string): Promise<string | null> {
  const hash = createHash('sha256')
  const facts = await gmail.read(id, async (bytes) => {
    for await (const part of bytes) hash.update(part)
  })
  return facts === null ? null : hash.digest('hex')
}
