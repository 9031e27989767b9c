/** What is recorded of items that are added or corrected. Pure. */
import type { NewItem } from './item-queries.ts'

/** The event of a new item: what it is beside it, where and how it stands in it. */
export function addedEvent(item: NewItem, document: string) {
  const { id, code, type, state, title, officeId, siteId, custodianId, takenOverOn, costCents, purchasedOn } = item
  return {
    subjectType: 'configuration_item' as const,
    subjectId: id,
    kind: 'item.added',
    payload: { type, state, title, officeId, siteId, custodianId, takenOverOn, costCents, purchasedOn },
    text: { code, name: item.name, serial: item.serial ?? '', document },
  }
}

/** The event of a corrected item: which facts are others now; ids, days and numbers are in it, words beside it. */
export function changedEvent(before: NewItem, after: NewItem) {
  const names = [
    ...['name', 'title', 'takenOverOn', 'attributes', 'tag', 'serial', 'maker', 'model', 'costCents', 'purchasedOn'],
    ...['warrantyUntil', 'funding', 'officeId', 'siteId', 'custodianId', 'room'],
  ] as (keyof NewItem)[] // names of its own fields
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  const isWords = (name: keyof NewItem) =>
    ['name', 'tag', 'serial', 'maker', 'model', 'funding', 'room', 'attributes'].includes(name)
  const said = (name: keyof NewItem) => (typeof after[name] === 'string' ? after[name] : JSON.stringify(after[name]))
  return {
    subjectType: 'configuration_item' as const,
    subjectId: after.id,
    kind: 'item.changed',
    payload: {
      state: after.state,
      changed,
      ...Object.fromEntries(changed.filter((name) => !isWords(name)).map((name) => [name, after[name]])),
    },
    text: Object.fromEntries(changed.filter(isWords).map((name) => [name, said(name)])),
  }
}
