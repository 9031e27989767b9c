/** A clock in words: for the command line, and for the page that explains a deadline. */
import { type Language, shortDay } from '../../platform/texts.ts'
import { deskTexts } from './texts.ts'
import type { CaseTrace } from './trace-case.ts'

/** "4 h 18 min": service time, the same in both languages. */
export function duration(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} min`
  if (rest === 0) return `${hours} h`
  return `${hours} h ${rest} min`
}

/** "1:20", as the table of a trace shows what was counted. */
export function hoursMinutes(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** One clock as lines of text: what was agreed, then each stretch with what it counted. */
export function traceSentence(clock: CaseTrace['clocks'][number], zone: string, language: Language): string[] {
  const t = deskTexts[language]
  const now = clock.stoppedAt ?? clock.rows.at(-1)?.to ?? clock.startedAt
  const due = clock.dueAt === null ? t.trace.noDue : shortDay(clock.dueAt, now, zone, language)
  const cycle = clock.cycle > 1 ? ` (${clock.cycle})` : ''
  return [
    `${t.metrics[clock.metric]}${cycle}: ${t.trace.target} ${duration(clock.targetMs)}, ${t.trace.due} ${due}, ${t.trace.counted} ${duration(clock.countedMs)}`,
    ...clock.rows.map((row) => {
      const what = row.waitingFor === null ? t.states[row.state] : t.waiting[row.waitingFor]
      const [from, to] = [row.from, row.to].map((at) => shortDay(at, now, zone, language))
      return `  ${from} – ${to}  ${what}  ${t.trace.run} ${hoursMinutes(row.runMs)}, ${t.trace.pause} ${hoursMinutes(row.pauseMs)}, ${t.trace.closed} ${hoursMinutes(row.closedMs)}  [${row.began.witness}]`
    }),
  ]
}
