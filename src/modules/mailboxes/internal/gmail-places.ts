/** Which labels of Gmail are places, and what they are called as folders, for the way back. Pure. */
import type { GmailLabel } from './gmail-api.ts'

export type PlacedAt = { path: string; specialUse: string | null }

/** Gmail's own labels that mail programs show as folders. The others are marks. */
const own: Readonly<Record<string, string | null>> = {
  INBOX: null,
  SENT: '\\Sent',
  DRAFT: '\\Drafts',
  SPAM: '\\Junk',
  TRASH: '\\Trash',
}

/** Where messages go that were archived, and have no place at Gmail. */
export const archivePath = 'Archiviati'

/**
 * Tells the folders of a message from the numbers of its labels; a conversation of the chat has none. `known`: folders that have
 * names already, with the label each became; a label keeps that name whatever it is called now.
 */
export function placesOf(
  labels: readonly GmailLabel[],
  known: readonly { path: string; labelId: string | null }[],
): (labelIds: readonly string[]) => PlacedAt[] {
  const places = new Map<string, PlacedAt>()
  const taken = new Set<string>()
  const give = (id: string, wanted: string, specialUse: string | null) => {
    const path = firstFree(wanted, taken)
    taken.add(path)
    places.set(id, { path, specialUse })
  }
  for (const { path, labelId } of known) if (labelId !== null) give(labelId, path, own[labelId] ?? null)
  for (const [id, specialUse] of Object.entries(own)) if (!places.has(id)) give(id, id, specialUse)
  give('', archivePath, '\\Archive')
  for (const { id, name, type } of labels) if (type !== 'system' && !places.has(id)) give(id, name, null)
  return (labelIds) => {
    if (labelIds.includes('CHAT')) return []
    const found = labelIds.flatMap((id) => places.get(id) ?? [])
    return found.length > 0 ? found : [...places.entries()].flatMap(([id, place]) => (id === '' ? [place] : []))
  }
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`
    if (!taken.has(candidate)) return candidate
  }
}
