import { Form, useActionData, useLoaderData } from 'react-router'
import { LongField, RefusedNotice, TextField } from '../../../web/ui/form.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { LineRow } from '../schema.ts'
import { decisions } from '../vocabulary.ts'
import type { loader } from './plan.tsx'
import { usePlanTexts } from './plan-words.ts'

/** The form that the boxes of the rows belong to. */
export const decideForm = 'decide-lines'

const bulkActs: readonly (string | undefined)[] = [...decisions, 'accepted-rest']

/** Decides on the ticked lines in one step, or accepts all that wait. */
export function DecideBar() {
  const { plan } = useLoaderData<typeof loader>()
  const { plan: texts } = usePlanTexts()
  const t = texts.bulk
  const answer = useActionData<Refused>()
  const refused = bulkActs.includes(answer?.values?.act) ? answer : undefined
  const open = plan.rows.filter(({ decision }) => decision === null).slice(0, 500)
  return (
    <>
      <RefusedNotice refused={refused} />
      <Form method="post" id={decideForm} className="st-bulk" aria-label={t.label} preventScrollReset>
        {open.map(({ id, version }) => (
          <input key={id} type="hidden" name="undecided" value={`${id}:${version}`} />
        ))}
        <button type="submit" name="act" value="accepted" className="btn st-btn is-main">
          {t.accepted}
        </button>
        <label className="st-label" htmlFor="reason">
          {t.reason}
        </label>
        <input
          id="reason"
          name="reason"
          className="st-field st-auto"
          maxLength={2000}
          defaultValue={refused?.values.reason ?? ''}
          aria-describedby="reason-hint"
        />
        <button type="submit" name="act" value="partly" className="btn st-btn is-plain">
          {t.partly}
        </button>
        <button type="submit" name="act" value="refused" className="btn st-btn is-plain">
          {t.refused}
        </button>
        {open.length > 1 && (
          <button type="submit" name="act" value="accepted-rest" className="btn st-btn is-plain">
            {t.rest(open.length)}
          </button>
        )}
        <span id="reason-hint" className="st-small st-quiet">
          {t.lead} {t.reasonHint}
        </span>
      </Form>
    </>
  )
}

/** Decides on one line: accepted with one press; in part or not, with the reason, below. */
export function DecideLine({ line }: { line: LineRow }) {
  const { plan: texts } = usePlanTexts()
  const t = texts.one
  const answer = useActionData<Refused>()
  const refused = answer?.values?.act?.endsWith(`-${line.id}:${line.version}`) ? answer : undefined
  const act = (decision: string) => `${decision}-${line.id}:${line.version}`
  return (
    <>
      {line.decision === null && <AcceptButton line={line} act={act('accepted')} isPlain />}
      <details className="st-unfold mt-1" open={refused !== undefined || undefined}>
        <summary className="st-nowrap">{line.decision === null ? t.otherwise : t.again}</summary>
        <Form method="post" className="mt-2" preventScrollReset>
          <RefusedNotice refused={refused} />
          <TextField
            name="quantity"
            inputId={refused === undefined ? `quantity-${line.number}` : 'quantity'}
            label={t.quantity}
            refused={refused}
            inputMode="numeric"
            isOptional
          />
          <LongField
            name="reason"
            inputId={`reason-${line.number}`}
            label={texts.bulk.reason}
            refused={refused}
            rows={2}
            isOptional={line.decision !== null}
          />
          <div className="st-row">
            <button type="submit" name="act" value={act('partly')} className="btn st-btn is-plain">
              {texts.bulk.partly}
            </button>
            <button type="submit" name="act" value={act('refused')} className="btn st-btn is-plain">
              {texts.bulk.refused}
            </button>
          </div>
        </Form>
        {line.decision !== null && <AcceptButton line={line} act={act('accepted')} isPlain={false} />}
      </details>
    </>
  )
}

function AcceptButton({ line, act, isPlain }: { line: LineRow; act: string; isPlain: boolean }) {
  const { plan: t } = usePlanTexts()
  return (
    <Form method="post" className={isPlain ? undefined : 'mt-2'} preventScrollReset>
      <button
        type="submit"
        name="act"
        value={act}
        className="btn st-btn is-plain"
        aria-label={t.one.accept(line.number)}
      >
        {t.bulk.accepted}
      </button>
    </Form>
  )
}
