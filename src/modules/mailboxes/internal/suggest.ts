/** What could become of a mailbox, from what is known of it: a preselection on the page, never an act. Pure. */
import type { DecisionKind, MailboxKind } from '../decision-vocabulary.ts'
import { mostDelegates } from '../decision-vocabulary.ts'

export type SuggestionFacts = {
  kind: MailboxKind
  /** Who answers for it has left the administration. */
  holderLeft: boolean
  hasHolder: boolean
  delegates: number
  messages: number | null
  /** Days since anything came, and since anybody read or sent; null when it is not known. */
  quietDays: number | null
  unreadDays: number | null
  /** Somebody looked at its being unused, and put it aside. */
  isUnusedAside: boolean
  isPublished: boolean
  /** Read by a protocol register. */
  isRegistered: boolean
  /** A mailbox of the same office that has the larger part of the same messages. */
  twinId: string | null
}

export const suggestionReasons = [
  'certified',
  'holder_left',
  'personal',
  'registered',
  'twin',
  'empty_quiet',
  'quiet',
  'list',
  'many_readers',
  'readers',
  'in_use',
] as const
export type Suggestion = { kind: DecisionKind; reason: (typeof suggestionReasons)[number]; intoId: string | null }

/** The first that fits, from what forbids a choice to what is only likely. `unusedAfterDays`: of the adopted rules. */
export function suggest(facts: SuggestionFacts, unusedAfterDays: number): Suggestion {
  const plain = (kind: DecisionKind, reason: Suggestion['reason']): Suggestion => ({ kind, reason, intoId: null })
  if (facts.kind === 'certified') return plain('keep', 'certified')
  if (facts.kind === 'personal') return facts.holderLeft ? plain('leaver', 'holder_left') : plain('keep', 'personal')
  if (facts.isRegistered) return plain('keep', 'registered')
  if (facts.twinId !== null) return { kind: 'merge', reason: 'twin', intoId: facts.twinId }
  const isQuiet =
    !facts.isUnusedAside &&
    (facts.quietDays ?? 0) > unusedAfterDays &&
    (facts.unreadDays ?? unusedAfterDays + 1) > unusedAfterDays
  if (isQuiet && facts.messages === 0 && !facts.isPublished) return plain('delete', 'empty_quiet')
  if (isQuiet && !facts.isPublished) return plain('archive', 'quiet')
  if (facts.kind === 'list') return plain('keep', 'list')
  if (facts.delegates > mostDelegates) return plain('group', 'many_readers')
  if (facts.delegates > 1) return plain('delegate', 'readers')
  return plain('keep', 'in_use')
}
