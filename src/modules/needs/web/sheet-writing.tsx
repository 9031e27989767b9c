import { type RefObject, useEffect, useReducer, useRef, useState } from 'react'
import { Form, useActionData, useLoaderData } from 'react-router'
import { Panel } from '../../../web/ui/act-panel.tsx'
import { LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { RequestLineRow } from '../schema.ts'
import { usePlanTexts } from './plan-words.ts'
import type { loader } from './sheet.tsx'
import { SheetGrid } from './sheet-grid.tsx'
import { type Lack, NotSaved, SavedStatus, SheetCrumb, SheetLead, StaleNotice } from './sheet-head.tsx'
import { SheetPast } from './sheet-past.tsx'
import {
  cellsOf,
  filledRows,
  linesOfCells,
  linesOfFields,
  nextSheet,
  rowLacks,
  type SheetRow,
  startSheet,
} from './sheet-state.ts'
import { SheetTotals, sumsOf, usePriceOf } from './sheet-sums.tsx'
import { type Saving, useSheetSaving } from './use-sheet-saving.ts'

/** The sheet while it is a draft. */
export function SheetWriting({ title }: { title: string }) {
  const { sheet } = useLoaderData<typeof loader>()
  const { refused, isAway } = useAnswer()
  const { sheet: t } = usePlanTexts()
  const form = useRef<HTMLFormElement>(null)
  const [state, dispatch] = useReducer(nextSheet, null, () => startSheet(linesAtFirst(sheet.lines, refused)))
  const [left, setLeft] = useState<ReadonlySet<number>>(() => new Set(filledRows(state.rows).map(({ key }) => key)))
  const saving = useSheetSaving(form, state.rows, { version: sheet.version, savedAt: sheet.savedAt })
  const submit = useSubmit(form, saving, () => dispatch({ kind: 'close' }))
  const rows = filledRows(state.rows)
  const sums = sumsOf(rows, usePriceOf())
  const lacks = state.rows.flatMap((row, at): Lack[] =>
    left.has(row.key) && rowLacks(row).length > 0 ? [{ line: at + 1, fields: rowLacks(row) }] : [],
  )
  return (
    <>
      <div className="st-head">
        <div>
          <SheetCrumb />
          <h1 className="st-title">{title}</h1>
          <SheetLead lacks={lacks} hasLines={rows.length > 0} />
        </div>
        <Buttons
          saving={saving}
          refused={refused}
          add={(text) => dispatch({ kind: 'add', lines: linesOfCells(cellsOf(text)) })}
        />
      </div>
      {refused?.problem.code === 'stale' ? <StaleNotice /> : <RefusedNotice refused={refused} />}
      <NotSaved saving={isAway ? { ...saving, state: 'unreachable' } : saving} />
      <SheetTotals sums={sums} />
      <Form id="sheet" method="post" ref={form} onSubmit={submit} onBlur={keepOnLeaving(saving)} aria-label={t.form}>
        <input type="hidden" name="version" value={saving.version} />
        <SheetGrid
          rows={state.rows}
          sums={sums}
          shown={left}
          dispatch={dispatch}
          leave={(key) => setLeft((before) => (before.has(key) ? before : new Set([...before, key])))}
        />
        <Notes lacks={lacks} />
      </Form>
      <Catalogue />
      <SheetPast taken={new Set(state.rows.map(({ fromId }: SheetRow) => fromId))} dispatch={dispatch} />
    </>
  )
}

// A send that was refused, or that the server did not answer.
function useAnswer(): { refused: Refused | undefined; isAway: boolean } {
  const answer = useActionData<Refused | { isUnreachable: true }>()
  if (answer === undefined || 'problem' in answer) return { refused: answer, isAway: false }
  return { refused: undefined, isAway: true }
}

function linesAtFirst(lines: readonly RequestLineRow[], refused: Refused | undefined) {
  if (refused === undefined)
    return lines.map(({ what, quantity, forWhom, why, fromId }) => ({
      ...{ what, forWhom, why, fromId },
      quantity: quantity === null ? '' : String(quantity),
    }))
  const { act, pasted = '' } = refused.values
  const typed = startSheet([
    ...linesOfFields(refused.values),
    ...(act === 'paste' ? linesOfCells(cellsOf(pasted)) : []),
  ])
  return filledRows(typed.rows)
}

/** Sending waits for a draft that is being kept; keeping goes by the quiet way. */
function useSubmit(form: RefObject<HTMLFormElement | null>, saving: Saving, close: () => void) {
  const waiting = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (saving.isBusy || waiting.current === null) return
    const button = waiting.current
    waiting.current = null
    form.current?.requestSubmit(button)
  }, [saving.isBusy, form])
  return (event: React.SubmitEvent<HTMLFormElement>) => {
    const button = event.nativeEvent.submitter
    if (button instanceof HTMLButtonElement && button.value === 'save') {
      event.preventDefault()
      saving.keep()
    } else if (saving.isBusy || saving.isUnderWay()) {
      event.preventDefault()
      waiting.current = button
    } else close()
  }
}

// Who leaves the boxes may leave the page: what was typed last is kept at once.
function keepOnLeaving(saving: Saving) {
  return (event: React.FocusEvent<HTMLFormElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget) && saving.isDue && saving.state !== 'stale') saving.keep()
  }
}

type ButtonsProps = { saving: Saving; refused: Refused | undefined; add: (text: string) => void }

function Buttons({ saving, refused, add }: ButtonsProps) {
  const { sheet: t } = usePlanTexts()
  return (
    <div className="st-row">
      <SavedStatus saving={saving} />
      <button type="submit" form="sheet" name="act" value="save" className="btn st-btn is-plain">
        {t.save}
      </button>
      <PastePanel refused={refused} add={add} />
      <button type="submit" form="sheet" name="act" value="send" className="btn st-btn is-main">
        {t.send}
      </button>
    </div>
  )
}

function PastePanel({ refused, add }: { refused: Refused | undefined; add: (text: string) => void }) {
  const { sheet: t } = usePlanTexts()
  const [text, setText] = useState('')
  const isRefused = refused?.values.act === 'paste'
  return (
    <Panel label={t.paste} refused={undefined} isOpen={isRefused}>
      <LongField
        name="pasted"
        label={t.pasted}
        hint={t.pasteLead}
        form="sheet"
        rows={4}
        initial={isRefused ? '' : null}
        onChange={(event) => setText(event.target.value)}
      />
      <button
        type="submit"
        form="sheet"
        name="act"
        value="paste"
        className="btn st-btn is-plain"
        onClick={(event) => {
          event.preventDefault()
          add(text)
        }}
      >
        {t.pasteSend}
      </button>
    </Panel>
  )
}

function Notes({ lacks }: { lacks: readonly Lack[] }) {
  const { sheet: t } = usePlanTexts()
  return lacks.map(({ line, fields }) => (
    <p key={line} id={`note-${line}`} className="mt-2 mb-0">
      <span className="st-state st-warn">{t.row(line)}</span> {fields.map((field) => t.ask[field]).join(' ')}
    </p>
  ))
}

/** What the price list has, offered while typing. */
function Catalogue() {
  const { sheet } = useLoaderData<typeof loader>()
  return (
    <datalist id="catalogue">
      {sheet.prices.map(({ code, description }) => (
        <option key={code} value={description} />
      ))}
    </datalist>
  )
}
