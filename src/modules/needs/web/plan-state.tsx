import type { Decision, PlanState } from '../vocabulary.ts'
import { usePlanTexts } from './plan-words.ts'

/** The state of a plan: word, colour and shape. */
export function PlanStateSign({ state, variation }: { state: PlanState; variation: number }) {
  const { words, plans } = usePlanTexts()
  const shape = { collecting: 'st-run', deciding: 'st-warn', approved: 'st-ok' }[state]
  return (
    <>
      <span className={`st-state ${shape}`}>{words.planStates[state]}</span>
      {variation > 0 && <span className="st-sub">{plans.variation(variation)}</span>}
    </>
  )
}

/** What was decided on a line, or that nothing is. */
export function DecisionSign({ decision }: { decision: Decision | null }) {
  const { words, plan } = usePlanTexts()
  if (decision === null) return <span className="st-state st-warn">{plan.undecided}</span>
  const shape = { accepted: 'st-ok', partly: 'st-pause', refused: 'st-idle' }[decision]
  return <span className={`st-state ${shape}`}>{words.decisions[decision]}</span>
}
