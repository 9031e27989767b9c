import { Form, redirect, useLoaderData, useSearchParams } from 'react-router'
import { allow } from '../../../platform/permissions.ts'
import { uuidOf } from '../../../web/form-fields.ts'
import { ActField, DoneNotice, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { LeaveNotice, OutboxNotice } from '../../../web/ui/outbox-notice.tsx'
import { PhonePage } from '../../../web/ui/phone-page.tsx'
import { form, onceToken, page } from '../../../web/visit.ts'
import { findDelivery } from '../deliveries.ts'
import { actOnDelivery } from './delivery-form.ts'
import { useDeliveryWords } from './delivery-words.ts'
import { type Lot, useLot } from './use-lot.ts'
import { VerifyClose } from './verify-close.tsx'
import { checkFromForm } from './verify-form.ts'
import { DonePieces, PiecesToDo } from './verify-pieces.tsx'
import { VerifyScan } from './verify-scan.tsx'
import { UnsentChecks } from './verify-unsent.tsx'

/** More pieces than this are no work for a phone: there is the file. */
const mostPieces = 5000

export const loader = page(async (ctx, { params, request }) => {
  allow(ctx.actor, 'needs.verify')
  const { items, ...delivery } = await findDelivery(ctx, uuidOf(params.id))
  const hasSample = delivery.sampleSize !== null && delivery.sampleSize < items.length
  return {
    delivery,
    hasSample,
    rows: items.length,
    items: items.sort((one, other) => Number(other.isInSample) - Number(one.isInSample)).slice(0, mostPieces),
    most: items.length > mostPieces ? mostPieces : null,
    personId: ctx.actor.personId ?? '',
    once: onceToken(),
    asked: new URL(request.url).searchParams.get('serie')?.trim() ?? '',
  }
})

/** What the page's forms do; with JavaScript checks go through the outbox. */
export const action = form(async (ctx, form, { params }) => {
  const id = uuidOf(params.id)
  if (form.get('act') === 'check') {
    await checkFromForm(ctx, id, form)
    return redirect(`/consegne/${id}/verifica?registrato`)
  }
  const after = await actOnDelivery(ctx, id, form)
  return redirect(`/consegne/${id}${after}`)
})

/** The camera is for this page: bar codes of pieces. */
export const headers = () => ({
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
})

/** The verifier in the warehouse, phone in hand: read or tap, then say what was found; with and without signal. */
export default function VerifyPage() {
  const { delivery, hasSample, rows, most } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const { t: all } = useDeliveryWords()
  const lot = useLot()
  const t = all.verify
  return (
    <PhonePage title={t.title(delivery.note)} back={{ to: `/consegne/${delivery.id}`, label: t.back }}>
      <LeaveNotice unsent={lot.unsent.length + lot.outbox.ofOthers} words={t.offline} />
      <OutboxNotice outbox={lot.outbox} waiting={lot.waiting} words={t.offline} page={lot.page} />
      {search.has('registrato') && <DoneNotice>{t.recorded}</DoneNotice>}
      <h1 className="st-title">{t.title(delivery.note)}</h1>
      <p className="st-quiet">
        {delivery.supplierName} · {all.deliveries.order(delivery.order)}
      </p>
      {delivery.state === 'checking' && (
        <p>
          <strong>{t.standing(lot.done.length, lot.done.length + lot.toDo.length)}</strong> {t.left(lot.toDo.length)}
          {hasSample && <span className="d-block st-small st-quiet">{t.sample(delivery.sampleSize ?? 0, rows)}</span>}
        </p>
      )}
      {most !== null && <p className="st-small">{t.capped(most)}</p>}
      <Work lot={lot} />
      <UnsentChecks lot={lot} />
      {delivery.state === 'checking' && (
        <>
          <DonePieces lot={lot} />
          <VerifyClose lot={lot} />
        </>
      )}
    </PhonePage>
  )
}

function Work({ lot }: { lot: Lot }) {
  const { delivery } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.verify
  if (delivery.state === 'declared') return <Begin />
  if (delivery.state !== 'checking') return <p>{t.over[delivery.state]}</p>
  return (
    <>
      <VerifyScan lot={lot} />
      <PiecesToDo lot={lot} />
    </>
  )
}

function Begin() {
  const { t: all } = useDeliveryWords()
  const t = all.verify
  return (
    <Form method="post" reloadDocument>
      <RefusedNotice refused={useRefusedAct('begin')} />
      <ActField act="begin" />
      <p>{t.beginLead}</p>
      <button type="submit" className="btn st-btn is-main is-big">
        {t.begin}
      </button>
    </Form>
  )
}
