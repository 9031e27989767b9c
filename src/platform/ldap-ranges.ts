/** Attributes of which a directory gives the values by parts, as Active Directory does of those with more than 1,500. */
import type { LdapEntry } from './ldap.ts'

const part = /^([^;]+);range=(\d+)-(\d+|\*)$/i

/**
 * The entry with every value: an attribute that came as `member;range=0-1499` is asked for until the part that ends with
 * `*`. null when a part is missing: the entry went away in between, or a part does not follow the one before.
 */
export async function wholeValues(
  entry: LdapEntry,
  ask: (dn: string, attribute: string) => Promise<LdapEntry | null>,
): Promise<LdapEntry | null> {
  if (!Object.keys(entry.values).some((name) => part.test(name))) return entry
  const values: Record<string, readonly string[]> = {}
  for (const [name, first] of Object.entries(entry.values)) {
    const found = part.exec(name)
    if (found === null) {
      // The bare name comes beside the parts, and is empty then.
      values[name] ??= first
      continue
    }
    const all = await allParts(entry.dn, name, first, ask)
    if (all === null) return null
    values[found[1] ?? name] = all
  }
  return { dn: entry.dn, values }
}

async function allParts(
  dn: string,
  name: string,
  first: readonly string[],
  ask: (dn: string, attribute: string) => Promise<LdapEntry | null>,
): Promise<string[] | null> {
  const values = [...first]
  let [, attribute = '', , last = '*'] = part.exec(name) ?? []
  while (last !== '*') {
    const next = Number(last) + 1
    const entry = await ask(dn, `${attribute};range=${next}-*`)
    const [key, more] = Object.entries(entry?.values ?? {}).find(([key]) => part.test(key)) ?? []
    const [, , from, to = '*'] = part.exec(key ?? '') ?? []
    if (more === undefined || Number(from) !== next) return null
    values.push(...more)
    last = to
  }
  return values
}
