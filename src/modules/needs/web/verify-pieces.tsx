import { useRefusedAct } from '../../../web/ui/act-panel.tsx'
import { useDeliveryWords } from './delivery-words.ts'
import type { LotPiece } from './lot.ts'
import type { Lot } from './use-lot.ts'
import { PieceFacts, PieceForm } from './verify-piece.tsx'
import { sayFine } from './verify-voice.ts'

/** How many pieces the page lists; the others are found by their serial number. */
const mostListed = 100

/** The pieces to look at: a tap opens one, the next says what was found. */
export function PiecesToDo({ lot }: { lot: Lot }) {
  const { t: all } = useDeliveryWords()
  const t = all.verify
  return (
    <>
      <section className="st-site" aria-labelledby="da-guardare">
        <h2 id="da-guardare" className="st-h3">
          {t.toDo}
        </h2>
        {lot.toDo.length === 0 && <p>{t.none}</p>}
        <Cards lot={lot} pieces={lot.toDo} />
      </section>
      {lot.outside.length > 0 && (
        <details className="st-site st-unfold">
          <summary>
            {t.outside} ({lot.outside.length})
          </summary>
          <Cards lot={lot} pieces={lot.outside} />
        </details>
      )}
    </>
  )
}

function Cards({ lot, pieces }: { lot: Lot; pieces: LotPiece[] }) {
  const { t: all } = useDeliveryWords()
  return (
    <>
      {pieces.slice(0, mostListed).map((piece) => (
        <Card key={piece.item.id} lot={lot} piece={piece} />
      ))}
      {pieces.length > mostListed && <p className="st-small st-quiet mt-2">{all.verify.more(mostListed)}</p>}
    </>
  )
}

function Card({ lot, piece }: { lot: Lot; piece: LotPiece }) {
  const refused = useRefusedAct('check')
  const name = lot.nameOf(piece)
  return (
    <details className="st-visit-card" name="pezzo" open={refused?.values.id === piece.item.id || undefined}>
      <summary>
        <h3 className="st-h3">{name}</h3>
        {piece.verdict === null ? <PieceFacts item={piece.item} /> : <Outcome piece={piece} />}
      </summary>
      {piece.verdict !== null && <PieceFacts item={piece.item} />}
      <PieceForm
        piece={piece}
        name={name}
        onCheck={async (told) => {
          const isKept = await lot.check(piece, told)
          if (isKept) sayFine()
          return isKept
        }}
      />
    </details>
  )
}

const shapes = {
  accepted: 'st-ok',
  reserved: 'st-warn',
  rejected: 'st-late',
  missing: 'st-late',
  partly: 'st-warn',
} as const

/** What was looked at, each to be looked at anew; what waits to be sent says so. */
export function DonePieces({ lot }: { lot: Lot }) {
  const { t: all } = useDeliveryWords()
  const t = all.verify
  if (lot.done.length === 0) return null
  return (
    <section className="st-site" aria-labelledby="guardati">
      <h2 id="guardati" className="st-h3">
        {t.done}
      </h2>
      <Cards lot={lot} pieces={lot.done} />
    </section>
  )
}

function Outcome({ piece: { item, verdict } }: { piece: LotPiece }) {
  const { t: all } = useDeliveryWords()
  if (verdict === null) return null
  const words =
    verdict.outcome === 'partly'
      ? all.delivery.partly(item.accepted, item.reserved, item.rejected)
      : all.verify.outcomes[verdict.outcome]
  return (
    <>
      <span className={`st-state ${shapes[verdict.outcome]}`}>{words}</span>
      {verdict.isWaiting && <span className="st-quiet"> · {all.verify.waiting}</span>}
    </>
  )
}
