import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { Form, useLoaderData } from 'react-router'
import { Key } from '../../../web/ui/key.tsx'
import type { CaseRow } from '../schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'
import type { loader } from './queue.tsx'

/** What the bar asks: where to entrust the ticked rows, which outage to join them to, which team of the second tier. */
export type BarMode = 'assign' | 'join' | 'second' | null

type Props = {
  picked: readonly CaseRow[]
  mode: BarMode
  second: CaseRow | undefined
  setMode: (mode: BarMode) => void
  clear: () => void
}

/** Acts on ticked rows. Taking in charge is never here: it is one person's act on one case. */
export function BulkBar({ picked, mode, second, setMode, clear }: Props) {
  const { mayAssign, mayJoin } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const t = work.bulk
  const leave = (event: KeyboardEvent) => event.key === 'Escape' && setMode(null)
  if (mode === 'second' && second) return <SecondTier row={second} leave={leave} cancel={() => setMode(null)} />
  if (picked.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of acts, not of fields
    <div className="st-bulk" role="group" aria-label={t.label} onKeyDown={leave}>
      <strong role="status">{t.picked(picked.length)}</strong>
      {mayAssign &&
        (mode === 'assign' ? (
          <AssignForm rows={picked} hasFocus />
        ) : (
          <button type="button" className="btn st-btn is-plain" onClick={() => setMode('assign')}>
            {t.assign} <Key>A</Key>
          </button>
        ))}
      {mayJoin &&
        (mode === 'join' ? (
          <JoinForm rows={picked} hasFocus />
        ) : (
          <button type="button" className="btn st-btn is-plain" onClick={() => setMode('join')}>
            {t.join} <Key>G</Key>
          </button>
        ))}
      <button type="button" className="st-linklike st-link" onClick={clear}>
        {t.clear}
      </button>
      <span className="st-small st-quiet ms-auto">{t.oneAtATime}</span>
    </div>
  )
}

/** The same acts without JavaScript: a plain form, to which the boxes of the rows belong. */
export function PlainBulkBar({ id }: { id: string }) {
  const { mayAssign, mayJoin } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const t = work.bulk
  return (
    <noscript>
      <form id={id} method="post" className="st-bulk" aria-label={t.label}>
        {mayAssign && (
          <>
            <TeamSelect />
            <button type="submit" name="act" value="assign" className="btn st-btn is-plain">
              {t.assignSend}
            </button>
          </>
        )}
        {mayJoin && (
          <>
            <OutageSelect />
            <button type="submit" name="act" value="join" className="btn st-btn is-plain">
              {t.joinSend}
            </button>
          </>
        )}
        <span className="st-small st-quiet ms-auto">{t.oneAtATime}</span>
      </form>
    </noscript>
  )
}

function BarForm({ act, rows, children }: { act: string; rows: readonly CaseRow[]; children: ReactNode }) {
  return (
    <Form method="post">
      <input type="hidden" name="act" value={act} />
      {rows.map((row) => (
        <input key={row.id} type="hidden" name="case" value={`${row.id}:${row.version}`} />
      ))}
      {children}
    </Form>
  )
}

function AssignForm({ rows, hasFocus }: { rows: readonly CaseRow[]; hasFocus: boolean }) {
  const { work } = useKnowledgeTexts()
  return (
    <BarForm act="assign" rows={rows}>
      <TeamSelect hasFocus={hasFocus} />
      <button type="submit" className="btn st-btn is-main">
        {work.bulk.assignSend}
      </button>
    </BarForm>
  )
}

function JoinForm({ rows, hasFocus }: { rows: readonly CaseRow[]; hasFocus: boolean }) {
  const { frame } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  if (frame.outages.length === 0) return <span>{work.bulk.noOutage}</span>
  return (
    <BarForm act="join" rows={rows}>
      <OutageSelect hasFocus={hasFocus} />
      <button type="submit" className="btn st-btn is-main">
        {work.bulk.joinSend}
      </button>
    </BarForm>
  )
}

// Enter on a list of choices does nothing by itself in browsers: here it sends, so that a letter and Enter are enough.
const sendOnEnter = (event: KeyboardEvent<HTMLSelectElement>) => {
  if (event.key !== 'Enter') return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit(event.currentTarget.form.querySelector<HTMLButtonElement>('button'))
}

function useFocus<Control extends HTMLElement>(hasFocus: boolean) {
  const control = useRef<Control>(null)
  useEffect(() => {
    if (hasFocus) control.current?.focus()
  }, [hasFocus])
  return control
}

function TeamSelect({ hasFocus = false }: { hasFocus?: boolean }) {
  const { teams } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const control = useFocus<HTMLSelectElement>(hasFocus)
  return (
    <label className="st-label st-row">
      {work.bulk.assignTo}
      <select name="teamId" className="st-field st-auto" ref={control} onKeyDown={sendOnEnter}>
        {teams.map((team) => (
          <option key={team.id} value={team.id}>
            {team.name}
          </option>
        ))}
      </select>
    </label>
  )
}

function OutageSelect({ hasFocus = false }: { hasFocus?: boolean }) {
  const { frame } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const control = useFocus<HTMLSelectElement>(hasFocus)
  return (
    <label className="st-label st-row">
      {work.bulk.joinTo}
      <select name="outageId" className="st-field st-auto" ref={control} onKeyDown={sendOnEnter}>
        {frame.outages.length === 0 && <option value="">{work.bulk.noOutage}</option>}
        {frame.outages.map((outage) => (
          <option key={outage.id} value={outage.id}>
            {outage.title}
          </option>
        ))}
      </select>
    </label>
  )
}

/** "Passa al 2° livello": the likeliest team is chosen already, Enter sends, arrows choose another. */
function SecondTier({
  row,
  leave,
  cancel,
}: {
  row: CaseRow
  leave: (event: KeyboardEvent) => void
  cancel: () => void
}) {
  const { teams } = useLoaderData<typeof loader>()
  const { work } = useKnowledgeTexts()
  const second = teams.filter((team) => team.tier === 2)
  const first = useFocus<HTMLInputElement>(true)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of acts, not of fields
    <div className="st-bulk" role="group" aria-label={work.bulk.second(row.number)} onKeyDown={leave}>
      <BarForm act="assign" rows={[row]}>
        <fieldset className="st-question">
          <legend>{work.bulk.second(row.number)}</legend>
          <div className="st-answers">
            {second.map((team, index) => (
              <label key={team.id}>
                <input
                  type="radio"
                  name="teamId"
                  value={team.id}
                  defaultChecked={index === 0}
                  ref={index === 0 ? first : undefined}
                />{' '}
                {team.name}
              </label>
            ))}
          </div>
        </fieldset>
        <button type="submit" className="btn st-btn is-main">
          {work.bulk.secondSend}
        </button>
        <button type="button" className="st-linklike st-link" onClick={cancel}>
          {work.bulk.cancel}
        </button>
      </BarForm>
    </div>
  )
}
