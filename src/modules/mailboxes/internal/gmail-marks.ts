/** What flags of IMAP are at Gmail: labels, or nothing. Pure. */
import type { DeletedChoice } from './gmail-account.ts'

export type Marks = {
  isRead: boolean
  isStarred: boolean
  isDraft: boolean
  isDeleted: boolean
  /** Flags and keywords that Gmail has no place for; the ledger keeps them. */
  unkept: string[]
}

/** The flags of a message in a folder that became this label. */
export function marksOf(flags: string, folderLabel: string): Marks {
  const all = flags.split(' ').filter((flag) => flag !== '')
  const has = (name: string) => all.some((flag) => flag.toLowerCase() === name)
  const isDraft = folderLabel === 'DRAFT' || has('\\draft')
  const kept = isDraft ? ['\\seen', '\\draft', '\\deleted'] : ['\\seen', '\\flagged', '\\draft', '\\deleted']
  const unkept = all.filter((flag) => !kept.includes(flag.toLowerCase()))
  return { isRead: has('\\seen'), isStarred: has('\\flagged'), isDraft, isDeleted: has('\\deleted'), unkept }
}

/** Labels under which a message is put away rather than kept; one of them excludes the inbox. */
const away = ['SPAM', 'TRASH']

/** Whether this message is one to be seen, not one that was thrown away. */
export function isLive(folderLabel: string, { isDeleted }: Marks, deleted: DeletedChoice): boolean {
  return !away.includes(folderLabel) && !(isDeleted && deleted === 'trash')
}

/** The labels a message is stored with. A draft has that one alone: Gmail allows no other. */
export function labelsFor(folderLabel: string, marks: Marks, deleted: DeletedChoice): string[] {
  if (marks.isDraft && !(marks.isDeleted && deleted === 'trash')) return ['DRAFT']
  const marked = [...(marks.isRead ? [] : ['UNREAD']), ...(marks.isStarred ? ['STARRED'] : [])]
  if (!marks.isDeleted || deleted !== 'trash') return [folderLabel, ...marked]
  const kept = ['INBOX', 'DRAFT', ...away].includes(folderLabel) ? [] : [folderLabel]
  return ['TRASH', ...kept, ...marked]
}

/** A message that is at Gmail already, and another copy of it: what is added and taken away, and what cannot be had. */
export function joinLabels(
  there: { isLive: boolean; isDraft: boolean },
  wanted: readonly string[],
  { isRead, isDraft }: Marks,
): { add: string[]; remove: string[]; missing: string[] } {
  if (there.isDraft || isDraft) {
    const missing = wanted.filter((label) => label !== 'UNREAD' && !(there.isDraft && label === 'DRAFT'))
    return { add: [], remove: [], missing }
  }
  const isAway = wanted.some((label) => away.includes(label))
  const missing = isAway && there.isLive ? wanted.filter((label) => away.includes(label)) : []
  // Read once is read: UNREAD goes and never comes back.
  const add = wanted.filter((label) => label !== 'UNREAD' && !missing.includes(label))
  const remove = [...(isRead ? ['UNREAD'] : []), ...(!isAway && !there.isLive ? away : [])]
  return { add, remove, missing }
}

/** The order in which folders are copied: what is live before what was thrown away, because the first copy decides. */
export function folderRank(label: string): number {
  return ['SENT', 'INBOX'].includes(label)
    ? ['SENT', 'INBOX'].indexOf(label)
    : ({ DRAFT: 3, SPAM: 4, TRASH: 5 }[label] ?? 2)
}
