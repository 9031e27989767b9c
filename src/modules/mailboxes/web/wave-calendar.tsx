import { Link } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { CalendarWave, CalendarWeek, WaveCalendar } from '../wave-calendar-schema.ts'
import { WaveState } from './wave-state.tsx'
import { useWaveWords } from './wave-words.ts'

/** Waves by week: who moves, who is looked after, when the offices are closed. */
export function WaveCalendarPart({ calendar }: { calendar: WaveCalendar }) {
  const { t: all } = useWaveWords()
  const t = all.calendar
  const c = t.columns
  return (
    <>
      <DataTable caption={t.caption} columns={[c.week, c.cutOvers, c.supported, c.closures]}>
        {calendar.weeks.map((week) => (
          <Week key={week.begins} week={week} today={calendar.today} />
        ))}
      </DataTable>
      <nav aria-label={t.moves} className="st-row mt-2">
        <Link to={`?vista=calendario&dal=${calendar.earlier}`}>{t.earlier}</Link>
        <Link to={`?vista=calendario&dal=${calendar.later}`}>{t.later}</Link>
        <a href="/caselle/gruppi.ics">{t.file}</a>
      </nav>
      {calendar.undated.length > 0 && (
        <p className="mt-2">
          {t.undated}{' '}
          {calendar.undated.map(({ number, name }, index) => (
            <span key={number}>
              {index > 0 && ', '}
              <Link to={`/caselle/gruppi/${number}`}>
                {number}. {name}
              </Link>
            </span>
          ))}
        </p>
      )}
      <p className="st-small st-quiet mt-2">{t.support}</p>
    </>
  )
}

function Week({ week, today }: { week: CalendarWeek; today: string }) {
  const { t: all, plainDay } = useWaveWords()
  const t = all.calendar
  const isNow = week.begins <= today && today <= week.ends
  return (
    <tr aria-current={isNow ? 'date' : undefined}>
      <th scope="row">
        {t.week(plainDay(week.begins), plainDay(week.ends, week.ends.slice(0, 4) !== today.slice(0, 4)))}
        {isNow && <span className="st-sub">{t.now}</span>}
      </th>
      <td>
        {week.cutOvers.length === 0 ? '—' : week.cutOvers.map((wave) => <CutOver key={wave.number} wave={wave} />)}
      </td>
      <td>
        {week.supported.length === 0 && '—'}
        {week.supported.map(({ number, endsHere, until }, index) => (
          <span key={number}>
            {index > 0 && ', '}
            <Link to={`/caselle/gruppi/${number}`}>{t.wave(number)}</Link>
            {endsHere && ` (${t.ends(plainDay(until))})`}
          </span>
        ))}
      </td>
      <td>
        {week.closures.length === 0 && '—'}
        {week.closures.map(({ date, name }) => (
          <div key={`${date} ${name}`}>
            {name}
            <span className="st-sub">{plainDay(date)}</span>
          </div>
        ))}
      </td>
    </tr>
  )
}

function CutOver({ wave }: { wave: CalendarWave }) {
  const { t: all, number, roughly } = useWaveWords()
  const t = all.calendar
  const { sameDay, isHoliday, estimate } = wave
  return (
    <div className="mb-2">
      <Link to={`/caselle/gruppi/${wave.number}`}>
        {wave.number}. {wave.name}
      </Link>
      <span className="st-sub">
        <When at={wave.cutOverAt} /> · {t.boxes(number(wave.mailboxes))}
        {estimate !== null && ` · ${t.copies(estimate.days, roughly(estimate.seconds))}`}
      </span>
      <WaveState wave={{ state: wave.state, waiting: 0 }} />
      {sameDay.length > 0 && (
        <span className="st-sub">
          <span className="st-state st-warn">
            {(sameDay.length === 1 ? t.sameDay : t.sameDays)(sameDay.join(', '))}
          </span>
        </span>
      )}
      {isHoliday && (
        <span className="st-sub">
          <span className="st-state st-warn">{t.holiday}</span>
        </span>
      )}
    </div>
  )
}
