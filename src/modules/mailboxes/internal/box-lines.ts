/** A line of a file of mailboxes, read and laid over what the register has. An empty cell changes nothing, "-" empties. Pure. */
import { z } from 'zod'
import type { FileRow, Findings } from '../../organisation/read-file.ts'
import { findInLine } from '../box-problems.ts'
import { type BoxKind, boxKinds } from '../box-vocabulary.ts'
import { bandOf, lastUsedOn } from './box-activity.ts'
import type { StoredBox } from './box-writes.ts'

export const boxColumns = {
  required: ['address', 'kind'],
  optional: [
    ...['name', 'office', 'holder', 'aliases', 'forwards', 'delegates', 'quota', 'size', 'count'],
    ...['last_received', 'last_read', 'last_sent', 'register', 'published'],
  ],
  /** In what is exported; not looked at in what is loaded. */
  told: ['activity', 'findings'],
}

const cell = z.string().trim().max(5000).optional()
export const boxLine = z.object({
  address: z.string().trim().toLowerCase().max(200),
  kind: z.string().trim().toLowerCase(),
  ...Object.fromEntries(boxColumns.optional.map((name) => [name, cell])),
} as { address: z.ZodString; kind: z.ZodString } & Record<string, typeof cell>)
type Cells = Record<string, string | undefined>

export type Places = { offices: ReadonlyMap<string, string>; people: ReadonlyMap<string, string> }
/** `hasMeasures`: it tells how much a person's mailbox is used. */
export type LineBox = Omit<StoredBox, 'id' | 'version' | 'goneSince' | 'serverId' | 'login' | 'unreadCount'> & {
  hasMeasures: boolean
}

const isAddress = (text: string) => z.email().safeParse(text).success

/** The mailbox a line asks for, or null with what is wrong noted. `before` is the one with its address. */
export function readBoxLine(
  { line, values }: FileRow<Cells>,
  before: StoredBox | undefined,
  places: Places,
  findings: Findings,
  today: string,
): LineBox | null {
  const known = findings.length
  const wrong = (column: string, pick: Parameters<typeof findInLine>[3]) => findInLine(findings, line, column, pick)
  const { address = '', kind = '' } = values
  if (!isAddress(address)) wrong('address', (t) => t.wrongAddress)
  if (!isKind(kind)) {
    wrong('kind', (t) => t.wrongKind)
    return null
  }
  const reader = readerOf(values, wrong)
  const measures = {
    sizeBytes: reader.size('size', before?.sizeBytes ?? null),
    messageCount: reader.count('count', before?.messageCount ?? null),
    lastReceivedOn: reader.day('last_received', before?.lastReceivedOn ?? null),
    lastReadOn: reader.day('last_read', before?.lastReadOn ?? null),
    lastSentOn: reader.day('last_sent', before?.lastSentOn ?? null),
  }
  const told = ['size', 'count', 'last_received', 'last_read', 'last_sent'].some((name) => (values[name] ?? '') !== '')
  if (kind === 'certified' && told) wrong('kind', (t) => t.certifiedMeasures)
  const box = {
    ...{ address, kind, source: 'csv' as const, hasMeasures: kind === 'personal' && told },
    name: reader.text('name', before?.name ?? null) ?? '',
    officeId: reader.one('office', before?.officeId ?? null, places.offices, (t) => t.unknownOfficeCode),
    holderId: reader.one('holder', before?.holderId ?? null, places.people, (t) => t.unknownPerson),
    registerCode: reader.text('register', before?.registerCode ?? null),
    publishedAt: reader.text('published', before?.publishedAt ?? null),
    quotaBytes: reader.size('quota', before?.quotaBytes ?? null),
    ...linksOf(reader, before),
    ...(kind === 'personal' ? discreetMeasures(measures, before, today) : { ...measures, activity: null }),
  }
  return findings.length > known ? null : box
}

