/** What differs between two states of an item, in words for whoever reads a file. Pure. */
import type { ItemValues } from './item-queries.ts'
import type { Places } from './place-queries.ts'

const columns = {
  name: 'name',
  title: 'title',
  officeId: 'office',
  siteId: 'site',
  custodianId: 'custodian',
  room: 'room',
  takenOverOn: 'taken_over_on',
  tag: 'tag',
  serial: 'serial',
  maker: 'maker',
  model: 'model',
  costCents: 'cost',
  purchasedOn: 'purchased_on',
  warrantyUntil: 'warranty_until',
  funding: 'funding',
} as const satisfies Partial<Record<keyof ItemValues, string>>

type Difference = { column: string; before: string; after: string }

/** Every column in which they differ; offices and sites by their codes when `places` are known. */
export function differencesOf(before: ItemValues, after: ItemValues, places: Places | null): Difference[] {
  const found: Difference[] = []
  for (const [name, column] of Object.entries(columns) as [keyof typeof columns, string][]) {
    if (before[name] === after[name]) continue
    found.push({ column, before: said(name, before[name], places), after: said(name, after[name], places) })
  }
  const attributes = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])
  for (const name of attributes) {
    const [was, is] = [Reflect.get(before.attributes, name), Reflect.get(after.attributes, name)]
    if (was !== is) found.push({ column: name, before: String(was ?? ''), after: String(is ?? '') })
  }
  return found
}

function said(name: keyof typeof columns, value: string | number | null, places: Places | null): string {
  if (value === null) return ''
  if (name === 'costCents') return (Number(value) / 100).toFixed(2)
  if (name === 'officeId' || name === 'siteId') return places?.codes.get(String(value)) ?? String(value)
  return String(value)
}
