/** Which label of Gmail a folder of the source becomes. Pure; both names are kept in the ledger, so that it can be told back. */
import { createHash } from 'node:crypto'
import type { NamedFolder } from './folder-names.ts'

/** Labels that are Gmail's own, by the use a folder has at the source. */
const byUse: Readonly<Record<string, string>> = {
  '\\Sent': 'SENT',
  '\\Drafts': 'DRAFT',
  '\\Junk': 'SPAM',
  '\\Trash': 'TRASH',
}

/** Where the source does not say which folder is for what: names mail programs give them. Gmail refuses most as labels. */
const byName: Readonly<Record<string, RegExp>> = {
  SENT: /^(sent|sent items|sent messages|posta inviata|inviata|inviati)$/i,
  DRAFT: /^(draft|drafts|bozza|bozze)$/i,
  SPAM: /^(spam|junk|junk e-?mail|posta indesiderata)$/i,
  TRASH: /^(trash|bin|deleted items|deleted messages|cestino|posta eliminata)$/i,
}

/** Names no label may have, at the beginning of a path either; the account's language may add others. */
const reserved = new Set(
  'inbox spam trash unread starred important sent draft drafts chat chats migrated todo todos buzz bin allmail archived muted'.split(
    ' ',
  ),
)

/** Longest name of a label, in characters. Not in the API's reference: what its web page allows. */
const mostCharacters = 225

export type MappedLabel = {
  path: string
  /** The name of the label. */
  target: string
  /** One of Gmail's own, whose number is its name. */
  isSystem: boolean
  isRenamed: boolean
}

/** A name of a label as Gmail compares it. */
export const labelKey = (name: string) => name.normalize('NFC').toLowerCase()

/**
 * The folders for mail received, sent, unfinished, unwanted and thrown away become Gmail's own labels, one folder each. The
 * others keep their names and nesting, with `/` between; what Gmail refuses is replaced by a letter that looks like it. No two
 * become one, whatever their case. `existing`: labels that are there. `known`: names given earlier. `under`: the label below
 * which everything goes, none of it into Gmail's own; empty: beside what is there.
 */
export function mapLabels(
  source: readonly NamedFolder[],
  sourcePrefix: string,
  existing: readonly string[],
  known: ReadonlyMap<string, string>,
  under = '',
): MappedLabel[] {
  const system = under === '' ? systemLabels(source, sourcePrefix) : new Map<string, string>()
  const above = under === '' ? [] : under.split('/')
  const spelling = new Map(existing.map((name) => [labelKey(name), name]))
  const taken = new Set([...known.values()].map(labelKey))
  return source.map((one) => {
    const own = system.get(one.path)
    const before = known.get(one.path)
    if (own !== undefined && (before === undefined || before === own))
      return { path: one.path, target: own, isSystem: true, isRenamed: own !== 'INBOX' }
    const path = [...above, ...ownPath(one, sourcePrefix)]
    const plain = path.join('/')
    if (before !== undefined) return { path: one.path, target: before, isSystem: false, isRenamed: before !== plain }
    const free = firstFree(labelName(path), taken)
    taken.add(labelKey(free))
    const target = spelling.get(labelKey(free)) ?? free
    return { path: one.path, target, isSystem: false, isRenamed: target !== plain }
  })
}

function systemLabels(source: readonly NamedFolder[], prefix: string): Map<string, string> {
  const found = new Map<string, string>()
  const give = (path: string | undefined, label: string) => {
    if (path !== undefined && !found.has(path) && ![...found.values()].includes(label)) found.set(path, label)
  }
  give(source.find(({ path }) => path.toUpperCase() === 'INBOX')?.path, 'INBOX')
  for (const { path, specialUse } of source) if (specialUse !== null && byUse[specialUse]) give(path, byUse[specialUse])
  for (const [label, names] of Object.entries(byName))
    give(source.find((one) => one.specialUse === null && names.test(ownPath(one, prefix).join('/')))?.path, label)
  return found
}

function ownPath({ path, delimiter }: NamedFolder, prefix: string): string[] {
  const own = prefix !== '' && path.startsWith(prefix) ? path.slice(prefix.length) : path
  return delimiter === '' ? [own] : own.split(delimiter)
}

/** The name a label may have, from the parts of a folder's path. */
export function labelName(parts: readonly string[]): string {
  const [first = '', ...rest] = parts.map(safePart)
  const name = [reserved.has(labelKey(first)) ? `${first}_` : first, ...rest].join('/').normalize('NFC')
  if ([...name].length <= mostCharacters) return name
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${[...name].slice(0, mostCharacters - 9).join('')}~${mark}`
}

// Blanks Gmail would drop become visible ones; the others look as before.
function safePart(part: string): string {
  if (part === '') return '␣'
  return part
    .replaceAll('/', '／')
    .replaceAll('^', '＾')
    .replace(/^\s+|\s+$|\s{2,}|[^\S ]/g, (blanks) => '␣'.repeat(blanks.length))
    .replace(/\p{Cc}/gu, '␣')
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`
    if (!taken.has(labelKey(candidate))) return candidate
  }
}
