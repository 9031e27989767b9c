/** A decision as a sentence, in either language; used by pages, mails and files. */
import { fileSize, type Language } from '../../platform/texts.ts'
import { decisionTexts } from './decision-texts.ts'
import type { DecisionKind } from './decision-vocabulary.ts'

const locale = { it: 'it-IT', en: 'en-GB' } as const

/** "30 novembre 2026": a local day without a time. */
export function sayDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(locale[language], {
    timeZone: 'UTC',
    ...{ day: 'numeric', month: 'long', year: 'numeric' },
  }).format(new Date(`${day.slice(0, 10)}T12:00:00Z`))
}

/** "214 kB", "7,2 MB", "1,4 GB": mailboxes are larger than files. */
export function sayBytes(bytes: number, language: Language): string {
  if (bytes < 1_000_000_000) return fileSize(bytes, language)
  const size = new Intl.NumberFormat(locale[language], { maximumFractionDigits: 1, useGrouping: 'always' })
  return `${size.format(bytes / 1_000_000_000)} GB`
}

type Said = {
  kind: DecisionKind
  newAddress: string | null
  aliasUntil: string | null
  into: string | null
  folderPrefix: string | null
  keepsDoubles: boolean | null
  heldUntil: string | null
  keptUntil: string | null
  answerAddress: string | null
}

/** What becomes of the mailbox, in one sentence. */
export function sayDecision(row: Said, language: Language): string {
  const t = decisionTexts[language].becomes
  const day = (text: string | null) => (text === null ? '' : sayDay(text, language))
  switch (row.kind) {
    case 'rename':
      return t.rename(row.newAddress ?? '', day(row.aliasUntil))
    case 'merge':
      return [
        t.merge(row.into ?? ''),
        row.folderPrefix === null ? '' : t.prefix(row.folderPrefix),
        row.keepsDoubles === true ? t.doubles : t.noDoubles,
        row.aliasUntil === null ? '' : t.alias(day(row.aliasUntil)),
      ]
        .filter((part) => part !== '')
        .join(', ')
    case 'archive':
      return t.archive(day(row.keptUntil))
    case 'delete':
      return t.delete(day(row.heldUntil))
    case 'leaver':
      return t.leaver(row.answerAddress ?? '', day(row.heldUntil))
    default:
      return t[row.kind]
  }
}
