/** How items of the demo come about: each act as the operations would record it. Pure. */

import { codeOf } from '../src/modules/register/internal/code-queries.ts'
import { addedEvent } from '../src/modules/register/internal/item-events.ts'
import type { NewItem } from '../src/modules/register/internal/item-queries.ts'
import { lifecycle } from '../src/modules/register/internal/lifecycle.ts'
import { relationEvent } from '../src/modules/register/internal/relation-event.ts'
import { type AttributeValues, type ItemType, itemTypes } from '../src/modules/register/item-types.ts'
import type { ItemAct, RelationKind } from '../src/modules/register/vocabulary.ts'
import type { DemoPerson } from './city.ts'
import type { Happened } from './happened.ts'
import type { Random } from './random.ts'

/** An item as the demo makes it, mutable while its story is told. */
export type DemoItem = NewItem & { version: number }
export type DemoRelation = {
  id: string
  kind: RelationKind
  fromId: string
  toId: string
  redundancyGroup: string | null
  needed: number | null
}
export type DemoRegister = { items: DemoItem[]; relations: DemoRelation[]; happened: Happened[] }

export const dayMs = 86_400_000
/** The day of an instant. */
export const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

type Place = { officeId?: string | null; siteId?: string | null; custodianId?: string | null; room?: string }
type Made = {
  name: string
  boughtMs: number
  attributes?: AttributeValues
  costCents?: number
  more?: Partial<NewItem>
}

/** Items and relations as they come about, each with its event. */
export function builder(random: Random, keeper: DemoPerson, untilMs: number) {
  const made: DemoRegister = { items: [], relations: [], happened: [] }
  const numbers = new Map<string, number>()
  const next = (prefix: string) => {
    numbers.set(prefix, (numbers.get(prefix) ?? 0) + 1)
    return numbers.get(prefix) ?? 1
  }
  const add = (
    type: ItemType,
    place: Place,
    { name, boughtMs, attributes = {}, costCents, more = {} }: Made,
  ): DemoItem => {
    const { prefix, usefulLife } = itemTypes[type]
    const number = next(prefix)
    const isThing = usefulLife !== null
    const item: DemoItem = {
      ...{ id: random.uuid(boughtMs), code: codeOf(prefix, number), type, name, state: 'in_stock', title: 'owned' },
      ...{
        officeId: null,
        siteId: null,
        custodianId: null,
        room: '',
        attributes,
        takenOverOn: dayOf(boughtMs + 10 * dayMs),
      },
      ...{ tag: isThing ? String(next('INV') + 100_000) : null, serial: isThing ? `${prefix}${serial(random)}` : null },
      ...{ maker: '', model: '', costCents: costCents ?? null, purchasedOn: isThing ? dayOf(boughtMs) : null },
      ...{
        warrantyUntil: isThing ? dayOf(boughtMs + 1096 * dayMs) : null,
        funding: '',
        acquisitionId: null,
        version: 1,
      },
      ...place,
      ...more,
    }
    made.items.push(item)
    made.happened.push({ ...addedEvent(item, `Verbale di presa in carico n. ${number}`), actor: keeper, at: boughtMs })
    return item
  }
  const act = (item: DemoItem, what: ItemAct, atMs: number, document: string, place: Place = {}) => {
    const { to, kind } = lifecycle[what]
    const before = item.state
    Object.assign(item, { state: to ?? before, version: item.version + 1, ...place })
    const { officeId, siteId, custodianId, state } = item
    made.happened.push({
      ...{ subjectType: 'configuration_item', subjectId: item.id, kind, actor: keeper, at: Math.min(atMs, untilMs) },
      payload: { state, before, officeId, siteId, custodianId, loanUntil: null },
      text: { document },
    })
  }
  const relate = (from: DemoItem, kind: RelationKind, to: DemoItem, group: [string, number] | null = null) => {
    const at = Math.max(
      ...[from, to].map(({ purchasedOn }) => (purchasedOn ? Date.parse(purchasedOn) : 0)),
      untilMs - 390 * dayMs,
    )
    const relation = { id: random.uuid(at), kind, fromId: from.id, toId: to.id }
    const whole = { ...relation, redundancyGroup: group?.[0] ?? null, needed: group?.[1] ?? null }
    made.relations.push(whole)
    made.happened.push({ ...relationEvent(whole, 'relation.added'), actor: keeper, at })
  }
  return { made, add, act, relate }
}
export type Builder = ReturnType<typeof builder>

function serial(random: Random): string {
  return Array.from({ length: 8 }, () => random.pick([...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'])).join('')
}

/** The technical room and the switch of each site. */
export type Networks = Map<string, { room: DemoItem; device: DemoItem }>
