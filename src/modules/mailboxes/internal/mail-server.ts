/** What both sides need of a server over our own connection: signing in, folders, their standing, reading back digests. */
import { type Account, namesOf, saslPlain, tokenOf, xoauth2 } from './account.ts'
import { digestOf } from './digest.ts'
import type { Answer, Literal } from './imap-parser.ts'
import {
  decodeFolder,
  encodeFolder,
  flagText,
  instantOf,
  quoted,
  sequenceSet,
  type Token,
  tokensOf,
} from './imap-text.ts'
import { type Done, openWire, type Part, type Wire, type WireLimits } from './imap-wire.ts'
import { MailTrouble } from './trouble.ts'

/** How a folder stands: its numbers hold only under the same `uidvalidity`. `modseq` is null where the server has none. */
export type Standing = { uidvalidity: number; uidnext: number; messages: number; modseq: string | null }

/** Connects and signs in. Throws a MailTrouble `auth` with the server's words when it does not let us in. */
export async function signIn(account: Account, limits: WireLimits): Promise<Wire> {
  const wire = await openWire(account, limits)
  try {
    if (wire.capabilities.size === 0) await askCapabilities(wire)
    const done = await authenticate(wire, account)
    if (done.status !== 'OK') throw new MailTrouble(account.side, 'auth', done.words)
    const told = /^CAPABILITY (.*)$/i.exec(done.code)?.[1]
    if (told === undefined) await askCapabilities(wire)
    else wire.learn(told.split(' '))
    return wire
  } catch (error) {
    wire.close()
    throw error
  }
}

async function askCapabilities(wire: Wire) {
  await wire.send(['CAPABILITY'], ({ text }) => {
    const told = /^\* CAPABILITY (.*)$/i.exec(text)?.[1]
    if (told !== undefined) wire.learn(told.split(' '))
  })
}

async function authenticate(wire: Wire, account: Account): Promise<Done> {
  const { user, credential } = account
  const names = namesOf(account)
  const token = await tokenOf(account)
  if (token !== null) return authenticateBy(wire, 'XOAUTH2', xoauth2(user, token))
  if (!('password' in credential)) throw new Error('A credential without password or token')
  const { password } = credential
  if (wire.capabilities.has('AUTH=PLAIN') || names.behalf !== null)
    return authenticateBy(wire, 'PLAIN', saslPlain(names, password))
  return wire.send(['LOGIN ', astring(names.name), ' ', astring(password)])
}

function authenticateBy(wire: Wire, mechanism: string, message: string): Promise<Done> {
  const isAtOnce = wire.capabilities.has('SASL-IR')
  wire.continueWith(isAtOnce ? [] : [message])
  return wire.send([`AUTHENTICATE ${mechanism}${isAtOnce ? ` ${message}` : ''}`])
}

/** A string as a command carries it, whatever is in it. */
export function astring(text: string): Part {
  const plain = quoted(text)
  if (plain !== null) return plain
  const bytes = Buffer.from(text)
  return { size: bytes.length, bytes: () => [bytes] }
}

/** A folder's name as a command carries it. */
export function folderName(path: string): Part {
  return astring(encodeFolder(path))
}

export type ListedFolder = { path: string; delimiter: string; flags: string[] }

/** Every folder the server shows. */
export async function listFolders(wire: Wire): Promise<ListedFolder[]> {
  const found: ListedFolder[] = []
  await wire.send(['LIST "" "*"'], (answer) => {
    const [, kind, flags, delimiter, name] = tokensOf(answer.text)
    const path = textOf(name, answer)
    if (kind !== 'LIST' || path === null || !Array.isArray(flags)) return
    found.push({
      path: decodeFolder(path),
      delimiter: typeof delimiter === 'string' ? delimiter : '',
      flags: strings(flags),
    })
  })
  return found
}

function textOf(token: Token | undefined, answer: Answer): string | null {
  if (typeof token === 'string') return token
  if (token === null || token === undefined || Array.isArray(token)) return null
  return answer.literals[token.literal]?.bytes?.toString('latin1') ?? null
}

function strings(tokens: readonly Token[]): string[] {
  return tokens.filter((token) => typeof token === 'string')
}

