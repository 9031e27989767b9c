import type { EditionState } from '../report-schema.ts'
import type { PriorityState } from '../report-vocabulary.ts'
import { useReportWords } from './report-words.ts'

const ofPriority = { proposed: 'st-idle', selected: 'st-run', implemented: 'st-ok', dropped: 'st-late' } as const
const ofEdition = { draft: 'st-idle', submitted: 'st-warn', approved: 'st-run', published: 'st-ok' } as const
const ofOutcome = { kept: 'st-ok', partly: 'st-warn', postponed: 'st-pause', missed: 'st-late' } as const

/** Where a priority stands: word, colour and shape. */
export function PriorityMark({ state }: { state: PriorityState }) {
  const { report } = useReportWords()
  return <span className={`st-state ${ofPriority[state]}`}>{report.priorityStates[state]}</span>
}

/** Where an edition stands. */
export function EditionMark({ state }: { state: EditionState }) {
  const { report } = useReportWords()
  return <span className={`st-state ${ofEdition[state]}`}>{report.states[state]}</span>
}

/** What became of a commitment. */
export function OutcomeMark({ outcome }: { outcome: keyof typeof ofOutcome }) {
  const { report } = useReportWords()
  return <span className={`st-state ${ofOutcome[outcome]}`}>{report.outcomes[outcome]}</span>
}