const isKind = (text: string): text is BoxKind => boxKinds.some((kind) => kind === text)

// Dates of a person's mailbox become a band here, before anything is compared or stored.
function discreetMeasures(
  {
    sizeBytes,
    messageCount,
    ...dates
  }: Pick<StoredBox, 'sizeBytes' | 'messageCount' | 'lastReceivedOn' | 'lastReadOn' | 'lastSentOn'>,
  before: StoredBox | undefined,
  today: string,
) {
  const activity = bandOf(lastUsedOn(dates), messageCount, today) ?? before?.activity ?? null
  return { sizeBytes, messageCount, activity, lastReceivedOn: null, lastReadOn: null, lastSentOn: null }
}

type Reader = ReturnType<typeof readerOf>
type Wrong = (column: string, pick: Parameters<typeof findInLine>[3]) => void

// Each column over what is there: empty leaves it, "-" empties it.
function readerOf(values: Cells, wrong: Wrong) {
  function over<Value>(column: string, before: Value | null, parse: (text: string) => Value | null): Value | null {
    const text = values[column] ?? ''
    if (text === '') return before
    return text === '-' ? null : parse(text)
  }
  return {
    text: (column: string, before: string | null) =>
      over(column, before, (text) => text.replace(/\s+/g, ' ').slice(0, 200)),
    one: (column: string, before: string | null, known: ReadonlyMap<string, string>, pick: Parameters<Wrong>[1]) =>
      over(column, before, (text) => known.get(text) ?? known.get(text.toLowerCase()) ?? refused(wrong, column, pick)),
    size: (column: string, before: number | null) =>
      over(column, before, (text) => bytesOf(text) ?? refused(wrong, column, (t) => t.wrongSize)),
    count: (column: string, before: number | null) =>
      over(column, before, (text) =>
        /^\d{1,12}$/.test(text) ? Number(text) : refused(wrong, column, (t) => t.wrongCount),
      ),
    day: (column: string, before: string | null) =>
      over(column, before, (text) =>
        z.iso.date().safeParse(text).success ? text : refused(wrong, column, (t) => t.wrongDay),
      ),
    addresses: (column: string, before: readonly string[]) => {
      const text = values[column] ?? ''
      if (text === '') return [...before]
      if (text === '-') return []
      const parts = [
        ...new Set(
          text
            .toLowerCase()
            .split(/[\s,|]+/)
            .filter(Boolean),
        ),
      ]
      if (parts.some((part) => !isAddress(part.replace(/^>/, '')))) refused(wrong, column, (t) => t.wrongAddress)
      return parts
    },
  }
}

function refused(wrong: Wrong, column: string, pick: Parameters<Wrong>[1]): null {
  wrong(column, pick)
  return null
}

function linksOf(reader: Reader, before: StoredBox | undefined) {
  const untils = new Map(before?.aliases.map(({ address, until }) => [address, until]))
  const sentOn = before?.forwards.map(({ address, keepsCopy }) => (keepsCopy ? address : `>${address}`)) ?? []
  return {
    aliases: reader
      .addresses('aliases', [...untils.keys()])
      .map((address) => ({ address, until: untils.get(address) ?? null })),
    forwards: reader
      .addresses('forwards', sentOn)
      .map((text) => ({ address: text.replace(/^>/, ''), keepsCopy: !text.startsWith('>') })),
    delegates: reader.addresses('delegates', before?.delegates ?? []),
  }
}

/** "2048", "10 GB", "1,5 GB": bytes, in steps of 1,024; null when it is no size. */
export function bytesOf(text: string): number | null {
  const [, number = '', unit = ''] = /^(\d{1,15}(?:[.,]\d{1,3})?)\s*(k|m|g|t)?i?b?$/i.exec(text) ?? []
  if (number === '') return null
  const steps = ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase())
  return Math.round(Number(number.replace(',', '.')) * 1024 ** steps)
}
