/** What people write to the desk, by topic, so that questions, answers and solutions fit what was asked. */

/** A title and what was written below it. "{n}" stands for a room. */
export type Ask = readonly [title: string, description: string]

/** Things of one sort that are asked for and dealt with in the same way. */
export type Topic = {
  /** Who works on it after the first tier; null: the first tier itself. */
  team: 'field' | 'applications' | 'systems' | null
  /** Whether somebody goes there. */
  isOnSite: boolean
  asks: readonly Ask[]
  /** What the desk asks, and what is answered. */
  questions: readonly (readonly [question: string, answer: string])[]
  solutions: readonly string[]
}
