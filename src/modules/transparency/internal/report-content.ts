/** What an edition says, from what the editor wrote and the figures that were found. Pure: no clock, no database. */
import type {
  EditionContent,
  Missing,
  ShownBlock,
  ShownFigure,
  ShownObjective,
  ShownPriority,
  ShownSeries,
} from '../edition-schema.ts'
import { figureText } from '../figure-words.ts'
import type { Block, Figure, LineTree, SeriesRow } from '../report-schema.ts'
import { reportTexts } from '../report-texts.ts'

export type WrittenObjective = {
  number: number
  title: string
  lead: string
  priorityId: string | null
  blocks: readonly Block[]
}
export type WrittenEdition = {
  organisation: string
  isDemo: boolean
  year: number
  title: string
  summary: string
  office: string
  sections: readonly { code: string; title: string; intro: string; objectives: readonly WrittenObjective[] }[]
}
/** A figure that SITEC reckoned, with the day for which it holds. */
export type LiveValue = { value: number; unit: string; date: string; source: string }
/** What figures are read from. `live` by {@link liveKey}; null is a figure that cannot be reckoned. */
export type Known = { series: readonly SeriesRow[]; live: ReadonlyMap<string, LiveValue | null> }

type Finder = { known: Known; miss: (what: Missing['what'], label: string) => null }

/** The name of a live figure of a year, as a key. */
export const liveKey = (name: string, year: number) => `${name} ${year}`

/** The content, and everything that keeps it from being submitted; figures without value are left out of the content. */
export function composeEdition(
  written: WrittenEdition,
  lines: readonly LineTree[],
  known: Known,
): { content: EditionContent; missing: Missing[] } {
  const missing: Missing[] = []
  const note = (section: string | null, objective: number | null, what: Missing['what'], label = '') => {
    missing.push({ section, objective, what, label })
    return null
  }
  if (written.sections.length === 0) note(null, null, 'no_sections')
  const priorities = byId(lines)
  const sections = written.sections.map((section) => {
    if (section.objectives.length === 0) note(section.code, null, 'no_objectives')
    const objectives = section.objectives.map((objective) => {
      const { code } = section
      if (objective.blocks.length === 0) note(code, objective.number, 'no_blocks')
      const miss: Finder['miss'] = (what, label) => note(code, objective.number, what, label)
      return composeObjective(objective, priorities, { known, miss })
    })
    return { code: section.code, title: section.title, intro: section.intro, objectives }
  })
  const { organisation, isDemo, year, title, summary, office } = written
  const head = { format: 1 as const, organisation, isDemo, year, title, summary, office }
  return { content: { ...head, lines: lines.map(composeLine), sections }, missing }
}

type Linked = ShownPriority & { guideline: string }

function byId(lines: readonly LineTree[]): Map<string, Linked> {
  return new Map(
    lines.flatMap((line) =>
      line.guidelines.flatMap((guideline) =>
        guideline.priorities.map(
          (priority) => [priority.id, { ...priority, guideline: guideline.title }] as [string, Linked],
        ),
      ),
    ),
  )
}

function composeLine({ number, title, guidelines }: LineTree): EditionContent['lines'][number] {
  return {
    number,
    title,
    guidelines: guidelines.map((guideline) => ({
      number: guideline.number,
      title: guideline.title,
      priorities: guideline.priorities.map(({ title, state, reason, decidedOn }) => ({
        title,
        state,
        reason,
        decidedOn,
      })),
    })),
  }
}

function composeObjective(
  { number, title, lead, priorityId, blocks: written }: WrittenObjective,
  priorities: ReadonlyMap<string, Linked>,
  finder: Finder,
): ShownObjective {
  const blocks = written.flatMap((block) => composeBlock(block, finder) ?? [])
  const linked = priorityId === null ? undefined : priorities.get(priorityId)
  const priority = linked
    ? { title: linked.title, state: linked.state, reason: linked.reason, guideline: linked.guideline }
    : null
  return { number, title, lead: lead === '' ? reckonedLead(blocks) : lead, priority, blocks }
}

