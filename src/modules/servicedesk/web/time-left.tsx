import { daysAhead } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import type { CaseRow } from '../schema.ts'
import { duration } from '../trace-words.ts'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'

const soonMs = 2 * 3_600_000

/** How long until an instant, as people say it, with colour and shape: red only when it is past. */
export function TimeLeft({ at }: { at: string }) {
  const { now, zone } = useShell()
  const t = useDeskTexts().work.left
  const left = Date.parse(at) - Date.parse(now)
  const days = daysAhead(at, now, zone)
  if (left < 0) {
    const words = days === 0 || left > -86_400_000 ? t.late(duration(left)) : t.lateDays(-days)
    return <span className="st-state st-late">{words}</span>
  }
  if (days === 0)
    return <span className={`st-state ${left < soonMs ? 'st-warn' : 'st-ok'}`}>{t.today(duration(left))}</span>
  return <span className="st-state st-ok">{days === 1 ? t.tomorrow : t.days(days)}</span>
}

/** What matters most in a list: time left where something runs, else where the case stands. */
export function CaseTimeLeft({ row }: { row: Pick<CaseRow, 'dueAt' | 'state' | 'waitingFor'> }) {
  return row.dueAt === null || row.state === 'waiting' || row.state === 'resolved' ? (
    <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
  ) : (
    <TimeLeft at={row.dueAt} />
  )
}
