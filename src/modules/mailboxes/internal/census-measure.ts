/** What a census reads of a mailbox: opened for reading only, no body ever, of a person's nothing but how much and how long ago. */
import { keyedDigest } from '../../../platform/auth/secrets.ts'
import type { Answer } from './imap-parser.ts'
import { instantOf, type Token, tokensOf } from './imap-text.ts'
import type { Wire } from './imap-wire.ts'
import { examine, folderName, type ListedFolder, listFolders } from './mail-server.ts'
import { canonicalHeaders, openSketch, sketchHeaders } from './sketch.ts'

export type Measured = {
  sizeBytes: number
  messageCount: number
  unreadCount: number
  quotaBytes: number | null
  lastReceivedAt: Date | null
  /** The newest message of the INBOX that is marked as read came in then: it was read not earlier. */
  lastReadAt: Date | null
  lastSentAt: Date | null
  /** Who else may read the INBOX; null where the server has no access lists. */
  readers: string[] | null
  sketch: { messages: number; sketch: Buffer } | null
}

/** More headers of one mailbox are not read: with so many the estimate no longer gets better. */
const mostHeaders = 50_000
const atATime = 500

/** Measures a mailbox. `isPersonal`: sizes and the newest dates only; who may read it and what is in it is not asked. */
export async function measureBox(wire: Wire, secret: Buffer, isPersonal: boolean): Promise<Measured> {
  const folders = (await listFolders(wire)).filter(
    ({ flags }) => !flags.some((flag) => /^\\(noselect|nonexistent)$/i.test(flag)),
  )
  const sent = folders.find(isSent)?.path ?? null
  const sketching = isPersonal ? null : openSketch()
  const total = { sizeBytes: 0, messageCount: 0, unreadCount: 0 }
  const last: { received: Date | null; read: Date | null; sent: Date | null } = {
    received: null,
    read: null,
    sent: null,
  }
  let headers = 0
  for (const { path } of folders) {
    const status = await statusOf(wire, path)
    if (status === null) continue
    total.messageCount += status.messages
    total.unreadCount += status.unseen
    total.sizeBytes += status.size ?? 0
    const [isInbox, isSentFolder] = [path.toUpperCase() === 'INBOX', path === sent]
    const isDated = isInbox || isSentFolder
    const isRead = sketching !== null && headers < mostHeaders && status.messages > 0
    if (status.messages === 0 || (!isDated && !isRead && status.size !== null)) continue
    if ((await examine(wire, path)) === null) continue
    if (isDated || status.size === null) {
      const listed = await listMessages(wire)
      if (status.size === null) total.sizeBytes += listed.bytes
      if (isInbox) [last.received, last.read] = [listed.newest, listed.newestSeen]
      else if (isSentFolder) last.sent = listed.newest
    }
    if (isRead && sketching !== null)
      headers += await readHeaders(wire, status.messages, mostHeaders - headers, (block) =>
        sketching.add(keyedDigest(secret, canonicalHeaders(block))),
      )
  }
  return {
    ...total,
    ...{ lastReceivedAt: last.received, lastReadAt: last.read, lastSentAt: last.sent },
    quotaBytes: await quotaOf(wire),
    readers: isPersonal ? null : await readersOf(wire),
    sketch: sketching?.result() ?? null,
  }
}

const isSent = ({ path, flags, delimiter }: ListedFolder) =>
  flags.some((flag) => flag.toLowerCase() === '\\sent') ||
  /^(sent|sent items|sent messages|posta inviata|inviati|inviata|elementi inviati)$/i.test(
    (delimiter === '' ? path : path.split(delimiter).at(-1)) ?? '',
  )

