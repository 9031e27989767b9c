import { type ClipboardEvent, type Dispatch, type KeyboardEvent, useState } from 'react'
import { useLoaderData } from 'react-router'
import { type SheetField, sheetFields } from '../internal/sheet-rules.ts'
import { usePlanTexts } from './plan-words.ts'
import type { loader } from './sheet.tsx'
import { cellsOf, piecesOf, rowLacks, type SheetAct, type SheetRow } from './sheet-state.ts'
import { estimateOf, type SheetSums, usePriceOf } from './sheet-sums.tsx'

type Grid = {
  rows: readonly SheetRow[]
  sums: SheetSums
  /** Rows whose gaps are shown: those a person has left. */
  shown: ReadonlySet<number>
  dispatch: Dispatch<SheetAct>
  leave: (key: number) => void
}

/** The four boxes a line, worked with the keyboard alone. */
export function SheetGrid({ rows, sums, shown, dispatch, leave }: Grid) {
  const { number, amount, total } = usePlanTexts()
  const [current, setCurrent] = useState<number | null>(null)
  return (
    <table className="st-table st-sheet" onKeyDown={(event) => actOnKey(event, dispatch)}>
      <Keys />
      <GridHead />
      <tbody>
        {rows.map((row, at) => (
          <Row
            key={row.key}
            row={row}
            at={at}
            isCurrent={row.key === current}
            isShown={shown.has(row.key)}
            dispatch={dispatch}
            enter={() => setCurrent(row.key)}
            leave={() => {
              setCurrent(null)
              leave(row.key)
            }}
          />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {total}
          </th>
          <td className="st-num">{number(sums.pieces)}</td>
          <td colSpan={3} />
          <td className="st-num">{amount(sums.estimate)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  )
}

function GridHead() {
  const { sheet } = usePlanTexts()
  const c = sheet.columns
  return (
    <thead>
      <tr>
        <th scope="col" className="st-w3">
          {c.line}
        </th>
        <th scope="col" className="st-w20">
          {c.what}
        </th>
        <th scope="col" className="st-num st-w7">
          {c.quantity}
        </th>
        <th scope="col" className="st-w20">
          {c.forWhom}
        </th>
        <th scope="col">{c.why}</th>
        <th scope="col" className="st-num st-w7">
          {c.price}
        </th>
        <th scope="col" className="st-num st-w9">
          {c.estimate}
        </th>
        <th scope="col" className="st-w9">
          {c.from}
        </th>
      </tr>
    </thead>
  )
}

function Keys() {
  const { sheet } = usePlanTexts()
  const t = sheet.keys
  return (
    <caption>
      {t.lead} <kbd>Tab</kbd> {t.tab} · <kbd>{t.enterKey}</kbd> {t.enter} · <kbd>Ctrl</kbd> <kbd>D</kbd> {t.copy} ·{' '}
      <kbd>Ctrl</kbd> <kbd>Z</kbd> {t.undo}
    </caption>
  )
}

type RowProps = {
  row: SheetRow
  at: number
  isCurrent: boolean
  isShown: boolean
  dispatch: Dispatch<SheetAct>
  enter: () => void
  leave: () => void
}

function Row({ row, at, isCurrent, isShown, dispatch, enter, leave }: RowProps) {
  const { amount } = usePlanTexts()
  const price = usePriceOf()(row.what)
  const estimate = estimateOf(price, piecesOf(row.quantity))
  const lacks = isShown ? rowLacks(row) : []
  return (
    <tr
      className={isCurrent ? 'is-on' : undefined}
      onFocus={enter}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && leave()}
    >
      <th scope="row" className="st-num">
        {at + 1}
      </th>
      {sheetFields.map((field) => (
        <td key={field}>
          <Box row={row} at={at} field={field} isMissing={lacks.includes(field)} dispatch={dispatch} />
        </td>
      ))}
      <td className="st-num">{price === null ? '' : amount(price)}</td>
      <td className="st-num">{estimate === null ? '' : amount(estimate)}</td>
      <td className="st-cell st-quiet st-small">
        <From row={row} />
        <input type="hidden" name={`line-${at + 1}-fromId`} value={row.fromId ?? ''} />
      </td>
    </tr>
  )
}

function From({ row }: { row: SheetRow }) {
  const { sheet } = useLoaderData<typeof loader>()
  const { sheet: t, number } = usePlanTexts()
  if (row.what.trim() === '') return null
  const past = sheet.before.offered.find(({ id }) => id === row.fromId)
  return <>{past === undefined ? t.isNew : t.from(sheet.before.year, number(past.quantity))}</>
}

type BoxProps = { row: SheetRow; at: number; field: SheetField; isMissing: boolean; dispatch: Dispatch<SheetAct> }

function Box({ row, at, field, isMissing, dispatch }: BoxProps) {
  const { sheet: t } = usePlanTexts()
  const name = `line-${at + 1}-${field}`
  const hint = row.what !== '' || at === 0 || field !== 'what' ? '' : t.placeholders.what
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n\r]/.test(text)) return
    event.preventDefault()
    dispatch({ kind: 'paste', at, field, cells: cellsOf(text) })
  }
  return (
    <input
      id={name}
      name={name}
      className={`st-field ${field === 'quantity' ? 'st-num' : ''} ${isMissing ? 'is-missing' : ''}`}
      aria-label={t.box(at + 1, t.names[field])}
      aria-invalid={isMissing || undefined}
      aria-describedby={isMissing ? `note-${at + 1}` : undefined}
      placeholder={isMissing && field === 'why' ? t.placeholders.why : hint || undefined}
      autoComplete="off"
      {...(field === 'what' && { list: 'catalogue', maxLength: 200 })}
      {...(field === 'quantity' && { inputMode: 'numeric' })}
      {...(field === 'forWhom' && { maxLength: 300 })}
      {...(field === 'why' && { maxLength: 1000 })}
      value={row[field]}
      onChange={(event) => dispatch({ kind: 'type', at, field, value: event.target.value })}
      onPaste={paste}
      data-at={at}
      data-field={field}
    />
  )
}

/** Enter goes to the next row, Ctrl+D copies from above, Ctrl+Z takes back. */
function actOnKey(event: KeyboardEvent<HTMLElement>, dispatch: Dispatch<SheetAct>) {
  const box = event.target
  if (!(box instanceof HTMLInputElement) || event.altKey) return
  const at = Number(box.dataset.at)
  const field = sheetFields.find((one) => one === box.dataset.field)
  if (field === undefined) return
  const key = event.key.toLowerCase()
  if (key === 'enter' && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    document.getElementById(`line-${at + (event.shiftKey ? 0 : 2)}-what`)?.focus()
  } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && key === 'd') {
    event.preventDefault()
    dispatch({ kind: 'copyAbove', at, field })
  } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && key === 'z') {
    event.preventDefault()
    dispatch({ kind: 'undo' })
  }
}
