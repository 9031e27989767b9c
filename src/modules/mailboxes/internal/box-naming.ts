/** Names of mailboxes by rule: patterns that an office can read, and no others, so that none is slow. Pure. */
import type { JudgedKind } from '../box-vocabulary.ts'

/** How mailboxes of a kind may be called; with `until` a form of the past, accepted while its addresses still lead on. */
export type NamingRule = { kind: JudgedKind; pattern: string; until: string | null }

/** `*` is a word of two or more letters and digits, `?` one letter, anything else itself. Words are parted by one of . - _ */
export const patternShape = /^(?:[a-z0-9*?]+)(?:[._-][a-z0-9*?]+)*$/

/** Whether a pattern can be read in one way only: `*` stands between separators, or at the end of written letters. */
export function isPattern(pattern: string): boolean {
  if (pattern.length > 64 || !patternShape.test(pattern)) return false
  return pattern.split(/[._-]/).every((part) => /^(\*|\?|[a-z0-9]*\*?)$/.test(part) && part !== '')
}

/** Whether the part before the @ follows the pattern. */
export function follows(name: string, pattern: string): boolean {
  const parts = pattern
    .split(/([._-])/)
    .map((part) => (/^[._-]$/.test(part) ? `\\${part}` : part.replace('*', '[a-z0-9]{2,}').replace('?', '[a-z]')))
  return new RegExp(`^${parts.join('')}$`).test(name)
}

export type NameVerdict = { isGood: true } | { isGood: false; past: NamingRule | null }

/** Whether a name follows a rule for its kind that holds on this day; `past` is the form it had when that was still accepted. */
export function judgeName(name: string, kind: JudgedKind, rules: readonly NamingRule[], today: string): NameVerdict {
  const own = rules.filter((rule) => rule.kind === kind)
  if (own.length === 0) return { isGood: true }
  const fitting = own.filter(({ pattern }) => follows(name, pattern))
  if (fitting.some(({ until }) => until === null || until >= today)) return { isGood: true }
  return { isGood: false, past: fitting[0] ?? null }
}
