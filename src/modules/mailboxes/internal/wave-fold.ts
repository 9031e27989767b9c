/** What a wave is: the fold of its events. Pure; the rows in migration_wave and wave_mailbox are its cache and must equal it. */
import type { MovingState, WaitReason, WaveState } from '../wave-vocabulary.ts'
import { mailboxSteps, waveSteps } from './wave-lifecycle.ts'

/** An event of a wave as it was recorded: words are not in it. */
export type WaveEvent = { kind: string; payload: Record<string, unknown> }

export type BoxFacts = {
  state: MovingState
  isHeld: boolean
  waitsFor: WaitReason | null
  lateMessages: number
  lateMissing: number
  hasProof: boolean
}
export type WaveFacts = { state: WaveState; isClosing: boolean; boxes: Record<string, BoxFacts> }

/** A wave as its events tell it; the first must be `wave.planned`. Throws on a step that the lifecycle does not know. */
export function foldWave(events: readonly WaveEvent[]): WaveFacts {
  const [first, ...rest] = events
  if (first?.kind !== 'wave.planned') throw new Error('The first event of a wave is wave.planned')
  return rest.reduce(applyEvent, { state: 'planned', isClosing: false, boxes: {} })
}

const added: BoxFacts = {
  ...{ state: 'surveyed', isHeld: false, waitsFor: null },
  ...{ lateMessages: 0, lateMissing: 0, hasProof: false },
}

function applyEvent(wave: WaveFacts, { kind, payload }: WaveEvent): WaveFacts {
  switch (kind) {
    case 'wave.started':
    case 'wave.paused':
    case 'wave.resumed':
    case 'wave.cut_over':
    case 'wave.closed':
    case 'wave.stopped':
      return { ...wave, state: waveStep(wave.state, payload.to), isClosing: false }
    case 'wave.closing_asked':
      return { ...wave, isClosing: true }
    case 'wave.mailboxes_added':
      return {
        ...wave,
        boxes: { ...wave.boxes, ...Object.fromEntries(idsOf(payload.mailboxIds).map((id) => [id, added])) },
      }
    // The first is how decisions once said it.
    case 'migration_wave.mailbox_taken_out':
    case 'wave.mailbox_taken_out': {
      const { [String(payload.mailboxId)]: _, ...boxes } = wave.boxes
      return { ...wave, boxes }
    }
    case 'wave.log_taken_in':
      return { ...wave, boxes: idsOf(payload.released).reduce((boxes, id) => change(boxes, id, goOn), wave.boxes) }
    default:
      return { ...wave, boxes: change(wave.boxes, payload.mailboxId, (box) => applyToBox(box, kind, payload)) }
  }
}

const goOn = (box: BoxFacts): BoxFacts => ({ ...box, waitsFor: null })

function applyToBox(box: BoxFacts, kind: string, payload: Record<string, unknown>): BoxFacts {
  switch (kind) {
    case 'wave.mailbox_moved':
      return { ...box, state: boxStep(box.state, payload.to) }
    case 'wave.mailbox_checked':
      // The vocabulary of what it may wait for is that of the column.
      return { ...box, state: payload.to as MovingState, waitsFor: payload.waitsFor as WaitReason | null }
    case 'wave.mailbox_waits':
      return { ...box, waitsFor: payload.waitsFor as WaitReason }
    case 'wave.mailbox_tried_again':
      return goOn(box)
    case 'wave.mailbox_held':
    case 'wave.mailbox_released':
      return { ...box, isHeld: kind === 'wave.mailbox_held' }
    case 'wave.mailbox_late':
      return { ...box, lateMessages: Number(payload.late), lateMissing: Number(payload.missing) }
    case 'wave.mailbox_proved':
      return { ...box, hasProof: true }
    default:
      return box
  }
}

function change(boxes: WaveFacts['boxes'], id: unknown, to: (box: BoxFacts) => BoxFacts): WaveFacts['boxes'] {
  const box = boxes[String(id)]
  return box === undefined ? boxes : { ...boxes, [String(id)]: to(box) }
}

const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function waveStep(from: WaveState, to: unknown): WaveState {
  const step = Object.values(waveSteps).find((one) => one.to === to && one.from.includes(from))
  if (step === undefined) throw new Error(`A wave does not go from ${from} to ${String(to)}`)
  return step.to
}

function boxStep(from: MovingState, to: unknown): MovingState {
  const next = mailboxSteps[from].find((one) => one === to)
  if (next === undefined) throw new Error(`A mailbox does not go from ${from} to ${String(to)}`)
  return next
}
