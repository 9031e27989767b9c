/** The mailbox that is copied: opened for reading only (EXAMINE), read in batches bounded by bytes, never marked in any way. */
import { ImapFlow } from 'imapflow'
import { type ImapTroubleCode, imapTroubleOf } from '../../../platform/mail/imap.ts'
import type { ServerTrouble } from '../vocabulary.ts'
import { type Account, namesOf, tokenOf } from './account.ts'
import type { CopyLimits } from './copy-limits.ts'
import { digestOf } from './digest.ts'
import { flagText, sequenceSet } from './imap-text.ts'
import type { Standing } from './mail-server.ts'
import { type Spooled, spool } from './spool.ts'
import { MailTrouble } from './trouble.ts'

export type SourceFolder = {
  path: string
  delimiter: string
  specialUse: string | null
  isSubscribed: boolean
  /** Of somebody else or of everybody: shown to this account, not its own. */
  isForeign: boolean
  standing: Standing | null
}

/** A message as the source lists it. */
export type Listed = { uid: number; size: number; flags: string; receivedAt: Date | null }

/** A message on its way, with the digest of its bytes; `content` is the bytes, or a file for a large one. */
export type Fetched = Listed & { sha256: string; content: Buffer | Spooled }

export type Source = {
  /** Where its own folders begin: "" or, on some servers, "INBOX.". */
  prefix: string
  folders: () => Promise<SourceFolder[]>
  /** How one folder stands now; null when it is not there. */
  standing: (path: string) => Promise<Standing | null>
  open: (path: string) => Promise<void>
  /** All messages of the open folder, or with `since` those that are new or whose flags changed after that modseq. */
  list: (since: string | null) => Promise<Listed[]>
  /** The bytes of these messages, in order; what somebody deleted meanwhile is left out. */
  fetch: (batch: readonly Listed[]) => Promise<Fetched[]>
  hasModseq: () => boolean
  close: () => void
}

export type ImapSource = Source & {
  /** Number, size and Message-ID (empty without one) of all messages of the open folder, one by one. */
  ids: (take: (uid: number, size: number, id: string) => void) => Promise<void>
}

/** Connects and signs in; the certificate is checked. Throws a MailTrouble. */
export async function openSource(account: Account, limits: CopyLimits): Promise<ImapSource> {
  const client = clientOf(account, await tokenOf(account), limits)
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => undefined)
  client.on('error', (cause: unknown) => ended.reject(troubleOf(cause)))
  client.on('close', () => ended.reject(new MailTrouble('source', 'dropped')))
  // A connection that ends takes its commands with it, and not every one of them says so by itself.
  const within = async <Result>(work: Promise<Result>): Promise<Result> => {
    work.catch(() => undefined)
    try {
      return await Promise.race([work, ended.promise])
    } catch (cause) {
      throw cause instanceof MailTrouble ? cause : troubleOf(cause)
    }
  }
  try {
    await within(client.connect())
  } catch (error) {
    client.close()
    throw error
  }
  return {
    prefix: client.namespace?.prefix ?? '',
    folders: () => within(listFolders(client)),
    standing: (path) => within(standingOf(client, path)),
    open: async (path) => {
      await within(client.mailboxOpen(path, { readOnly: true }))
    },
    list: (since) => within(list(client, since)),
    fetch: (batch) => within(fetchBatch(client, batch, limits)),
    ids: (take) => within(readIds(client, take)),
    hasModseq: () => client.enabled.has('CONDSTORE') || client.capabilities.has('CONDSTORE'),
    close: () => client.close(),
  }
}

function clientOf(account: Account, token: string | null, limits: CopyLimits): ImapFlow {
  const { host, port, isEncrypted } = account
  return new ImapFlow({
    ...{ host, port, secure: isEncrypted, ...(isEncrypted ? {} : { doSTARTTLS: false }) },
    auth: authOf(account, token),
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    ...{ logger: false, disableAutoIdle: true, disableCompression: true },
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    // It says nothing while the target is waited for.
    socketTimeout: limits.silence * 3,
    // For a server that says less than it sends; what it says is large comes in parts.
    maxLiteralSize: 100_000_000,
  })
}

function authOf(account: Account, token: string | null) {
  const { user, credential } = account
  if (token !== null) return { user, accessToken: token }
  if (!('password' in credential)) throw new Error('A credential without password or token')
  const { name, behalf } = namesOf(account)
  const { password: pass } = credential
  return behalf === null
    ? { user: name, pass }
    : { user: name, pass, authzid: behalf, loginMethod: 'AUTH=PLAIN' as const }
}

const troubles: Partial<Record<ImapTroubleCode, ServerTrouble>> = {
  ...{ auth: 'auth', unreachable: 'unreachable', certificate: 'certificate', timeout: 'timeout', dropped: 'dropped' },
}

function troubleOf(cause: unknown): MailTrouble {
  const words = cause instanceof Error && 'responseText' in cause ? String(cause.responseText) : ''
  return new MailTrouble('source', troubles[imapTroubleOf(cause)] ?? 'other', words, { cause })
}

