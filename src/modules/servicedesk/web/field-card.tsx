import { useEffect, useId, useRef, useState } from 'react'
import { Form } from 'react-router'
import { ScanButton } from '../../../web/ui/scan.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { FieldCase } from '../field-day.ts'
import { clockNow, lastTime, timeLeft } from './field-clock.ts'
import { type Closing, type Draft, keepDraft, type NewClosing, type VisitOutcome } from './outbox.ts'
import { CaseStateMark } from './state.tsx'
import { useDeskTexts } from './texts.ts'
import { useFieldTexts } from './topic-texts.ts'

type Told = Pick<NewClosing, 'startedAt' | 'endedAt' | 'outcome' | 'note' | 'serial'>

type CardProps = {
  found: FieldCase
  now: number
  once: string
  personId: string
  draft: Draft | undefined
  refused: Refused | undefined
  onClose: (told: Told) => Promise<boolean>
}

/** One case of the day: what, where, time left; it unfolds to the form with which it is closed. */
export function FieldCard({ found, now, once, personId, draft, refused, onClose }: CardProps) {
  const t = useFieldTexts()
  const left = timeLeft(found.dueAt, now, t.left)
  const mine = refused?.values.caseId === found.id ? refused : undefined
  const [openedAt, setOpenedAt] = useState<number | null>(null)
  return (
    <details
      className="st-visit-card"
      name="intervento"
      open={mine !== undefined || undefined}
      onToggle={(event) => setOpenedAt(event.currentTarget.open ? Date.now() : null)}
    >
      <summary>
        <h3 className="st-h3">{found.title || t.page.empty}</h3>
        <span className="d-block">{[found.place, found.number].filter(Boolean).join(' · ')}</span>
        {found.dueAt === null && found.waitingFor !== null ? (
          <CaseStateMark state={found.state} waitingFor={found.waitingFor} />
        ) : (
          <span className={`st-state ${left.shape}`}>{left.words}</span>
        )}
      </summary>
      <p className="st-small mt-2 mb-0">
        {t.page.asks}: {found.requesterName}
        {found.requesterPhone && (
          <>
            , {t.page.phone} <a href={`tel:${found.requesterPhone}`}>{found.requesterPhone}</a>
          </>
        )}{' '}
        · <a href={`/richieste/${found.id}`}>{t.page.open}</a>
      </p>
      <Form method="post" action="/interventi" aria-label={t.page.formName(found.number)}>
        <input type="hidden" name="act" value="visit" />
        <input type="hidden" name="once" value={`${once}:${found.id}`} />
        <input type="hidden" name="caseId" value={found.id} />
        <input type="hidden" name="teamId" value={found.teamId ?? ''} />
        <VisitFields
          openedAt={openedAt}
          now={now}
          before={() => Date.now() + 60_000}
          initial={initialOf(mine, draft)}
          refused={mine}
          goods={found.undelivered > 0 ? found.id : null}
          onDraft={(typed) => void keepDraft({ caseId: found.id, personId, ...typed }).catch(() => undefined)}
          onClose={onClose}
        />
      </Form>
    </details>
  )
}

type Initial = { note: string; serial: string; start: string; end: string }

function initialOf(refused: Refused | undefined, draft: Draft | undefined): Initial {
  const known: Partial<Initial> = refused?.values ?? draft ?? {}
  return { note: known.note ?? '', serial: known.serial ?? '', start: known.start ?? '', end: known.end ?? '' }
}

/** A refused visit, open to be corrected; its times are looked for before the end of its own day. */
export function CorrectionForm({ closing, onClose }: { closing: Closing; onClose: (told: Told) => Promise<boolean> }) {
  const t = useFieldTexts().page
  const initial = {
    note: closing.note,
    serial: closing.serial,
    start: clockNow(Date.parse(closing.startedAt)),
    end: clockNow(Date.parse(closing.endedAt)),
  }
  return (
    <form aria-label={t.formName(closing.number)} className="st-form-open">
      <VisitFields
        openedAt={null}
        now={0}
        before={() => Math.min(new Date(closing.endedAt).setHours(23, 59, 59, 0), Date.now())}
        initial={initial}
        refused={undefined}
        goods={null}
        onDraft={() => undefined}
        onClose={onClose}
      />
    </form>
  )
}

type FieldsProps = {
  openedAt: number | null
  now: number
  /** Times typed are the last before this instant. */
  before: () => number
  initial: Initial
  refused: Refused | undefined
  /** The case whose goods are still to be delivered: it does not end with a visit. */
  goods: string | null
  onDraft: (typed: { note: string; serial: string; start: string }) => void
  onClose: (told: Told) => Promise<boolean>
}

