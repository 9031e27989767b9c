import { LongField, TextField } from '../../../web/ui/form.tsx'
import type { ContestRow } from '../schema.ts'
import { useContractTexts } from './words.ts'

function Seen({ contest }: { contest: ContestRow }) {
  return (
    <>
      <input type="hidden" name="id" value={contest.id} />
      <input type="hidden" name="version" value={contest.version} />
    </>
  )
}

/** Words of one side: an answer, or the reason for taking a contest back. */
export function AnswerForm({
  contest,
  act,
  label,
  submit,
}: {
  contest: ContestRow
  act: 'answer' | 'withdraw'
  label: string
  submit: string
}) {
  return (
    <details className="st-picker">
      <summary>{submit}</summary>
      <form method="post" className="st-form">
        <Seen contest={contest} />
        <LongField name="what" inputId={`${act}-${contest.id}`} label={label} required />
        <button className="btn st-btn is-plain" type="submit" name="act" value={act}>
          {submit}
        </button>
      </form>
    </details>
  )
}

/** The figure both stand on. */
export function SettleForm({ contest }: { contest: ContestRow }) {
  const { pages } = useContractTexts()
  const t = pages.contests
  const id = (name: string) => `${name}-${contest.id}`
  return (
    <details className="st-picker">
      <summary>{t.settle}</summary>
      <form method="post" className="st-form">
        <Seen contest={contest} />
        <TextField name="inTime" inputId={id('inTime')} label={t.inTime} inputMode="numeric" isOptional />
        <TextField name="total" inputId={id('total')} label={t.total} inputMode="numeric" isOptional />
        <TextField name="days" inputId={id('days')} label={t.days} inputMode="numeric" isOptional />
        <TextField name="value" inputId={id('value')} label={t.value} inputMode="decimal" isOptional />
        <LongField name="what" inputId={id('why')} label={t.why} required />
        <button className="btn st-btn is-main" type="submit" name="act" value="settle">
          {t.settleSubmit}
        </button>
      </form>
    </details>
  )
}
