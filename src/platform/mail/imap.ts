/**
 * A mailbox read over IMAP, batch by batch: the caller makes a batch durable, then it is marked on the server, then the
 * place moves on. Whatever breaks in between, the next run begins at the same place, and knows what it has already.
 */
import { ImapFlow } from 'imapflow'

export type ImapSettings = {
  host: string
  port: number
  security: 'tls' | 'starttls' | 'none'
  username: string
  password: string
  folder: string
  /** Where taken messages are moved; empty: they stay and are marked as read. */
  doneFolder: string
}

/** Up to where a mailbox was read. Numbers of messages hold only under the same `uidvalidity` (RFC 9051 §2.3.1.1). */
export type ImapPlace = { uidvalidity: number | null; lastUid: number }

export type FetchedMessage = { uid: number; raw: Buffer; bytes: number }

/** Time limits in ms; a server that says nothing for so long is given up. */
export type ImapLimits = { connect: number; silence: number; whole: number; largest: number }
export const imapLimits: ImapLimits = { connect: 15_000, silence: 60_000, whole: 300_000, largest: 100_000_000 }

const batch = { messages: 50, bytes: 20_000_000 } as const

/** What went wrong, as far as somebody can do something about it. */
export const imapTroubles = [
  'auth',
  'unreachable',
  'certificate',
  'not_encrypted',
  'plain_refused',
  'timeout',
  'dropped',
  'no_folder',
  'no_done_folder',
  'message_missing',
  'other',
] as const
export type ImapTroubleCode = (typeof imapTroubles)[number]

/** A mailbox that could not be read. `code` says why in one word; the messages taken so far are taken. */
export class ImapTrouble extends Error {
  override name = 'ImapTrouble'
  readonly code: ImapTroubleCode
  constructor(code: ImapTroubleCode, options?: ErrorOptions) {
    super(`IMAP: ${code}`, options)
    this.code = code
  }
}

/** What the caller does with a batch: `keep` makes it durable, `moveOn` remembers the place. */
export type Taking = {
  keep: (messages: FetchedMessage[], uidvalidity: number) => Promise<void>
  moveOn: (place: ImapPlace) => Promise<void>
}

/** Reads everything after `place`. Throws an ImapTrouble when it could not be read to the end. */
export async function fetchMailbox(
  settings: ImapSettings,
  place: ImapPlace,
  taking: Taking,
  limits: ImapLimits = imapLimits,
): Promise<void> {
  await connected(settings, limits, async (client) => {
    const uidvalidity = await openFolder(client, settings)
    const from = place.uidvalidity === uidvalidity ? place.lastUid : 0
    const found = await listAfter(client, from)
    let missing = Number.POSITIVE_INFINITY
    for (const part of batchesOf(found)) {
      const messages = await download(client, part, limits.largest)
      if (messages.length > 0) await taking.keep(messages, uidvalidity)
      const lost = await stillThere(client, part, messages)
      missing = Math.min(missing, ...lost)
      await mark(client, settings, messages)
      const last = part.at(-1)?.uid ?? from
      await taking.moveOn({ uidvalidity, lastUid: Math.min(last, missing - 1) })
    }
    if (found.length === 0) await taking.moveOn({ uidvalidity, lastUid: from })
    // They are on the server and it does not give them: the next run asks for them again.
    if (missing !== Number.POSITIVE_INFINITY) throw new ImapTrouble('message_missing')
  })
}

/** Whether the mailbox can be opened, and how many messages are in it; throws an ImapTrouble that says what is wrong. */
export async function tryMailbox(
  settings: ImapSettings,
  limits: ImapLimits = imapLimits,
): Promise<{ messages: number }> {
  return connected(settings, limits, async (client) => {
    if (settings.doneFolder !== '') {
      const folders = await client.list()
      if (!folders.some(({ path }) => path === settings.doneFolder)) throw new ImapTrouble('no_done_folder')
    }
    await openFolder(client, settings)
    return { messages: client.mailbox ? client.mailbox.exists : 0 }
  })
}

const loopback = ['127.0.0.1', '::1']

async function connected<Result>(
  settings: ImapSettings,
  limits: ImapLimits,
  work: (client: ImapFlow) => Promise<Result>,
): Promise<Result> {
  if (settings.security === 'none' && !loopback.includes(settings.host)) throw new ImapTrouble('plain_refused')
  const client = clientOf(settings, limits)
  let giveUp: NodeJS.Timeout | undefined
  // A connection that ends takes its commands with it, and not every one of them says so by itself.
  const ended = new Promise<never>((_, refuse) => {
    client.on('error', (cause: unknown) => refuse(cause))
    client.on('close', () => refuse(new ImapTrouble('dropped')))
    giveUp = setTimeout(() => refuse(new ImapTrouble('timeout')), limits.whole)
  })
  ended.catch(() => undefined)
  try {
    await Promise.race([client.connect(), ended])
    return await Promise.race([work(client), ended])
  } catch (cause) {
    throw cause instanceof ImapTrouble ? cause : new ImapTrouble(imapTroubleOf(cause), { cause })
  } finally {
    clearTimeout(giveUp)
    client.close()
  }
}

