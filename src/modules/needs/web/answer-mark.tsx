import { When } from '../../../web/ui/when.tsx'
import type { OfficeDelivery } from '../answer-schema.ts'
import { useAnswerWords } from './answer-words.ts'

/** What an office says of a delivery, when, and in which words. */
export function AnswerMark({ of }: { of: OfficeDelivery }) {
  const { said: t, form } = useAnswerWords()
  if (of.answer === null || of.answeredAt === null) return <span className="st-state st-idle">{t.waiting}</span>
  const differing = of.lines.filter(({ answer }) => answer === 'differs')
  return (
    <>
      <span className={`st-state ${of.answer === 'complete' ? 'st-ok' : 'st-warn'}`}>{t[of.answer]}</span>{' '}
      <When at={of.answeredAt} />
      {of.witness === 'M' && <span className="st-sub d-block">{t.throughLink}</span>}
      {of.answer === 'differs' && (
        <span className="st-sub d-block">{of.reason === null ? t.erased : t.words(of.reason)}</span>
      )}
      {differing.length > 0 && differing.length < of.lines.length && (
        <span className="st-sub d-block">
          {t.about(differing.map(({ line, description }) => form.line(line, description)))}
        </span>
      )}
    </>
  )
}
