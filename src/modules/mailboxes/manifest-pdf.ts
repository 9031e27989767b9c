/** The manifest for people: what was copied, how equal it is, what is set aside, and the signature of the JSON file. */
import type { PdfBlock, PdfDocument } from '../../platform/pdf.ts'
import { type Language, wholeNumber } from '../../platform/texts.ts'
import { digestOf } from './internal/digest.ts'
import { signedBytes } from './manifest.ts'
import type { Manifest, ManifestContent, ManifestItem } from './schema.ts'
import { mailboxesTexts } from './texts.ts'
import { waveTexts } from './wave-texts.ts'

const mostFolders = 300
const mostSetAside = 300

type Decision = NonNullable<ManifestItem['decision']>

/** Folders by name and messages set aside by number; nothing of what they say. */
export function manifestPdf(
  { content, signature }: Manifest,
  { language, zone, isDemo }: { language: Language; zone: string; isDemo: boolean },
): PdfDocument {
  const t = mailboxesTexts[language].manifest
  const { counts } = content
  const number = (value: number) => wholeNumber(value, language)
  const madeAt = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    ...{ dateStyle: 'long', timeStyle: 'medium', timeZone: zone },
  }).format(new Date(content.madeAt))
  return {
    ...{ title: t.title, language, subject: t.subject, date: content.madeAt.slice(0, 10), testData: isDemo },
    ...{ header: content.administration, footer: `${content.from.user} → ${content.to.user}` },
    blocks: [
      { kind: 'paragraph', text: t.intro },
      { kind: 'heading', level: 1, text: t.ends },
      {
        kind: 'facts',
        rows: [
          [t.from, `${content.from.user}, ${content.from.host}`],
          [t.to, `${content.to.user}, ${content.to.host}`],
          [t.madeAt, madeAt],
        ],
      },
      { kind: 'heading', level: 1, text: t.counts },
      {
        kind: 'facts',
        rows: [
          [t.messages, number(counts.messages)],
          [t.bytes, number(counts.bytes)],
          [t.verified, number(counts.verified)],
          ...(counts.different === undefined ? [] : [[t.different, number(counts.different)] as [string, string]]),
          [t.refused, number(counts.refused)],
          [t.altered, number(counts.altered)],
          [t.open, number(counts.open)],
          ...lateRow(content, language),
        ],
      },
      levelTable(content, language),
      ...folderTable(content, language),
      ...setAsideTable(content, language, zone),
      { kind: 'heading', level: 1, text: t.signature },
      { kind: 'paragraph', text: t.how },
      {
        kind: 'facts',
        rows: [
          [t.digest, content.digest],
          [t.fileDigest, digestOf(signedBytes(content))],
          [t.publicKey, signature.publicKey],
          [t.value, signature.value],
        ],
      },
    ],
  }
}

// Only of copies to which something came after their cut-over.
function lateRow({ folders }: ManifestContent, language: Language): [string, string][] {
  const late = folders.flatMap(({ items }) => items).filter(({ isLate }) => isLate === true).length
  return late === 0 ? [] : [[mailboxesTexts[language].manifest.late, wholeNumber(late, language)]]
}

function levelTable({ counts }: ManifestContent, language: Language): PdfBlock {
  const t = mailboxesTexts[language].manifest
  return {
    kind: 'table',
    caption: t.levels,
    columns: [
      { title: t.level, align: 'left', width: 12 },
      { title: t.meaning, align: 'left', width: 68 },
      { title: t.number, align: 'right' },
    ],
    rows: t.levelWords.map((words, level) => [`L${level}`, words, wholeNumber(counts.byLevel[level] ?? 0, language)]),
  }
}

function folderTable({ folders }: ManifestContent, language: Language): PdfBlock[] {
  const t = mailboxesTexts[language].manifest
  if (folders.length === 0) return []
  const verified = (items: ManifestContent['folders'][number]['items']) =>
    items.filter(({ state }) => state === 'verified').length
  const table: PdfBlock = {
    kind: 'table',
    caption: t.folders,
    columns: [
      { title: t.folder, align: 'left', width: 36 },
      { title: t.to, align: 'left', width: 36 },
      { title: t.messages, align: 'right' },
      { title: t.verified, align: 'right' },
    ],
    rows: folders
      .slice(0, mostFolders)
      .map(({ source, target, items }) => [
        source,
        target,
        wholeNumber(items.length, language),
        wholeNumber(verified(items), language),
      ]),
  }
  const rest = folders.length - mostFolders
  return [table, ...(rest > 0 ? [{ kind: 'paragraph' as const, text: t.moreFolders(rest) }] : [])]
}

function setAsideTable({ folders }: ManifestContent, language: Language, zone: string): PdfBlock[] {
  const t = mailboxesTexts[language].manifest
  const day = new Intl.DateTimeFormat(language === 'it' ? 'it-IT' : 'en-GB', {
    ...{ dateStyle: 'short', timeStyle: 'short', timeZone: zone },
  })
  const decided = ({ choice, decidedAt }: Decision) =>
    `${waveTexts[language].choices[choice]}, ${day.format(new Date(decidedAt))}`
  const aside = folders.flatMap(({ source, items }) =>
    items.flatMap(({ uid, reason, decision }) =>
      reason === null ? [] : [[source, String(uid), reason, decision === undefined ? t.undecided : decided(decision)]],
    ),
  )
  if (aside.length === 0) return []
  const table: PdfBlock = {
    kind: 'table',
    caption: t.setAside,
    columns: [
      { title: t.folder, align: 'left', width: 24 },
      { title: 'UID', align: 'right' },
      { title: t.why, align: 'left', width: 36 },
      { title: t.decision, align: 'left', width: 30 },
    ],
    rows: aside.slice(0, mostSetAside),
  }
  const rest = aside.length - mostSetAside
  return [table, ...(rest > 0 ? [{ kind: 'paragraph' as const, text: t.more(rest) }] : [])]
}
