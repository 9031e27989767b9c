import type { BulkOutcome } from '../view-schema.ts'
import { useKnowledgeTexts } from './knowledge-texts.ts'

export type Done = { act: 'assign' | 'join'; teamName: string; outcome: BulkOutcome }

/** What became of each ticked row: which went, and why the others did not. */
export function BulkOutcomeNotice({ done }: { done: Done }) {
  const t = useKnowledgeTexts().work.bulk
  const went = done.outcome.rows.filter((row) => row.isDone)
  const stayed = done.outcome.rows.filter((row) => !row.isDone)
  return (
    <div className={`st-notice ${stayed.length > 0 ? 'is-warn' : 'is-ok'}`} role="status">
      <p>{done.act === 'assign' ? t.doneAssign(went.length, done.teamName) : t.doneJoin(went.length)}.</p>
      {stayed.length > 0 && (
        <>
          <p>{t.refused(stayed.length)}</p>
          <ul className="mb-0">
            {stayed.map((row) => (
              <li key={row.id}>
                {row.number ?? t.unknown}: {row.refusal?.title}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
