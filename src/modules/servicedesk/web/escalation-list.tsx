import { Link } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { EscalationRow } from '../escalate.ts'
import { useDeskTexts } from './texts.ts'

/** Deadlines that whoever reads should know of: which clock, how far, since when. */
export function EscalationList({ rows, title, none }: { rows: EscalationRow[]; title: string; none: string }) {
  const { desk, work } = useDeskTexts()
  return (
    <section aria-labelledby="escalations">
      <h2 id="escalations" className="st-h2">
        {title}
      </h2>
      {rows.length === 0 && <p className="st-quiet">{none}</p>}
      <ul className="st-list">
        {rows.map((row) => (
          <li key={`${row.caseId} ${row.metric}`}>
            <span className={`st-state ${row.level >= 100 ? 'st-late' : 'st-warn'}`}>
              {desk.metrics[row.metric]}, {row.level} %
            </span>{' '}
            <Link to={`/richieste/${row.caseId}?scadenze#scadenze`}>{row.number}</Link>{' '}
            {row.title || desk.reservedTitle}
            <span className="st-quiet">
              {' '}
              · {row.teamName ?? work.escalations.nobody} · <When at={row.reachedAt} isShort />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
