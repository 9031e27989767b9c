import { Form } from 'react-router'
import type { Refused } from '../../../web/visit.ts'
import type { DecisionRow } from '../decision-schema.ts'
import { useDecisionTexts } from './decision-page-words.ts'

/** The form that the boxes of the rows belong to. */
export const tickedForm = 'ticked-decisions'

type Props = { refused: Refused | undefined }

/** The office answers the ticked proposals; or confirms all that the page shows with one press. */
export function AnswerBar({ rows, refused }: Props & { rows: readonly DecisionRow[] }) {
  const { bars: t } = useDecisionTexts()
  const waiting = rows.filter(({ state }) => state === 'proposed')
  return (
    <>
      {waiting.length > 1 && (
        <Form method="post" className="mb-2" preventScrollReset>
          {waiting.map(({ id, version }) => (
            <input key={id} type="hidden" name="decision" value={`${id}:${version}`} />
          ))}
          <button type="submit" name="act" value="confirm" className="btn st-btn is-main">
            {t.all(waiting.length)}
          </button>
        </Form>
      )}
      <Bar
        yes={{ act: 'confirm', label: waiting.length > 1 ? t.confirm : t.one, isMain: waiting.length <= 1 }}
        no={{ act: 'contest', label: t.contest, reason: t.contestReason, name: 'contestReason' }}
        refused={refused}
      />
    </>
  )
}

/** The head decides on the ticked proposals. */
export function ApproveBar({ refused }: Props) {
  const { bars: t } = useDecisionTexts()
  return (
    <Bar
      yes={{ act: 'approve', label: t.approve, isMain: true }}
      no={{ act: 'refuse', label: t.refuse, reason: t.refuseReason, name: 'refuseReason' }}
      refused={refused}
    />
  )
}

type BarProps = Props & {
  yes: { act: string; label: string; isMain: boolean }
  no: { act: string; label: string; reason: string; name: string }
}

function Bar({ yes, no, refused }: BarProps) {
  const { bars: t } = useDecisionTexts()
  return (
    <Form method="post" id={tickedForm} className="st-bulk" aria-label={t.label} preventScrollReset>
      <button type="submit" name="act" value={yes.act} className={`btn st-btn ${yes.isMain ? 'is-main' : 'is-plain'}`}>
        {yes.label}
      </button>
      <label className="st-label" htmlFor={no.name}>
        {no.reason}
      </label>
      <input
        id={no.name}
        name={no.name}
        className="st-field st-auto"
        maxLength={2000}
        defaultValue={refused?.values?.[no.name] ?? ''}
      />
      <button type="submit" name="act" value={no.act} className="btn st-btn is-plain">
        {no.label}
      </button>
    </Form>
  )
}
