/** What is not as it was in the version before. Pure. */

import type { Language } from '../../../platform/texts.ts'
import type {
  Difference,
  EditionContent,
  ShownBlock,
  ShownFigure,
  ShownObjective,
  ShownSection,
  ShownSeries,
} from '../edition-schema.ts'
import { figureText } from '../figure-words.ts'
import { reportTexts } from '../report-texts.ts'

type Place = Pick<Difference, 'section' | 'objective'>
type Found = Omit<Difference, 'section' | 'objective'>

const plain = (what: Difference['what'], label: string): Found => ({ what, label, before: null, after: null })

/** Everything that changed from one content to the next, in the order of the pages. */
export function editionDifferences(before: EditionContent, after: EditionContent, language: Language): Difference[] {
  const edition = { section: null, objective: null }
  return [
    ...renamed(before.title, after.title).map((found) => ({ ...edition, ...found })),
    ...(before.summary === after.summary && before.office === after.office
      ? []
      : [{ ...edition, ...plain('words', '') }]),
    ...priorityDifferences(before, after, language),
    ...matched(before.sections, after.sections, (section) => section.code).flatMap(([old, now]) =>
      sectionDifferences(old, now, language),
    ),
  ]
}

function renamed(before: string, after: string): Found[] {
  return before === after ? [] : [{ what: 'renamed', label: after, before, after }]
}

/** Pairs by name, in the order of the newer list; what is gone comes last. */
function matched<One>(before: readonly One[], after: readonly One[], name: (one: One) => string) {
  const old = new Map(before.map((one) => [name(one), one]))
  const now = new Set(after.map(name))
  return [
    ...after.map((one): [One | undefined, One | undefined] => [old.get(name(one)), one]),
    ...before.filter((one) => !now.has(name(one))).map((one): [One | undefined, One | undefined] => [one, undefined]),
  ]
}

function sectionDifferences(
  before: ShownSection | undefined,
  after: ShownSection | undefined,
  language: Language,
): Difference[] {
  const place: Place = { section: (after ?? before)?.code ?? null, objective: null }
  if (!before || !after) return [{ ...place, ...plain(after ? 'added' : 'removed', (after ?? before)?.title ?? '') }]
  return [
    ...renamed(before.title, after.title).map((found) => ({ ...place, ...found })),
    ...(before.intro === after.intro ? [] : [{ ...place, ...plain('words', '') }]),
    ...matched(before.objectives, after.objectives, (one) => String(one.number)).flatMap(([old, now]) =>
      objectiveDifferences(old, now, language).map((found) => ({
        section: place.section,
        objective: (now ?? old)?.number ?? null,
        ...found,
      })),
    ),
  ]
}

function objectiveDifferences(
  before: ShownObjective | undefined,
  after: ShownObjective | undefined,
  language: Language,
): Found[] {
  if (!before || !after) return [plain(after ? 'added' : 'removed', (after ?? before)?.title ?? '')]
  const found = [
    ...renamed(before.title, after.title),
    ...(before.lead === after.lead ? [] : [plain('words', reportTexts[language].leadName)]),
    ...matched(figuresOf(before), figuresOf(after), (one) => one.label).flatMap(([old, now]) =>
      figureDifferences(old, now, language),
    ),
    ...matched(seriesOf(before), seriesOf(after), (one) => one.lines.map((line) => line.label).join(' · ')).flatMap(
      ([old, now]) => seriesDifferences(old, now, language),
    ),
    ...matched(textsOf(before), textsOf(after), (one) => one.heading).flatMap(([old, now]) =>
      textDifferences(old, now),
    ),
    ...matched(commitmentsOf(before), commitmentsOf(after), (one) => one.commitment).flatMap(([old, now]) =>
      commitmentDifferences(old, now, language),
    ),
  ]
  // Something that none of the above says: the order of blocks, a heading, a date.
  const isSame = JSON.stringify(before.blocks) === JSON.stringify(after.blocks)
  return found.length === 0 && !isSame ? [plain('block', '')] : found
}

