/** What entries of a directory say, by a mapping. Pure. */
import type { LdapEntry } from '../../../platform/ldap.ts'
import type { DirectoryMapping } from '../directory-schema.ts'
import type { ItemType } from '../item-types.ts'
import { serialOf } from './glpi-things.ts'

export type DirectoryThing = {
  name: string
  type: ItemType
  serial: string
  /** As the directory writes it, and what machines are compared by: the first label, in small letters. */
  hostname: string
  host: string
  operatingSystem: string
  room: string
  /** The name of the entry of whoever it is entrusted to. */
  managerDn: string
  lastLogonAt: string | null
}

/** The part of a host name that two spellings share. */
export function hostOf(hostname: string): string {
  return (hostname.split('.')[0] ?? '').toLowerCase()
}

/** One thing an entry. Names of attributes are the same in capitals and small letters, as LDAP has it. */
export function thingOf({ dn, values }: LdapEntry, mapping: DirectoryMapping): DirectoryThing {
  const byName = new Map(Object.entries(values).map(([name, all]) => [name.toLowerCase(), all]))
  const first = (names: readonly string[]) =>
    names
      .flatMap((name) => byName.get(name.toLowerCase()) ?? [])
      .find((value) => value.trim() !== '')
      ?.trim() ?? ''
  const hostname = first(mapping.hostname)
  const type = mapping.types.find(({ attribute, has }) =>
    byName.get(attribute.toLowerCase())?.some((value) => value.toLowerCase().includes(has.toLowerCase())),
  )
  return {
    name: first(mapping.name) || hostname || dn,
    type: type?.type ?? mapping.otherType,
    serial: serialOf(first(mapping.serial)) ?? '',
    ...{ hostname, host: hostOf(hostname) },
    operatingSystem: first(mapping.operating_system),
    room: first(mapping.room),
    managerDn: first(mapping.custodian),
    lastLogonAt: instantOf(first(mapping.last_logon)),
  }
}

/** Every attribute a mapping reads. */
export function attributesOf({ types, otherType: _, ...columns }: DirectoryMapping): string[] {
  return [...new Set([...Object.values(columns).flat(), ...types.map(({ attribute }) => attribute)])]
}

// Active Directory counts tenths of microseconds since 1601; others write generalized time (RFC 4517).
const epochOf1601Ms = 11_644_473_600_000
function instantOf(text: string): string | null {
  if (/^\d{17,19}$/.test(text)) {
    const ms = Number(BigInt(text) / 10_000n) - epochOf1601Ms
    return ms > 0 && ms < 253_402_300_800_000 ? new Date(ms).toISOString() : null
  }
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text) ?? []
  const at = year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
