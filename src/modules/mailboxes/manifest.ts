/** The manifest of a copy: every message with its digest on both sides, signed, and its digest kept in a sealed event. */
import { createHash } from 'node:crypto'
import { type Context, read, transact } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import type { Address } from './internal/account.ts'
import { digestOf } from './internal/digest.ts'
import { selectCopy } from './internal/ledger-queries.ts'
import { isRecorded, selectManifestFolders, selectManifestItems } from './internal/manifest-queries.ts'
import { record } from './internal/record.ts'
import { isSigned, publicKeyOf, signBytes } from './internal/signing.ts'
import { conflict, wrong } from './problems.ts'
import { type Manifest, type ManifestContent, manifest as manifestShape } from './schema.ts'

type Counts = ManifestContent['counts']

/**
 * Makes the manifest of the copy from one mailbox to another, as the ledger has it now. Its digest is recorded in an event,
 * so that the chain proves when it was made. Refuses when there is no such copy.
 */
export async function makeManifest(
  ctx: Context,
  ends: { from: Address; to: Address & { protocol?: 'gmail' } },
): Promise<Manifest> {
  allow(ctx.actor, 'mailboxes.copy')
  return transact(ctx, async (ctx) => {
    const copyId = (await selectCopy(ctx, ends)) ?? fail(conflict('no_copy', (t) => t.noCopy))
    const folders: ManifestContent['folders'] = []
    for (const { id, ...folder } of await selectManifestFolders(ctx, copyId))
      folders.push({ ...folder, items: await selectManifestItems(ctx, id) })
    const content: ManifestContent = {
      ...{ format: 'sitec-mail-manifest-1', administration: ctx.organisationName, copyId },
      ...{ madeAt: new Date().toISOString(), from: endOf(ends.from), to: endOf(ends.to) },
      ...{ counts: countsOf(folders), digest: digestOfAll(folders), folders },
    }
    const bytes = signedBytes(content)
    const publicKey = publicKeyOf(ctx.services.secret)
    const { messages, verified } = content.counts
    const payload = { sha256: digestOf(bytes), publicKey, messages, verified }
    await record(ctx, copyId, { kind: 'mailcopy.proved', payload })
    return { content, signature: { algorithm: 'Ed25519', publicKey, value: signBytes(ctx.services.secret, bytes) } }
  })
}

function endOf({ host, port, user, protocol }: Address & { protocol?: 'gmail' }) {
  return { host, port, user, ...(protocol && { protocol }) }
}

function countsOf(folders: ManifestContent['folders']): Counts {
  const byLevel: Counts['byLevel'] = [0, 0, 0, 0, 0]
  const counts: Counts = { messages: 0, verified: 0, byLevel, refused: 0, altered: 0, open: 0, bytes: 0 }
  for (const { state, level, size } of folders.flatMap(({ items }) => items)) {
    counts.messages += 1
    counts.bytes += size
    if (level !== null) byLevel[level] = (byLevel[level] ?? 0) + 1
    if (state === 'verified' || state === 'refused' || state === 'altered') counts[state] += 1
    else counts.open += 1
  }
  const ids = folders.flatMap(({ items }) =>
    items.flatMap(({ state, targetId }) => (state === 'verified' && targetId) || []),
  )
  return ids.length === 0 ? counts : { ...counts, different: new Set(ids).size }
}

function digestOfAll(folders: ManifestContent['folders']): string {
  const hash = createHash('sha256')
  for (const { sha256, state } of folders.flatMap(({ items }) => items))
    if (state === 'verified') hash.update(`${sha256}\n`)
  return hash.digest('hex')
}

/** What is signed: the content as JSON without blanks, in UTF-8, keys in the order of the file. */
export function signedBytes(content: ManifestContent): Buffer {
  return Buffer.from(JSON.stringify(content))
}

/** Reads a manifest from a file. Refuses what is none. */
export function readManifest(bytes: Uint8Array): Manifest {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    // The keys stay in the order of the file: that is what was signed.
    if (manifestShape.safeParse(parsed).success) return parsed as Manifest
  } catch {
    // No JSON: no manifest.
  }
  throw wrong('manifest', (t) => t.notAManifest)
}

/** Whose signature it is, and whether it is of this content. */
export function checkSignature(secret: Buffer, { content, signature }: Manifest): 'good' | 'broken' | 'other' {
  if (!isSigned(signature.publicKey, signedBytes(content), signature.value)) return 'broken'
  return signature.publicKey === publicKeyOf(secret) ? 'good' : 'other'
}

/** Whether this very manifest was recorded by SITEC when it was made. */
export async function isRecordedManifest(ctx: Context, { content }: Manifest): Promise<boolean> {
  return read(ctx, (ctx) => isRecorded(ctx, content.copyId, digestOf(signedBytes(content))))
}