function clientOf(settings: ImapSettings, limits: ImapLimits): ImapFlow {
  return new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    doSTARTTLS: settings.security === 'tls' ? undefined : settings.security === 'starttls',
    auth: { user: settings.username, pass: settings.password },
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: limits.connect,
    greetingTimeout: limits.connect,
    socketTimeout: limits.silence,
    maxLiteralSize: limits.largest + 1_000_000,
  })
}

// Answers with the folder's uidvalidity.
async function openFolder(client: ImapFlow, settings: ImapSettings): Promise<number> {
  const opened = await client.mailboxOpen(settings.folder).catch((cause: unknown) => {
    throw isRefused(cause) ? new ImapTrouble('no_folder', { cause }) : cause
  })
  return Number(opened.uidValidity)
}

type Listed = { uid: number; size: number }

async function listAfter(client: ImapFlow, uid: number): Promise<Listed[]> {
  const found: Listed[] = []
  if (client.mailbox && client.mailbox.exists === 0) return found
  // "n:*" names the last message even when its number is smaller (RFC 9051 §9, seq-range).
  for await (const message of client.fetch(`${uid + 1}:*`, { uid: true, size: true }, { uid: true }))
    if (message.uid > uid) found.push({ uid: message.uid, size: message.size ?? 0 })
  return found.sort((a, b) => a.uid - b.uid)
}

function* batchesOf(found: readonly Listed[]): Generator<Listed[]> {
  let part: Listed[] = []
  let bytes = 0
  for (const message of found) {
    if (part.length > 0 && (part.length >= batch.messages || bytes + message.size > batch.bytes)) {
      yield part
      part = []
      bytes = 0
    }
    part.push(message)
    bytes += message.size
  }
  if (part.length > 0) yield part
}

async function download(client: ImapFlow, part: readonly Listed[], largest: number): Promise<FetchedMessage[]> {
  const sizes = new Map(part.map(({ uid, size }) => [uid, size]))
  const range = part.map(({ uid }) => uid).join(',')
  const messages: FetchedMessage[] = []
  const source = { start: 0, maxLength: largest }
  for await (const { uid, source: raw } of client.fetch(range, { uid: true, source }, { uid: true })) {
    if (raw && sizes.has(uid)) messages.push({ uid, raw, bytes: Math.max(sizes.get(uid) ?? 0, raw.length) })
  }
  return messages
}

// Those that were not given: somebody deleted them meanwhile, or the server cannot read them.
async function stillThere(
  client: ImapFlow,
  part: readonly Listed[],
  got: readonly FetchedMessage[],
): Promise<number[]> {
  const have = new Set(got.map(({ uid }) => uid))
  const wanted = part.filter(({ uid }) => !have.has(uid))
  if (wanted.length === 0) return []
  const found: number[] = []
  const range = wanted.map(({ uid }) => uid).join(',')
  for await (const { uid } of client.fetch(range, { uid: true }, { uid: true })) if (!have.has(uid)) found.push(uid)
  return found
}

async function mark(client: ImapFlow, settings: ImapSettings, messages: readonly FetchedMessage[]): Promise<void> {
  if (messages.length === 0) return
  const range = messages.map(({ uid }) => uid).join(',')
  if (settings.doneFolder === '') {
    await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
    return
  }
  const moved = await client.messageMove(range, settings.doneFolder, { uid: true }).catch((cause: unknown) => {
    if (isRefused(cause)) return false
    throw cause
  })
  if (!moved) throw new ImapTrouble('no_done_folder')
}

// The server understood and said no.
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'responseStatus' in error && error.responseStatus === 'NO'
}

/** What an error of the IMAP library means. */
export function imapTroubleOf(error: unknown): ImapTroubleCode {
  if (!(error instanceof Error)) return 'other'
  const facts = error as Error & { authenticationFailed?: unknown; tlsFailed?: unknown; code?: unknown } // what imapflow adds
  if (facts.authenticationFailed === true) return 'auth'
  const code = String(facts.code ?? '')
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) return 'certificate'
  if (facts.tlsFailed === true || code === 'MissingServerExtension' || code === 'UPGRADE_TIMEOUT')
    return 'not_encrypted'
  if (/TIMEOUT|ETIMEDOUT/i.test(code)) return code === 'ETIMEDOUT' ? 'unreachable' : 'timeout'
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code)) return 'unreachable'
  if (/^(NoConnection|EConnectionClosed|StateLogout|ClosedAfterConnect|ECONNRESET|EPIPE)/.test(code)) return 'dropped'
  return 'other'
}
