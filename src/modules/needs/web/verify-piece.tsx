import { useEffect, useId, useRef, useState } from 'react'
import { Form, useLoaderData } from 'react-router'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { Once } from '../../../web/ui/form.tsx'
import type { DeliveryItemRow } from '../order-schema.ts'
import type { CheckOutcome } from './check-outbox.ts'
import { PieceFlags } from './delivery-marks.tsx'
import { useDeliveryWords } from './delivery-words.ts'
import type { LotPiece } from './lot.ts'
import type { Told } from './use-lot.ts'
import type { loader } from './verify.tsx'

/** What a piece is, for whoever looks at it. */
export function PieceFacts({ item }: { item: DeliveryItemRow }) {
  const { t } = useDeliveryWords()
  // Without a serial number the description is the piece's name already.
  const what = item.serial === null ? t.verify.pieces(item.quantity) : (item.description ?? t.delivery.noLine)
  const facts = [what, item.model && t.verify.ofModel(item.model), item.serial !== null && item.office]
  return (
    <>
      <span className="d-block">{facts.filter(Boolean).join(' · ')}</span>
      <PieceFlags of={item} />
    </>
  )
}

type FormProps = {
  piece: LotPiece
  name: string
  /** Whether the way to accept is under the finger at once. */
  isReady?: boolean
  onCheck: (told: Told) => Promise<boolean>
}

/** What was found of a piece: accepted is one tap; anything else wants its reason. */
export function PieceForm({ piece: { item }, name, isReady = false, onCheck }: FormProps) {
  const { once } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.verify
  const id = useId()
  const { reason, setReason, quantity, setQuantity, problem, press } = usePiece(item, onCheck)
  const accept = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isReady) accept.current?.focus()
  }, [isReady])
  return (
    <Form method="post" aria-label={t.formName(name)} className="mt-2">
      <ActField act="check" />
      <Once token={`${once}:${item.id}`} />
      <input type="hidden" name="id" value={item.id} />
      {item.quantity > 1 && (
        <div className="mb-2">
          <label className="st-label" htmlFor={`${id}-quantity`}>
            {t.quantity(item.quantity)}
          </label>
          <input
            id={`${id}-quantity`}
            name="quantity"
            className="form-control st-field"
            inputMode="numeric"
            value={quantity}
            onChange={(event) => setQuantity(event.currentTarget.value)}
          />
        </div>
      )}
      <button {...press('accepted')} ref={accept} className="btn st-btn is-main is-big">
        {t.outcomes.accepted}
      </button>
      <label className="st-label mt-2" htmlFor={`${id}-reason`}>
        {t.reason} <span className="st-quiet fw-normal">({t.reasonHint})</span>
      </label>
      <input
        id={`${id}-reason`}
        name="reason"
        className="form-control st-field"
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        aria-invalid={problem === null ? undefined : true}
      />
      {problem !== null && (
        <p id={`${id}-problem`} className="st-wrong mt-2 mb-0" role="alert">
          {problem}
        </p>
      )}
      <p className="st-row mt-2 mb-0">
        {(['reserved', 'rejected', 'missing'] as const).map((outcome) => (
          <button key={outcome} {...press(outcome)} className="btn st-btn is-plain flex-fill">
            {t.outcomes[outcome]}
          </button>
        ))}
      </p>
    </Form>
  )
}

function usePiece(item: DeliveryItemRow, onCheck: FormProps['onCheck']) {
  const { t } = useDeliveryWords()
  const act = useRefusedAct('check')
  const refused = act?.values.id === item.id ? act : undefined
  const left = item.quantity - item.accepted - item.reserved - item.rejected
  const [reason, setReason] = useState(refused?.values.reason ?? '')
  const [quantity, setQuantity] = useState(refused?.values.quantity ?? String(left || item.quantity))
  const [lacks, setLacks] = useState<string | null>(null)
  const press = (outcome: CheckOutcome) => ({
    ...({ type: 'submit', name: 'outcome', value: outcome } as const),
    onClick: async (event: React.MouseEvent<HTMLButtonElement>) => {
      event.preventDefault()
      const button = event.currentTarget
      const wantsReason = outcome === 'accepted' ? item.isOtherModel : outcome !== 'missing'
      const isLacking = wantsReason && reason.trim().length < 3
      setLacks(isLacking ? t.verify.reasonMissing : null)
      if (isLacking) return
      const told = { outcome, note: reason.trim(), quantity: item.quantity > 1 ? Number(quantity) || null : null }
      // Where nothing can be kept, the form goes as it would without JavaScript.
      if (!(await onCheck(told))) button.form?.requestSubmit(button)
    },
  })
  const problem = lacks ?? refused?.problem.fields?.[0]?.message ?? refused?.problem.title ?? null
  return { reason, setReason, quantity, setQuantity, problem, press }
}
