import type { ItemState } from '../vocabulary.ts'
import { useRegisterTexts } from './texts.ts'

const shapes: Record<ItemState, string> = {
  planned: 'st-idle',
  ordered: 'st-idle',
  delivered: 'st-warn',
  verified: 'st-run',
  in_stock: 'st-run',
  in_use: 'st-ok',
  repair: 'st-pause',
  retired: 'st-idle',
  disposed: 'st-idle',
}

/** The state of an item: word, colour and shape. What was delivered waits for its verification. */
export function ItemStateMark({ state }: { state: ItemState }) {
  const { states } = useRegisterTexts()
  return <span className={`st-state ${shapes[state]}`}>{states[state]}</span>
}
