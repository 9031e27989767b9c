/** One change of the blocks of an objective. Pure. */
import type { Block, BlockChange } from '../report-schema.ts'

/** The blocks after the change; null when there is no such block, or it cannot go further that way. */
export function changedBlocks(blocks: readonly Block[], change: BlockChange): Block[] | null {
  if (change.act === 'add') return [...blocks, change.block]
  const { index } = change
  const found = blocks[index]
  if (found === undefined) return null
  switch (change.act) {
    case 'change':
      return blocks.map((block, at) => (at === index ? change.block : block))
    case 'remove':
      return blocks.filter((_, at) => at !== index)
    case 'move': {
      const to = change.direction === 'up' ? index - 1 : index + 1
      const other = blocks[to]
      if (other === undefined) return null
      return blocks.map((block, at) => (at === index ? other : at === to ? found : block))
    }
  }
}

/** The series and live figures that blocks name. */
export function namedFigures(blocks: readonly Block[]) {
  const origins = blocks.flatMap((block) => (block.kind === 'figures' ? block.figures.map((one) => one.origin) : []))
  const lines = blocks.flatMap((block) => (block.kind === 'series' ? block.lines : []))
  return {
    series: [
      ...origins.flatMap((one) => (one.from === 'series' ? [one.figure] : [])),
      ...lines.map((one) => one.figure),
    ],
    live: origins.flatMap((one) => (one.from === 'live' ? [{ name: one.name, year: one.year }] : [])),
  }
}
