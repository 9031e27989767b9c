/** Checking a manifest later: is it what was signed, and are both mailboxes still what it says? */
import type { Context } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import type { Account } from './internal/account.ts'
import { type CopyLimits, copyLimits } from './internal/copy-limits.ts'
import { type AnyAccount, isGmail } from './internal/gmail-account.ts'
import { checkGmail, mostNamed } from './internal/gmail-verify.ts'
import type { Wire } from './internal/imap-wire.ts'
import { examine, listUids, readMessages, signIn } from './internal/mail-server.ts'
import { openMultiset } from './internal/multiset.ts'
import { MailTrouble } from './internal/trouble.ts'
import { checkSignature, isRecordedManifest } from './manifest.ts'
import { wrong } from './problems.ts'
import type { CopyProblem, Manifest, SideCheck, VerifyResult } from './schema.ts'
import type { Side } from './vocabulary.ts'

const together = 100

/** `from` is null when the source is no longer there: then only the target is read. */
export type VerifyInput = { manifest: Manifest; from: Account | null; to: AnyAccount }
export type VerifyOptions = { limits?: Partial<CopyLimits>; watch?: (side: Side, done: number, of: number) => void }

/**
 * Reads every message the manifest calls verified again, on both sides, and compares digests; where a server has renumbered
 * its messages, as a multiset. Changes nothing. What does not fit is named in `problems`, the first thousand of it.
 */
export async function verifyManifest(
  ctx: Context,
  input: VerifyInput,
  options: VerifyOptions = {},
): Promise<VerifyResult> {
  allow(ctx.actor, 'mailboxes.copy')
  const { manifest, from, to } = input
  const { content } = manifest
  for (const [end, account] of [[content.from, from] as const, [content.to, to] as const])
    if (
      account &&
      (account.host !== end.host || account.user !== end.user || isGmail(account) !== (end.protocol === 'gmail'))
    )
      throw wrong('manifest', (t) => t.otherMailboxes)
  const began = performance.now()
  const problems: CopyProblem[] = []
  const source = from && (await checkSide(manifest, 'source', from, options, problems))
  const target = await (isGmail(to)
    ? checkGmail(manifest, to, options, problems)
    : checkSide(manifest, 'target', to, options, problems))
  const { messages, refused, altered, open } = content.counts
  return {
    ...{
      signature: checkSignature(ctx.services.secret, manifest),
      isRecorded: await isRecordedManifest(ctx, manifest),
    },
    ...{ messages, setAside: refused + altered + open, source, target, problems },
    seconds: Math.round(performance.now() - began) / 1000,
  }
}

/** Whether nothing is wrong: signed here, and every message on both sides as it was. */
export function isGood({ signature, source, target, messages, setAside }: VerifyResult): boolean {
  const isEqual = (side: SideCheck | null) =>
    side === null || (side.equal === side.checked && side.checked === messages - setAside)
  return signature === 'good' && setAside === 0 && isEqual(source) && isEqual(target)
}

async function checkSide(
  { content }: Manifest,
  side: Side,
  account: Account,
  { limits = {}, watch = () => undefined }: VerifyOptions,
  problems: CopyProblem[],
): Promise<SideCheck> {
  const total: SideCheck = { checked: 0, equal: 0, changed: 0, missing: 0 }
  let wire: Wire | null = null
  try {
    wire = await signIn(account, { ...copyLimits, ...limits })
    for (const folder of content.folders) {
      const expected = expectedOf(folder, side)
      if (expected.length === 0) continue
      await checkFolder(wire, side, folder, expected, total, problems)
      watch(side, total.checked, content.counts.verified)
    }
  } catch (error) {
    if (!(error instanceof MailTrouble)) throw error
    problems.push({ side, code: error.code, ...(error.words !== '' && { words: error.words }) })
  } finally {
    wire?.close()
  }
  return total
}

type Folder = Manifest['content']['folders'][number]
type Expected = { uid: number; sourceUid: number; sha256: string; receivedAt: null }

function expectedOf({ items }: Folder, side: Side): Expected[] {
  return items.flatMap(({ uid, targetUid, sha256, targetSha256, state }) => {
    const [number, digest] = side === 'source' ? [uid, sha256] : [targetUid, targetSha256]
    if (state !== 'verified' || number === null || digest === null) return []
    return [{ uid: number, sourceUid: uid, sha256: digest, receivedAt: null }]
  })
}

async function checkFolder(
  wire: Wire,
  side: Side,
  folder: Folder,
  expected: readonly Expected[],
  total: SideCheck,
  problems: CopyProblem[],
) {
  const uidvalidity = await examine(wire, side === 'source' ? folder.source : folder.target)
  const isSame = uidvalidity === (side === 'source' ? folder.sourceUidvalidity : folder.targetUidvalidity)
  const uids =
    uidvalidity === null ? [] : isSame ? expected.map(({ uid }) => uid).sort((a, b) => a - b) : await listUids(wire)
  const found = await digestsOf(wire, uids)
  const renumbered = openMultiset([...found.values()].map((sha256) => ({ sha256, receivedAt: null })))
  for (const one of expected) {
    const digest = isSame ? found.get(one.uid) : renumbered.take(one.sha256, null)?.sha256
    total.checked += 1
    if (digest === one.sha256) {
      total.equal += 1
      continue
    }
    const code = digest === undefined ? 'message_missing' : 'message_altered'
    total[digest === undefined ? 'missing' : 'changed'] += 1
    if (problems.length < mostNamed) problems.push({ side, code, folder: folder.source, uid: one.sourceUid })
  }
}

async function digestsOf(wire: Wire, uids: readonly number[]): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  for (let at = 0; at < uids.length; at += together)
    await readMessages(wire, uids.slice(at, at + together), 'digests', ({ uid, sha256 }) => {
      if (sha256 !== null) found.set(uid, sha256)
    })
  return found
}
