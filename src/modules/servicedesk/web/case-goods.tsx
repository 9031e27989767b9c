import { useSearchParams } from 'react-router'
import { When } from '../../../web/ui/when.tsx'
import type { CaseDetail } from '../schema.ts'
import { ActForm, Send, Unfold } from './act-form.tsx'
import type { ActionProps } from './case-more-actions.tsx'
import { QuantityField } from './quantity-field.tsx'
import { useDeskTexts } from './texts.ts'
import { useGoodsTexts } from './topic-texts.ts'

type Props = { found: CaseDetail }

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

/** What was asked for, what came, what was signed for; and each delivery with its note, for whoever delivers. */
export function CaseGoods({ found }: Props) {
  const t = useGoodsTexts().goods
  if (found.items.length === 0) return null
  const toDeliver = sum(found.items.map(({ asked, delivered }) => asked - delivered))
  const toSign = sum(found.items.map(({ delivered, received }) => delivered - received))
  return (
    <section aria-labelledby="goods">
      <h2 id="goods" className="st-h2">
        {t.title}
      </h2>
      <p>
        {toDeliver + toSign === 0 && <span className="st-state st-ok">{t.state.all}</span>}
        {toSign > 0 && <span className="st-state st-warn d-flex">{t.state.toSign(toSign)}</span>}
        {toDeliver > 0 && <span className="st-state st-run d-flex">{t.state.toDeliver(toDeliver)}</span>}
      </p>
      <GoodsTable found={found} />
      {found.deliveries.length > 0 && <Deliveries found={found} />}
    </section>
  )
}

function GoodsTable({ found }: Props) {
  const t = useGoodsTexts().goods
  return (
    <table className="st-table st-goods">
      <caption>{t.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.item}</th>
          <th scope="col" className="st-num">
            {t.asked}
          </th>
          <th scope="col" className="st-num">
            {t.delivered}
          </th>
          <th scope="col" className="st-num">
            {t.received}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.items.map((item) => (
          <tr key={item.itemId}>
            <th scope="row">{item.name}</th>
            <td className="st-num">{item.asked}</td>
            <td className="st-num">{item.delivered}</td>
            <td className="st-num">{item.received}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Deliveries({ found }: Props) {
  const t = useGoodsTexts().goods
  return (
    <ul className="st-list st-small mt-2">
      {found.deliveries.map(({ deliveryId, pieces, receivedAt, code }, index) => (
        <li key={deliveryId}>
          {t.delivery(index + 1, pieces)}
          <br />
          {receivedAt === null ? (
            <span className="st-state st-warn">{t.toSign}</span>
          ) : (
            <span className="st-state st-ok">
              {t.signed} <When at={receivedAt} isShort />
            </span>
          )}
          {code !== null && (
            <>
              {' · '}
              <a href={`/richieste/${found.id}/bolla/${deliveryId}`} aria-label={t.noteOf(index + 1)}>
                {t.note}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Hands over what is still missing, or a part of it; the delivery note comes next. */
export function DeliverAction({ found, refused }: ActionProps) {
  const work = useDeskTexts().work.facts
  const t = useGoodsTexts().deliver
  const isWanted = useSearchParams()[0].has('consegna')
  const missing = found.items.filter((item) => item.delivered < item.asked)
  if (missing.length === 0) return null
  return (
    <Unfold id="deliver" label={work.deliver} isOpen={refused !== undefined || isWanted}>
      <ActForm found={found} act="deliver">
        <p className="st-small">{t.lead}</p>
        {missing.map(({ itemId, name, asked, delivered }) => (
          <QuantityField
            key={itemId}
            itemId={itemId}
            label={
              <>
                {name} <span className="st-small st-quiet">{t.missing(asked - delivered)}</span>
              </>
            }
            initial={String(asked - delivered)}
            most={asked - delivered}
            refused={refused}
          />
        ))}
        <Send label={work.deliverSend} />
      </ActForm>
    </Unfold>
  )
}
