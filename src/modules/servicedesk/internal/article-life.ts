/** The life of an article, as data. */
import type { ArticleState } from '../article-schema.ts'

const life = {
  change: ['draft', 'published'],
  publish: ['draft', 'retired'],
  retire: ['draft', 'published'],
  review: ['published'],
} as const satisfies Record<string, readonly ArticleState[]>

export type ArticleAct = keyof typeof life

/** Whether an act is allowed now. */
export function articleAllows(act: ArticleAct, state: ArticleState): boolean {
  const from: readonly ArticleState[] = life[act]
  return from.includes(state)
}
