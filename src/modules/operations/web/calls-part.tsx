import { useLoaderData } from 'react-router'
import { wholeNumber } from '../../../platform/texts.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { useShell } from '../../../web/ui/shell.tsx'
import { callOutcomes } from '../vocabulary.ts'
import type { loader } from './month.tsx'
import { useOperationsTexts, useShare } from './texts.ts'

/** The month's calls: what the carrier proves, and what the exchange declares beside it. */
export function CallsPart() {
  const { calls, hasHours } = useLoaderData<typeof loader>()
  const { language } = useShell()
  const t = useOperationsTexts()
  const share = useShare()
  const { callColumns } = t.page
  const shown = (n: number) => wholeNumber(n, language)
  const { carrier, exchange, carrierDeclared } = calls
  const rows = [
    { name: t.page.callSources.carrier, count: carrier },
    { name: t.page.callSources.exchange, count: exchange },
    { name: t.page.callSources.carrierDeclared, count: carrierDeclared },
  ].filter(({ count }, place) => place < 2 || count.received > 0)
  const number = (label: string) => ({ label, isNumber: true }) as const
  const numbers = [callColumns.received, callColumns.inHours, callColumns.answered, callColumns.lost, callColumns.share]
  return (
    <section className="st-section">
      <h2 id="calls" className="st-h2">
        {t.page.calls}
      </h2>
      <p>
        {carrier.received === 0
          ? t.page.noCarrier
          : t.page.callsSentence(shown(carrier.receivedInHours), shown(carrier.lostInHours))}
      </p>
      <p className="st-small st-quiet">{hasHours ? t.page.callsLead : t.page.noCalendar}</p>
      <DataTable caption={t.page.calls} columns={[callColumns.source, ...numbers.map(number)]}>
        {rows.map(({ name, count }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {[count.received, count.receivedInHours, count.answeredInHours, count.lostInHours].map((n, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: four cells in one order
              <td key={place} className="st-num">
                {shown(n)}
              </td>
            ))}
            <td className="st-num st-strong">{share(count.lostInHours, count.receivedInHours)}</td>
          </tr>
        ))}
      </DataTable>
      <h3 className="st-h3 mt-3">{t.page.outcomesCaption}</h3>
      <DataTable caption={t.page.outcomesCaption} columns={[t.page.outcome, ...rows.map(({ name }) => number(name))]}>
        {callOutcomes.map((outcome) => (
          <tr key={outcome}>
            <th scope="row">{t.outcomes[outcome]}</th>
            {rows.map(({ name, count }) => (
              <td key={name} className="st-num">
                {shown(count.byOutcome[outcome])}
              </td>
            ))}
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
