/**
 * The line that our mails begin with: an answer is written above it, and what stands below is our own mail come back.
 * Whoever sends puts it in, whoever takes answers in cuts there; both languages, because a mail client keeps the words.
 */
import type { Language } from '../texts.ts'

/** The words of the line, without its dashes. */
export const replyWords: Record<Language, string> = {
  it: 'Rispondi sopra questa riga',
  en: 'Reply above this line',
}

/** The line as it is written in a mail. */
export function replyLine(language: Language): string {
  return `--- ${replyWords[language]} ---`
}

/** Whether a line of a mail is that line: quoted ("> "), in bold, in whatever language it was sent. */
export function isReplyLine(line: string): boolean {
  const bare = line.replaceAll(/[\s>*_|-]+/g, ' ').trim()
  return Object.values(replyWords).some((words) => bare === words)
}