function composeBlock(block: Block, finder: Finder): ShownBlock | null {
  switch (block.kind) {
    case 'text':
    case 'commitments':
      return block
    case 'figures': {
      const figures = block.figures.flatMap((figure) => findFigure(figure, finder) ?? [])
      return figures.length === 0 ? null : { kind: 'figures', heading: block.heading, figures }
    }
    case 'series':
      return composeSeries(block, finder)
  }
}

function findFigure({ label, origin }: Figure, { known, miss }: Finder): ShownFigure | null {
  switch (origin.from) {
    case 'typed':
      return { label, ...origin, others: [] }
    case 'live': {
      const found = known.live.get(liveKey(origin.name, origin.year))
      return found ? { label, from: 'live', ...found, period: '', others: [] } : miss('no_live_value', label)
    }
    case 'series': {
      const { figure, year, source } = origin
      const series = known.series.find((one) => one.figure === figure && one.source === source)
      const value = series && valueIn(series, year)
      if (series === undefined || value === undefined) return miss('no_value', label)
      const where = { from: 'series' as const, date: `${year}-12-31`, period: '', source }
      return { label, value, unit: series.unit, ...where, others: othersOf(known, figure, year, source, value) }
    }
  }
}

const valueIn = (series: SeriesRow, year: number) => series.values.find((one) => one.year === year)?.value

/** What other papers say of the same figure and year, where it is not the same. */
function othersOf({ series }: Known, figure: string, year: number, source: string, value: number) {
  return series.flatMap((other) => {
    if (other.figure !== figure || other.source === source) return []
    const said = valueIn(other, year)
    return said === undefined || said === value ? [] : [{ value: said, unit: other.unit, source: other.source }]
  })
}

function composeSeries(block: Extract<Block, { kind: 'series' }>, { known, miss }: Finder): ShownSeries | null {
  const found = block.lines.flatMap(({ label, figure, source }) => {
    const series = known.series.find((one) => one.figure === figure && one.source === source)
    return series ? [{ label, series }] : (miss('no_value', label) ?? [])
  })
  const [first] = found
  if (first === undefined) return null
  const years = [...new Set(found.flatMap(({ series }) => series.values.map((one) => one.year)))].sort((a, b) => a - b)
  const rows = years.map((year) => ({ year, values: found.map(({ series }) => valueIn(series, year) ?? null) }))
  const disagreements = found.flatMap(({ label, series }) =>
    series.values.flatMap(({ year, value }) =>
      othersOf(known, series.figure, year, series.source, value).map((other) => ({ label, year, value, other })),
    ),
  )
  const lines = found.map(({ label, series }) => ({ label, unit: series.unit, source: series.source }))
  const collectedOn =
    found
      .map(({ series }) => series.importedAt.slice(0, 10))
      .sort()
      .at(-1) ?? ''
  const { kind, heading, chart } = block
  const shown = { kind, heading, title: block.title, chart, lines, rows, disagreements, collectedOn }
  return { ...shown, title: block.title === '' ? growth(shown).replace(/\.$/, '') : block.title }
}

/** One sentence from the first series or figure; the content of a report is Italian. */
function reckonedLead(blocks: readonly ShownBlock[]): string {
  const series = blocks.find((block) => block.kind === 'series')
  if (series) return growth(series)
  const figure = blocks.find((block) => block.kind === 'figures')?.figures[0]
  return figure ? reportTexts.it.stands(figure.label, figureText(figure.value, figure.unit, 'it')) : ''
}

function growth({ lines, rows }: Pick<ShownSeries, 'lines' | 'rows'>): string {
  const [line] = lines
  const known = rows.flatMap(({ year, values: [value] }) => (value == null ? [] : [{ year, value }]))
  const [first, last] = [known[0], known.at(-1)]
  if (!line || !first || !last) return ''
  const text = (value: number) => figureText(value, line.unit, 'it')
  return first === last
    ? reportTexts.it.stands(line.label, text(last.value))
    : reportTexts.it.grew(line.label, text(first.value), first.year, text(last.value), last.year)
}
