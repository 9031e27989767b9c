import { useEffect, useRef, useState } from 'react'
import { Form, useNavigation } from 'react-router'
import { LongField, Once } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { CaseDetail, Entry } from '../schema.ts'
import { TemplatePicker } from './template-picker.tsx'
import { useDeskTexts } from './texts.ts'

/** The story of a case: messages, and between them, one thin line each, what happened. */
export function Conversation({ found }: { found: CaseDetail }) {
  return (
    <ol className="st-talk">
      {found.entries.map((entry) => (
        <EntryItem key={entry.eventId} entry={entry} />
      ))}
    </ol>
  )
}

function EntryItem({ entry }: { entry: Entry }) {
  const { desk } = useDeskTexts()
  const happened = desk.events[entry.kind as keyof typeof desk.events]
  const what = typeof happened === 'function' ? happened(entry.teamName) : happened
  if (entry.body === null && entry.erasedReason === null) {
    return (
      <li className="is-event">
        <span>
          {what}
          <EntryDetail entry={entry} />
        </span>
        <When at={entry.at} />
      </li>
    )
  }
  return (
    <li className={`is-${entry.visibility}`}>
      <header>
        <strong>{entry.author ?? 'SITEC'}</strong>
        <span className="st-who">{desk.visibilities[entry.visibility]}</span>
        {entry.kind !== 'case.replied' && (
          <span className="st-quiet st-small">
            {what}
            <EntryDetail entry={entry} />
          </span>
        )}
        <When at={entry.at} />
      </header>
      <p className="st-body">{entry.body ?? <em>{desk.erased(entry.erasedReason ?? '')}</em>}</p>
    </li>
  )
}

/** What an event says besides its words: the date promised, what is waited for, how a visit ended. */
function EntryDetail({ entry }: { entry: Entry }) {
  const { desk, work } = useDeskTexts()
  const { reason, promisedFor, outcome, personDays, to, extent, level, metric, calledAt } = entry.payload
  const date = promisedFor ?? calledAt
  const words = [
    reason && desk.waiting[reason as keyof typeof desk.waiting],
    outcome && desk.outcomes[outcome as keyof typeof desk.outcomes],
    entry.serial,
    personDays && work.facts.daysOf(personDays.replace('.', ',')),
    to && desk.kindsShort[to as keyof typeof desk.kindsShort],
    extent === 'partly' && work.answer.partly,
    metric && `${desk.metrics[metric as keyof typeof desk.metrics]}, ${level} %`,
  ].filter((word) => word)
  if (date === undefined && words.length === 0) return null
  return (
    <>
      {': '}
      {date && <When at={date} />}
      {words.join(', ')}
    </>
  )
}

// The page asks anew whenever somebody changes something: what is being typed stays until it was sent, and only then
// does the form begin afresh with a new token.
function useSendingToken(once: string, isRefused: boolean) {
  const [token, setToken] = useState(once)
  const isSending = useNavigation().formData?.get('once') === token
  const wasSending = useRef(false)
  useEffect(() => {
    if (wasSending.current && !isSending && !isRefused) setToken(once)
    wasSending.current = isSending
  }, [isSending, isRefused, once])
  return { token, isSending }
}

/** Writing to the case; who may write for few chooses who reads. */
export function WriteForm({ found, once, refused }: { found: CaseDetail; once: string; refused: Refused | undefined }) {
  const { desk, pages } = useDeskTexts()
  const t = pages.case
  const { token, isSending } = useSendingToken(once, refused !== undefined)
  const readers = found.may.visibilities
  return (
    <Form method="post" encType="multipart/form-data" className="mt-3" id="scrivi" key={token} aria-label={t.write}>
      <Once token={token} />
      <input type="hidden" name="act" value="reply" />
      {readers.length > 1 && (
        <fieldset className="st-question mb-2">
          <legend>{t.whoReads}</legend>
          <div className="st-answers">
            {readers.map((visibility) => (
              <label key={visibility} title={desk.writeHint[visibility]}>
                <input
                  type="radio"
                  name="visibility"
                  value={visibility}
                  defaultChecked={visibility === (refused?.values.visibility ?? 'public')}
                />{' '}
                {desk.writeTo[visibility]}
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {readers.includes('supplier') && <TemplatePicker caseId={found.id} fieldId="body" />}
      <LongField
        name="body"
        label={t.message}
        required
        refused={refused?.values.act === 'reply' ? refused : undefined}
        maxLength={20_000}
      />
      <div className="st-row st-between">
        <label className="st-label mb-0">
          {t.files} <input type="file" name="files" multiple className="st-file" />
        </label>
        <button
          type="submit"
          className={`btn st-btn ${found.state === 'waiting' && readers.length === 1 ? 'is-main' : 'is-plain'}`}
          disabled={isSending}
        >
          {t.sendStaff}
        </button>
      </div>
    </Form>
  )
}
