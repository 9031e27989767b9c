import { shortDay } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { CaseTrace } from '../trace-case.ts'
import { duration, hoursMinutes } from '../trace-words.ts'
import { useDeskTexts } from './texts.ts'

type TracedClock = CaseTrace['clocks'][number]

/** "Come si calcola questa scadenza": each clock as a bar, a table, and every stretch of minutes on request. */
export function CaseTraceSection({ trace }: { trace: CaseTrace }) {
  const t = useDeskTexts().work.trace
  const { now, earlier } = inOrder(trace.clocks)
  return (
    <section id="scadenze" className="st-trace" aria-labelledby="trace-title">
      <h2 id="trace-title" className="st-h2">
        {t.heading}
      </h2>
      {trace.clocks.length === 0 && <p>{t.none}</p>}
      {now.map((clock) => (
        <ClockTrace key={`${clock.metric} ${clock.cycle}`} clock={clock} trace={trace} />
      ))}
      {earlier.length > 0 && (
        <details className="st-unfold mb-3">
          <summary>{t.earlier(earlier.length)}</summary>
          {earlier.map((clock) => (
            <ClockTrace key={`${clock.metric} ${clock.cycle}`} clock={clock} trace={trace} />
          ))}
        </details>
      )}
      <p className="st-small st-quiet mb-0">
        {t.events(trace.events)} {trace.isAsStored ? t.asStored : t.notAsStored}
      </p>
    </section>
  )
}

// What runs first, the date told to the user before all; cycles that are over and were followed by another come last.
function inOrder(clocks: TracedClock[]): { now: TracedClock[]; earlier: TracedClock[] } {
  const isNewest = (clock: TracedClock) => !clocks.some((one) => one.metric === clock.metric && one.cycle > clock.cycle)
  const weight = ({ state, metric }: TracedClock) =>
    (state === 'stopped' ? 10 : 0) +
    ['promised', 'resolution', 'take_in_charge', 'first_answer', 'next_update'].indexOf(metric)
  return {
    now: clocks.filter(isNewest).toSorted((a, b) => weight(a) - weight(b)),
    earlier: clocks.filter((clock) => !isNewest(clock)),
  }
}

function ClockTrace({ clock, trace }: { clock: TracedClock; trace: CaseTrace }) {
  const { desk, work } = useDeskTexts()
  const t = work.trace
  const id = `clock-${clock.metric}-${clock.cycle}`
  return (
    <div className="mb-3">
      <h3 id={id} className="st-h3">
        {desk.metrics[clock.metric]}
        {clock.cycle > 1 && clock.metric === 'resolution' && t.cycle(clock.cycle)}
        {': '}
        {t.state[clock.state]}
        {clock.dueAt && (
          <>
            , <When at={clock.dueAt} />
          </>
        )}
      </h3>
      <ClockBar clock={clock} />
      <ScrollRegion label={`${desk.metrics[clock.metric]} ${clock.cycle}`}>
        <TraceTable clock={clock} trace={trace} labelledBy={id} />
      </ScrollRegion>
      <details className="st-unfold">
        <summary>{t.pieces}</summary>
        <Pieces clock={clock} />
      </details>
    </div>
  )
}

function TraceTable({ clock, trace, labelledBy }: { clock: TracedClock; trace: CaseTrace; labelledBy: string }) {
  const { desk, work } = useDeskTexts()
  const t = work.trace
  const { now, zone, language } = useShell()
  const short = (at: string) => shortDay(at, now, zone, language)
  const caption =
    clock.metric === 'promised' || trace.agreement === null
      ? t.promised
      : t.agreed(duration(clock.targetMs), trace.agreement.number, trace.agreement.effectiveFrom)
  return (
    <table className="st-table" aria-labelledby={labelledBy}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {([t.from, t.to, t.what, t.proof] as const).map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
          {([t.counts, t.paused, t.closed, t.total] as const).map((label) => (
            <th key={label} scope="col" className="st-num">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {clock.rows.map((row) => (
          <tr key={`${row.began.eventId} ${row.from}`}>
            <td className="st-nowrap">{short(row.from)}</td>
            <td className="st-nowrap">{row.to === trace.at && clock.stoppedAt === null ? t.now : short(row.to)}</td>
            <th scope="row">{row.waitingFor === null ? desk.states[row.state] : desk.waiting[row.waitingFor]}</th>
            <td>{desk.witnesses[row.began.witness]}</td>
            <td className="st-num">{hoursMinutes(row.runMs)}</td>
            <td className="st-num">{hoursMinutes(row.pauseMs)}</td>
            <td className="st-num">{hoursMinutes(row.closedMs)}</td>
            <td className="st-num">{hoursMinutes(row.totalMs)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={7}>
            {clock.remainingMs >= 0 ? t.remaining : t.over}
          </th>
          <td className="st-num">{hoursMinutes(Math.abs(clock.remainingMs))}</td>
        </tr>
      </tfoot>
    </table>
  )
}

const barWidth = 840

/** What was counted, what was waited for, what is left, on one scale of service time. The table says the same. */
function ClockBar({ clock }: { clock: TracedClock }) {
  const t = useDeskTexts().work.trace
  const left = Math.max(clock.remainingMs, 0)
  const paused = clock.rows.reduce((sum, row) => sum + row.pauseMs, 0)
  const whole = Math.max(clock.countedMs + paused + left, 1)
  const parts = [
    ...clock.rows.flatMap((row) => [
      { key: `r${row.from}`, ms: row.runMs, fill: row.state === 'new' ? 'f-deep' : 'f-blue' },
      { key: `p${row.from}`, ms: row.pauseMs, fill: 'f-line' },
    ]),
    { key: 'left', ms: left, fill: 'f-wash' },
  ].filter((part) => part.ms > 0)
  let x = 0
  return (
    <svg
      className="st-svg"
      viewBox={`0 0 ${barWidth} 24`}
      role="img"
      aria-label={t.barLabel(duration(clock.countedMs), duration(paused), duration(left))}
    >
      {parts.map((part) => {
        const width = Math.max((part.ms / whole) * barWidth, 2)
        const from = x
        x += width
        return <rect key={part.key} className={part.fill} x={from} y={0} width={Math.max(width - 2, 1)} height={24} />
      })}
    </svg>
  )
}

function Pieces({ clock }: { clock: TracedClock }) {
  const t = useDeskTexts().work.trace
  return (
    <ol className="st-small mt-2">
      {clock.pieces.map((piece) => (
        <li key={piece.from}>
          <When at={piece.from} isShort /> – <When at={piece.to} isShort />: {t.piece[piece.what]}{' '}
          {hoursMinutes(Date.parse(piece.to) - Date.parse(piece.from))}
        </li>
      ))}
    </ol>
  )
}
