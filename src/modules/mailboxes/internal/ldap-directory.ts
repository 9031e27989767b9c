/** A directory over LDAP as the register reads it: entries with an address, and those that lists lead to. */
import { type LdapEntry, type LdapReader, type LdapSettings, readLdap } from '../../../platform/ldap.ts'
import type { BoxMapping } from '../ldap-schema.ts'
import type { Directory, DirectoryBox } from './directory.ts'
import { addressAttributes, addressOf, attributesOf, boxOf, nameKey, namesIn, spokenIn } from './ldap-boxes.ts'

/**
 * Entries with an address, of whatever class. Attributes a directory does not know are no error in this form; what is left
 * out is left out by the mapping, since `!` of a class it does not know would find nothing at all.
 */
export const usualFilter = '(|(mail=*)(mailLocalAddress=*)(proxyAddresses=*))'

/** The mailboxes and lists below the base, all at once: who is in a list is known when everything was read. */
export function ldapDirectory(settings: LdapSettings, mapping: BoxMapping): Directory {
  return async function* () {
    yield await readLdap(settings, (reader) => readBoxes(reader, mapping))
  }
}

async function readBoxes(reader: LdapReader, mapping: BoxMapping): Promise<DirectoryBox[]> {
  const entries = await reader.entries(attributesOf(mapping))
  const addresses = await addressesOf(reader, entries, mapping)
  const spoken = spokenIn(entries, mapping)
  return entries.flatMap((entry) => boxOf(entry, mapping, spoken, (dn) => addresses.get(nameKey(dn))) ?? [])
}

// Of what was read, and of those elsewhere that lists and forwards lead to; each is asked for once.
async function addressesOf(reader: LdapReader, entries: readonly LdapEntry[], mapping: BoxMapping) {
  const addresses = new Map<string, string | undefined>()
  const note = (dn: string, entry: LdapEntry | null) =>
    addresses.set(nameKey(dn), entry === null ? undefined : addressOf(entry, mapping))
  for (const entry of entries) note(entry.dn, entry)
  for (const dn of namesIn(entries, mapping))
    if (!addresses.has(nameKey(dn))) note(dn, await reader.entry(dn, addressAttributes(mapping)))
  return addresses
}
