import { Link } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { RunningTerm } from '../schema.ts'
import { useContractTexts } from './words.ts'

const addresses: Record<RunningTerm['what'], (term: RunningTerm) => string> = {
  report: () => '/contratto/documenti#relazione',
  approval: ({ period }) => `/contratto/${period}#approva`,
  counter: ({ id }) => `/contratto/penali#${id}`,
  reply: ({ id }) => `/contratto/penali#${id}`,
  contest: ({ id }) => `/contratto/contestazioni#${id}`,
  plan: () => '/contratto/documenti#piano',
}

/** What has to be decided by when, the nearest first; one filled button, for the first that waits. */
export function TermTable({ terms, mayDecide }: { terms: readonly RunningTerm[]; mayDecide: boolean }) {
  const { pages } = useContractTexts()
  const t = pages.terms
  if (terms.length === 0) return <p>{t.none}</p>
  const first = terms.find(({ what }) => what === 'reply' || what === 'approval')
  return (
    <ScrollRegion label={t.title}>
      <table className="st-table">
        <caption className="visually-hidden">{t.caption}</caption>
        <thead>
          <tr>
            {(['left', 'due', 'what', 'gone', 'act'] as const).map((column) => (
              <th key={column} scope="col">
                {t.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {terms.map((term) => (
            <TermRow
              key={`${term.what} ${term.period} ${term.subject}`}
              term={term}
              isMain={term === first && mayDecide}
            />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function TermRow({ term, isMain }: { term: RunningTerm; isMain: boolean }) {
  const { pages, period, date } = useContractTexts()
  const t = pages.terms
  const subject =
    term.what === 'report' || term.what === 'approval'
      ? period(term.period)
      : term.what === 'plan'
        ? term.period
        : term.subject.replace(/\S+$/, (text) => period(text))
  return (
    <tr>
      <td>
        <TermState term={term} />
      </td>
      <td>
        <time dateTime={term.dueOn}>{date(term.dueOn)}</time>
      </td>
      <th scope="row">
        {t.what[term.what](subject)}
        <span className="st-sub">{t.from[term.what](date(term.startedOn))}</span>
      </th>
      <td>
        <span className="st-small">{t.of(term.daysGone, term.daysAll)}</span>
        <meter
          min={0}
          max={term.daysAll}
          low={Math.min(term.alarms[1] ?? term.alarms[0] ?? term.daysAll, term.daysAll)}
          high={term.daysAll}
          optimum={0}
          value={Math.min(term.daysGone, term.daysAll)}
          aria-label={t.gone(term.daysGone, term.daysAll)}
        />
      </td>
      <td>
        <Link to={addresses[term.what](term)} className={isMain ? 'btn st-btn is-main' : undefined}>
          {t.acts[term.what]}
        </Link>
      </td>
    </tr>
  )
}

function TermState({ term: { state, daysLeft } }: { term: RunningTerm }) {
  const { pages } = useContractTexts()
  const t = pages.terms
  const mark = state === 'over' ? 'st-late' : state === 'near' ? 'st-warn' : 'st-ok'
  const words = daysLeft < 0 ? t.over(-daysLeft) : daysLeft === 0 ? t.today : t.left(daysLeft)
  return <span className={`st-state ${mark}`}>{words}</span>
}
