import type { DecisionRow } from '../decision-schema.ts'
import type { DecisionState } from '../decision-vocabulary.ts'
import { useDecisionTexts } from './decision-page-words.ts'

const shapes: Record<DecisionState, string> = {
  proposed: 'st-warn',
  confirmed: 'st-run',
  contested: 'st-late',
  approved: 'st-ok',
  refused: 'st-idle',
  undone: 'st-idle',
  superseded: 'st-idle',
  carried_out: 'st-ok',
}

/** How a decision stands: word, colour and shape; and that its office said nothing. */
export function DecisionSign({ row }: { row: Pick<DecisionRow, 'state' | 'isSilent' | 'answerBy'> }) {
  const { words, until, day } = useDecisionTexts()
  return (
    <>
      <span className={`st-state ${shapes[row.state]}`}>{words.states[row.state]}</span>
      {row.isSilent && <span className="st-sub">{words.silent}</span>}
      {row.state === 'proposed' && !row.isSilent && <span className="st-sub">{until(day(row.answerBy))}</span>}
    </>
  )
}
