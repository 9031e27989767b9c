/** The fold of a wave's events, step by step, and what it refuses. The rows of real waves are held against it beside it. */
import { describe, expect, test } from 'vitest'
import { foldWave, type WaveEvent } from './wave-fold.ts'

const event = (kind: string, payload: Record<string, unknown> = {}): WaveEvent => ({ kind: `wave.${kind}`, payload })
const moved = (from: string, to: string) => event('mailbox_moved', { mailboxId: 'a', from, to })
const planned = [event('planned', { number: 1 }), event('mailboxes_added', { mailboxIds: ['a', 'b'] })]
const copied = [
  ...planned,
  ...[event('started', { to: 'copying' }), event('mailbox_taken_out', { mailboxId: 'b' })],
  ...[moved('surveyed', 'prepared'), moved('prepared', 'copying'), moved('copying', 'delta')],
  event('mailbox_proved', { mailboxId: 'a' }),
]
const cutOver = [
  ...copied,
  event('cut_over', { to: 'cut_over' }),
  moved('delta', 'cut_over'),
  moved('cut_over', 'verified'),
]

describe('a wave as its events tell it', () => {
  test('filled, started, copied, cut over, with what came late, closed', () => {
    expect(Object.keys(foldWave(planned).boxes)).toEqual(['a', 'b'])
    expect(foldWave(copied)).toEqual({
      ...{ state: 'copying', isClosing: false },
      boxes: { a: { state: 'delta', isHeld: false, waitsFor: null, lateMessages: 0, lateMissing: 0, hasProof: true } },
    })
    const late = event('mailbox_late', { mailboxId: 'a', late: 3, came: 1, missing: 1 })
    const closing = [...cutOver, late, event('closing_asked')]
    expect(foldWave(closing)).toMatchObject({
      state: 'cut_over',
      isClosing: true,
      boxes: { a: { lateMessages: 3, lateMissing: 1 } },
    })
    expect(foldWave([...closing, event('closed', { to: 'closed' }), moved('verified', 'closed')])).toMatchObject({
      ...{ state: 'closed', isClosing: false, boxes: { a: { state: 'closed' } } },
    })
  })

  test('what it waits for goes when it is tried again, checked well, or its log comes; a hold stays until released', () => {
    const waits = (waitsFor: string) => event('mailbox_waits', { mailboxId: 'a', waitsFor })
    const of = (...more: WaveEvent[]) => foldWave([...planned, ...more]).boxes.a
    expect(of(waits('log'))).toMatchObject({ waitsFor: 'log' })
    expect(of(waits('log'), event('log_taken_in', { released: ['b'] }))).toMatchObject({ waitsFor: 'log' })
    expect(of(waits('log'), event('log_taken_in', { released: ['a'] }))).toMatchObject({ waitsFor: null })
    expect(of(waits('holder'), event('mailbox_tried_again', { mailboxId: 'a' }))).toMatchObject({ waitsFor: null })
    const checked = event('mailbox_checked', { mailboxId: 'a', to: 'prepared', waitsFor: null })
    expect(of(waits('token'), checked)).toMatchObject({ state: 'prepared', waitsFor: null })
    expect(of(event('mailbox_held', { mailboxId: 'a' }), checked)).toMatchObject({ isHeld: true })
    expect(of(event('mailbox_held', { mailboxId: 'a' }), event('mailbox_released', { mailboxId: 'a' }))).toMatchObject({
      isHeld: false,
    })
  })

  test('a step the lifecycle does not know is refused, and so is a wave without a beginning', () => {
    expect(() => foldWave([...planned, event('closed', { to: 'closed' })])).toThrow('from planned to closed')
    expect(() => foldWave([...planned, moved('surveyed', 'verified')])).toThrow('from surveyed to verified')
    expect(() => foldWave([event('started', { to: 'copying' })])).toThrow('wave.planned')
  })
})
