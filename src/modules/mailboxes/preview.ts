/** What a copy would do, without doing it: how much there is, what is there already, and what the target would not take. */
import { type Context, read } from '../../platform/context.ts'
import { allow } from '../../platform/permissions.ts'
import type { CopyInput, CopyOptions } from './copy-mailbox.ts'
import { newRun } from './copy-mailbox.ts'
import type { Account } from './internal/account.ts'
import { chooseFolders, closeSession, openSession } from './internal/copy-run.ts'
import { mapFolders } from './internal/folder-names.ts'
import { type GmailAccount, isGmail } from './internal/gmail-account.ts'
import { openGmail } from './internal/gmail-api.ts'
import { mostBytes, mostLabels } from './internal/gmail-limits.ts'
import { labelKey, mapLabels } from './internal/gmail-names.ts'
import { selectItems } from './internal/item-queries.ts'
import { selectCopy, selectFolders } from './internal/ledger-queries.ts'
import { roomLeft } from './internal/quota.ts'
import { type Run, tell } from './internal/run.ts'
import { type Listed, openSource, type Source, type SourceFolder } from './internal/source.ts'
import { MailTrouble } from './internal/trouble.ts'
import type { CopyResult } from './schema.ts'

/** `isWhole`: nothing speaks against the copy. In the result, `copied` is what would be copied. */
export type Previewed = { isWhole: boolean; result: CopyResult }

/** Looks at both mailboxes and changes neither, nor the ledger. Messages that others put at the target are not recognised here. */
export async function previewCopy(
  ctx: Context,
  input: CopyInput & { from: Account },
  options: CopyOptions = {},
): Promise<Previewed> {
  allow(ctx.actor, 'mailboxes.copy')
  const began = performance.now()
  const copyId = await read(ctx, (ctx) => selectCopy(ctx, input))
  const run = newRun(ctx, copyId ?? '', options)
  const messages = { source: 0, copied: 0, alreadyThere: 0, refused: 0, verified: 0 }
  const result: CopyResult = {
    ...{ folders: 0, messages, bytes: 0, seconds: 0, messagesPerSecond: 0, lost: 0, problems: run.problems },
  }
  const { from, to, folders } = input
  const preview = { run, copyId, wanted: folders, result }
  try {
    await (isGmail(to) ? lookAtGmail(preview, from, to) : lookAtServer(preview, from, to))
  } catch (error) {
    if (!(error instanceof MailTrouble)) throw error
    tell(run, { side: error.side, code: error.code, ...(error.words !== '' && { words: error.words }) })
  }
  result.seconds = Math.round(performance.now() - began) / 1000
  const isWhole = run.problems.every(({ code }) => ['folder_renamed', 'other_namespace', 'acl'].includes(code))
  return { isWhole, result }
}

type Preview = { run: Run; copyId: string | undefined; wanted: readonly string[]; result: CopyResult }
type Named = { path: string; target: string; isRenamed: boolean }
type Naming = (own: readonly SourceFolder[], known: ReadonlyMap<string, string>) => Named[]

async function lookAtServer(preview: Preview, from: Account, to: Account) {
  const { run, result, wanted } = preview
  const session = await openSession({ from, to, folders: wanted }, run)
  const { source, target } = session
  try {
    const naming: Naming = (own, known) => mapFolders(own, source.prefix, { ...target.names, under: run.under }, known)
    await addFolders(preview, source, naming, target.appendLimit)
    const room = await roomLeft(target.checker)
    if (room !== null && room < result.bytes)
      tell(run, { side: 'target', code: 'over_quota', words: `${result.bytes} > ${room}` })
  } finally {
    closeSession(session)
  }
}

async function lookAtGmail(preview: Preview, from: Account, to: GmailAccount) {
  const { run } = preview
  const source = await openSource(from, run.limits)
  try {
    const existing = (await openGmail(to, run.limits).labels()).map(({ name }) => name)
    const naming: Naming = (own, known) => mapLabels(own, source.prefix, existing, known, run.under)
    const names = await addFolders(
      preview,
      source,
      naming,
      Math.min(mostBytes[to.method ?? 'import'], run.limits.largest ?? Number.POSITIVE_INFINITY),
    )
    const labels = new Set([...existing, ...names].map(labelKey)).size
    if (labels > mostLabels) tell(run, { side: 'target', code: 'folder_refused', words: `${labels} > ${mostLabels}` })
  } finally {
    source.close()
  }
}

// Answers with the names the folders would have.
async function addFolders(
  { run, copyId, wanted, result }: Preview,
  source: Source,
  naming: Naming,
  most: number | null,
) {
  const { own, chosen } = await chooseFolders(run, source, wanted)
  const ledger = copyId === undefined ? [] : await read(run.ctx, (ctx) => selectFolders(ctx, copyId))
  const names = naming(own, new Map(ledger.map(({ sourcePath, targetPath }) => [sourcePath, targetPath])))
  for (const { path, target: words, isRenamed } of names)
    if (isRenamed && chosen.some((one) => one.path === path))
      tell(run, { side: 'target', code: 'folder_renamed', folder: path, words })
  for (const folder of chosen) {
    const id = ledger.find(({ sourcePath }) => sourcePath === folder.path)?.id
    const present = id === undefined ? new Set<string>() : await presentIn(run, id)
    await source.open(folder.path)
    addFolder(run, folder, await source.list(null), present, most, result)
  }
  return names.map(({ target }) => target)
}

const page = 5000

async function presentIn(run: Run, folderId: string): Promise<Set<string>> {
  const present = new Set<string>()
  let after = { uidvalidity: -1, uid: -1 }
  for (;;) {
    const items = await read(run.ctx, (ctx) => selectItems(ctx, folderId, after, page))
    for (const { targetUid, targetId, uidvalidity, uid } of items)
      if (targetUid !== null || targetId !== null) present.add(`${uidvalidity}:${uid}`)
    const last = items.at(-1)
    if (last === undefined || items.length < page) return present
    after = last
  }
}

function addFolder(
  run: Run,
  { path, standing }: SourceFolder,
  listed: readonly Listed[],
  present: ReadonlySet<string>,
  appendLimit: number | null,
  result: CopyResult,
) {
  const missing = listed.filter(({ uid }) => !present.has(`${standing?.uidvalidity}:${uid}`))
  const tooLarge = missing.filter(({ size }) => appendLimit !== null && size > appendLimit)
  if (tooLarge.length > 0) tell(run, { side: 'target', code: 'too_large', folder: path, count: tooLarge.length })
  result.folders += 1
  result.messages.source += listed.length
  result.messages.copied += missing.length - tooLarge.length
  result.messages.alreadyThere += listed.length - missing.length
  result.messages.refused += tooLarge.length
  result.bytes += missing.reduce((sum, { size }) => sum + size, 0)
}
