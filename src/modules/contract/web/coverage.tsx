import { ScrollRegion } from '../../../web/ui/scroll.tsx'
import type { ContractOverview } from '../schema.ts'
import { useContractTexts } from './words.ts'

const parts = ['measured', 'subset', 'without'] as const
const fills = { measured: 'f-blue', subset: 'f-line', without: 'f-none' } as const
const wide = 1232

/** How much of the fee is measured, drawn and in a table; the dearest year; what a counted intervention costs. */
export function Coverage({ overview, cost }: { overview: ContractOverview; cost: Cost | null }) {
  const { pages, amount, value } = useContractTexts()
  const t = pages.coverage
  const { coverage } = overview
  const unmeasured = (Number(coverage.subset.share) + Number(coverage.without.share)).toFixed(2)
  return (
    <section className="st-section">
      <h2 id="misura" className="st-h2">
        {t.title}
      </h2>
      <p>
        <strong>{t.lead(value(unmeasured))}</strong>{' '}
        {t.highest(value(coverage.highestShare), amount(coverage.highestPenalty))}
        {cost !== null && <> {t.cost(cost.service, amount(cost.each), cost.items)}</>}
      </p>
      <Bar overview={overview} />
      <ScrollRegion label={t.caption}>
        <table className="st-table mt-2">
          <caption className="visually-hidden">{t.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.part}</th>
              <th scope="col">{t.columns.services}</th>
              <th scope="col" className="st-num">
                {t.columns.fee}
              </th>
              <th scope="col" className="st-num">
                {t.columns.share}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr key={part}>
                <th scope="row">{t.parts[part]}</th>
                <td>{coverage[part].services.join(', ')}</td>
                <td className="st-num">{amount(coverage[part].fee)}</td>
                <td className="st-num">{value(coverage[part].share)} %</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {t.total}, {overview.title}
              </th>
              <td className="st-num">{amount(overview.total)}</td>
              <td className="st-num">{value('100.00')} %</td>
            </tr>
          </tfoot>
        </table>
      </ScrollRegion>
    </section>
  )
}

export type Cost = { service: string; each: string; items: string }

function Bar({ overview: { coverage } }: { overview: ContractOverview }) {
  const { pages, value } = useContractTexts()
  const t = pages.coverage
  const shares = parts.map((part) => Number(coverage[part].share))
  const starts = shares.map((_, index) => shares.slice(0, index).reduce((sum, share) => sum + share, 0))
  const image = t.image(...(parts.map((part) => value(coverage[part].share)) as [string, string, string]))
  return (
    <svg className="st-svg" viewBox={`0 0 ${wide} 24`} role="img" aria-label={image}>
      {parts.map((part, index) => {
        const x = Math.round(((starts[index] ?? 0) * wide) / 100)
        const width = Math.max(0, Math.round(((shares[index] ?? 0) * wide) / 100) - 2)
        return (
          <g key={part}>
            <rect
              className={fills[part]}
              x={x}
              y={part === 'without' ? 1 : 0}
              width={width}
              height={part === 'without' ? 22 : 24}
            />
            {width > 120 && (
              <text className={part === 'measured' ? 'w' : undefined} x={x + 8} y={17}>
                {t.bar[part]} {value(coverage[part].share)} %
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}
