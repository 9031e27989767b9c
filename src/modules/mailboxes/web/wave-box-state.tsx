import type { WaveMailbox } from '../wave-schema.ts'
import { useWaveWords } from './wave-words.ts'

/** How a mailbox stands, and why; what was looked at before opens below it. */
export function BoxState({ box, isFirst }: { box: WaveMailbox; isFirst: boolean }) {
  const { t } = useWaveWords()
  const { mark, word, small } = useStanding(box, isFirst)
  return (
    <>
      <span className={`st-state st-${mark}`}>{word}</span>
      {small !== '' && <span className="st-sub">{small}</span>}
      {box.preflight.some(({ outcome }) => outcome !== 'good') && ['needs', 'waiting'].includes(box.group) && (
        <details className="st-unfold">
          <summary className="st-small">{t.preflight.summary}</summary>
          <Preflight box={box} />
        </details>
      )}
    </>
  )
}

type Shown = { mark: 'ok' | 'warn' | 'late' | 'run' | 'pause' | 'idle'; word: string; small: string }

function useStanding(box: WaveMailbox, isFirst: boolean): Shown {
  const { t, words, number } = useWaveWords()
  const s = t.states
  if (box.waitsFor === 'choices') return { mark: 'late', word: s.stands, small: words.aside(number(box.undecided)) }
  if (box.waitsFor !== null)
    return {
      mark: box.waitsFor === 'holder' || box.waitsFor === 'log' ? 'warn' : 'late',
      word: box.waitsFor === 'holder' || box.waitsFor === 'log' ? s.needs : s.stands,
      small: words.waits[box.waitsFor],
    }
  if (box.isHeld) return { mark: 'pause', word: s.held, small: s.resumes }
  switch (box.state) {
    case 'surveyed':
    case 'prepared':
      return { mark: 'idle', word: s.waits, small: isFirst ? s.next : '' }
    case 'copying':
      if (!box.isRunning) return { mark: 'pause', word: s.stopped, small: s.resumes }
      if (box.messages > 0 && box.doneMessages >= box.messages)
        return { mark: 'run', word: s.proving, small: s.provingSmall }
      return { mark: 'run', word: s.copying, small: s.speed(number(box.speed ?? 0)) }
    case 'cut_over':
      return { mark: 'run', word: s.lastCopy, small: s.provingSmall }
    case 'rolled_back':
      return { mark: 'idle', word: s.back, small: '' }
    default: {
      const small = [
        s.equal(number(box.doneMessages), number(box.messages)),
        ...(box.lateMessages > 0 ? [s.late(number(box.lateMessages))] : []),
        ...(box.lateMissing > 0 ? [s.missing(number(box.lateMissing))] : []),
      ].join(', ')
      if (box.state === 'verified' && box.isRunning) return { mark: 'run', word: s.looking, small }
      return { mark: box.lateMissing > 0 ? 'warn' : 'ok', word: box.state === 'delta' ? s.proved : s.moved, small }
    }
  }
}

const marks = { good: 'ok', note: 'warn', stop: 'late' } as const

function Preflight({ box }: { box: WaveMailbox }) {
  const { words, number } = useWaveWords()
  return (
    <ul className="st-list st-small">
      {box.preflight.map(({ check, outcome, count, words: said }) => (
        <li key={check}>
          <span className={`st-state st-${marks[outcome]}`}>{words.outcomes[outcome]}</span> {words.preflight[check]}
          {count !== null && count > 0 && ` (${number(count)})`}
          {said !== null && <span className="st-sub">{said}</span>}
        </li>
      ))}
    </ul>
  )
}
