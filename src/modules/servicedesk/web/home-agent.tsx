import { Link } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import type { AgentHome } from '../home-schema.ts'
import { ShortList, StaffHome } from './home-frame.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'

/** For who works on cases: what users answered, what one holds, what waits to be taken. */
export function AgentHomePage({ home }: { home: AgentHome }) {
  const { work } = useKnowledgeTexts()
  const { language } = useShell()
  const t = work.homes.agent
  const said = (list: { rows: unknown[]; hasMore: boolean }) =>
    `${wholeNumber(list.rows.length, language)}${list.hasMore ? '+' : ''}`
  const { answered, mine, toTake, notices } = home
  const isNothing = answered.rows.length + mine.rows.length + toTake.rows.length === 0
  const held = { rows: [...answered.rows, ...mine.rows], hasMore: answered.hasMore || mine.hasMore }
  return (
    <StaffHome
      notices={notices}
      sentence={
        isNothing ? t.nothing : t.sentence(said(held), answered.rows.length === 0 ? null : said(answered), said(toTake))
      }
    >
      <ShortList title={t.answered} list={answered} all="/da-lavorare?view=mine" />
      <ShortList title={t.mine} list={mine} all="/da-lavorare?view=mine" none={work.homes.nobody} />
      <ShortList title={t.toTake} list={toTake} all="/da-lavorare?view=to_take" none={work.homes.nobody} />
      <p>
        <Link className="btn st-btn is-main" to="/da-lavorare">
          {work.homes.queue}
        </Link>
      </p>
    </StaffHome>
  )
}
