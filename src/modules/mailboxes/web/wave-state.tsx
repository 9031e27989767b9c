import type { WaveRow } from '../wave-schema.ts'
import { useWaveWords } from './wave-words.ts'

const marks = {
  planned: 'idle',
  copying: 'run',
  paused: 'pause',
  cut_over: 'run',
  closed: 'ok',
  stopped: 'late',
} as const

/** How a wave stands: word, colour and shape; what waits for somebody beside it. */
export function WaveState({ wave }: { wave: Pick<WaveRow, 'state' | 'waiting'> }) {
  const { t, words, number } = useWaveWords()
  return (
    <>
      <span className={`st-state st-${marks[wave.state]}`}>
        <span className="st-capital">{words.waveStates[wave.state]}</span>
      </span>
      {wave.waiting > 0 && (
        <span className="st-sub">{wave.waiting === 1 ? t.lead.waitOne : t.lead.waitMany(number(wave.waiting))}</span>
      )}
    </>
  )
}
