import { Link, useLoaderData } from 'react-router'
import { fail, notFound } from '../../../platform/problem.ts'
import { qrCode, qrPath } from '../../../platform/qr.ts'
import { exactTime } from '../../../platform/texts.ts'
import { useShell } from '../../../web/ui/shell.tsx'
import { StaffPage } from '../../../web/ui/staff-page.tsx'
import { page } from '../../../web/visit.ts'
import { findDeliveryNote } from '../delivery-note.ts'
import { useGoodsTexts } from './topic-texts.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const loader = page(async (ctx, { params, request }) => {
  const { id = '', deliveryId = '' } = params
  if (!uuid.test(id) || !uuid.test(deliveryId)) fail(notFound())
  const note = await findDeliveryNote(ctx, id, deliveryId)
  return {
    note,
    square: note.code === null ? null : square(`${new URL(request.url).origin}/richieste/${id}?codice=${note.code}`),
  }
})

function square(address: string): { size: number; path: string } {
  const code = qrCode(address)
  return { size: code.length, path: qrPath(code) }
}

/** The paper that stays with the goods: what they are, and the code with which they are signed for. */
export default function DeliveryNotePage() {
  const { note } = useLoaderData<typeof loader>()
  const { zone, language } = useShell()
  const t = useGoodsTexts().note
  return (
    <StaffPage title={`${t.title} ${note.number}`}>
      <p className="st-crumb">
        <Link to={`/richieste/${note.caseId}`}>{t.back}</Link>
      </p>
      <h1 className="st-title">{t.title}</h1>
      <p className="st-lead">
        {t.case} {note.number} · {t.of(note.ordinal)}
      </p>
      <div className="st-note">
        <div>
          <dl className="st-facts">
            <dt>{t.for}</dt>
            <dd>{note.requesterName}</dd>
            <dt>{t.office}</dt>
            <dd>{note.officeName ?? '–'}</dd>
            <dt>{t.place}</dt>
            <dd>{note.place || '–'}</dd>
            <dt>{t.at}</dt>
            <dd>{exactTime(note.deliveredAt, zone, language)}</dd>
          </dl>
          <table className="st-table mt-3">
            <caption>{t.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{t.item}</th>
                <th scope="col">{t.code}</th>
                <th scope="col" className="st-num">
                  {t.quantity}
                </th>
              </tr>
            </thead>
            <tbody>
              {note.lines.map((line) => (
                <tr key={line.code}>
                  <th scope="row">{line.name}</th>
                  <td>{line.code}</td>
                  <td className="st-num">{line.quantity}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Signature />
      </div>
    </StaffPage>
  )
}

function Signature() {
  const { note, square } = useLoaderData<typeof loader>()
  const { zone, language } = useShell()
  const t = useGoodsTexts().note
  if (note.code === null || square === null)
    return (
      <p>
        <span className="st-state st-ok">{t.signedAt}</span>{' '}
        {note.receivedAt && exactTime(note.receivedAt, zone, language)}
      </p>
    )
  const side = square.size + 8
  return (
    <section aria-labelledby="codice">
      <h2 id="codice" className="st-h2">
        {t.receipt}
      </h2>
      <p className="st-number">{note.code}</p>
      <svg className="st-qr" viewBox={`-4 -4 ${side} ${side}`} role="img" aria-label={t.qr} shapeRendering="crispEdges">
        <rect x={-4} y={-4} width={side} height={side} fill="#fff" />
        <path d={square.path} fill="#000" />
      </svg>
      <p className="st-small">{t.receiptHelp}</p>
      <PrintButton />
    </section>
  )
}

// Only a script can print; without one the browser's own menu does.
function PrintButton() {
  const t = useGoodsTexts().note
  return (
    <button type="button" className="btn st-btn is-plain" onClick={() => globalThis.print()}>
      {t.print}
    </button>
  )
}
