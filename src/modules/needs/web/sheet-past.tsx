import type { Dispatch } from 'react'
import { useLoaderData } from 'react-router'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { Sheet } from '../schema.ts'
import { usePlanTexts } from './plan-words.ts'
import type { loader } from './sheet.tsx'
import { lineTaken, type SheetAct } from './sheet-state.ts'
import { estimateOf } from './sheet-sums.tsx'

type Offered = Sheet['before']['offered'][number]
type Props = { taken: ReadonlySet<string | null>; dispatch: Dispatch<SheetAct> }

/** The lines of last year that are not in the sheet: taken one by one or all at once, without JavaScript too. */
export function SheetPast({ taken, dispatch }: Props) {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: texts } = usePlanTexts()
  const t = texts.past
  const { year, offered } = sheet.before
  const open = offered.filter(({ id }) => !taken.has(id))
  const take = (lines: readonly Offered[]) => dispatch({ kind: 'add', lines: lines.map(lineTaken) })
  if (offered.length === 0) return null
  return (
    <section className="st-section">
      <div className="st-row st-between">
        <h2 id="past" className="st-h2">
          {t.title(year)}
        </h2>
        {open.length > 1 && <TakeButton act="take-all" label={t.takeAll(open.length)} take={() => take(open)} />}
      </div>
      {open.length === 0 ? (
        <p role="status">{t.allTaken(year)}</p>
      ) : (
        <ScrollRegion label={t.title(year)}>
          <table className="st-table">
            <caption>{t.lead}</caption>
            <PastHead now={sheet.year} />
            <tbody>
              {open.map((line) => (
                <PastRow key={line.id} line={line} take={() => take([line])} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </section>
  )
}

function PastHead({ now }: { now: number }) {
  const { sheet } = usePlanTexts()
  const c = sheet.past.columns
  return (
    <thead>
      <tr>
        <th scope="col" className="st-w25">
          {c.what}
        </th>
        <th scope="col" className="st-num">
          {c.asked}
        </th>
        <th scope="col" className="st-num">
          {c.verified}
        </th>
        <th scope="col" className="st-w15">
          {c.forWhom}
        </th>
        <th scope="col" className="st-w30">
          {c.why}
        </th>
        <th scope="col" className="st-num">
          {c.estimate}
        </th>
        <th scope="col" className="st-w10">
          {c.now(now)}
        </th>
      </tr>
    </thead>
  )
}

function PastRow({ line, take }: { line: Offered; take: () => void }) {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: texts, number, amount, none } = usePlanTexts()
  const t = texts.past
  const estimate = estimateOf(line.unitPrice, line.quantity)
  const decided = line.decision === null || line.decision === 'accepted' ? null : t.decided[line.decision]
  return (
    <tr>
      <th scope="row">{line.what}</th>
      <td className="st-num">{number(line.quantity)}</td>
      <td className="st-num">{number(line.verified)}</td>
      <td>{line.forWhom}</td>
      <td>
        {line.why}
        {decided !== null && (
          <span className="st-sub">
            {line.reason === null ? decided(sheet.before.year) : t.because(decided(sheet.before.year), line.reason)}
          </span>
        )}
      </td>
      <td className="st-num">{estimate === null ? none : amount(estimate)}</td>
      <td>
        <TakeButton act={`take-${line.id}`} label={t.take} says={t.takeOne(line.what)} take={take} />
      </td>
    </tr>
  )
}

function TakeButton({ act, label, says, take }: { act: string; label: string; says?: string; take: () => void }) {
  return (
    <button
      type="submit"
      form="sheet"
      name="act"
      value={act}
      className="btn st-btn is-plain"
      aria-label={says}
      onClick={(event) => {
        event.preventDefault()
        take()
      }}
    >
      {label}
    </button>
  )
}
