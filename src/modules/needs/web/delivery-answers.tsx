import { DataTable } from '../../../web/ui/data-table.tsx'
import type { OfficeDelivery } from '../answer-schema.ts'
import { AnswerMark } from './answer-mark.tsx'
import { useAnswerWords } from './answer-words.ts'

/** What the offices say, beside what the verifier found; with the notes where several deliveries are meant. */
export function AnswersPart({ answers, withNotes = false }: { answers: OfficeDelivery[]; withNotes?: boolean }) {
  const { said: t } = useAnswerWords()
  const c = t.columns
  return (
    <section className="st-section">
      <h2 id="answers" className="st-h2">
        {t.title}
      </h2>
      {answers.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <>
          <p>{t.lead}</p>
          <DataTable
            caption={t.caption}
            columns={[c.office, ...(withNotes ? [c.delivery] : []), { label: c.pieces, isNumber: true }, c.answer]}
          >
            {answers.map((one) => (
              <tr key={one.deliveryId + one.officeId}>
                <th scope="row">{one.office}</th>
                {withNotes && <td>{one.note}</td>}
                <td className="st-num">{one.pieces}</td>
                <td>
                  <AnswerMark of={one} />
                </td>
              </tr>
            ))}
          </DataTable>
        </>
      )}
    </section>
  )
}
