/** The picture of an impact: columns of things by how many steps away they are, as SVG. Pure. */
import type { Language } from '../../../platform/texts.ts'
import type { Impact, ReachedItem } from '../relation-schema.ts'
import { registerTexts } from '../texts.ts'

const box = { width: 176, height: 44, gapX: 28, gapY: 12 }
const margin = 12
/** What fits: the table beside the picture has all of them. */
const mostColumns = 5
const mostInColumn = 10
const colour = { ink: '#17222d', quiet: '#4a5966', blue: '#003d7a', late: '#b0182d', warn: '#8a4600', line: '#7a8895' }

type Place = { x: number; y: number }

/** Draws it; the item itself stands left. Lost is a square, weakened a triangle in a broken frame. */
export function drawImpact(impact: Impact, language: Language): string {
  const t = registerTexts[language].page.impact
  const columns = columnsOf(impact.reached)
  const places = new Map<string, Place>([[impact.id, { x: margin, y: margin }]])
  for (const [at, column] of columns.entries())
    for (const [row, one] of column.shown.entries())
      places.set(one.id, { x: margin + (at + 1) * (box.width + box.gapX), y: margin + row * (box.height + box.gapY) })
  const isUp = impact.direction === 'dependency'
  const nodes = columns.flatMap(({ shown }) => shown)
  const width = margin * 2 + (columns.length + 1) * box.width + columns.length * box.gapX
  const rows = Math.max(1, ...columns.map(({ shown, more }) => shown.length + (more > 0 ? 1 : 0)))
  const height = margin * 2 + rows * (box.height + box.gapY)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="Titillium Web, Segoe UI, Helvetica, Arial, sans-serif">`,
    `<title>${escaped(t.alt(impact.code, impact.reached.length))}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...nodes.map((one) => edge(places.get(one.viaId), places.get(one.id), one.isLost || isUp)),
    node(impact.code, impact.name, places.get(impact.id), 'root'),
    ...nodes.map((one) =>
      node(one.code, one.name, places.get(one.id), isUp ? 'plain' : one.isLost ? 'lost' : 'weakened'),
    ),
    ...columns.map(({ more, shown }, at) => (more === 0 ? '' : others(t.others(more), at, shown.length))),
    '</svg>',
  ]
  return parts.filter((part) => part !== '').join('\n')
}

// The last column takes everything that is farther away, as a number.
function columnsOf(reached: readonly ReachedItem[]): { shown: ReachedItem[]; more: number }[] {
  const bySteps = Map.groupBy(reached, ({ step }) => Math.min(step, mostColumns + 1))
  const farther = bySteps.get(mostColumns + 1)?.length ?? 0
  const columns: { shown: ReachedItem[]; more: number }[] = []
  for (let step = 1; step <= mostColumns; step += 1) {
    const all = bySteps.get(step) ?? []
    if (all.length === 0) break
    columns.push({ shown: all.slice(0, mostInColumn), more: Math.max(0, all.length - mostInColumn) })
  }
  const last = columns.at(-1)
  if (last !== undefined) last.more += farther
  return columns
}

function edge(from: Place | undefined, to: Place | undefined, isWhole: boolean): string {
  if (from === undefined || to === undefined) return ''
  const [x1, y1, x2, y2] = [from.x + box.width, from.y + box.height / 2, to.x, to.y + box.height / 2]
  const middle = (x1 + x2) / 2
  const dash = isWhole ? '' : ' stroke-dasharray="4 4"'
  return `<path d="M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}" fill="none" stroke="${colour.line}" stroke-width="1.5"${dash}/>`
}

const looks = {
  root: { fill: colour.blue, stroke: colour.blue, text: '#fff', quiet: '#fff', dash: '', sign: '' },
  plain: { fill: '#fff', stroke: colour.blue, text: colour.ink, quiet: colour.quiet, dash: '', sign: '' },
  lost: { fill: '#fff', stroke: colour.late, text: colour.ink, quiet: colour.quiet, dash: '', sign: 'square' },
  weakened: {
    fill: '#fff',
    stroke: colour.warn,
    text: colour.ink,
    quiet: colour.quiet,
    dash: ' stroke-dasharray="5 3"',
    sign: 'triangle',
  },
}

function node(code: string, name: string, place: Place | undefined, look: keyof typeof looks): string {
  if (place === undefined) return ''
  const { fill, stroke, text, quiet, dash, sign } = looks[look]
  const { x, y } = place
  const mark = {
    square: `<rect x="${x + 10}" y="${y + 10}" width="10" height="10" fill="${stroke}"/>`,
    triangle: `<path d="M${x + 15} ${y + 9}l6 11h-12z" fill="${stroke}"/>`,
    '': '',
  }[sign]
  const left = x + (sign === '' ? 10 : 28)
  return [
    `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="4" fill="${fill}" stroke="${stroke}" stroke-width="1.5"${dash}/>`,
    mark,
    `<text x="${left}" y="${y + 19}" font-size="14" font-weight="600" fill="${text}">${escaped(short(code, 20))}</text>`,
    `<text x="${x + 10}" y="${y + 36}" font-size="12" fill="${quiet}">${escaped(short(name, 26))}</text>`,
  ].join('')
}

function others(words: string, column: number, row: number): string {
  const x = margin + (column + 1) * (box.width + box.gapX)
  return `<text x="${x}" y="${margin + row * (box.height + box.gapY) + 20}" font-size="13" fill="${colour.quiet}">${escaped(words)}</text>`
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
