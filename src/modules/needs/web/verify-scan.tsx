import { useRef, useState } from 'react'
import { useLoaderData } from 'react-router'
import { ScanButton } from '../../../web/ui/scan.tsx'
import { useDeliveryWords } from './delivery-words.ts'
import { findRead, type LotPiece, type Wrong } from './lot.ts'
import type { Lot } from './use-lot.ts'
import type { loader } from './verify.tsx'
import { PieceFacts, PieceForm } from './verify-piece.tsx'
import { sayFine, sayWrong } from './verify-voice.ts'

type Reading = { serial: string; wrong: Wrong; at: number }

/** A serial number read or written: is it on the note, and what was found of its piece. */
export function VerifyScan({ lot }: { lot: Lot }) {
  const { asked } = useLoaderData<typeof loader>()
  const { t: all, language } = useDeliveryWords()
  const t = all.verify
  const field = useRef<HTMLInputElement>(null)
  const words = useWrongWords()
  const first = asked === '' ? null : { serial: asked, wrong: findRead(lot.pieces, asked).wrong, at: 0 }
  const [reading, setReading] = useState<Reading | null>(first)
  const [said, setSaid] = useState('')
  const piece = reading === null ? null : findRead(lot.pieces, reading.serial).piece
  const read = (text: string) => {
    const serial = text.trim()
    if (serial === '') return
    const { piece, wrong } = findRead(lot.pieces, serial)
    setReading({ serial, wrong, at: Date.now() })
    setSaid(wrong === null ? t.found(serial) : '')
    if (wrong === null) sayFine()
    else sayWrong(words(serial, wrong, piece), language)
    if (field.current) field.current.value = ''
  }
  return (
    <section className="st-site" aria-labelledby="leggi">
      <h2 id="leggi" className="visually-hidden">
        {t.readTitle}
      </h2>
      <SerialForm field={field} onRead={read} />
      <p role="status" className="st-small mb-0 mt-2">
        {said}
      </p>
      {reading !== null && reading.wrong !== null && (
        <div key={reading.at} className="st-notice is-late mt-2" role="alert">
          <p>
            <span className="st-state st-late">{t.wrongMark}</span>
            <br />
            {words(reading.serial, reading.wrong, piece)}
          </p>
        </div>
      )}
      {reading !== null && piece !== null && (
        <div className="st-form-open" key={`${piece.item.id} ${reading.at}`}>
          <h3 className="st-h3 st-code">{lot.nameOf(piece)}</h3>
          <PieceFacts item={piece.item} />
          <PieceForm
            piece={piece}
            name={lot.nameOf(piece)}
            isReady={reading.at > 0}
            onCheck={async (told) => {
              const isKept = await lot.check(piece, told)
              if (!isKept) return false
              setReading(null)
              setSaid(t.said(lot.nameOf(piece), t.outcomes[told.outcome]))
              sayFine()
              field.current?.focus()
              return true
            }}
          />
        </div>
      )}
    </section>
  )
}

type SerialProps = { field: React.RefObject<HTMLInputElement | null>; onRead: (text: string) => void }

function SerialForm({ field, onRead }: SerialProps) {
  const { t: all } = useDeliveryWords()
  const t = all.verify
  return (
    <form
      method="get"
      onSubmit={(event) => {
        event.preventDefault()
        onRead(field.current?.value ?? '')
      }}
    >
      <label className="st-label" htmlFor="serie">
        {t.serial}
      </label>
      <div className="st-row">
        <input
          ref={field}
          id="serie"
          name="serie"
          className="form-control st-field st-grow"
          maxLength={60}
          autoCapitalize="characters"
          autoComplete="off"
          required
        />
        <ScanButton words={t.scan} onRead={onRead} />
        <button type="submit" className="btn st-btn is-plain">
          {t.find}
        </button>
      </div>
    </form>
  )
}

/** What is wrong, in words. */
function useWrongWords() {
  const { t: all, terms } = useDeliveryWords()
  const t = all.verify
  return (serial: string, wrong: Exclude<Wrong, null>, piece: LotPiece | null): string => {
    if (wrong === 'again') {
      const outcome = piece?.verdict?.outcome ?? 'accepted'
      return t.wrong.again(serial, outcome === 'partly' ? terms.outcomes.reserved : t.outcomes[outcome])
    }
    if (wrong === 'otherModel') return t.wrong.otherModel(serial, piece?.item.orderedModel ?? '')
    return t.wrong[wrong](serial)
  }
}