/** How a folder stands; null when it is not there. */
export async function standingOf(wire: Wire, path: string): Promise<Standing | null> {
  const hasModseq = wire.capabilities.has('CONDSTORE') || wire.capabilities.has('QRESYNC')
  const items = `MESSAGES UIDNEXT UIDVALIDITY${hasModseq ? ' HIGHESTMODSEQ' : ''}`
  let found: Standing | null = null
  const done = await wire.send(['STATUS ', folderName(path), ` (${items})`], ({ text }) => {
    const numbers = /^\* STATUS .*\(([^()]*)\)$/i.exec(text)?.[1]
    if (numbers === undefined) return
    const one = (name: string) => new RegExp(`\\b${name} (\\d+)`, 'i').exec(numbers)?.[1]
    found = {
      uidvalidity: Number(one('UIDVALIDITY')),
      uidnext: Number(one('UIDNEXT')),
      messages: Number(one('MESSAGES')),
      modseq: one('HIGHESTMODSEQ') ?? null,
    }
  })
  return done.status === 'OK' ? found : null
}

/** Opens a folder for reading only (EXAMINE); answers with its UIDVALIDITY, or null when it cannot be opened. */
export async function examine(wire: Wire, path: string): Promise<number | null> {
  return openFolder(wire, 'EXAMINE', path)
}

/** Opens a folder for reading and writing. */
export async function select(wire: Wire, path: string): Promise<number | null> {
  return openFolder(wire, 'SELECT', path)
}

async function openFolder(wire: Wire, how: 'EXAMINE' | 'SELECT', path: string): Promise<number | null> {
  let uidvalidity: number | null = null
  const done = await wire.send([`${how} `, folderName(path)], ({ text }) => {
    uidvalidity = Number(/\[UIDVALIDITY (\d+)\]/i.exec(text)?.[1] ?? uidvalidity)
  })
  return done.status === 'OK' ? uidvalidity : null
}

/** The numbers of all messages of the open folder, ascending. */
export async function listUids(wire: Wire): Promise<number[]> {
  const found: number[] = []
  const done = await wire.send(['UID SEARCH ALL'], ({ text }) => {
    if (!/^\* SEARCH\b/i.test(text)) return
    for (const word of text.slice(9).split(' ')) if (/^\d+$/.test(word)) found.push(Number(word))
  })
  if (done.status !== 'OK') throw new MailTrouble('target', 'refused', done.words)
  return found.sort((a, b) => a - b)
}

/** A message as it was read: `sha256` of all its bytes, or the bytes where they were asked for. */
export type ReadBack = {
  uid: number
  size: number
  flags: string
  receivedAt: Date | null
  sha256: string | null
  bytes: Buffer | null
}

/**
 * Reads messages of the open folder by number, without changing anything about them. `what`: only their sizes, their
 * digests, or their bytes. A message that is not there is not told.
 */
export async function readMessages(
  wire: Wire,
  uids: readonly number[],
  what: 'sizes' | 'digests' | 'bytes',
  take: (message: ReadBack) => void,
): Promise<Done> {
  wire.take(what === 'digests' ? 'digest' : 'keep')
  const items = what === 'sizes' ? 'RFC822.SIZE' : 'BODY.PEEK[]'
  const done = await wire.send([`UID FETCH ${sequenceSet(uids)} (UID FLAGS INTERNALDATE ${items})`], (answer) => {
    const message = messageOf(answer)
    if (message !== null) take(message)
  })
  wire.take('keep')
  return done
}

function messageOf(answer: Answer): ReadBack | null {
  const [, , kind, list] = tokensOf(answer.text)
  if (kind !== 'FETCH' || !Array.isArray(list)) return null
  const value = (name: string) => {
    const at = list.findIndex((token, index) => index % 2 === 0 && token === name)
    return at < 0 ? undefined : list[at + 1]
  }
  const [uid, flags, date] = [value('UID'), value('FLAGS'), value('INTERNALDATE')]
  if (typeof uid !== 'string') return null
  const body = bodyOf(value('BODY[]'), answer)
  return {
    uid: Number(uid),
    size: body?.size ?? Number(value('RFC822.SIZE') ?? 0),
    flags: flagText(Array.isArray(flags) ? strings(flags) : []),
    receivedAt: typeof date === 'string' ? instantOf(date) : null,
    sha256: body?.sha256 ?? null,
    bytes: body?.bytes ?? null,
  }
}

// Short bodies may come as a quoted string.
function bodyOf(token: Token | undefined, answer: Answer): Literal | null {
  if (token === null || token === undefined || Array.isArray(token)) return null
  if (typeof token !== 'string') return answer.literals[token.literal] ?? null
  const bytes = Buffer.from(token, 'latin1')
  return { size: bytes.length, sha256: digestOf(bytes), bytes }
}
