import { Link } from 'react-router'
import type { ReconciledLine } from '../schema.ts'
import { useAnswerWords } from './answer-words.ts'
import { usePlanTexts } from './plan-words.ts'

const names = ['planned', 'ordered', 'declared', 'verified', 'installed', 'retired', 'paid'] as const

/** From planned to paid: every figure beside the next, why they differ, what is to be checked. */
export function CountsPart({ counts, year }: { counts: ReconciledLine; year: number }) {
  const { said } = useAnswerWords()
  const { line, number, none } = usePlanTexts()
  const t = line.counts
  return (
    <section>
      <h2 id="counts" className="visually-hidden">
        {t.title}
      </h2>
      <dl className="st-sum">
        {names.map((name) => {
          const value = counts[name]
          return (
            <div key={name}>
              <dt>{t[name]}</dt>
              <dd>{value === null ? none : number(value)}</dd>
            </div>
          )
        })}
      </dl>
      <p>
        {counts.reasons.length === 0 ? t.equal : t.reasons(counts.reasons.join(', '))}{' '}
        {counts.confirmed + counts.contested > 0 && `${said.counts(counts.confirmed, counts.contested)}. `}
        <Link to={`/fabbisogni/${year}/verifica`}>{t.whole}</Link>
      </p>
      {counts.findings.length === 0 ? (
        <p>
          <span className="st-state st-ok">{t.noFindings}</span>
        </p>
      ) : (
        <ul className="st-list">
          {counts.findings.map(({ code, says }) => (
            <li key={code}>
              <span className="st-state st-warn">{t.findings}</span> {says}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
