/** Computers and devices of a directory, and the addresses of those named as managers. Command line only. */
import { type LdapEntry, type LdapReader, type LdapSettings, readLdap } from '../../platform/ldap.ts'
import type { DirectoryMapping } from './directory-schema.ts'
import type { DirectoryRead } from './import-directory.ts'
import { attributesOf } from './internal/directory-things.ts'

/** Computers of Active Directory, devices of RFC 4519. */
export const usualFilter = '(|(objectClass=computer)(objectClass=device))'

/** Reads every entry below the base that the filter finds, and the addresses of those named as managers. */
export async function readDirectory(settings: LdapSettings, mapping: DirectoryMapping): Promise<DirectoryRead> {
  return readLdap(settings, async (reader) => {
    const entries = await reader.entries(attributesOf(mapping))
    return { source: reader.source, entries, managers: await readManagers(reader, entries, mapping) }
  })
}

/** The address of each manager, in small letters. One that is not there any more, or has none, is nobody. */
async function readManagers(reader: LdapReader, entries: readonly LdapEntry[], mapping: DirectoryMapping) {
  const wanted = new Set(mapping.custodian.map((name) => name.toLowerCase()))
  const names = entries.flatMap(({ values }) =>
    Object.entries(values).flatMap(([name, all]) => (wanted.has(name.toLowerCase()) ? all : [])),
  )
  const managers = new Map<string, string>()
  for (const dn of new Set(names)) {
    const mail = (await reader.entry(dn, ['mail']))?.values.mail?.[0]
    if (mail !== undefined) managers.set(dn, mail.toLowerCase())
  }
  return managers
}
