/** Where a mailbox is and as whom it is opened: `imaps://user@host[:port]`. Never with a password: arguments are visible to all. */
import { wrong } from '../problems.ts'
import type { Side } from '../vocabulary.ts'
import { TokenTrouble } from './mail-tokens.ts'
import { MailTrouble } from './trouble.ts'

/**
 * What opens a mailbox: its password; that of a master user who opens it in its place, as `mailbox*master` (Dovecot) or on its
 * behalf (SASL PLAIN, RFC 4616); or a token of OAuth 2 (XOAUTH2). `freshToken` is asked at each connection, because tokens
 * end within the hour.
 */
export type Credential =
  | { password: string; master?: { name: string; how: 'suffix' | 'behalf' } }
  | { token: string }
  | { freshToken: () => Promise<string> }

/** The token, if that is how it is opened. Throws a MailTrouble when none is given. */
export async function tokenOf({ side, credential }: Pick<Account, 'side' | 'credential'>): Promise<string | null> {
  if (!('freshToken' in credential)) return 'token' in credential ? credential.token : null
  return grantedFor(side, credential.freshToken)
}

/** The token that is given; where none is, that is the trouble of this side. */
export async function grantedFor(side: Side, ask: () => Promise<string>): Promise<string> {
  try {
    return await ask()
  } catch (cause) {
    if (!(cause instanceof TokenTrouble)) throw cause
    throw new MailTrouble(side, cause.isUnreachable ? 'unreachable' : 'auth', cause.message, { cause })
  }
}

export type Account = {
  side: Side
  host: string
  port: number
  /** false only for a server on this very machine. */
  isEncrypted: boolean
  /** Whose mailbox it is, whoever opens it. */
  user: string
  credential: Credential
}

export type Address = Omit<Account, 'side' | 'credential'>

/** What a server is told at sign-in: the name, and on whose behalf where that is another's mailbox. */
export type Names = { name: string; behalf: string | null }

/** Who signs in to open this mailbox with a password. */
export function namesOf({ user, credential }: Pick<Account, 'user' | 'credential'>): Names {
  const master = 'password' in credential ? credential.master : undefined
  if (master === undefined) return { name: user, behalf: null }
  return master.how === 'suffix'
    ? { name: `${user}*${master.name}`, behalf: null }
    : { name: master.name, behalf: user }
}

const loopback = ['127.0.0.1', '::1']

/**
 * Reads an address. Refuses one with a password, and one that would go over the network in the clear: `imap://` is for
 * 127.0.0.1 and ::1 alone, and only where `mayBePlain`.
 */
export function readAddress(side: Side, text: string, mayBePlain: boolean): Address {
  const field = side === 'source' ? 'from' : 'to'
  if (!/^imaps?:\/\//i.test(text) || !URL.canParse(text)) throw wrong(field, (t) => t.notAnAddress)
  const url = new URL(text)
  if (url.password !== '') throw wrong(field, (t) => t.passwordInAddress)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const user = decoded(url.username)
  if (host === '' || user === '' || !['', '/'].includes(url.pathname)) throw wrong(field, (t) => t.notAnAddress)
  const isEncrypted = url.protocol === 'imaps:'
  if (!isEncrypted && !(mayBePlain && loopback.includes(host))) throw wrong(field, (t) => t.plainRefused)
  return { host: host.toLowerCase(), port: Number(url.port || (isEncrypted ? 993 : 143)), isEncrypted, user }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The address as text, for reports. */
export function addressText({ host, port, isEncrypted, user }: Address): string {
  const place = host.includes(':') ? `[${host}]` : host
  return `${isEncrypted ? 'imaps' : 'imap'}://${encodeURIComponent(user)}@${place}:${port}`
}

/** The initial response of XOAUTH2, as Google and Microsoft define it. */
export function xoauth2(user: string, token: string): string {
  return Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`).toString('base64')
}

/** The message of SASL PLAIN (RFC 4616): who signs in, and whose mailbox it is where that is another. */
export function saslPlain({ name, behalf }: Names, password: string): string {
  return Buffer.from(`${behalf ?? ''}\0${name}\0${password}`).toString('base64')
}
