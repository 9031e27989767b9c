/**
 * What a higher floor tells beside a subject of a lower one: plain data that a page below shows without knowing who told
 * it. Filled in `app.ts`, the only place that sees every module; nobody tells anything where it is not filled.
 */
import type { TxContext } from './context.ts'

/** One line: a word, where it leads, what is said of it. */
export type SubjectLine = { label: string; to: string | null; detail: string }

/** What a module tells beside one subject. `to` is the page where it is dealt with. */
export type SubjectPart = {
  title: string
  to: string
  sentence: string
  lines: SubjectLine[]
  groups: { title: string; lines: SubjectLine[] }[]
  /** A form of one field, where the reader may add something: it is sent to `action`. */
  field: { action: string; act: string; name: string; label: string; hint: string; button: string } | null
}

/** The kinds of subject that something is told beside. */
export type SubjectType = 'desk_case'

/** Tells beside one subject; null when there is nothing to tell, or when the reader may not know. */
export type SubjectTeller = (ctx: TxContext, id: string) => Promise<SubjectPart | null>

export type Subjects = {
  /** Names who tells beside subjects of a type; the same name again takes the place of the first. */
  fill: (type: SubjectType, name: string, tell: SubjectTeller) => void
  /** What is told beside a subject, in the order in which it was filled. */
  beside: (ctx: TxContext, type: SubjectType, id: string) => Promise<SubjectPart[]>
}

/** Empty at first. */
export function openSubjects(): Subjects {
  const tellers = new Map<SubjectType, Map<string, SubjectTeller>>()
  return {
    fill: (type, name, tell) => void tellers.set(type, new Map(tellers.get(type)).set(name, tell)),
    beside: async (ctx, type, id) => {
      const parts: SubjectPart[] = []
      // One transaction has one connection: one after the other.
      for (const tell of tellers.get(type)?.values() ?? []) {
        const part = await tell(ctx, id)
        if (part !== null) parts.push(part)
      }
      return parts
    },
  }
}
