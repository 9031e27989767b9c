import { Link, useLoaderData } from 'react-router'
import { DataTable } from '../../../web/ui/data-table.tsx'
import type { ScopeAvailability } from '../schema.ts'
import type { loader } from './month.tsx'
import { useDuration, useOperationsTexts, useShare } from './texts.ts'

/** Whether what is known of a scope lies under 99 % (in whole numbers: up × 100 < 99 × known). */
export function isBelow({ upMs, downMs }: ScopeAvailability): boolean {
  return upMs * 100 < 99 * (upMs + downMs)
}

/** How a scope stands: word, colour and shape. */
export function ScopeState({ scope }: { scope: ScopeAvailability }) {
  const { scopeStates } = useOperationsTexts().page
  if (scope.source === 'none') return <span className="st-state st-idle">{scopeStates.unproved}</span>
  if (isBelow(scope)) return <span className="st-state st-late">{scopeStates.below}</span>
  if (scope.unknownMs > 3_600_000) return <span className="st-state st-warn">{scopeStates.partly}</span>
  return <span className="st-state st-ok">{scopeStates.well}</span>
}

/** Every scope of the month, what needs attention first. */
export function ScopesPart() {
  const { scopes, month } = useLoaderData<typeof loader>()
  const t = useOperationsTexts()
  const duration = useDuration()
  const share = useShare()
  const { columns } = t.page
  const number = (label: string) => ({ label, isNumber: true }) as const
  const inOrder = scopes.toSorted((a, b) => Number(isBelow(b)) - Number(isBelow(a)) || b.downMs - a.downMs)
  if (scopes.length === 0) return null
  return (
    <section className="st-section">
      <h2 id="scopes" className="st-h2">
        {t.page.scopes}
      </h2>
      <p className="st-small st-quiet">{t.page.scopesLead}</p>
      <DataTable
        caption={t.page.scopes}
        columns={[
          columns.scope,
          columns.state,
          ...[columns.availability, columns.down, columns.unknown, columns.agreed, columns.declared].map(number),
          columns.source,
        ]}
      >
        {inOrder.map((scope) => (
          <tr key={scope.scopeId}>
            <th scope="row">
              <Link to={`/gestione-operativa/${scope.scopeId}?mese=${month}`}>{scope.name}</Link>
              <span className="st-sub d-block st-quiet st-small fw-normal">
                {scope.code} · {t.kinds[scope.kind].toLowerCase()}
                {scope.hostsWeb && ` · ${t.page.hostsWeb}`}
              </span>
            </th>
            <td>
              <ScopeState scope={scope} />
            </td>
            <td className="st-num st-strong">{share(scope.upMs, scope.upMs + scope.downMs)}</td>
            {[scope.downMs, scope.unknownMs, scope.agreedMs, scope.declaredDownMs].map((ms, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: four cells in one order
              <td key={place} className="st-num">
                {duration(ms)}
              </td>
            ))}
            <td>{t.sources[scope.source]}</td>
          </tr>
        ))}
      </DataTable>
    </section>
  )
}
