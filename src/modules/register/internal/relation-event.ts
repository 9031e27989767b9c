/** What is recorded of relations. Pure. */
import type { StoredRelation } from './relation-queries.ts'

/** The event of a relation; its group is a word somebody chose, and stays beside it. */
export function relationEvent(
  { id, kind, fromId, toId, needed, redundancyGroup }: StoredRelation,
  what: 'relation.added' | 'relation.changed' | 'relation.removed',
) {
  const payload = { kind, fromId, toId, needed }
  const text = { group: redundancyGroup ?? '' }
  return { subjectType: 'item_relation' as const, subjectId: id, kind: what, payload, text }
}
