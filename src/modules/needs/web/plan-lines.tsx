import { Link, useActionData, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { Refused } from '../../../web/visit.ts'
import type { LineRow } from '../schema.ts'
import type { loader } from './plan.tsx'
import { DecideLine, decideForm } from './plan-decide.tsx'
import { acceptedOf } from './plan-lead.tsx'
import { DecisionSign } from './plan-state.tsx'
import { usePlanTexts } from './plan-words.ts'

/** Every line of the plan; who decides does it here, one line or several. */
export function PlanLines() {
  const { plan, may } = useLoaderData<typeof loader>()
  const { plan: t } = usePlanTexts()
  const c = t.columns
  const numeric = (label: string) => ({ label, isNumber: true }) as const
  if (plan.rows.length === 0) return plan.state === 'collecting' ? null : <p>{t.leads.empty}</p>
  return (
    <DataTable
      caption={t.caption}
      columns={[
        ...(may.decide ? [c.tick] : []),
        ...[numeric(c.number), c.what, c.offices],
        ...[numeric(c.quantity), numeric(c.price), numeric(c.total), numeric(c.inc), numeric(c.accepted), c.decision],
        ...(may.decide ? [c.act] : []),
      ]}
    >
      {plan.rows.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </DataTable>
  )
}

function Line({ line }: { line: LineRow }) {
  const { plan, may } = useLoaderData<typeof loader>()
  const { words, plan: t, amount, number, day } = usePlanTexts()
  const accepted = acceptedOf(line)
  return (
    <tr>
      {may.decide && (
        <td>
          <input
            type="checkbox"
            className="st-check"
            name="line"
            form={decideForm}
            value={`${line.id}:${line.version}`}
            aria-label={t.tick(line.number)}
          />
        </td>
      )}
      <td className="st-num">{line.number}</td>
      <th scope="row">
        <Link to={`/fabbisogni/${plan.year}/righe/${line.number}`}>{line.description}</Link>
        <span className="st-sub">
          {words.categories[line.category]} · {words.kinds[line.kind]}
          {line.replaces > 0 && ` · ${t.replaces(line.replaces)}`}
          {line.sinceVariation > 0 && ` · ${t.added(line.sinceVariation)}`}
          {line.closedOn !== null && ` · ${t.closed(day(line.closedOn))}`}
        </span>
      </th>
      <td>
        <Shared line={line} />
      </td>
      <td className="st-num">{number(line.quantity)}</td>
      <td className="st-num">{amount(line.unitPrice)}</td>
      <td className="st-num st-strong">{amount(line.totalExVat)}</td>
      <td className="st-num">{amount(line.totalIncVat)}</td>
      <td className="st-num">
        {may.decide && line.decision === null ? (
          <QuantityBox line={line} />
        ) : (
          line.decidedQuantity !== null && <strong>{number(line.decidedQuantity)}</strong>
        )}
        {accepted !== null && accepted !== line.totalExVat && <span className="st-sub">{amount(accepted)} €</span>}
      </td>
      <td>
        <DecisionSign decision={line.decision} />
        {line.reason !== null && <span className="st-sub">{line.reason}</span>}
      </td>
      {may.decide && (
        <td>
          <DecideLine line={line} />
        </td>
      )}
    </tr>
  )
}

function Shared({ line }: { line: LineRow }) {
  const { plan: t, offices, number } = usePlanTexts()
  if (line.offices === 0) return <span className="st-quiet st-nowrap">{t.noOffice}</span>
  return (
    <>
      {offices(line.offices, number(line.offices))}
      {line.shared < line.quantity && (
        <span className="st-sub">{t.shared(number(line.shared), number(line.quantity))}</span>
      )}
    </>
  )
}

/** How many of a ticked line are accepted, when it is in part. */
function QuantityBox({ line }: { line: LineRow }) {
  const { plan: t } = usePlanTexts()
  const refused = useActionData<Refused>()
  return (
    <input
      name={`quantity-${line.id}`}
      form={decideForm}
      inputMode="numeric"
      className="st-field st-short st-num"
      aria-label={t.bulk.quantity(line.number)}
      defaultValue={refused?.values?.[`quantity-${line.id}`] ?? ''}
    />
  )
}
