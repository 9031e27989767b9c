import { useState } from 'react'
import { createPortal } from 'react-dom'
import { Form, Link, useNavigate } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { CasePage, CaseRow } from '../schema.ts'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'
import { useKeys } from './use-keys.ts'
import { useLiveList } from './use-live-list.ts'

type Props = { list: CasePage; mayTake: boolean; isNewestFirst: boolean }

/** Rows keep their place while the page is open: what changes, changes where it is; what is new waits at the bottom. */
export function CaseTable({ list, mayTake, isNewestFirst }: Props) {
  const { pages } = useDeskTexts()
  const { hasShortcuts } = useShell()
  const t = pages.queue
  const { known, arrived, isLive, reorder } = useLiveList(list.rows)
  const rows = [...known, ...arrived]
  const [cursor, setCursor] = useState(-1)
  const navigate = useNavigate()
  const at = rows[cursor]
  useKeys(hasShortcuts, {
    j: () => setCursor((now) => Math.min(now + 1, rows.length - 1)),
    k: () => setCursor((now) => Math.max(now - 1, 0)),
    enter: () => at && navigate(`/richieste/${at.id}`),
    p: () => at && document.querySelector<HTMLButtonElement>(`#take-${at.id}`)?.click(),
    o: reorder,
    n: () => navigate('/nuova-richiesta'),
    '/': () => document.querySelector<HTMLInputElement>('#words')?.focus(),
  })
  if (rows.length === 0) return <p>{t.none}</p>
  return (
    <>
      <LiveMark isLive={isLive} arrived={arrived.length} />
      <ScrollRegion label={t.title}>
        <table className="st-table st-fixed st-dense">
          <caption>{(isNewestFirst ? t.captionNewest : t.caption)(list.rows.length)}</caption>
          <CaseHead mayTake={mayTake} />
          <tbody>
            {known.map((row) => (
              <CaseLine key={row.id} row={row} mayTake={mayTake} isCursor={row === at} />
            ))}
          </tbody>
          {arrived.length > 0 && (
            <tbody>
              <tr className="st-group">
                <th colSpan={mayTake ? 8 : 7} scope="rowgroup">
                  {t.arrived(arrived.length)}{' '}
                  <button type="button" className="st-linklike" onClick={reorder}>
                    {t.reorder} <Key>O</Key>
                  </button>
                </th>
              </tr>
              {arrived.map((row) => (
                <CaseLine key={row.id} row={row} mayTake={mayTake} isCursor={row === at} />
              ))}
            </tbody>
          )}
        </table>
      </ScrollRegion>
      {hasShortcuts && <KeyHints />}
    </>
  )
}

function CaseHead({ mayTake }: { mayTake: boolean }) {
  const { columns } = useDeskTexts().pages.queue
  const widths = [
    ['number', 'st-c92'],
    ['state', 'st-c184'],
    ['opened', 'st-c128'],
    ['title', undefined],
    ['office', 'st-c168'],
    ['team', 'st-c150'],
    ['kind', 'st-c104'],
  ] as const
  return (
    <thead>
      <tr>
        {widths.map(([column, width]) => (
          <th key={column} scope="col" className={width}>
            {columns[column]}
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

function KeyHints() {
  const t = useDeskTexts().pages.queue
  return (
    <p className="st-small st-quiet mt-2">
      <kbd>J</kbd> <kbd>K</kbd> {t.keys.move} · <kbd>{t.enter}</kbd> {t.keys.open} · <kbd>P</kbd> {t.keys.take} ·{' '}
      <kbd>/</kbd> {t.keys.words} · <kbd>N</kbd> {t.keys.create} · <Link to="/profilo">{t.keys.off}</Link>
    </p>
  )
}

function CaseLine({
  row,
  mayTake,
  isCursor,
}: {
  row: CaseRow & { isGone?: boolean }
  mayTake: boolean
  isCursor: boolean
}) {
  const { desk, pages } = useDeskTexts()
  const t = pages.queue
  const canTake = mayTake && !row.isGone && (row.state === 'new' || row.state === 'assigned')
  return (
    <tr className={isCursor ? 'is-cursor' : undefined} aria-current={isCursor ? 'true' : undefined}>
      <td>
        <Link to={`/richieste/${row.id}`}>{row.number}</Link>
      </td>
      <td>
        {row.isGone ? (
          <span className="st-quiet">{t.gone}</span>
        ) : (
          <CaseStateMark state={row.state} waitingFor={row.waitingFor} />
        )}
      </td>
      <td>
        <When at={row.openedAt} isShort />
      </td>
      <th scope="row" title={row.title}>
        {row.severity !== 'normal' && <span className="st-who">{desk.severities[row.severity]}</span>}{' '}
        {row.title || pages.case.empty}
      </th>
      <td title={row.officeName ?? undefined}>{row.officeName}</td>
      <td>{row.holderName ?? row.teamName ?? <strong>{desk.nobody}</strong>}</td>
      <td>{desk.kindsShort[row.kind]}</td>
      {mayTake && (
        <td>
          {canTake && (
            <Form method="post">
              <input type="hidden" name="id" value={row.id} />
              <input type="hidden" name="version" value={row.version} />
              <button
                id={`take-${row.id}`}
                type="submit"
                className="st-linklike st-link"
                aria-label={t.takeNumber(row.number)}
              >
                {t.take}
              </button>
            </Form>
          )}
        </td>
      )}
    </tr>
  )
}

// Said beside the title, where the page keeps a place for it; absent without JavaScript, because nothing is live then.
function LiveMark({ isLive, arrived }: { isLive: boolean | null; arrived: number }) {
  const { pages } = useDeskTexts()
  if (isLive === null) return null
  const place = document.querySelector('#live')
  if (!place) return null
  return createPortal(
    <span className="st-live" role="status">
      <span className={`st-state ${isLive ? 'st-ok' : 'st-idle'}`}>
        {isLive ? pages.queue.live : pages.queue.offline}
      </span>
      {arrived > 0 && ` · ${pages.queue.news(arrived)}`}
    </span>,
    place,
  )
}