const blocksOf = <Kind extends ShownBlock['kind']>(objective: ShownObjective, kind: Kind) =>
  objective.blocks.filter((block): block is Extract<ShownBlock, { kind: Kind }> => block.kind === kind)
const figuresOf = (objective: ShownObjective) => blocksOf(objective, 'figures').flatMap((block) => block.figures)
const seriesOf = (objective: ShownObjective) => blocksOf(objective, 'series')
const textsOf = (objective: ShownObjective) => blocksOf(objective, 'text')
const commitmentsOf = (objective: ShownObjective) => blocksOf(objective, 'commitments').flatMap((block) => block.rows)

function figureDifferences(
  before: ShownFigure | undefined,
  after: ShownFigure | undefined,
  language: Language,
): Found[] {
  if (!before || !after) return [plain(after ? 'added' : 'removed', (after ?? before)?.label ?? '')]
  const said = (one: ShownFigure) => figureText(one.value, one.unit, language)
  if (said(before) !== said(after))
    return [{ what: 'figure', label: after.label, before: said(before), after: said(after) }]
  return before.date === after.date && before.source === after.source && before.period === after.period
    ? []
    : [plain('block', after.label)]
}

function seriesDifferences(
  before: ShownSeries | undefined,
  after: ShownSeries | undefined,
  language: Language,
): Found[] {
  const name = (after ?? before)?.title ?? ''
  if (!before || !after) return [plain(after ? 'added' : 'removed', name)]
  return after.lines.flatMap(({ label, unit }, column) =>
    matched(before.rows, after.rows, (row) => String(row.year)).flatMap(([old, now]): Found[] => {
      const said = [old, now].map((row) => row?.values[column] ?? null)
      if (said[0] === said[1]) return []
      const [was, is] = said.map((value) => (value === null ? '–' : figureText(value, unit, language)))
      return [{ what: 'series', label: `${label}, ${(now ?? old)?.year}`, before: was ?? null, after: is ?? null }]
    }),
  )
}

type Text = Extract<ShownBlock, { kind: 'text' }>

function textDifferences(before: Text | undefined, after: Text | undefined): Found[] {
  if (!before || !after) return [plain('words', (after ?? before)?.heading ?? '')]
  return before.body === after.body ? [] : [plain('words', after.heading)]
}

type Commitment = Extract<ShownBlock, { kind: 'commitments' }>['rows'][number]

function commitmentDifferences(
  before: Commitment | undefined,
  after: Commitment | undefined,
  language: Language,
): Found[] {
  if (!before || !after) return [plain(after ? 'added' : 'removed', (after ?? before)?.commitment ?? '')]
  const words = reportTexts[language].outcomes
  if (before.outcome !== after.outcome)
    return [
      { what: 'commitments', label: after.commitment, before: words[before.outcome], after: words[after.outcome] },
    ]
  return before.result === after.result ? [] : [plain('words', after.commitment)]
}

function priorityDifferences(before: EditionContent, after: EditionContent, language: Language): Difference[] {
  const all = (content: EditionContent) =>
    content.lines.flatMap((line) =>
      line.guidelines.flatMap((guideline) =>
        guideline.priorities.map((priority) => ({
          ...priority,
          name: `${line.number}.${guideline.number} ${priority.title}`,
        })),
      ),
    )
  const words = reportTexts[language].priorityStates
  return matched(all(before), all(after), (one) => one.name).flatMap(([old, now]): Difference[] => {
    const place = { section: null, objective: null }
    if (!old || !now) return [{ ...place, ...plain(now ? 'added' : 'removed', (now ?? old)?.title ?? '') }]
    return old.state === now.state
      ? []
      : [{ ...place, what: 'priority', label: now.title, before: words[old.state], after: words[now.state] }]
  })
}
