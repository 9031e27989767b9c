import { Form, Link } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { CaseRow } from '../schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import { useDeskTexts } from './texts.ts'
import { CaseTimeLeft } from './time-left.tsx'

/** The heads of the queue's columns. */
export function CaseHead({ mayTake, mayPick }: { mayTake: boolean; mayPick: boolean }) {
  const { columns } = useDeskTexts().pages.queue
  const { work } = useKnowledgeTexts()
  const heads = { ...columns, ...work.columns }
  const widths = [
    ['number', 'st-c92'],
    ['left', 'st-c184'],
    ['promised', 'st-c128'],
    ['title', undefined],
    ['office', 'st-c168'],
    ['team', 'st-c150'],
    ['kind', 'st-c104'],
  ] as const
  return (
    <thead>
      <tr>
        {mayPick && (
          <th scope="col" className="st-w3">
            <span className="visually-hidden">{work.bulk.pick}</span>
          </th>
        )}
        {widths.map(([column, width]) => (
          <th key={column} scope="col" className={width}>
            {heads[column]}
          </th>
        ))}
        {mayTake && (
          <th scope="col" className="st-c128">
            {columns.act}
          </th>
        )}
      </tr>
    </thead>
  )
}

type Pick = { formId: string; isPicked: boolean; toggle: () => void }
type LineProps = { row: CaseRow & { isGone?: boolean }; mayTake: boolean; isCursor: boolean; pick: Pick | null }

/** One case, one line. */
export function CaseLine({ row, mayTake, isCursor, pick }: LineProps) {
  const { desk, pages } = useDeskTexts()
  const t = pages.queue
  const canTake = mayTake && !row.isGone && (row.state === 'new' || row.state === 'assigned')
  const marks = [isCursor && 'is-cursor', pick?.isPicked && 'is-picked'].filter(Boolean).join(' ')
  return (
    <tr className={marks || undefined} aria-current={isCursor ? 'true' : undefined}>
      {pick && (
        <td>
          <PickBox row={row} pick={pick} />
        </td>
      )}
      <td>
        <Link to={`/richieste/${row.id}`}>{row.number}</Link>
      </td>
      <td>{row.isGone ? <span className="st-quiet">{t.gone}</span> : <CaseTimeLeft row={row} />}</td>
      <td>{row.promisedAt ? <When at={row.promisedAt} isShort /> : '–'}</td>
      <th scope="row" title={row.title}>
        {row.severity !== 'normal' && <span className="st-who">{desk.severities[row.severity]}</span>}{' '}
        {row.title || pages.case.empty}
      </th>
      <td title={row.officeName ?? undefined}>{row.officeName}</td>
      <td>{row.holderName ?? row.teamName ?? <strong>{desk.nobody}</strong>}</td>
      <td>{desk.kindsShort[row.kind]}</td>
      {mayTake && <td>{canTake && <TakeForm row={row} />}</td>}
    </tr>
  )
}

// It belongs to the form above the table, which has a box of its own only without JavaScript.
function PickBox({ row, pick }: { row: CaseRow; pick: Pick }) {
  const { work } = useKnowledgeTexts()
  return (
    <input
      type="checkbox"
      className="st-check"
      name="case"
      value={`${row.id}:${row.version}`}
      form={pick.formId}
      aria-label={work.bulk.pickCase(row.number)}
      checked={pick.isPicked}
      onChange={pick.toggle}
    />
  )
}

function TakeForm({ row }: { row: CaseRow }) {
  const t = useDeskTexts().pages.queue
  return (
    <Form method="post">
      <input type="hidden" name="id" value={row.id} />
      <input type="hidden" name="version" value={row.version} />
      <button id={`take-${row.id}`} type="submit" className="st-linklike st-link" aria-label={t.takeNumber(row.number)}>
        {t.take}
      </button>
    </Form>
  )
}
