/** Fields of the register’s forms as operations take them. Server side only. */
import type { ItemDetail } from '../schema.ts'
import type { Initial } from './item-fields.tsx'

const empties = {
  ...{ takenOverOn: null, tag: null, serial: null, maker: '', model: '', cost: null, purchasedOn: null },
  ...{ warrantyUntil: null, funding: '' },
}

/** What somebody typed of the record, with what they emptied; attributes have names of their own. */
export function recordOf(texts: Record<string, string>) {
  const attributes: Record<string, string> = {}
  const rest: Record<string, string> = {}
  for (const [name, value] of Object.entries(texts)) {
    if (name.startsWith('attributes.')) attributes[name.slice('attributes.'.length)] = value
    else rest[name] = value
  }
  return { ...empties, ...rest, attributes }
}

/** What the fields of an item begin with. */
export function initialOf(item: ItemDetail): Initial {
  const { name, title, takenOverOn, tag, serial, maker, model, cost, purchasedOn, warrantyUntil, funding } = item
  const word = (value: string | number | boolean) =>
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
  return {
    ...{ name, title, takenOverOn, tag, serial, maker, model, cost, purchasedOn, warrantyUntil, funding },
    ...Object.fromEntries(Object.entries(item.attributes).map(([key, value]) => [`attributes.${key}`, word(value)])),
  }
}
