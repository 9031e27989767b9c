import { Link } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { HomeNotices, OverviewHome } from '../home-schema.ts'
import { EscalationList } from './escalation-list.tsx'
import { ShortList, StaffHome } from './home-frame.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'

const counted = ['open', 'overdue', 'dueToday', 'toTake', 'waiting', 'resolved'] as const

/** For who answers for the service: the open cases kind by kind, each figure one step from its cases. */
export function OverviewHomePage({ home }: { home: OverviewHome }) {
  const { work, desk } = useKnowledgeTexts()
  const { language } = useShell()
  const t = work.homes.overview
  const count = (n: number) => wholeNumber(n, language)
  const total = (column: (typeof counted)[number]) => count(home.kinds.reduce((sum, kind) => sum + kind[column], 0))
  return (
    <StaffHome notices={home.notices} sentence={t.sentence(total('open'), total('overdue'), total('dueToday'))}>
      <ShortList title={t.decisions} list={home.decisions} all="/da-lavorare?view=waiting" none={t.decisionsNone} />
      <EscalationList rows={home.escalations} title={t.escalations} none={t.escalationsNone} />
      <ScrollRegion label={t.caption}>
        <table className="st-table">
          <caption>{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.kind}</th>
              {counted.map((column) => (
                <th key={column} scope="col" className="st-num">
                  {t[column]}
                </th>
              ))}
              <th scope="col">{t.oldest}</th>
            </tr>
          </thead>
          <tbody>
            {home.kinds.map((kind) => (
              <tr key={kind.kind}>
                <th scope="row">
                  <Link to={`/da-lavorare?kind=${kind.kind}`}>{desk.kinds[kind.kind]}</Link>
                </th>
                {counted.map((column) => (
                  <td key={column} className="st-num">
                    {column === 'open' ? <strong>{count(kind.open)}</strong> : count(kind[column])}
                  </td>
                ))}
                <td>{kind.oldestAt && <When at={kind.oldestAt} isShort />}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t.total}</th>
              {counted.map((column) => (
                <td key={column} className="st-num">
                  {total(column)}
                </td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
      <p>
        <Link to="/da-lavorare">{work.homes.queue}</Link>
      </p>
    </StaffHome>
  )
}

/** For the administrator: what they keep in order. */
export function AdministratorHomePage({ notices }: { notices: HomeNotices }) {
  const t = useKnowledgeTexts().work.homes.administrator
  return (
    <StaffHome notices={notices} sentence={t.lead}>
      <section aria-labelledby="administration">
        <h2 id="administration" className="st-h2">
          <Link to="/amministrazione">{t.organisation}</Link>
        </h2>
        <p>{t.organisationHelp}</p>
        <p className="st-quiet">{t.knowledgeHelp}</p>
      </section>
    </StaffHome>
  )
}
