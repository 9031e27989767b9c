import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { DeliveryItemRow } from '../order-schema.ts'
import type { loader } from './delivery.tsx'
import { PieceFlags, PieceOutcome } from './delivery-marks.tsx'
import { useDeliveryWords } from './delivery-words.ts'
import { viewNames } from './piece-views.ts'

/** The pieces of the note: what is odd first, then in the order of the plan's lines. */
export function DeliveryPieces() {
  const { pieces, isCapped, hasSample } = useLoaderData<typeof loader>()
  const { t: all } = useDeliveryWords()
  const t = all.delivery
  const c = t.columns
  return (
    <section className="st-section">
      <h2 id="pezzi" className="st-h2">
        {t.pieces}
      </h2>
      <Views />
      {pieces.length === 0 ? (
        <p>{t.noPieces}</p>
      ) : (
        <DataTable
          caption={t.pieces}
          columns={[c.line, c.what, c.serial, c.model, c.office, { label: c.quantity, isNumber: true }, c.outcome]}
        >
          {pieces.map((piece) => (
            <Piece key={piece.id} piece={piece} hasSample={hasSample} />
          ))}
        </DataTable>
      )}
      {isCapped && <p className="st-small st-quiet">{t.cappedPieces(pieces.length)}</p>}
    </section>
  )
}

function Views() {
  const { view, counts, hasSample } = useLoaderData<typeof loader>()
  const { t: all, count } = useDeliveryWords()
  const t = all.delivery
  return (
    <nav aria-label={t.which}>
      <ul className="st-views">
        {viewNames
          .filter((name) => name !== 'sample' || hasSample)
          .map((name) => (
            <li key={name}>
              <Link
                to={name === 'all' ? '?' : `?mostra=${name}`}
                aria-current={name === view ? 'page' : undefined}
                preventScrollReset
              >
                {t.views[name]} <b>{count(counts[name])}</b>
              </Link>
            </li>
          ))}
      </ul>
    </nav>
  )
}

function Piece({ piece, hasSample }: { piece: DeliveryItemRow; hasSample: boolean }) {
  const { t: all, count } = useDeliveryWords()
  const t = all.delivery
  return (
    <tr>
      <th scope="row">{piece.line ?? '–'}</th>
      <td>
        {piece.description ?? t.noLine}
        {hasSample && piece.isInSample && <span className="st-sub">{t.inSample}</span>}
      </td>
      <td>{piece.serial === null ? '–' : <span className="st-code">{piece.serial}</span>}</td>
      <td>
        {piece.model ?? '–'}
        <PieceFlags of={piece} />
      </td>
      <td>{piece.office ?? '–'}</td>
      <td className="st-num">{count(piece.quantity)}</td>
      <td>
        <PieceOutcome of={piece} hasSample={hasSample} />
        {piece.reason !== null && piece.reason !== '' && <span className="st-sub">{piece.reason}</span>}
        {piece.itemId !== null && <span className="st-sub">{t.takenIn}</span>}
      </td>
    </tr>
  )
}
