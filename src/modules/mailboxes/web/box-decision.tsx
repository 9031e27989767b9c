import { Link, useLoaderData } from 'react-router'
import type { loader } from './box.tsx'
import { useDecisionTexts } from './decision-page-words.ts'
import { DecisionSign } from './decision-sign.tsx'

/** What is decided of the mailbox, or the way to propose something. */
export function BoxDecision() {
  const { box, decision, mayPropose } = useLoaderData<typeof loader>()
  const { words, becomes, propose } = useDecisionTexts()
  if (decision !== null)
    return (
      <p className="st-row">
        <Link to={`/caselle/proposte/${decision.id}`}>
          {words.kinds[decision.kind]}
          {decision.kind !== 'keep' && `: ${becomes(decision)}`}
        </Link>
        <DecisionSign row={decision} />
      </p>
    )
  if (!mayPropose) return null
  return (
    <p>
      <Link className="btn st-btn is-plain" to={`/caselle/proposte/nuova?casella=${box.id}`}>
        {propose}
      </Link>
    </p>
  )
}
