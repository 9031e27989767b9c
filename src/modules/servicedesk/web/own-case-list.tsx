import { Form, Link } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { CaseRow } from '../schema.ts'
import { useDeskTexts } from './texts.ts'

/** The asker's requests, each a sentence and, when something is asked of them, its buttons. */
export function OwnCaseList({
  rows,
  closing,
  heading = 'h3',
}: {
  rows: CaseRow[]
  closing: Record<string, string>
  heading?: 'h2' | 'h3'
}) {
  return (
    <ul className="st-list">
      {rows.map((row) => (
        <OwnCase key={row.id} row={row} closes={closing[row.id]} heading={heading} />
      ))}
    </ul>
  )
}

function OwnCase({
  row,
  closes,
  heading: Heading,
}: {
  row: CaseRow
  closes: string | undefined
  heading: 'h2' | 'h3'
}) {
  const { pages } = useDeskTexts()
  const t = pages.home
  const address = `/richieste/${row.id}`
  return (
    <li>
      <Heading className="st-h3">
        <Link to={address}>{row.title || pages.case.empty}</Link>
      </Heading>
      <HowItStands row={row} />
      {row.waitingFor === 'user' && (
        <p className="mt-2">
          <Link className="btn st-btn is-main" to={`${address}#scrivi`}>
            {t.answer}
          </Link>
        </p>
      )}
      {row.state === 'resolved' && (
        <div className="st-row mt-2">
          <Form method="post" action={address}>
            <input type="hidden" name="version" value={row.version} />
            <button type="submit" name="act" value="confirm" className="btn st-btn is-plain">
              {pages.case.confirm}
            </button>
          </Form>
          <Link className="btn st-btn is-plain" to={`${address}#riapri`}>
            {pages.case.reopen}
          </Link>
        </div>
      )}
      <p className="st-small st-quiet mt-2">
        {t.number(row.number)}. {t.since} <When at={row.openedAt} />
        {closes && (
          <>
            . {t.closes} <When at={closes} />
          </>
        )}
      </p>
    </li>
  )
}

/** Where it stands and, where a date was promised, when: a sentence, never a code. */
function HowItStands({ row }: { row: CaseRow }) {
  const { pages, desk, work } = useDeskTexts()
  const t = pages.home.sentence
  if (row.waitingFor === 'user') {
    return (
      <>
        <p className="st-state st-warn">{t.waiting}</p>
        <p>{t.waitingMore}</p>
      </>
    )
  }
  const sentence = row.waitingFor === null ? t[row.state] : t.paused[row.waitingFor]
  return (
    <p>
      {row.state === 'closed' ? desk.states.closed : sentence}
      {row.promisedAt && !over.includes(row.state) && (
        <>
          {' '}
          {work.dues.noTarget}: <When at={row.promisedAt} />.
        </>
      )}
    </p>
  )
}

const over: readonly CaseRow['state'][] = ['resolved', 'closed', 'cancelled', 'duplicate', 'rejected']
