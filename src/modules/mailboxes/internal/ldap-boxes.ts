/** What entries of a directory over LDAP say of mailboxes, by a mapping. Pure. */
import { z } from 'zod'
import type { LdapEntry } from '../../../platform/ldap.ts'
import type { BoxMapping } from '../ldap-schema.ts'
import type { DirectoryBox } from './directory.ts'

/** Of what a directory speaks at all: where it speaks of it nowhere, an entry without it says nothing. */
export type Spoken = { aliases: boolean; forwards: boolean }
/** The address of an entry by its name; undefined when it is not there, or has none. */
export type AddressOf = (dn: string) => string | undefined

type Values = (name: string) => readonly string[]

// Names of attributes are the same in capitals and small letters, as LDAP has it.
function valuesOf({ values }: LdapEntry): Values {
  const byName = new Map(Object.entries(values).map(([name, all]) => [name.toLowerCase(), all]))
  return (name) => (byName.get(name.toLowerCase()) ?? []).map((value) => value.trim()).filter((value) => value !== '')
}

const of = (values: Values, names: readonly string[]) => names.flatMap(values)
const isAddress = (text: string) => z.email().safeParse(text).success
const plain = (text: string) => text.replace(/^smtp:/i, '').toLowerCase()

/** Every attribute a mapping reads. */
export function attributesOf(mapping: BoxMapping): string[] {
  const { address, name, aliases, proxies, forwards, forwardsOnly, quota, lists, members, kinds, leftOut } = mapping
  const ruled = [...forwardsOnly, ...lists, ...kinds, ...leftOut].flatMap((rule) => rule.attribute ?? [])
  return [...new Set([address, name, aliases, proxies, forwards, quota, members, ruled].flat())]
}

/** The attributes that say by which address an entry is reached. */
export function addressAttributes({ address, proxies }: BoxMapping): string[] {
  return [...new Set([...address, ...proxies])]
}

/** The address an entry is reached by; undefined when it has none. */
export function addressOf(entry: LdapEntry, mapping: BoxMapping): string | undefined {
  const values = valuesOf(entry)
  const primary = of(values, mapping.proxies).find((value) => value.startsWith('SMTP:'))
  const found = primary ?? of(values, mapping.address)[0]
  return found === undefined ? undefined : plain(found)
}

/** One spelling for the names of entries that differ in capitals, or in spaces around commas and equals signs. */
export function nameKey(dn: string): string {
  // A name of RFC 4517 3.3.21 may have an identifier behind it.
  return dn
    .replace(/#'[01]*'B$/, '')
    .replace(/\s*([,=+])\s*/g, '$1')
    .toLowerCase()
}

/** The names of entries that mailboxes lead to, each once, as they were written. */
export function namesIn(entries: readonly LdapEntry[], mapping: BoxMapping): string[] {
  const names = new Map<string, string>()
  for (const entry of entries)
    for (const value of of(valuesOf(entry), [...mapping.members, ...mapping.forwards]))
      if (!isAddress(plain(value))) names.set(nameKey(value), value.replace(/#'[01]*'B$/, ''))
  return [...names.values()]
}

/** Of what these entries speak. */
export function spokenIn(entries: readonly LdapEntry[], { aliases, proxies, forwards }: BoxMapping): Spoken {
  const any = (names: readonly string[]) => entries.some((entry) => of(valuesOf(entry), names).length > 0)
  return { aliases: any([...aliases, ...proxies]), forwards: any(forwards) }
}

/** The mailbox or list an entry is; null when it has no address, or is none by the mapping. */
export function boxOf(
  entry: LdapEntry,
  mapping: BoxMapping,
  spoken: Spoken,
  addressAt: AddressOf,
): DirectoryBox | null {
  const address = addressOf(entry, mapping)
  const values = valuesOf(entry)
  if (address === undefined || fits(values, mapping.leftOut)) return null
  const isList = fits(values, mapping.lists)
  const kind = mapping.kinds.find((rule) =>
    rule.attribute === undefined
      ? matches(rule.pattern, address)
      : fits(values, [{ ...rule, attribute: rule.attribute }]),
  )
  const reached = (names: readonly string[], keepsCopy: boolean) =>
    of(values, names).flatMap((value) => {
      const there = isAddress(plain(value)) ? plain(value) : addressAt(value)
      return there === undefined || there === address ? [] : [{ address: there, keepsCopy }]
    })
  const forwards = reached(mapping.forwards, !fits(values, mapping.forwardsOnly))
  return {
    address,
    name: of(values, mapping.name)[0] ?? '',
    kind: kind?.kind ?? (isList ? 'list' : null),
    aliases: spoken.aliases ? aliasesIn(values, mapping).filter((alias) => alias !== address) : null,
    forwards: isList ? [...reached(mapping.members, false), ...forwards] : spoken.forwards ? forwards : null,
    quotaBytes: of(values, mapping.quota).map((text) => quotaOf(text, mapping.quotaUnit))[0] ?? null,
  }
}

function aliasesIn(values: Values, { address, aliases, proxies }: BoxMapping): string[] {
  const proxied = of(values, proxies).filter((value) => /^smtp:/i.test(value))
  return [...new Set([...of(values, [...address, ...aliases]), ...proxied].map(plain))]
}

const fits = (values: Values, rules: readonly { attribute: string; pattern: string }[]) =>
  rules.some(({ attribute, pattern }) => values(attribute).some((value) => matches(pattern, value)))

/** Whether a text is of a pattern, in which `*` is any characters. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(text)
}

const units: Record<string, number> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 }

/** Bytes that may be kept: a bare number, `5G`, or as Maildir++ writes it (`10485760S,1000C`). null: no bound, or none we read. */
export function quotaOf(text: string, unit: number): number | null {
  const [, size] = /(?:^|,)(\d{1,15})S(?:,|$)/i.exec(text) ?? []
  const [, number, letter = ''] = /^(\d{1,15})\s*([KMGT]?)i?B?$/i.exec(text) ?? []
  const bytes =
    size === undefined ? Number(number) * (letter === '' ? unit : (units[letter.toUpperCase()] ?? 1)) : Number(size)
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null
}
