/** What commands that read a directory share: their options, the way to it, the password, a mapping from a file. */
import type { z } from 'zod'
import type { Invocation as AnyInvocation, Terminal } from './command.ts'
import { sayIssue } from './http/parse.ts'
import { type LdapSettings, readLdapAddress, wrongLdap } from './ldap.ts'

type Invocation = AnyInvocation & Terminal

export const ldapUsage =
  'ldaps://HOST[:PORT] --base DN [--bind DN] [--filter FILTER] [--mapping FILE.json] [--password-file FILE|-] [--ca-file FILE]'

/** The password is in the environment, a file or typed: arguments are visible to all. */
export const ldapOptions = {
  base: { type: 'string' },
  bind: { type: 'string' },
  filter: { type: 'string' },
  mapping: { type: 'string' },
  'password-file': { type: 'string' },
  'ca-file': { type: 'string' },
  trial: { type: 'boolean' },
} as const

/** Where and how to read, and by which mapping; whatever is wrong with what was typed is told before a password is asked for. */
export async function ldapAsked<Schema extends z.ZodType>(
  invocation: Invocation,
  usualFilter: string,
  schema: Schema,
): Promise<{ settings: LdapSettings; mapping: z.output<Schema> }> {
  const { positionals, values, readFile } = invocation
  const url = positionals[0] ?? ''
  readLdapAddress(url)
  const { base, bind, filter, 'ca-file': authorities } = values
  if (typeof base !== 'string' || base === '') throw wrongLdap('base', (t) => t.baseMissing)
  const mapping = await mappingOf(invocation, schema)
  const settings = {
    ...{ url, base, filter: typeof filter === 'string' ? filter : usualFilter },
    bind: typeof bind === 'string' ? { dn: bind, password: await passwordOf(invocation, bind) } : null,
    authorities: typeof authorities === 'string' ? Buffer.from(await readFile(authorities)).toString('utf8') : null,
  }
  return { settings, mapping }
}

async function mappingOf<Schema extends z.ZodType>({ values, readFile }: Invocation, schema: Schema) {
  const given = typeof values.mapping === 'string' ? jsonIn(await readFile(values.mapping)) : {}
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const found = parsed.error.issues.map((issue) => ({
    path: ['mapping', ...issue.path].join('.'),
    say: sayIssue(issue, given),
  }))
  throw wrongLdap('mapping', (t) => t.notAMapping, found)
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw wrongLdap('mapping', (t) => t.notAMapping)
    throw error
  }
}

// A file, the environment, or the terminal: in that order, never an argument. The file's last line break is not part of it.
async function passwordOf({ values, ldapPassword, ask, readFile }: Invocation, dn: string): Promise<string> {
  const file = values['password-file']
  if (typeof file === 'string') {
    const bytes = file === '-' ? Buffer.concat(await process.stdin.toArray()) : Buffer.from(await readFile(file))
    return given(bytes.toString('utf8').replace(/\r?\n$/, ''))
  }
  return given(ldapPassword ?? (await ask(`${dn}: `)) ?? '')
}

// With an empty one a directory answers as to anybody, and says that all went well (RFC 4513, 5.1.2).
function given(password: string): string {
  if (password === '') throw wrongLdap('bind', (t) => t.noPassword)
  return password
}
