/**
 * Mails that a higher floor writes and the outbox of a lower one sends: composed when they are sent, from how things stand
 * then. Filled in `app.ts`, the only place that sees every module.
 */
import type { TxContext } from '../context.ts'
import type { Language } from '../texts.ts'

/** A mail to a person before it has words: about a subject of the module that writes it, or of a day. */
export type LetterDue = {
  id: string
  subjectId: string | null
  day: string | null
  personId: string
  createdAt: string
  language: Language
}

/** What it says: its subject and its paragraphs, between greeting and signature. */
export type LetterWords = { subject: string; body: readonly string[] }
/** Writes it; null when there is nothing left to say. */
export type LetterWriter = (ctx: TxContext, due: LetterDue) => Promise<LetterWords | null>

export type Letters = {
  /** Names who writes the mails of a notice. */
  fill: (notice: string, write: LetterWriter) => void
  write: (ctx: TxContext, notice: string, due: LetterDue) => Promise<LetterWords | null>
}

/** Empty at first. */
export function openLetters(): Letters {
  const writers = new Map<string, LetterWriter>()
  return {
    fill: (notice, write) => void writers.set(notice, write),
    write: (ctx, notice, due) => {
      const write = writers.get(notice)
      if (write === undefined) throw new Error(`Nobody writes the mails of ${notice}`)
      return write(ctx, due)
    },
  }
}
