/** What the register says of a mailbox: compared, put into words for events, and told as far as the reader may know. Pure. */
import type { TxContext } from '../../../platform/context.ts'
import type { BoxKind } from '../box-vocabulary.ts'
import { seesAll } from './box-visible.ts'
import type { StoredBox } from './box-writes.ts'

/** The columns of files and events, each as text. Measures are not among them: they change by themselves. */
export const describedColumns = [
  'name',
  'kind',
  'office',
  'holder',
  'register',
  'published',
  'server',
  'login',
  'quota',
  'aliases',
  'forwards',
  'delegates',
] as const
export type DescribedColumn = (typeof describedColumns)[number]

/** What a mailbox is said to be, column by column. */
export function described(box: StoredBox): Record<DescribedColumn, string> {
  return {
    ...{ name: box.name, kind: box.kind, office: box.officeId ?? '', holder: box.holderId ?? '' },
    ...{ register: box.registerCode ?? '', published: box.publishedAt ?? '', server: box.serverId ?? '' },
    ...{ login: box.login ?? '', quota: String(box.quotaBytes ?? '') },
    aliases: list(box.aliases.map(({ address, until }) => (until === null ? address : `${address}=${until}`))),
    forwards: list(box.forwards.map(({ address, keepsCopy }) => (keepsCopy ? address : `>${address}`))),
    delegates: list(box.delegates),
  }
}

const list = (parts: readonly string[]) => parts.toSorted().join(' ')

/** The columns in which two descriptions differ. */
export function changedColumns(before: StoredBox, after: StoredBox): DescribedColumn[] {
  const [was, is] = [described(before), described(after)]
  return describedColumns.filter((column) => was[column] !== is[column])
}

/** What people wrote, and addresses: kept beside the event, to be erased in time. */
export function boxWords(box: StoredBox): Record<string, string> {
  const { name, published, login, aliases, forwards, delegates } = described(box)
  return { address: box.address, name, published, login, aliases, forwards, delegates }
}

type Told = { kind: BoxKind; activity: string | null; sizeBytes: number | null; messageCount: number | null }

/** Without what somebody's own colleagues are not told: how much a person uses their mailbox. */
export function discreet<Row extends Told>(ctx: TxContext, row: Row): Row {
  if (row.kind !== 'personal' || seesAll(ctx)) return row
  return { ...row, activity: null, sizeBytes: null, messageCount: null }
}
