/** Who gives what to whom with a movement, and the records that say so. */
import { randomUUIDv7 } from 'node:crypto'
import type { TxContext } from '../../../platform/context.ts'
import { type HandoverAct, handoverActs, type ItemAct } from '../vocabulary.ts'
import { insertHandovers, type NewHandover } from './handover-queries.ts'
import type { Move } from './move.ts'

/**
 * Makes the records of a movement: one for each that gives, receives and the place it goes to. Who receives has to answer;
 * what waited for an answer about these items waits no more. Returns the record of each item.
 */
export async function handOver(
  ctx: TxContext,
  act: ItemAct,
  on: string,
  moves: readonly Move[],
): Promise<ReadonlyMap<string, string>> {
  const found = handoverActs.find((one) => one === act)
  if (found === undefined) return new Map()
  const handovers = found === 'replace' ? replacement(moves, on) : grouped(found, moves, on)
  await insertHandovers(ctx, handovers)
  return new Map(handovers.flatMap(({ id, lines }) => lines.map(({ itemId }) => [itemId, id] as const)))
}

function grouped(act: HandoverAct, moves: readonly Move[], on: string): NewHandover[] {
  const groups = new Map<string, NewHandover>()
  for (const move of moves) {
    const { officeId, siteId, room, isBack } = move
    const receiverId = isBack ? null : move.custodianId
    const giverId = isBack || move.item.custodianId !== receiverId ? move.item.custodianId : null
    const mustAnswer = receiverId !== null && (act !== 'move' || move.item.custodianId !== receiverId)
    const key = JSON.stringify([giverId, receiverId, officeId, siteId, room, mustAnswer])
    const group = groups.get(key) ?? {
      ...{ id: randomUUIDv7(), act, on, giverId, receiverId, officeId, siteId, room },
      lines: [],
      mustAnswer,
    }
    group.lines.push({ itemId: move.itemId, isBack })
    groups.set(key, group)
  }
  return [...groups.values()]
}

// Old and new change hands in one act, and stand on one record.
function replacement(moves: readonly Move[], on: string): NewHandover[] {
  const given = moves.find(({ isBack }) => !isBack)
  if (given === undefined) return []
  const { custodianId: receiverId, officeId, siteId, room } = given
  const lines = moves.map(({ itemId, isBack }) => ({ itemId, isBack }))
  const place = { receiverId, officeId, siteId, room }
  return [{ id: randomUUIDv7(), act: 'replace', on, giverId: null, ...place, mustAnswer: receiverId !== null, lines }]
}
