import { useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { loader } from './line.tsx'
import { DecisionSign } from './plan-state.tsx'
import { usePlanTexts } from './plan-words.ts'

/** What the plan says of the line; what nobody wrote is left out. */
export function LineFacts() {
  const { line } = useLoaderData<typeof loader>()
  const { words, line: texts, amount, number } = usePlanTexts()
  const t = texts.facts
  const facts: [string, string | null][] = [
    [t.category, words.categories[line.category]],
    [t.kind, words.kinds[line.kind]],
    [t.purpose, line.purpose === null ? null : words.purposes[line.purpose]],
    [t.quantity, number(line.quantity)],
    [t.price, `${amount(line.unitPrice)} €`],
    [t.total, t.totals(amount(line.totalExVat), amount(line.totalIncVat))],
    [t.priceCode, line.priceCode],
    [t.chapter, line.chapter],
    [t.fund, line.fund],
    [t.cup, line.cup],
    [t.cpv, line.cpv],
    [t.cui, line.cui],
    [t.softwareNote, line.softwareNote],
    [t.effectNote, line.effectNote],
  ]
  return (
    <section className="st-section">
      <h2 id="facts" className="st-h2">
        {t.title}
      </h2>
      <dl className="st-facts st-facts-wide">
        {facts.flatMap(([name, value]) =>
          value === null
            ? []
            : [
                <div key={name} className="st-contents">
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>,
              ],
        )}
        <dt>{t.decision}</dt>
        <dd>
          <DecisionSign decision={line.decision} />
        </dd>
        {line.reason !== null && (
          <>
            <dt>{t.reason}</dt>
            <dd>{line.reason}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** Who asked for the line, in their own words. */
export function AskedPart() {
  const { asked } = useLoaderData<typeof loader>()
  const { line: t, number } = usePlanTexts()
  const c = t.askedColumns
  if (asked === null) return null
  return (
    <section className="st-section">
      <h2 id="who" className="st-h2">
        {t.asked}
      </h2>
      {asked.length === 0 ? (
        <p>{t.askedNone}</p>
      ) : (
        <DataTable
          caption={t.asked}
          columns={[c.office, c.what, { label: c.quantity, isNumber: true }, c.forWhom, c.why]}
        >
          {asked.map((one) => (
            <tr key={[one.office, one.what, one.forWhom, one.why].join('|')}>
              <th scope="row">{one.office}</th>
              <td>{one.what}</td>
              <td className="st-num">{number(one.quantity)}</td>
              <td>{one.forWhom}</td>
              <td>{one.why}</td>
            </tr>
          ))}
        </DataTable>
      )}
    </section>
  )
}