const statusQuery = { messages: true, uidNext: true, uidValidity: true, highestModseq: true } as const

async function listFolders(client: ImapFlow): Promise<SourceFolder[]> {
  const listed = await client.list({ statusQuery })
  const foreign = [...(client.namespaces?.other || []), ...(client.namespaces?.shared || [])].map(
    ({ prefix }) => prefix,
  )
  return listed
    .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
    .map((one) => ({
      path: one.path,
      delimiter: one.delimiter,
      specialUse: one.specialUseSource === 'extension' ? (one.specialUse ?? null) : null,
      isSubscribed: one.subscribed,
      isForeign: foreign.some((prefix) => prefix !== '' && `${one.path}${one.delimiter}`.startsWith(prefix)),
      standing: one.status ? toStanding(one.status) : null,
    }))
}

type Status = { messages?: number; uidNext?: number; uidValidity?: bigint; highestModseq?: bigint }

function toStanding({ messages, uidNext, uidValidity, highestModseq }: Status): Standing | null {
  if (messages === undefined || uidNext === undefined || uidValidity === undefined) return null
  return { messages, uidnext: uidNext, uidvalidity: Number(uidValidity), modseq: highestModseq?.toString() ?? null }
}

async function standingOf(client: ImapFlow, path: string): Promise<Standing | null> {
  const status = await client.status(path, statusQuery)
  return status ? toStanding(status) : null
}

async function list(client: ImapFlow, since: string | null): Promise<Listed[]> {
  const found: Listed[] = []
  if (client.mailbox && client.mailbox.exists === 0) return found
  // Messages have few sets of flags between them: one string for each.
  const texts = new Map<string, string>()
  const once = (text: string) => texts.getOrInsert(text, text)
  const query = { uid: true, flags: true, size: true, internalDate: true }
  const options = { uid: true, ...(since !== null && { changedSince: BigInt(since) }) }
  for await (const { uid, size = 0, flags, internalDate } of client.fetch('1:*', query, options)) {
    const receivedAt = internalDate instanceof Date ? internalDate : null
    found.push({ uid, size, flags: once(flagText(flags ?? [])), receivedAt })
  }
  return found.sort((a, b) => a.uid - b.uid)
}

async function readIds(client: ImapFlow, take: (uid: number, size: number, id: string) => void): Promise<void> {
  if (client.mailbox && client.mailbox.exists === 0) return
  for await (const { uid, size = 0, headers } of client.fetch('1:*', {
    uid: true,
    size: true,
    headers: ['message-id'],
  })) {
    const id = /^message-id:\s*(\S+)/im.exec(headers?.toString('latin1') ?? '')?.[1]
    take(uid, size, id ?? '')
  }
}

async function fetchBatch(client: ImapFlow, batch: readonly Listed[], limits: CopyLimits): Promise<Fetched[]> {
  const [first] = batch
  if (first !== undefined && batch.length === 1 && first.size > limits.spoolAbove) {
    const reading = { isWhole: false }
    const content = await spool(partsOf(client, first, limits.partBytes, reading))
    if (reading.isWhole) return [{ ...first, size: content.size, sha256: content.sha256, content }]
    await content.close()
    return []
  }
  const byUid = new Map(batch.map((one) => [one.uid, one]))
  const found: Fetched[] = []
  const take = async (uids: readonly number[]) => {
    for await (const { uid, source } of client.fetch(sequenceSet(uids), { uid: true, source: true }, { uid: true })) {
      const listed = byUid.get(uid)
      if (listed === undefined || !source) continue // NIL is `false` here
      byUid.delete(uid)
      found.push({ ...listed, size: source.length, sha256: digestOf(source), content: source })
    }
  }
  await take(batch.map(({ uid }) => uid))
  // Asked for once more: a server may leave out what it could not read at once.
  if (byUid.size > 0) await take([...byUid.keys()])
  return found.sort((a, b) => a.uid - b.uid)
}

// A large message in parts, each a round trip, so that it never lies in memory whole. Its end is believed where the listed size
// is reached; where a server has told a wrong one, when it still gives the last byte and nothing after it.
async function* partsOf(
  client: ImapFlow,
  { uid, size }: Listed,
  partBytes: number,
  reading: { isWhole: boolean },
): AsyncGenerator<Buffer> {
  for (let read = 0; ; ) {
    let part = await partAt(client, uid, read, partBytes)
    if (part.length === 0) {
      if (read === 0) return
      const last = await partAt(client, uid, read - 1, partBytes)
      reading.isWhole = last.length === 1
      part = last.subarray(1)
      if (part.length === 0) return
    }
    yield part
    read += part.length
    reading.isWhole = read >= size && part.length < partBytes
    if (reading.isWhole) return
  }
}

// Empty for a message that is no longer there, or that the server could not read: NIL is `false` here, whatever its type says.
async function partAt(client: ImapFlow, uid: number, start: number, maxLength: number): Promise<Buffer> {
  const query = { uid: true, source: { start, maxLength } }
  const part = await client.fetchOne(String(uid), query, { uid: true })
  const given = part ? part.source : undefined
  return given || Buffer.alloc(0)
}
