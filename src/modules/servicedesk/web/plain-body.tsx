type Block = { what: 'paragraph' | 'bullets' | 'steps'; lines: string[] }

const bullet = /^\s*[-•]\s+/
const step = /^\s*\d{1,2}[.)]\s+/

/** Plain text as people write it: blank lines part paragraphs, "- " and "1. " begin the lines of a list. */
export function PlainBody({ text }: { text: string }) {
  return (
    <div className="st-prose">
      {blocksOf(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text that does not move
        <BlockOf key={index} block={block} />
      ))}
    </div>
  )
}

function BlockOf({ block }: { block: Block }) {
  if (block.what === 'paragraph') return <p>{block.lines.join('\n')}</p>
  // biome-ignore lint/suspicious/noArrayIndexKey: a text that does not move
  const items = block.lines.map((line, index) => <li key={index}>{line}</li>)
  return block.what === 'steps' ? <ol>{items}</ol> : <ul>{items}</ul>
}

/** The paragraphs and lists of a text, in order. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let isApart = true
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') {
      isApart = true
      continue
    }
    const what = bullet.test(line) ? 'bullets' : step.test(line) ? 'steps' : 'paragraph'
    const words = line.replace(what === 'bullets' ? bullet : step, '').trim()
    const last = blocks.at(-1)
    // A list goes on over blank lines, a paragraph does not.
    if (last?.what === what && (what !== 'paragraph' || !isApart)) last.lines.push(words)
    else blocks.push({ what, lines: [words] })
    isApart = false
  }
  return blocks
}
