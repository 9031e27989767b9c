/** Where a line of a verification stands, in the order in which it should be looked at. Pure; pages and reports use it. */
import type { VerifiedIndicator } from '../schema.ts'

/** Missed; kept by a hair; to be looked at; kept; nothing said of it at all. */
export type LineState = 'below' | 'edge' | 'check' | 'fine' | 'silent'

const worthALook: readonly VerifiedIndicator['flags'][number][] = [
  'differs',
  'disputed',
  'notDeclared',
  'noCarrier',
  'unknownTime',
  'perfect',
  'noneLost',
  'valueDiffers',
]

/** The state of a line: what is missed comes before what is near, and that before what does not add up. */
export function stateOf(line: VerifiedIndicator): LineState {
  if (line.declared === null && line.observed === null) return 'silent'
  if (line.met === false) return 'below'
  if (line.marginTurned === 0 && line.met === true) return 'edge'
  return line.flags.some((flag) => worthALook.includes(flag)) ? 'check' : 'fine'
}

/** How many of each. */
export function countStates(lines: readonly VerifiedIndicator[]): Record<LineState, number> {
  const counts: Record<LineState, number> = { below: 0, edge: 0, check: 0, fine: 0, silent: 0 }
  for (const line of lines) counts[stateOf(line)] += 1
  return counts
}

const order: readonly LineState[] = ['below', 'edge', 'check', 'fine', 'silent']

/** The lines, those that need somebody first. */
export function inOrder(lines: readonly VerifiedIndicator[]): VerifiedIndicator[] {
  return lines.toSorted(
    (a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)) || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  )
}

/** Months of the same indicator are one line on the home: the one that needs somebody most, or the newest. */
export function newestOrWorst(lines: readonly VerifiedIndicator[]): VerifiedIndicator[] {
  const groups = Map.groupBy(lines, ({ code, service, scope }) => `${code} ${service} ${scope}`)
  return [...groups.values()].flatMap((ofOne) => {
    const told = ofOne.filter((line) => stateOf(line) !== 'silent')
    return inOrder((told.length > 0 ? told : ofOne).toReversed()).slice(0, 1)
  })
}
