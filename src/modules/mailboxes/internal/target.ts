/** The mailbox that is written: folders made, messages appended without waiting for each other. */
import type { Account } from './account.ts'
import type { CopyLimits } from './copy-limits.ts'
import type { MappedFolder, TargetNames } from './folder-names.ts'
import { internalDate, numbersOf } from './imap-text.ts'
import type { Done, Part, Wire } from './imap-wire.ts'
import { folderName, type ListedFolder, listFolders, signIn } from './mail-server.ts'
import type { Fetched } from './source.ts'
import { MailTrouble } from './trouble.ts'

export type Target = {
  /** Fewer where literals need no asking than where each message costs a round trip. */
  writers: readonly Wire[]
  /** The writer whose turn it is: while one waits for the server's disk another is served. */
  nextWriter: () => Wire
  /** Keeps the order of what it is given; where each message costs a round trip, all take turns. */
  firstWriter: () => Wire
  /** Reads back, and looks folders through. */
  checker: Wire
  names: TargetNames
  can: (capability: string) => boolean
  /** The largest message it says it takes (RFC 7889); null when it does not say. */
  appendLimit: number | null
  close: () => void
}

const uses = ['\\All', '\\Archive', '\\Drafts', '\\Flagged', '\\Junk', '\\Sent', '\\Trash']

/** Connects and signs in, as often as it pays. Throws a MailTrouble. */
export async function openTarget(account: Account, limits: CopyLimits): Promise<Target> {
  const wires: Wire[] = []
  try {
    const checker = await signIn(account, limits)
    wires.push(checker)
    const isPushed = checker.capabilities.has('LITERAL+')
    const count = isPushed ? Math.min(limits.pushers, limits.writers) : limits.writers
    for (let number = 0; number < count; number += 1) wires.push(await signIn(account, limits))
    const folders = await listFolders(checker)
    const limit = [...checker.capabilities].find((one) => /^APPENDLIMIT=\d+$/.test(one))
    const writers = wires.slice(1)
    let turn = 0
    const nextWriter = () => writers[turn++ % writers.length] ?? checker
    return {
      writers,
      nextWriter,
      firstWriter: () => (isPushed ? (writers[0] ?? checker) : nextWriter()),
      checker,
      names: { ...(await namespaceOf(checker, folders)), folders: folders.map(withUse) },
      can: (capability) => checker.capabilities.has(capability),
      appendLimit: limit === undefined ? null : Number(limit.slice(12)),
      close: () => {
        for (const wire of wires) wire.close()
      },
    }
  } catch (error) {
    for (const wire of wires) wire.close()
    throw error
  }
}

function withUse({ path, flags }: ListedFolder) {
  return { path, specialUse: flags.find((flag) => uses.includes(flag)) ?? null }
}

async function namespaceOf(wire: Wire, folders: readonly ListedFolder[]) {
  let found: { prefix: string; delimiter: string } | null = null
  if (wire.capabilities.has('NAMESPACE'))
    await wire.send(['NAMESPACE'], ({ text }) => {
      const [, prefix, delimiter] = /^\* NAMESPACE \(\("([^"]*)" (?:"([^"]*)"|NIL)/i.exec(text) ?? []
      if (prefix !== undefined) found = { prefix, delimiter: (delimiter ?? '').replace(/^\\/, '') }
    })
  return found ?? { prefix: '', delimiter: folders[0]?.delimiter ?? '/' }
}

/**
 * Makes a folder where it is not, subscribed as at the source, with its use where the server can be told. Answers with
 * the server's words when it refuses, null when the folder is there.
 */
export async function ensureFolder(
  { checker, names, can }: Target,
  { target }: Pick<MappedFolder, 'target'>,
  { specialUse, isSubscribed }: { specialUse: string | null; isSubscribed: boolean },
): Promise<string | null> {
  if (!names.folders.some(({ path }) => path === target)) {
    const use = specialUse !== null && can('CREATE-SPECIAL-USE') ? ` (USE (${specialUse}))` : ''
    let done = await checker.send(['CREATE ', folderName(target), use])
    if (done.status !== 'OK' && use !== '') done = await checker.send(['CREATE ', folderName(target)])
    if (done.status !== 'OK' && !/ALREADYEXISTS/i.test(done.code)) {
      const opened = await checker.send(['STATUS ', folderName(target), ' (MESSAGES)'])
      if (opened.status !== 'OK') return done.words || 'CREATE'
    }
  }
  if (isSubscribed) await checker.send(['SUBSCRIBE ', folderName(target)])
  return null
}

/** What became of one message: its number at the target (null where the server does not tell), or why it was refused. */
export type Sent = { uid: number | null } | { refused: string; isOverQuota: boolean }

/**
 * Appends messages: as one command where the server takes several (MULTIAPPEND, RFC 3502: all or nothing), one
 * by one otherwise, and after a refusal one by one, so that only the one that is refused is set aside. Throws a MailTrouble
 * when it is not known what became of them, or when the folder's numbers are others than expected. `isInOrder`: they come after
 * one another, and after what was sent so before, wherever that costs no round trips.
 */
export async function append(
  target: Target,
  { path, uidvalidity, isInOrder }: { path: string; uidvalidity: number; isInOrder: boolean },
  messages: readonly Fetched[],
): Promise<Sent[]> {
  const writer = isInOrder ? target.firstWriter : target.nextWriter
  if (messages.length > 1 && target.can('MULTIAPPEND') && target.can('LITERAL+')) {
    const done = await writer().send(['APPEND ', folderName(path), ...messages.flatMap(partsOf)])
    if (done.status === 'OK') return numbered(done, messages.length, uidvalidity)
  }
  // Each connection takes its own in order; those that push never wait.
  return Promise.all(
    messages.map(async (message) => {
      const done = await writer().send(['APPEND ', folderName(path), ...partsOf(message)])
      if (done.status === 'OK') return numbered(done, 1, uidvalidity)[0] ?? { uid: null }
      if (/^(TRYCREATE|UNAVAILABLE|INUSE|SERVERBUG|EXPIRED)/i.test(done.code))
        throw new MailTrouble('target', 'other', done.words)
      return { refused: done.words || done.status, isOverQuota: isOverQuota(done) }
    }),
  )
}

function isOverQuota({ code, words }: Done): boolean {
  return /OVERQUOTA/i.test(code) || /quota|mailbox (is )?full/i.test(words)
}

function partsOf({ flags, receivedAt, size, content }: Fetched): Part[] {
  const date = receivedAt === null ? '' : ` "${internalDate(receivedAt)}"`
  const bytes = 'close' in content ? content.bytes : () => [content]
  return [` (${flags})${date} `, { size, bytes }]
}

function numbered(done: Done, count: number, uidvalidity: number): Sent[] {
  const [, validity, set = ''] = /^APPENDUID (\d+) (\S+)/i.exec(done.code) ?? []
  if (validity === undefined) return Array.from({ length: count }, () => ({ uid: null }))
  if (Number(validity) !== uidvalidity) throw new MailTrouble('target', 'renumbered')
  const uids = numbersOf(set)
  return Array.from({ length: count }, (_, index) => ({ uid: uids.length === count ? (uids[index] ?? null) : null }))
}