async function statusOf(wire: Wire, path: string) {
  const hasSize = wire.capabilities.has('STATUS=SIZE') || wire.capabilities.has('IMAP4REV2')
  let found: { messages: number; unseen: number; size: number | null } | null = null
  const done = await wire.send(
    ['STATUS ', folderName(path), ` (MESSAGES UNSEEN${hasSize ? ' SIZE' : ''})`],
    ({ text }) => {
      const numbers = /^\* STATUS .*\(([^()]*)\)$/i.exec(text)?.[1]
      if (numbers === undefined) return
      const one = (name: string) => new RegExp(`\\b${name} (\\d+)`, 'i').exec(numbers)?.[1]
      const size = one('SIZE')
      found = {
        messages: Number(one('MESSAGES') ?? 0),
        unseen: Number(one('UNSEEN') ?? 0),
        size: size ? Number(size) : null,
      }
    },
  )
  return done.status === 'OK' ? (found as { messages: number; unseen: number; size: number | null } | null) : null
}

async function listMessages(wire: Wire) {
  const found: { bytes: number; newest: Date | null; newestSeen: Date | null } = {
    bytes: 0,
    newest: null,
    newestSeen: null,
  }
  await wire.send(['FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE)'], (answer) => {
    const value = valuesOf(answer)
    if (value === null) return
    found.bytes += Number(value('RFC822.SIZE') ?? 0)
    const date = value('INTERNALDATE')
    const at = typeof date === 'string' ? instantOf(date) : null
    const flags = value('FLAGS')
    const isSeen = Array.isArray(flags) && flags.some((flag) => typeof flag === 'string' && /^\\seen$/i.test(flag))
    found.newest = later(found.newest, at)
    if (isSeen) found.newestSeen = later(found.newestSeen, at)
  })
  return found
}

const later = (one: Date | null, other: Date | null) => (one === null || (other !== null && other > one) ? other : one)

// The newest first: they are what two mailboxes of today have in common.
async function readHeaders(wire: Wire, messages: number, most: number, take: (block: string) => void): Promise<number> {
  const first = Math.max(1, messages - most + 1)
  for (let to = messages; to >= first; to -= atATime) {
    const from = Math.max(first, to - atATime + 1)
    await wire.send([`FETCH ${from}:${to} (BODY.PEEK[HEADER.FIELDS (${sketchHeaders.join(' ')})])`], (answer) => {
      const block = blockOf(answer)
      if (block !== null) take(block)
    })
  }
  return messages - first + 1
}

function blockOf(answer: Answer): string | null {
  const [, , kind, list] = tokensOf(answer.text)
  if (kind !== 'FETCH' || !Array.isArray(list)) return null
  const at = list.findIndex(
    (token) => typeof token === 'string' && token.toUpperCase().startsWith('BODY[HEADER.FIELDS'),
  )
  const value = at < 0 ? undefined : list[at + 1]
  if (typeof value === 'string') return value
  if (value === null || value === undefined || Array.isArray(value)) return null
  return answer.literals[value.literal]?.bytes?.toString('latin1') ?? null
}

function valuesOf(answer: Answer): ((name: string) => Token | undefined) | null {
  const [, , kind, list] = tokensOf(answer.text)
  if (kind !== 'FETCH' || !Array.isArray(list)) return null
  return (name) => {
    const at = list.findIndex((token, index) => index % 2 === 0 && token === name)
    return at < 0 ? undefined : list[at + 1]
  }
}

// RFC 9208: STORAGE counts units of 1,024.
async function quotaOf(wire: Wire): Promise<number | null> {
  if (!wire.capabilities.has('QUOTA')) return null
  const bounds: number[] = []
  await wire.send(['GETQUOTAROOT INBOX'], ({ text }) => {
    const most = /^\* QUOTA .*\bSTORAGE \d+ (\d+)/i.exec(text)?.[1]
    if (most !== undefined && Number(most) > 0) bounds.push(Number(most) * 1024)
  })
  return bounds.length === 0 ? null : Math.min(...bounds)
}

async function readersOf(wire: Wire): Promise<string[] | null> {
  if (!wire.capabilities.has('ACL')) return null
  const readers: string[] = []
  const done = await wire.send(['GETACL INBOX'], ({ text }) => {
    const [, kind, , ...pairs] = tokensOf(text)
    if (kind !== 'ACL') return
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const [identifier, rights] = [pairs[at], pairs[at + 1]]
      if (typeof identifier === 'string' && typeof rights === 'string' && rights.includes('r')) readers.push(identifier)
    }
  })
  return done.status === 'OK' ? readers : null
}
