/** How a mailbox on a server is opened: by whom, with what. Secrets are unsealed here and go no further than the connection. */
import { decrypt } from '../../../platform/auth/secrets.ts'
import type { Side } from '../vocabulary.ts'
import type { Account, Credential } from './account.ts'
import { type AnyAccount, apiPlace, type GmailAccount } from './gmail-account.ts'
import { gmailScope, openTokens, type Tokens } from './mail-tokens.ts'
import type { ServerRow } from './server-queries.ts'
import { MailTrouble } from './trouble.ts'

// One for the process: what was given to one copy serves the next connection.
const kept = openTokens()

export type Opening = Pick<ServerRow, 'kind' | 'host' | 'port' | 'isEncrypted' | 'signIn' | 'signInUser' | 'secret'>

/**
 * The account for one mailbox: `login` is its name on the server, `password` its own where the server has no other way.
 * Throws a MailTrouble when there is nothing to open it with.
 */
export function accountOn(
  secret: Buffer,
  server: Opening,
  login: string,
  { side = 'source', password = null, tokens = kept }: { side?: Side; password?: string | null; tokens?: Tokens } = {},
): Account {
  const { host, port, isEncrypted } = server
  const credential = credentialOf(secret, server, login, side, password, tokens)
  return { side, host, port, isEncrypted, user: login, credential }
}

export type Writing = Opening & Pick<ServerRow, 'writtenBy' | 'api'>

/** The account through which a mailbox is written to: of the Gmail API, where the server is written that way. */
export function targetOn(secret: Buffer, server: Writing, login: string, tokens: Tokens = kept): AnyAccount {
  if (server.writtenBy === 'imap') return accountOn(secret, server, login, { side: 'target', tokens })
  return gmailOn(secret, server, login, tokens)
}

function gmailOn(secret: Buffer, { kind, api, secret: sealed }: Writing, login: string, tokens: Tokens): GmailAccount {
  const place = apiPlace(api, true)
  if (place === null) throw new MailTrouble('target', 'plain_refused', api ?? '')
  if (sealed === null) throw new MailTrouble('target', 'auth', 'no secret')
  const service = { kind, secret: decrypt(secret, sealed), scope: gmailScope }
  return {
    ...{ protocol: 'gmail', side: 'target', ...place, user: login.toLowerCase() },
    tokens: (refused) => tokens.fresh(service, login, refused),
  }
}

function credentialOf(
  secret: Buffer,
  { kind, signIn, signInUser, secret: sealed }: Opening,
  login: string,
  side: Side,
  password: string | null,
  tokens: Tokens,
): Credential {
  if (signIn === 'own') {
    if (password === null) throw new MailTrouble(side, 'auth', 'no password')
    return { password }
  }
  if (sealed === null) throw new MailTrouble(side, 'auth', 'no secret')
  const opened = decrypt(secret, sealed)
  if (signIn === 'token') return { freshToken: () => tokens.fresh({ kind, secret: opened }, login) }
  const master = { name: signInUser ?? '', how: signIn === 'authzid' ? 'behalf' : 'suffix' } as const
  return { password: opened.toString('utf8'), master }
}
