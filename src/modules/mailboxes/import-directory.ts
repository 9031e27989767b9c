/** Mailboxes from a directory: who has which address, with aliases and lists. Nothing of how they are used. */
import { decrypt } from '../../platform/auth/secrets.ts'
import { type Context, read } from '../../platform/context.ts'
import { parse } from '../../platform/http/parse.ts'
import type { LdapSettings } from '../../platform/ldap.ts'
import { allow } from '../../platform/permissions.ts'
import { fail } from '../../platform/problem.ts'
import { wrongBox } from './box-problems.ts'
import { type DirectoryInput, type DirectoryOutcome, directoryInput } from './census-schema.ts'
import { loadDirectory, readWhole } from './internal/directory-load.ts'
import { directoryScopes, type GoogleOptions, googleDirectory } from './internal/google-directory.ts'
import { ldapDirectory } from './internal/ldap-directory.ts'
import { openTokens } from './internal/mail-tokens.ts'
import { type ServerRow, selectServer, selectServers } from './internal/server-queries.ts'
import type { BoxMapping } from './ldap-schema.ts'

/**
 * Adds the mailboxes and lists the directory of a server has and the register has not, and takes over names, aliases and
 * members of the others; a new mailbox is taken for a person's until somebody says what it is. With `isComplete` those it
 * has no more are gone.
 */
export async function importDirectory(
  ctx: Context,
  input: DirectoryInput,
  options: Partial<GoogleOptions> = {},
): Promise<DirectoryOutcome> {
  allow(ctx.actor, 'mailboxes.manage')
  const { serverId, isComplete, trial } = parse(directoryInput, input)
  const server =
    (await read(ctx, (ctx) => selectServer(ctx, serverId))) ?? fail(wrongBox('serverId', (t) => t.unknownServer))
  if (server.kind !== 'google' || server.secret === null) throw wrongBox('serverId', (t) => t.noDirectory)
  const service = { kind: server.kind, secret: decrypt(ctx.services.secret, server.secret), scope: directoryScopes }
  const freshToken = () => openTokens().fresh(service, server.signInUser ?? '')
  const found = await readWhole(googleDirectory(freshToken, { ...placeOf(server), ...options }))
  return loadDirectory(ctx, found, { source: 'google', serverId, isComplete, trial })
}

// A server in the clear is on this machine, and answers for the directory too.
function placeOf({ isEncrypted, host, port }: ServerRow): Partial<GoogleOptions> {
  return isEncrypted ? {} : { base: `http://${host.includes(':') ? `[${host}]` : host}:${port}` }
}

/** `server`: name or id of the server the mailboxes are on; null leaves the one they have. */
export type LdapImport = { mapping: BoxMapping; server: string | null; isComplete: boolean; trial: boolean }

/**
 * The same from a directory over LDAP, read by a mapping. What an entry is, the mapping says of new mailboxes; what the
 * register says of the others stays. `isComplete` looks at all that came over LDAP, with a server at those on it.
 */
export async function importLdap(
  ctx: Context,
  settings: LdapSettings,
  { mapping, server, isComplete, trial }: LdapImport,
): Promise<DirectoryOutcome> {
  allow(ctx.actor, 'mailboxes.manage')
  const serverId = server === null ? null : await serverNamed(ctx, server)
  const found = await readWhole(ldapDirectory(settings, mapping))
  return loadDirectory(ctx, found, { source: 'ldap', serverId, isComplete, trial })
}

async function serverNamed(ctx: Context, words: string): Promise<string> {
  const servers = await read(ctx, selectServers)
  const found = servers.find(({ id, name }) => id === words || name.toLowerCase() === words.trim().toLowerCase())
  return found?.id ?? fail(wrongBox('server', (t) => t.unknownServer))
}
