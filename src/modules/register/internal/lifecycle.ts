/** Which act leads from which states to which: the life of an item, as data. Pure. */
import type { ItemAct, ItemState } from '../vocabulary.ts'

type Step = {
  from: readonly ItemState[]
  /** null: the state stays. */
  to: ItemState | null
  /** The kind of its event. */
  kind: string
}

/** The life of an item. What was planned and never came is retired, so that its end has a document too. */
export const lifecycle: Record<ItemAct, Step> = {
  order: { from: ['planned'], to: 'ordered', kind: 'item.ordered' },
  deliver: { from: ['planned', 'ordered'], to: 'delivered', kind: 'item.delivered' },
  verify: { from: ['delivered'], to: 'verified', kind: 'item.verified' },
  store: { from: ['verified'], to: 'in_stock', kind: 'item.stored' },
  install: { from: ['verified', 'in_stock', 'repair'], to: 'in_use', kind: 'item.installed' },
  move: { from: ['verified', 'in_stock', 'in_use', 'repair'], to: null, kind: 'item.moved' },
  change: { from: ['in_stock', 'in_use', 'repair'], to: null, kind: 'item.reworked' },
  loan: { from: ['in_stock'], to: 'in_use', kind: 'item.lent' },
  return: { from: ['in_use', 'repair'], to: 'in_stock', kind: 'item.returned' },
  repair: { from: ['in_stock', 'in_use'], to: 'repair', kind: 'item.sent_to_repair' },
  replace: { from: ['in_use', 'repair'], to: 'retired', kind: 'item.replaced' },
  retire: {
    from: ['planned', 'ordered', 'delivered', 'verified', 'in_stock', 'in_use', 'repair'],
    to: 'retired',
    kind: 'item.retired',
  },
  dispose: { from: ['retired'], to: 'disposed', kind: 'item.disposed' },
}

/** States of what is not here yet: an intake completes it. */
export const awaitedStates: readonly ItemState[] = ['planned', 'ordered', 'delivered']

/** What may be put in the place of another. */
export const readyStates: readonly ItemState[] = ['verified', 'in_stock']

/** Whether an act may be done in a state. */
export function mayHappen(act: ItemAct, state: ItemState): boolean {
  return lifecycle[act].from.includes(state)
}

/** The acts that may be done in a state, in the order of the life. */
export function actsIn(state: ItemState): ItemAct[] {
  return (Object.keys(lifecycle) as ItemAct[]).filter((act) => mayHappen(act, state)) // keys of a full Record
}
