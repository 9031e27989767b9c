/** The life of consumables: delivered whole or in two parts, signed for by most. */
import type { ItemLine } from '../src/modules/servicedesk/internal/case-events.ts'
import type { DemoPerson } from './city.ts'
import type { Stage } from './stage.ts'
import { cancelled, entrust, lastWord, pause, receive, resolved } from './steps.ts'
import type { Life, Step, Told } from './story.ts'
import { goodsSolutions } from './texts/goods.ts'

export const goodsLife: Life = function* (stage, told) {
  const { random, field } = stage
  if (random.chance(0.015)) return yield cancelled(told, 4)
  yield* receive(stage, told)
  const worker = yield* entrust(stage, told, field)
  if (random.chance(0.05)) yield* pause(stage, told, worker, 'third_party')
  const parts = partsOf(stage, told.facts.details.items)
  const signs = random.chance(0.75)
  for (const [index, lines] of parts.entries()) {
    yield delivered(stage, told, worker, lines, index === 0 ? 22 : 12)
    if (signs) yield received(told, index === parts.length - 1)
  }
  if (told.facts.state === 'closed') return
  yield resolved(stage, told, worker, 1, random.pick(goodsSolutions))
  yield* lastWord(stage, told)
}

// One time in six the store has only some of it.
function partsOf({ random }: Stage, asked: readonly ItemLine[]): ItemLine[][] {
  const first = asked.map((line) => ({ ...line, quantity: Math.ceil(line.quantity / 2) }))
  const rest = asked.flatMap((line) => {
    const quantity = Math.floor(line.quantity / 2)
    return quantity > 0 ? [{ ...line, quantity }] : []
  })
  return rest.length > 0 && random.chance(0.17) ? [first, rest] : [[...asked]]
}

/** Some of what was asked for, or all, handed over. */
export function delivered({ random }: Stage, told: Told, worker: DemoPerson, lines: ItemLine[], after: number): Step {
  const { teamId } = told.facts
  return {
    after,
    event: (at) => ({
      kind: 'case.delivered',
      version: 1,
      payload: { deliveryId: random.uuid(at), lines, teamId },
    }),
    actor: worker,
  }
}

function received(told: Told, isLast: boolean): Step {
  const deliveryId = told.facts.deliveries.at(-1)?.deliveryId ?? ''
  return {
    after: 1.5,
    event: { kind: 'case.received', version: 1, payload: { deliveryId, isLast } },
    actor: told.asker,
  }
}
