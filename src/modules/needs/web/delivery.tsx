import { Link, redirect, useLoaderData, useSearchParams } from 'react-router'
import { may } from '../../../platform/permissions.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { Crumb, DoneNotice } from '../../../web/ui/act-panel.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { When } from '../../../web/ui/when.tsx'
import { form, page } from '../../../web/visit.ts'
import { findDelivery } from '../deliveries.ts'
import { listOfficeAnswers } from '../office-answers.ts'
import { listPhotos } from '../photos.ts'
import { DeliveryActs } from './delivery-acts.tsx'
import { AnswersPart } from './delivery-answers.tsx'
import { actOnDelivery } from './delivery-form.ts'
import { DeliveryState, DueMark } from './delivery-marks.tsx'
import { DeliveryPhotos } from './delivery-photos.tsx'
import { DeliveryPieces } from './delivery-pieces.tsx'
import { useDeliveryWords } from './delivery-words.ts'
import { isIn, isOdd, viewNames, viewOf } from './piece-views.ts'

/** How many pieces the page shows; whoever wants them all has the file. */
const mostPieces = 500

export const loader = page(async (ctx, { params, request }) => {
  const { items, ...delivery } = await findDelivery(ctx, uuidOf(params.id))
  const hasSample = delivery.sampleSize !== null && delivery.sampleSize < items.length
  const view = viewOf(new URL(request.url).searchParams.get('mostra'))
  const counts = Object.fromEntries(
    viewNames.map((name) => [name, items.filter((item) => isIn(name, item, hasSample)).length]),
  ) as Record<(typeof viewNames)[number], number>
  const shown = items
    .filter((item) => isIn(view, item, hasSample))
    .sort((one, other) => Number(isOdd(other)) - Number(isOdd(one)))
  const sum = (of: (item: (typeof items)[number]) => number) => items.reduce((all, item) => all + of(item), 0)
  return {
    delivery,
    photos: await listPhotos(ctx, delivery.id),
    answers: await listOfficeAnswers(ctx, delivery.id),
    hasSample,
    view,
    counts,
    rows: items.length,
    pieces: shown.slice(0, mostPieces),
    sums: {
      ...{ accepted: sum((item) => item.accepted), reserved: sum((item) => item.reserved) },
      rejected: sum((item) => item.rejected),
    },
    isCapped: shown.length > mostPieces,
    may: { verify: may(ctx.actor, 'needs.verify') && ctx.actor.partyKind !== 'supplier' },
  }
})

/** Begin, close, confirm, give back: the button's name says which. */
export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  return redirect(`/consegne/${id}${await actOnDelivery(ctx, id, form)}`)
})

/** One delivery: the note, its pieces with what was found, and what is to be done. */
export default function DeliveryPage() {
  const { delivery, answers } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  const who = delivery.verifierName ?? '–'
  const sentence = {
    declared: () => t.sentence.declared(delivery.pieces),
    checking: () => t.sentence.checking(delivery.checked, delivery.pieces, who),
    confirming: () => t.sentence.confirming(who),
    verified: () => t.sentence.verified(who, delivery.secondName),
  }[delivery.state]()
  return (
    <StaffPage title={t.title(delivery.note)}>
      <Done />
      <Crumb to="/consegne" label={all.deliveries.title} title={t.title(delivery.note)} />
      <div className="st-head">
        <div>
          <h1 className="st-title">{t.title(delivery.note)}</h1>
          <p className="st-lead mb-0">
            <DeliveryState of={delivery} /> {sentence}
          </p>
        </div>
      </div>
      <Sums />
      <DeliveryActs />
      <Facts />
      <AnswersPart answers={answers} />
      <DeliveryPieces />
      <DeliveryPhotos />
    </StaffPage>
  )
}

function Done() {
  const [search] = useSearchParams()
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  const said = [
    ['dichiarata', all.deliveries.declared],
    ['nota', all.deliveries.known],
    ['chiusa', t.closed],
    ['seconda', t.closedTwo],
    ['confermata', t.confirmed(Number(search.get('confermata')) || 0)],
    ['restituita', t.returned],
    ['foto', t.photoAdded],
  ].find(([name]) => search.has(name ?? ''))
  return said === undefined ? null : <DoneNotice>{said[1]}</DoneNotice>
}

function Sums() {
  const { delivery, sums } = useLoaderData<typeof loader>()
  const { t: all, count } = useDeliveryWords()
  const t = all.delivery.sum
  const { accepted, reserved, rejected } = sums
  const open = delivery.state === 'verified' ? 0 : delivery.pieces - delivery.checked
  const missing = delivery.pieces - accepted - reserved - rejected - open
  return (
    <dl className="st-sum">
      {(
        [
          ['declared', delivery.pieces],
          ['accepted', accepted],
          ['reserved', reserved],
          ['rejected', rejected],
          ['missing', missing],
          ...(delivery.state === 'verified' ? [] : [['open', open] as const]),
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt>{t[name]}</dt>
          <dd>{count(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Facts() {
  const { delivery, rows, hasSample } = useLoaderData<typeof loader>()
  const { t: all, amount, day } = useDeliveryWords()
  const t = all.delivery.facts
  const drawn = hasSample ? t.sampleOf(delivery.sampleSize ?? rows, rows) : t.whole
  const sample = delivery.sampleSize === null ? t.later : drawn
  return (
    <dl className="st-facts st-section">
      <dt>{t.order}</dt>
      <dd>
        <Link to={`/fabbisogni/${delivery.plan}/ordini`}>{delivery.order}</Link>
      </dd>
      <dt>{t.supplier}</dt>
      <dd>{delivery.supplierName}</dd>
      <dt>{t.delivered}</dt>
      <dd>{day(delivery.deliveredOn)}</dd>
      <dt>{t.declared}</dt>
      <dd>
        <When at={delivery.declaredAt} />
      </dd>
      <dt>{t.due}</dt>
      <dd>
        {day(delivery.dueOn)}
        {delivery.state !== 'verified' && (
          <span className="ms-3">
            <DueMark on={delivery.dueOn} />
          </span>
        )}
      </dd>
      <dt>{t.amount}</dt>
      <dd>{all.euro(amount(delivery.amount))}</dd>
      <dt>{t.two}</dt>
      <dd>{delivery.needsTwo ? t.twoYes : t.twoNo}</dd>
      <dt>{t.sample}</dt>
      <dd>{sample}</dd>
    </dl>
  )
}
