/** Which folder of the target a folder of the source becomes. Pure. */

export type NamedFolder = { path: string; delimiter: string; specialUse: string | null }
export type TargetNames = {
  delimiter: string
  /** What its own folders begin with: "", or "INBOX." on some servers. */
  prefix: string
  /** The folders that are there, with the use the server says they have. */
  folders: readonly { path: string; specialUse: string | null }[]
  /** Everything goes below this folder; empty or absent: beside what is there. */
  under?: string
}
export type MappedFolder = { path: string; target: string; isRenamed: boolean }

/**
 * Keeps names and nesting; only what a target cannot have is changed: another separator, its own prefix, and where both
 * servers say which folder is for sent mail, drafts or the like, that of the target, whatever it is called. `known`:
 * folders that were given a name earlier keep it. No two folders become one.
 */
export function mapFolders(
  source: readonly NamedFolder[],
  sourcePrefix: string,
  target: TargetNames,
  known: ReadonlyMap<string, string>,
): MappedFolder[] {
  const taken = new Set(known.values())
  const plainNames = new Set(source.map((one) => plainName(one, sourcePrefix, target)))
  const uses = new Map(target.folders.flatMap(({ path, specialUse }) => (specialUse ? [[specialUse, path]] : [])))
  return source.map((one) => {
    const plain = plainName(one, sourcePrefix, target)
    const before = known.get(one.path)
    if (before !== undefined) return { path: one.path, target: before, isRenamed: before !== plain }
    const same = one.specialUse === null || target.under ? undefined : uses.get(one.specialUse)
    const wanted = same !== undefined && !plainNames.has(same) ? same : plain
    const free = firstFree(wanted, taken)
    taken.add(free)
    return { path: one.path, target: free, isRenamed: free !== one.path && !isSpelling(one, free, target) }
  })
}

function plainName({ path, delimiter }: NamedFolder, sourcePrefix: string, target: TargetNames): string {
  if (isInbox(path) && !target.under) return 'INBOX'
  const own = sourcePrefix !== '' && path.startsWith(sourcePrefix) ? path.slice(sourcePrefix.length) : path
  const parts = delimiter === '' ? [own] : own.split(delimiter)
  const safe = parts.map((part) => (target.delimiter === '' ? part : part.replaceAll(target.delimiter, '_')))
  const joined = target.delimiter === '' ? safe.join('_') : safe.join(target.delimiter)
  const below = target.under ? `${target.under}${target.delimiter || '_'}${joined}` : joined
  return target.prefix !== '' && !below.startsWith(target.prefix) ? `${target.prefix}${below}` : below
}

// The same name with other separators is no other name.
function isSpelling({ path, delimiter }: NamedFolder, name: string, target: TargetNames): boolean {
  if (isInbox(path)) return true
  const parts = (text: string, by: string) => (by === '' ? text : text.replaceAll(by, '\0'))
  return parts(name, target.delimiter).endsWith(parts(path, delimiter).replace(/^INBOX\0/, ''))
}

// INBOX has no case (RFC 3501 §5.1).
function isInbox(path: string): boolean {
  return path.toUpperCase() === 'INBOX'
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`
    if (!taken.has(candidate)) return candidate
  }
}
