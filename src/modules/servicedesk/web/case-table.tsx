import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { Link, useLoaderData, useNavigate } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import type { CasePage, CaseRow } from '../schema.ts'
import { type BarMode, BulkBar, PlainBulkBar } from './bulk-bar.tsx'
import type { Done } from './bulk-outcome.tsx'
import { CaseHead, CaseLine } from './case-line.tsx'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import type { loader } from './queue.tsx'
import { useDeskTexts } from './texts.ts'
import { useKeys } from './use-keys.ts'
import { useLiveList } from './use-live-list.ts'

type Props = { list: CasePage; done: Done | undefined; isNewestFirst: boolean }
type Shown = CaseRow & { isGone: boolean }

/** Rows keep their place while the page is open: what changes, changes where it is; what is new waits at the bottom. */
export function CaseTable({ list, done, isNewestFirst }: Props) {
  const { mayTake, mayAssign } = useLoaderData<typeof loader>()
  const { pages } = useDeskTexts()
  const { hasShortcuts } = useShell()
  const t = pages.queue
  const { known, arrived, isLive, reorder } = useLiveList(list.rows)
  const rows = [...known, ...arrived]
  const [cursor, setCursor] = useState(-1)
  const { picked, pick, bar } = usePicked(rows, done)
  const at = rows[cursor]
  useQueueKeys({ rows, at, setCursor, reorder, bar, mayAssign, isOn: hasShortcuts })
  if (rows.length === 0) return <p>{t.none}</p>
  const line = (row: Shown) => (
    <CaseLine
      key={row.id}
      row={row}
      mayTake={mayTake}
      isCursor={row === at}
      pick={mayAssign ? { formId: 'several', isPicked: picked.has(row.id), toggle: () => pick(row.id) } : null}
    />
  )
  return (
    <>
      <LiveMark isLive={isLive} arrived={arrived.length} />
      {mayAssign && <PlainBulkBar id="several" />}
      {mayAssign && <BulkBar {...bar} />}
      <ScrollRegion label={t.title}>
        <table className="st-table st-fixed st-dense">
          <caption>{(isNewestFirst ? t.captionNewest : t.caption)(list.rows.length)}</caption>
          <CaseHead mayTake={mayTake} mayPick={mayAssign} />
          <tbody>{known.map(line)}</tbody>
          {arrived.length > 0 && (
            <tbody>
              <tr className="st-group">
                <th colSpan={7 + Number(mayTake) + Number(mayAssign)} scope="rowgroup">
                  {t.arrived(arrived.length)}{' '}
                  <button type="button" className="st-linklike" onClick={reorder}>
                    {t.reorder} <Key>O</Key>
                  </button>
                </th>
              </tr>
              {arrived.map(line)}
            </tbody>
          )}
        </table>
      </ScrollRegion>
      {hasShortcuts && <KeyHints mayAssign={mayAssign} />}
    </>
  )
}

/** Which rows are ticked; ticks outlive news from others, and go from the rows that went. */
function usePicked(rows: readonly Shown[], done: Done | undefined) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [mode, setMode] = useState<BarMode>(null)
  const [secondId, setSecondId] = useState<string | null>(null)
  useEffect(() => {
    if (!done) return
    const went = new Set(done.outcome.rows.filter((row) => row.isDone).map((row) => row.id))
    setPicked((now) => new Set([...now].filter((id) => !went.has(id))))
    setMode(null)
  }, [done])
  const pick = (id: string) =>
    setPicked((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]))
  const bar = {
    picked: rows.filter((row) => picked.has(row.id)),
    mode,
    second: rows.find((row) => row.id === secondId),
    setMode,
    setSecondId,
    pick,
    clear: () => {
      setPicked(new Set())
      setMode(null)
    },
  }
  return { picked, pick, bar }
}

type Keys = {
  rows: readonly Shown[]
  at: Shown | undefined
  setCursor: (move: (now: number) => number) => void
  reorder: () => void
  bar: ReturnType<typeof usePicked>['bar']
  mayAssign: boolean
  isOn: boolean
}

function useQueueKeys({ rows, at, setCursor, reorder, bar, mayAssign, isOn }: Keys) {
  const navigate = useNavigate()
  // Without ticks the row under the cursor is meant.
  const ask = (mode: BarMode) => {
    if (!mayAssign || (bar.picked.length === 0 && !at)) return
    if (bar.picked.length === 0 && at) bar.pick(at.id)
    bar.setMode(mode)
  }
  useKeys(isOn, {
    j: () => setCursor((now) => Math.min(now + 1, rows.length - 1)),
    k: () => setCursor((now) => Math.max(now - 1, 0)),
    enter: () => at && navigate(`/richieste/${at.id}`),
    p: () => at && document.querySelector<HTMLButtonElement>(`#take-${at.id}`)?.click(),
    r: () => at && navigate(`/richieste/${at.id}#modelli`),
    '2': () => {
      if (!at || !mayAssign) return
      bar.setSecondId(at.id)
      bar.setMode('second')
    },
    x: () => at && mayAssign && bar.pick(at.id),
    a: () => ask('assign'),
    g: () => ask('join'),
    o: reorder,
    n: () => navigate('/nuova-richiesta'),
    '/': () => document.querySelector<HTMLInputElement>('#words')?.focus(),
  })
}

function KeyHints({ mayAssign }: { mayAssign: boolean }) {
  const t = useDeskTexts().pages.queue
  const { work } = useKnowledgeTexts()
  return (
    <p className="st-small st-quiet st-keys mt-2">
      <kbd>J</kbd> <kbd>K</kbd> {t.keys.move} · <kbd>{t.enter}</kbd> {t.keys.open} · <kbd>P</kbd> {t.keys.take} ·{' '}
      {mayAssign && (
        <>
          <kbd>R</kbd> {work.keys.reply} · <kbd>2</kbd> {work.keys.second} · <kbd>X</kbd> {work.keys.pick} ·{' '}
          <kbd>A</kbd> {work.keys.assign} · <kbd>G</kbd> {work.keys.join} ·{' '}
        </>
      )}
      <kbd>O</kbd> {work.keys.reorder} · <kbd>/</kbd> {t.keys.words} · <kbd>N</kbd> {t.keys.create} ·{' '}
      <Link to="/profilo">{t.keys.off}</Link>
    </p>
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
