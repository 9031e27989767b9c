/** A mailbox that is written through the Gmail API: `gmail://user@domain`. */
import { fail } from '../../../platform/problem.ts'
import { wrong } from '../problems.ts'
import type { Side } from '../vocabulary.ts'
import type { Account, Address } from './account.ts'
import type { StoreMethod } from './gmail-limits.ts'

/** What becomes of messages marked as deleted, which Gmail has no mark for. */
export const deletedChoices = ['trash', 'keep', 'skip'] as const
export type DeletedChoice = (typeof deletedChoices)[number]

/** Host and port are those of the API. */
export type GmailAccount = Address & {
  protocol: 'gmail'
  side: Side
  /**
   * A token that is good for some minutes more. Asked again every few minutes, and when one is `refused`: then another is
   * wanted. Throws a MailTrouble or a TokenTrouble where none is given.
   */
  tokens: (refused?: string) => Promise<string>
  method?: StoreMethod
  deleted?: DeletedChoice
}

/** A mailbox at either end: of an IMAP server, or of Gmail through its API. */
export type AnyAccount = Account | GmailAccount

export function isGmail(account: AnyAccount): account is GmailAccount {
  return 'protocol' in account
}

export const gmailHost = 'gmail.googleapis.com'

/** Whether this is an address of a Gmail mailbox. */
export function isGmailAddress(text: string): boolean {
  return /^gmail:\/\//i.test(text)
}

/**
 * Reads `gmail://user@domain`. `api`: another address of the API; without encryption to 127.0.0.1 and ::1 alone, and only
 * where `mayBePlain`. Refuses an address with a password.
 */
export function readGmailAddress(text: string, api: string | null, mayBePlain: boolean): Address {
  if (!URL.canParse(text)) throw wrong('to', (t) => t.notAGmailAddress)
  const url = new URL(text)
  if (url.password !== '') throw wrong('to', (t) => t.passwordInAddress)
  if (url.username === '' || url.hostname === '' || url.port !== '' || !['', '/'].includes(url.pathname))
    throw wrong('to', (t) => t.notAGmailAddress)
  return { ...readApi(api, mayBePlain), user: `${decodeURIComponent(url.username)}@${url.hostname}`.toLowerCase() }
}

function readApi(api: string | null, mayBePlain: boolean): Omit<Address, 'user'> {
  return apiPlace(api, mayBePlain) ?? fail(wrong('gmail-api', (t) => t.notAnApi))
}

/** Where the API is; null when this is no address of one. Pure. */
export function apiPlace(api: string | null, mayBePlain: boolean): Omit<Address, 'user'> | null {
  if (api === null) return { host: gmailHost, port: 443, isEncrypted: true }
  if (!/^https?:\/\//i.test(api) || !URL.canParse(api)) return null
  const { hostname, port, protocol } = new URL(api)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const isEncrypted = protocol === 'https:'
  if (!isEncrypted && !(mayBePlain && ['127.0.0.1', '::1'].includes(host))) return null
  return { host, port: Number(port || (isEncrypted ? 443 : 80)), isEncrypted }
}

/** Where the API is. */
export function apiAddress({ host, port, isEncrypted }: Address): string {
  return `${isEncrypted ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
