/** Reading a directory over LDAP: encrypted, by pages, nothing but reading. Command line only. */
import {
  type Client,
  FilterParser,
  InvalidCredentialsError,
  InvalidDNSyntaxError,
  Client as LdapClient,
  NoSuchObjectError,
  ResultCodeError,
  SizeLimitExceededError,
} from 'ldapts'
import { invalid } from './http/parse.ts'
import { wholeValues } from './ldap-ranges.ts'
import { type FieldProblem, Problem } from './problem.ts'
import { platformTexts, say } from './texts.ts'

export type LdapSettings = {
  url: string
  base: string
  filter: string
  /** null: as anybody. */
  bind: { dn: string; password: string } | null
  /** Certificates trusted beside the usual ones, in PEM. */
  authorities: string | null
}

/** An entry as it came: each attribute with all of its values. */
export type LdapEntry = { dn: string; values: Readonly<Record<string, readonly string[]>> }

/** A directory that is open for reading. */
export type LdapReader = {
  /** Server, base and filter: by which readings of the same things know each other. */
  source: string
  /** Every entry below the base that the filter finds, with these attributes. */
  entries: (attributes: readonly string[]) => Promise<LdapEntry[]>
  /** One entry by its name; null when there is none, or this is no name. */
  entry: (dn: string, attributes: readonly string[]) => Promise<LdapEntry | null>
}

type Texts = (typeof platformTexts)['it']['problems']['ldap']

const pageSize = 500
const mostEntries = 200_000
const timeoutMs = 30_000
const loopback = ['127.0.0.1', '[::1]', 'localhost']

/** The Problem of something typed for a directory; `more` says what about it. */
export function wrongLdap(path: string, pick: (texts: Texts) => string, more: readonly FieldProblem[] = []): Problem {
  return invalid([{ path, say: say(platformTexts, (t) => pick(t.problems.ldap)) }, ...more])
}

function ldapConflict(code: string, pick: (texts: Texts) => string): Problem {
  return new Problem(
    'conflict',
    code,
    say(platformTexts, (t) => pick(t.problems.ldap)),
  )
}

/**
 * Refuses what is no address, an address with a password, and one that would go over the network in the clear: `ldap://` is
 * for this machine alone. Returns server and port as they are told in reports.
 */
export function readLdapAddress(text: string): { url: string; place: string } {
  if (!/^ldaps?:\/\//i.test(text) || !URL.canParse(text)) throw wrongLdap('URL', (t) => t.notAnAddress)
  const url = new URL(text)
  const isEncrypted = url.protocol === 'ldaps:'
  if (url.password !== '' || url.username !== '') throw wrongLdap('URL', (t) => t.credentialsInAddress)
  if (url.hostname === '' || !['', '/'].includes(url.pathname) || url.search !== '')
    throw wrongLdap('URL', (t) => t.notAnAddress)
  if (!isEncrypted && !loopback.includes(url.hostname)) throw wrongLdap('URL', (t) => t.plainRefused)
  const port = url.port || (isEncrypted ? '636' : '389')
  const place = `${url.hostname}:${port}`
  return { url: `${isEncrypted ? 'ldaps' : 'ldap'}://${place}`, place }
}

/** Opens a directory, signs in, reads what `task` asks for and leaves; what goes wrong is a Problem in words. */
export async function readLdap<Read>(settings: LdapSettings, task: (reader: LdapReader) => Promise<Read>) {
  const { url, place } = readLdapAddress(settings.url)
  refuseOtherFilter(settings.filter)
  const client = new LdapClient({
    ...{ url, timeout: timeoutMs, connectTimeout: timeoutMs },
    ...(settings.authorities !== null && { tlsOptions: { ca: settings.authorities } }),
  })
  try {
    if (settings.bind !== null) await client.bind(settings.bind.dn, settings.bind.password)
    return await task({
      source: `${place}/${settings.base}?${settings.filter}`,
      entries: (attributes) => readEntries(client, settings, attributes),
      entry: (dn, attributes) => readEntry(client, dn, attributes),
    })
  } catch (error) {
    throw phrase(error)
  } finally {
    // A connection that is gone already needs no farewell.
    await client.unbind().catch(() => undefined)
  }
}

function refuseOtherFilter(filter: string): void {
  try {
    FilterParser.parseString(filter)
  } catch {
    // Whatever the parser trips over, it is what was typed.
    throw wrongLdap('filter', (t) => t.notAFilter)
  }
}

async function readEntries(client: Client, { base, filter, bind }: LdapSettings, attributes: readonly string[]) {
  const entries: LdapEntry[] = []
  const options = { scope: 'sub' as const, filter, attributes: [...attributes], paged: { pageSize } }
  for await (const { searchEntries } of client.searchPaginated(base, options)) {
    // A line that dropped is opened anew without signing in, and would show less: half a directory is none.
    if (bind !== null && !client.isBound) throw ldapConflict('ldap_dropped', (t) => t.dropped)
    for (const entry of searchEntries) entries.push(entryOf(entry))
    if (entries.length > mostEntries) throw ldapConflict('too_many_entries', (t) => t.tooMany(mostEntries))
  }
  const whole: LdapEntry[] = []
  for (const entry of entries) {
    const all = await wholeValues(entry, (dn, attribute) => readEntry(client, dn, [attribute]))
    if (all === null || (bind !== null && !client.isBound)) throw ldapConflict('ldap_dropped', (t) => t.dropped)
    whole.push(all)
  }
  return whole
}

function entryOf({ dn, ...values }: Record<string, unknown> & { dn: string }): LdapEntry {
  const all = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(all)
    return typeof value === 'string' ? [value] : []
  }
  return { dn, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, all(value)])) }
}

async function readEntry(client: Client, dn: string, attributes: readonly string[]): Promise<LdapEntry | null> {
  try {
    const { searchEntries } = await client.search(dn, { scope: 'base', attributes: [...attributes] })
    const [entry] = searchEntries
    return entry === undefined ? null : entryOf(entry)
  } catch (error) {
    if (error instanceof NoSuchObjectError || error instanceof InvalidDNSyntaxError) return null
    throw error
  }
}

const unreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN']

// What a directory or the way to it says, in words for who typed the command; never a password, never a bug of ours.
function phrase(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  if (error instanceof InvalidCredentialsError) return wrongLdap('bind', (t) => t.signIn)
  if (error instanceof NoSuchObjectError) return wrongLdap('base', (t) => t.noBase)
  if (error instanceof InvalidDNSyntaxError) return wrongLdap('base', (t) => t.notADn)
  if (error instanceof SizeLimitExceededError) return ldapConflict('ldap_limit', (t) => t.limit)
  if (error instanceof ResultCodeError) {
    const { name } = error
    return ldapConflict('ldap_refused', (t) => t.refused(name))
  }
  const code = 'code' in error ? String(error.code) : ''
  if (/^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL|EPROTO)/.test(code))
    return ldapConflict('ldap_tls', (t) => t.tls)
  if (unreachable.includes(code) || /timeout|timed out/i.test(error.message))
    return ldapConflict('ldap_unreachable', (t) => t.unreachable)
  return error
}