function VisitFields({ refused, goods, ...visit }: FieldsProps) {
  const t = useFieldTexts().page
  const id = useId()
  const serial = useRef<HTMLInputElement>(null)
  const { typed, type, problem, submit } = useVisit(visit)
  const message = problem ?? refused?.problem.fields?.[0]?.message ?? refused?.problem.title
  const input = (name: keyof Initial) => ({
    id: `${id}-${name}`,
    name,
    className: 'form-control st-field',
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => type(name, event.currentTarget.value),
  })
  return (
    <>
      <label className="st-label" htmlFor={`${id}-note`}>
        {t.note}
      </label>
      <textarea {...input('note')} rows={3} maxLength={20_000} />
      <label className="st-label" htmlFor={`${id}-serial`}>
        {t.serial} <span className="st-quiet fw-normal">({t.optional})</span>
      </label>
      <div className="st-row">
        <input
          {...input('serial')}
          ref={serial}
          className="form-control st-field st-grow"
          maxLength={100}
          autoCapitalize="characters"
          autoComplete="off"
        />
        <ScanButton words={t} onRead={(text) => type('serial', text)} />
      </div>
      <Times input={input} ids={id} />
      {message && (
        <p className="st-wrong mt-2 mb-0" role="alert">
          {message}
        </p>
      )}
      <Outcomes submit={submit} goods={goods} />
    </>
  )
}

type Input = (name: keyof Initial) => React.ComponentProps<'input'>

function Times({ input, ids }: { input: Input; ids: string }) {
  const t = useFieldTexts().page
  return (
    <div className="st-pair">
      {(['start', 'end'] as const).map((name) => (
        <div key={name}>
          <label className="st-label" htmlFor={`${ids}-${name}`}>
            {t[name]}
          </label>
          <input {...input(name)} type="time" />
        </div>
      ))}
    </div>
  )
}

type Submit = (outcome: VisitOutcome) => (event: React.MouseEvent<HTMLButtonElement>) => void

function Outcomes({ submit, goods }: { submit: Submit; goods: string | null }) {
  const t = useFieldTexts().page
  const press = (outcome: VisitOutcome) => ({
    type: 'submit' as const,
    name: 'outcome',
    value: outcome,
    onClick: submit(outcome),
  })
  return (
    <>
      <p className="mt-3 mb-2">
        {goods === null ? (
          <button {...press('resolved')} className="btn st-btn is-main is-big">
            {t.resolve}
          </button>
        ) : (
          <GoodsDoor caseId={goods} />
        )}
      </p>
      <p className="st-row mb-0">
        <button {...press('to_return')} className="btn st-btn is-plain flex-fill">
          {t.toReturn}
        </button>
        <button {...press('nobody_there')} className="btn st-btn is-plain flex-fill">
          {t.nobody}
        </button>
      </p>
    </>
  )
}

function GoodsDoor({ caseId }: { caseId: string }) {
  const t = useFieldTexts().page
  return (
    <>
      <a className="btn st-btn is-main is-big" href={`/richieste/${caseId}?consegna#deliver`}>
        {t.goods}
      </a>
      <span className="st-small st-quiet d-block mt-1">{t.goodsHint}</span>
    </>
  )
}

type Wanted = Pick<FieldsProps, 'openedAt' | 'now' | 'before' | 'initial' | 'onDraft' | 'onClose'>

// Whoever opens a case has arrived: that is its start until they say otherwise, and its end is now.
function useVisit({ openedAt, now, before, initial, onDraft, onClose }: Wanted) {
  const { desk } = useDeskTexts()
  const t = useFieldTexts()
  const [said, setSaid] = useState<Partial<Initial>>({})
  const [problem, setProblem] = useState<string | null>(null)
  const isBegun = said.note !== undefined || said.serial !== undefined || said.start !== undefined
  const arrived = useRef('')
  if (openedAt !== null && !isBegun) arrived.current = clockNow(openedAt)
  // The page's clock ticks now and then: an end of now is not before an arrival it has not seen yet.
  const endsNow = openedAt === null ? '' : clockNow(Math.max(now, openedAt))
  const typed: Initial = {
    note: said.note ?? initial.note,
    serial: said.serial ?? initial.serial,
    start: said.start ?? (initial.start || arrived.current),
    end: said.end ?? (initial.end || endsNow),
  }
  const draft = useRef(onDraft)
  draft.current = onDraft
  const { note, serial, start } = typed
  useEffect(() => {
    if (isBegun) draft.current({ note, serial, start })
  }, [isBegun, note, serial, start])
  const check = (outcome: VisitOutcome): Told | string => {
    const startedAt = lastTime(typed.start, before())
    const endedAt = lastTime(typed.end, before())
    if (startedAt === null || endedAt === null) return t.problems.wrongTimes
    if (endedAt < startedAt) return desk.problems.visitBackwards
    if (outcome === 'resolved' && note.trim() === '') return desk.problems.missingNote
    return {
      note,
      serial,
      outcome,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(endedAt).toISOString(),
    }
  }
  return {
    typed,
    type: (name: keyof Initial, text: string) => setSaid((before) => ({ ...before, [name]: text })),
    problem,
    submit: (outcome: VisitOutcome) => async (event: React.MouseEvent<HTMLButtonElement>) => {
      event.preventDefault()
      const button = event.currentTarget
      const told = check(outcome)
      setProblem(typeof told === 'string' ? told : null)
      if (typeof told === 'string') return
      // Where nothing can be kept, the form goes as it would without JavaScript.
      if (!(await onClose(told))) button.form?.requestSubmit(button)
    },
  }
}
