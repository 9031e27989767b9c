import { Form, useLoaderData } from 'react-router'
import { ActField, useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { RefusedNotice } from '../../../web/ui/form.tsx'
import { useDeliveryWords } from './delivery-words.ts'
import type { Lot } from './use-lot.ts'
import type { loader } from './verify.tsx'

/** Closing the verification: when everything is sent, and looked at or said to be missing. */
export function VerifyClose({ lot }: { lot: Lot }) {
  const { delivery } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.verify
  const refused = useRefusedAct('close')
  const left = lot.toDo.length
  return (
    <section className="st-site" aria-labelledby="chiudi">
      <h2 id="chiudi" className="st-h3">
        {t.close}
      </h2>
      <RefusedNotice refused={refused} />
      {lot.unsent.length > 0 || lot.outbox.isOffline ? (
        <p>{t.closeLater}</p>
      ) : (
        <>
          {left > 0 && <p>{t.openLeft(left)}</p>}
          <Form method="post" className="st-stack" reloadDocument>
            <ActField act="close" version={delivery.version} />
            {left === 0 && (
              <button type="submit" name="rest" value="refuse" className="btn st-btn is-main is-big">
                {t.close}
              </button>
            )}
            {(left > 0 || refused !== undefined) && (
              <button type="submit" name="rest" value="missing" className="btn st-btn is-plain is-big">
                {t.closeMissing}
              </button>
            )}
          </Form>
        </>
      )}
    </section>
  )
}
