/** How waves refuse, in the user's words. */
import { invalid } from '../../platform/http/parse.ts'
import { Problem } from '../../platform/problem.ts'
import { say } from '../../platform/texts.ts'
import { type WaveTexts, waveTexts } from './wave-texts.ts'

type Pick = (texts: WaveTexts['problems']) => string

/** The `invalid` Problem of one wrong field. */
export function wrongInWave(path: string, pick: Pick): Problem {
  return invalid([{ path, say: say(waveTexts, (t) => pick(t.problems)) }])
}

/** What is asked does not fit how things stand. `code` is for programs. */
export function waveConflict(code: string, pick: Pick): Problem {
  return new Problem(
    'conflict',
    code,
    say(waveTexts, (t) => pick(t.problems)),
  )
}

/** Somebody else changed it meanwhile. */
export function staleWave(): Problem {
  return waveConflict('stale', (t) => t.stale)
}
