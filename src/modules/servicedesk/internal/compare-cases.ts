/** SITEC's cases beside the supplier's export: what is missing, extra, different. Pure. */
import type { Reconciliation } from '../supplier-schema.ts'
import type { CaseState } from './lifecycle.ts'

/** A row of the supplier's file; an instant is undefined when the file has no such column. */
export type TheirCase = {
  line: number
  reference: string
  number: number | null
  state: CaseState
  opened?: string | null
  taken?: string | null
  resolved?: string | null
  closed?: string | null
}

/** A case of SITEC that lives in their tool. */
export type OurCase = {
  caseId: string
  reference: string
  number: number
  said: string
  state: CaseState
  opened: string
  taken: string | null
  resolved: string | null
  closed: string | null
}

type Compared = Pick<Reconciliation, 'missing' | 'extra' | 'differing'>

/** `linked`: by reference; `known`: numbers of SITEC and whether the case lives in their tool; `expected`: what the file should have. */
export function compareCases(
  theirs: readonly TheirCase[],
  linked: ReadonlyMap<string, OurCase>,
  known: ReadonlyMap<number, { said: string; isLinked: boolean }>,
  expected: readonly OurCase[],
  toleranceMs: number,
): Compared {
  const found: Compared = { missing: [], extra: [], differing: [] }
  for (const row of theirs) {
    const our = linked.get(row.reference)
    const byNumber = row.number === null ? undefined : known.get(row.number)
    if (our === undefined || (row.number !== null && row.number !== our.number)) {
      found.extra.push({
        line: row.line,
        reference: row.reference,
        number: byNumber?.said ?? (row.number === null ? '' : String(row.number)),
        why: byNumber === undefined ? 'unknown' : byNumber.isLinked ? 'other_reference' : 'not_linked',
      })
      continue
    }
    const differences = differencesOf(row, our, toleranceMs)
    if (differences.length > 0)
      found.differing.push({ line: row.line, number: our.said, reference: row.reference, differences })
  }
  const listed = new Set(theirs.map(({ reference }) => reference))
  found.missing = expected
    .filter(({ reference }) => !listed.has(reference))
    .map(({ said, reference, state, opened }) => ({ number: said, reference, state, openedAt: opened }))
  return found
}

function differencesOf(row: TheirCase, our: OurCase, toleranceMs: number) {
  const instants = (['opened', 'taken', 'resolved', 'closed'] as const).flatMap((field) => {
    const theirs = row[field]
    if (theirs === undefined || isSame(our[field], theirs, toleranceMs)) return []
    return [{ field, ours: our[field], theirs }]
  })
  const state = row.state === our.state ? [] : [{ field: 'state' as const, ours: our.state, theirs: row.state }]
  return [...state, ...instants]
}

function isSame(ours: string | null, theirs: string | null, toleranceMs: number): boolean {
  if (ours === null || theirs === null) return ours === theirs
  return Math.abs(Date.parse(ours) - Date.parse(theirs)) <= toleranceMs
}
