import { Form, useLoaderData } from 'react-router'
import { ActField, Panel, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { ChoiceField, LongField, RefusedNotice } from '../../../web/ui/form.tsx'
import type { loader } from './delivery.tsx'
import { useDeliveryWords } from './delivery-words.ts'

/** What whoever may verify does next: begin, look at pieces, close, confirm or give back. */
export function DeliveryActs() {
  const { delivery, may } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  if (!may.verify || delivery.state === 'verified') return null
  if (delivery.state === 'confirming')
    return delivery.isVerifier ? <p className="st-notice">{t.ownConfirm}</p> : <Confirm />
  if (delivery.state === 'declared') return <Begin />
  return (
    <div className="st-row align-items-start">
      <a className="btn st-btn is-main" href={`/consegne/${delivery.id}/verifica`}>
        {t.verify}
      </a>
      <Close />
    </div>
  )
}

function Begin() {
  const { t: all } = useDeliveryWords()
  const refused = useRefusedAct('begin')
  return (
    <Form method="post" reloadDocument>
      <RefusedNotice refused={refused} />
      <ActField act="begin" />
      <p className="st-quiet">{all.verify.beginLead}</p>
      <button type="submit" className="btn st-btn is-main">
        {all.delivery.begin}
      </button>
    </Form>
  )
}

function Close() {
  const { delivery } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  const refused = useRefusedAct('close')
  return (
    <Panel label={t.close} refused={refused}>
      <Form method="post">
        <ActField act="close" version={delivery.version} />
        <ChoiceField
          name="rest"
          label={t.rest}
          refused={refused}
          initial="refuse"
          options={[
            { value: 'refuse', label: t.restRefuse },
            { value: 'missing', label: t.restMissing },
          ]}
        />
        <button type="submit" className="btn st-btn is-plain">
          {t.close}
        </button>
      </Form>
    </Panel>
  )
}

function Confirm() {
  const { delivery } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  const [refused, returning] = [useRefusedAct('confirm'), useRefusedAct('return')]
  return (
    <>
      <RefusedNotice refused={refused} />
      <div className="st-row align-items-start">
        <Form method="post">
          <ActField act="confirm" version={delivery.version} />
          <button type="submit" className="btn st-btn is-main">
            {t.confirm}
          </button>
        </Form>
        <Panel label={t.giveBack} refused={returning}>
          <Form method="post">
            <ActField act="return" version={delivery.version} />
            <LongField name="reason" label={t.reason} refused={returning} rows={2} required minLength={3} />
            <button type="submit" className="btn st-btn is-plain">
              {t.giveBack}
            </button>
          </Form>
        </Panel>
      </div>
    </>
  )
}
