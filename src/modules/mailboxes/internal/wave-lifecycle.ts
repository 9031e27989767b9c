/** How waves and the mailboxes in them go on. Data, and pure functions over it. */
import type { MovingState, WaitReason, WaveAct, WaveState } from '../wave-vocabulary.ts'

/** From which states an act leads, and where to. */
export const waveSteps: Record<WaveAct, { from: readonly WaveState[]; to: WaveState }> = {
  start: { from: ['planned'], to: 'copying' },
  pause: { from: ['copying'], to: 'paused' },
  resume: { from: ['paused'], to: 'copying' },
  cut_over: { from: ['copying', 'paused'], to: 'cut_over' },
  close: { from: ['cut_over'], to: 'closed' },
  stop: { from: ['copying', 'paused', 'cut_over'], to: 'stopped' },
}

/** Where a mailbox may go from each state; back is possible until it is closed. */
export const mailboxSteps: Record<MovingState, readonly MovingState[]> = {
  surveyed: ['prepared', 'rolled_back'],
  prepared: ['copying', 'rolled_back'],
  copying: ['delta', 'rolled_back'],
  delta: ['delta', 'cut_over', 'rolled_back'],
  cut_over: ['verified', 'rolled_back'],
  verified: ['closed', 'rolled_back'],
  closed: [],
  rolled_back: [],
}

/** A mailbox may be taken out, or have its decision undone, as long as nothing of it was copied. */
export const untouched: readonly MovingState[] = ['surveyed', 'prepared']

export type Standing = { state: MovingState; isHeld: boolean; waitsFor: WaitReason | null }

/** What speaks against a cut-over: every mailbox must be copied and proved, none waiting or held. */
export function notReadyToCutOver<Box extends Standing>(boxes: readonly Box[]): Box[] {
  return boxes.filter(
    ({ state, isHeld, waitsFor }) => isHeld || waitsFor !== null || !['delta', 'closed', 'rolled_back'].includes(state),
  )
}

/** In which part of the page a mailbox stands: what needs somebody first. */
export function groupOf({ state, waitsFor }: Standing, isRunning: boolean) {
  if (state === 'rolled_back') return 'back'
  if (waitsFor !== null) return 'needs'
  // Looked at again now and then; what it has stays proved.
  if (state === 'verified') return 'done'
  if (isRunning || state === 'copying') return 'running'
  return state === 'surveyed' || state === 'prepared' ? 'waiting' : 'done'
}
