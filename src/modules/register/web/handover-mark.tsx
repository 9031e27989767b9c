import type { Handover } from '../handover-schema.ts'
import { useHandsTexts } from './hands-texts.ts'

const shapes = { waiting: 'st-warn', confirmed: 'st-ok', disputed: 'st-late' } as const

/** What the receiver has said: word, shape and colour. */
export function HandoverMark({ answer }: { answer: Handover['answer'] }) {
  const t = useHandsTexts()
  if (answer === null) return <span className="st-quiet">{t.notAsked}</span>
  return <span className={`st-state ${shapes[answer]}`}>{t.answers[answer]}</span>
}
