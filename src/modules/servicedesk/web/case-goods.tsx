import { TextField } from '../../../web/ui/form.tsx'
import { When } from '../../../web/ui/when.tsx'
import type { CaseDetail } from '../schema.ts'
import { ActForm, Send, Unfold } from './act-form.tsx'
import type { ActionProps } from './case-more-actions.tsx'
import { useDeskTexts } from './texts.ts'

/** What was asked for and how much of it came, and each delivery with its code for whoever writes the note. */
export function CaseGoods({ found }: { found: CaseDetail }) {
  const t = useDeskTexts().work.facts
  if (found.items.length === 0) return null
  return (
    <section aria-labelledby="goods">
      <h2 id="goods" className="st-h2">
        {t.goods}
      </h2>
      <ul className="st-list st-small">
        {found.items.map((item) => (
          <li key={item.itemId}>
            <strong>{item.name}</strong>
            <br />
            {t.pieces(item.asked, item.delivered, item.received)}
          </li>
        ))}
        {found.deliveries.map((delivery) => (
          <li key={delivery.deliveryId}>
            {t.delivery(delivery.pieces)},{' '}
            {delivery.receivedAt === null ? (
              t.toSign
            ) : (
              <>
                {t.signed} <When at={delivery.receivedAt} isShort />
              </>
            )}
            {delivery.code && (
              <>
                <br />
                {t.code} <strong className="st-code">{delivery.code}</strong>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Hands over what is still missing, or a part of it. */
export function DeliverAction({ found, refused }: ActionProps) {
  const t = useDeskTexts().work.facts
  const missing = found.items.filter((item) => item.delivered < item.asked)
  if (missing.length === 0) return null
  return (
    <Unfold id="deliver" label={t.deliver} isOpen={refused !== undefined}>
      <ActForm found={found} act="deliver">
        {missing.map((item) => (
          <TextField
            key={item.itemId}
            name={`item-${item.itemId}`}
            label={item.name}
            refused={refused}
            type="number"
            min="0"
            max={String(item.asked - item.delivered)}
            initial={String(item.asked - item.delivered)}
          />
        ))}
        <Send label={t.deliverSend} />
      </ActForm>
    </Unfold>
  )
}
