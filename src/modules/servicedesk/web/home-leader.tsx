import { Link } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { LeaderHome } from '../home-schema.ts'
import { EscalationList } from './escalation-list.tsx'
import { ShortList, StaffHome } from './home-frame.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'

/** For who leads: who is drowning, team by team, and what stands without anybody. */
export function LeaderHomePage({ home }: { home: LeaderHome }) {
  const { work } = useKnowledgeTexts()
  const { language } = useShell()
  const t = work.homes.leader
  const total = (pick: (team: LeaderHome['teams'][number]) => number) =>
    wholeNumber(
      home.teams.reduce((sum, team) => sum + pick(team), 0),
      language,
    )
  return (
    <StaffHome
      notices={home.notices}
      sentence={t.sentence(
        total((team) => team.open),
        total((team) => team.overdue),
        total((team) => team.dueToday),
        total((team) => team.toTake),
      )}
    >
      <ScrollRegion label={t.caption}>
        <TeamTable teams={home.teams} />
      </ScrollRegion>
      <EscalationList rows={home.escalations} title={t.escalations} none={t.escalationsNone} />
      <ShortList title={t.reassign} list={home.standing} all="/da-lavorare?view=to_take" none={t.reassignNone} />
      <p>
        <Link className="btn st-btn is-main" to="/da-lavorare?view=to_take">
          {t.assign}
        </Link>
      </p>
    </StaffHome>
  )
}

function TeamTable({ teams }: { teams: LeaderHome['teams'] }) {
  const { work } = useKnowledgeTexts()
  const { language } = useShell()
  const t = work.homes.leader
  return (
    <table className="st-table">
      <caption>{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.team}</th>
          {(['open', 'overdue', 'dueToday', 'toTake', 'waiting'] as const).map((column) => (
            <th key={column} scope="col" className="st-num">
              {t[column]}
            </th>
          ))}
          <th scope="col">{t.oldest}</th>
        </tr>
      </thead>
      <tbody>
        {teams.map((team) => (
          <tr key={team.teamId ?? 'none'}>
            <th scope="row">
              {team.teamId ? <Link to={`/da-lavorare?teamId=${team.teamId}`}>{team.teamName}</Link> : t.none}
            </th>
            <td className="st-num">
              <strong>{wholeNumber(team.open, language)}</strong>
            </td>
            <td className="st-num">
              {team.overdue > 0 ? (
                <span className="st-state st-late">{wholeNumber(team.overdue, language)}</span>
              ) : (
                wholeNumber(0, language)
              )}
            </td>
            <td className="st-num">{wholeNumber(team.dueToday, language)}</td>
            <td className="st-num">{wholeNumber(team.toTake, language)}</td>
            <td className="st-num">{wholeNumber(team.waiting, language)}</td>
            <td>{team.oldestAt && <When at={team.oldestAt} isShort />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
