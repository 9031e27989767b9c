import { useShell } from '../../../web/ui/shell.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { DeliveryItemRow, DeliveryRow } from '../order-schema.ts'
import { useDeliveryWords } from './delivery-words.ts'

const stateShapes = { declared: 'st-idle', checking: 'st-run', confirming: 'st-pause', verified: 'st-ok' } as const
const outcomeShapes = { accepted: 'st-ok', reserved: 'st-warn', rejected: 'st-late' } as const

/** How a delivery stands; once verified, how it ended. */
export function DeliveryState({ of }: { of: Pick<DeliveryRow, 'state' | 'outcome'> }) {
  const { terms } = useDeliveryWords()
  if (of.outcome !== null)
    return <span className={`st-state ${outcomeShapes[of.outcome]}`}>{terms.outcomes[of.outcome]}</span>
  return <span className={`st-state ${stateShapes[of.state]}`}>{terms.deliveryStates[of.state]}</span>
}

/** Fewer days than this are few. */
const soon = 7

/** The day by which a delivery is verified, and how far away it is. */
export function DueMark({ on }: { on: string }) {
  const { t, daysLeft } = useDeliveryWords()
  const left = daysLeft(on)
  if (left < 0) return <span className="st-state st-late">{t.deliveries.late(-left)}</span>
  return <span className={`st-state ${left < soon ? 'st-warn' : 'st-ok'}`}>{t.deliveries.left(left)}</span>
}

/** What was found of a piece; before that, whether it is to be looked at. */
export function PieceOutcome({ of, hasSample }: { of: DeliveryItemRow; hasSample: boolean }) {
  const { t, terms } = useDeliveryWords()
  const { accepted, reserved, rejected, quantity } = of
  if (!of.isChecked) {
    const isAsked = of.isInSample || !hasSample
    return (
      <span className={`st-state ${isAsked ? 'st-idle' : 'st-pause'}`}>
        {isAsked ? t.delivery.toCheck : t.delivery.notInSample}
      </span>
    )
  }
  if (accepted + reserved + rejected === 0) return <span className="st-state st-late">{t.delivery.missing}</span>
  if (of.isSettled)
    return (
      <>
        <span className={`st-state ${outcomeShapes.accepted}`}>{terms.outcomes.accepted}</span>
        <span className="st-sub">{t.delivery.onSample}</span>
      </>
    )
  const whole = (['accepted', 'reserved', 'rejected'] as const).find((name) => of[name] === quantity)
  if (whole !== undefined) return <span className={`st-state ${outcomeShapes[whole]}`}>{terms.outcomes[whole]}</span>
  return <span className="st-state st-warn">{t.delivery.partly(accepted, reserved, rejected)}</span>
}

/** What the declaration itself shows to be odd. */
export function PieceFlags({ of }: { of: DeliveryItemRow }) {
  const { t } = useDeliveryWords()
  return (
    <>
      {of.isOtherModel && (
        <span className="d-block">
          <span className="st-state st-warn st-wrap">{t.delivery.otherModel(of.orderedModel ?? '')}</span>
        </span>
      )}
      {of.seenBefore !== null && (
        <span className="d-block">
          <span className="st-state st-warn st-wrap">{t.delivery.seen[of.seenBefore]}</span>
        </span>
      )}
    </>
  )
}

/** Why a file was refused, each wrong line named. */
export function FileRefused({ refused }: { refused: Refused | undefined }) {
  const { t: shell } = useShell()
  const { t } = useDeliveryWords()
  if (refused === undefined) return null
  const place = (path: string) => {
    const found = /^line (\d+)(?:, column (\w+))?$/.exec(path)
    return found === null ? path : t.at(found[1] ?? '', found[2] ?? '')
  }
  return (
    <div className="st-notice is-late" role="alert">
      <p>
        <span className="st-state st-late">{shell.fix}</span> {refused.problem.title}
      </p>
      <ul className="mb-0">
        {(refused.problem.fields ?? []).map(({ path, message }) => (
          <li key={path + message}>{path === '' ? message : `${place(path)}: ${message}`}</li>
        ))}
      </ul>
    </div>
  )
}
