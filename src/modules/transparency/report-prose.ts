/** Plain text as the editor writes it: a blank line parts paragraphs, "- " and "1. " make lists, "## " a small heading. Pure. */
export type ProsePart = { what: 'paragraph' | 'bullets' | 'steps' | 'heading'; lines: string[] }

const marks = [
  ['heading', /^#{1,3}\s+/],
  ['bullets', /^\s*[-•]\s+/],
  ['steps', /^\s*\d{1,2}[.)]\s+/],
] as const

/** The parts of a text, in order. */
export function proseParts(text: string): ProsePart[] {
  const parts: ProsePart[] = []
  let isApart = true
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      isApart = true
      continue
    }
    const [what, mark] = marks.find(([, mark]) => mark.test(line)) ?? ['paragraph' as const, /^/]
    const words = line.replace(mark, '').trim()
    const last = parts.at(-1)
    // A list goes on over blank lines, a paragraph does not; a heading is one line.
    const goesOn = last?.what === what && what !== 'heading' && (what !== 'paragraph' || !isApart)
    if (goesOn) last.lines.push(words)
    else parts.push({ what, lines: [words] })
    isApart = false
  }
  return parts
}
