import type { CaseDetail } from '../schema.ts'
import { useDeskTexts } from './texts.ts'

const shape = {
  new: 'st-warn',
  assigned: 'st-run',
  in_progress: 'st-run',
  waiting: 'st-pause',
  resolved: 'st-ok',
  closed: 'st-ok',
  cancelled: 'st-idle',
  duplicate: 'st-idle',
  rejected: 'st-idle',
} as const satisfies Record<CaseDetail['state'], string>

/** Where a case stands: word, colour and shape. */
export function CaseStateMark({ state, waitingFor }: Pick<CaseDetail, 'state' | 'waitingFor'>) {
  const { desk } = useDeskTexts()
  const word = waitingFor === null ? desk.states[state] : desk.waiting[waitingFor]
  return <span className={`st-state ${shape[state]}`}>{word}</span>
}
