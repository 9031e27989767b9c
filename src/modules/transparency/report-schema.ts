/** Inputs and outputs of the social report. */
import { z } from '@hono/zod-openapi'
import { chartKinds, outcomes, priorityStates } from './report-vocabulary.ts'

const version = z.coerce.number().int().min(1)
const title = z.string().trim().min(3).max(200)
const sentence = z.string().trim().max(600).default('')
const words = z.string().trim().max(10_000)
const count = z.int()
const time = z.string().openapi({ format: 'date-time' })
const day = z.iso.date().openapi({ format: 'date' })
const calendarYear = z.coerce.number().int().min(1950).max(2200)
const place = z.coerce.number().int().min(1).max(99)

export const editionStates = ['draft', 'submitted', 'approved', 'published'] as const
export type EditionState = (typeof editionStates)[number]
export const directions = ['up', 'down'] as const

// Strategic lines, guidelines, priorities ------------------------------------

export const addLineInput = z.object({ number: place, title }).openapi('AddStrategicLine')
export type AddLineInput = z.input<typeof addLineInput>
export const addGuidelineInput = z.object({ lineId: z.uuid(), number: place, title }).openapi('AddGuideline')
export type AddGuidelineInput = z.input<typeof addGuidelineInput>
export const priorityInput = z.object({ guidelineId: z.uuid(), title, description: words.default('') })
export const proposePriorityInput = priorityInput.openapi('ProposePriority')
export type ProposePriorityInput = z.input<typeof proposePriorityInput>
export const changePriorityInput = priorityInput.extend({ version }).openapi('ChangePriority')
export type ChangePriorityInput = z.input<typeof changePriorityInput>
export const movePriorityInput = z
  .object({
    version,
    state: z.enum(priorityStates),
    reason: z.string().trim().max(2000).default('').openapi({
      description: 'Asked for when it is dropped; what was achieved when it is implemented',
    }),
    decidedOn: day,
  })
  .openapi('DecidePriority')
export type MovePriorityInput = z.input<typeof movePriorityInput>

export const priorityDetail = z
  .object({
    id: z.uuid(),
    title: z.string(),
    description: z.string(),
    state: z.enum(priorityStates),
    reason: z.string(),
    decidedOn: z.string().nullable(),
    version: count,
  })
  .openapi('Priority')
export type PriorityDetail = z.output<typeof priorityDetail>
export const guidelineTree = z
  .object({ id: z.uuid(), number: count, title: z.string(), priorities: z.array(priorityDetail) })
  .openapi('Guideline')
export const lineTree = z
  .object({ id: z.uuid(), number: count, title: z.string(), guidelines: z.array(guidelineTree) })
  .openapi('StrategicLine')
export type LineTree = z.output<typeof lineTree>

// Blocks as the editor writes them -------------------------------------------

const label = z.string().trim().min(2).max(120)
const heading = z.string().trim().max(200).default('')
const figureName = z
  .string()
  .trim()
  .max(80)
  .regex(/^[a-z][a-z0-9_]*$/)
const paper = z.string().trim().min(3).max(200)
const value = z.number().min(-1e12).max(1e12)

/** Where a figure comes from: typed with its date and source, read from an imported series, or reckoned by SITEC. */
export const figureOrigin = z.discriminatedUnion('from', [
  z.object({
    from: z.literal('typed'),
    value,
    unit: z.string().trim().max(30).default(''),
    date: day,
    period: z
      .string()
      .trim()
      .max(80)
      .default('')
      .openapi({ description: 'When it is not of one day', example: 'Media di ottobre–dicembre 2016' }),
    source: paper,
  }),
  z.object({ from: z.literal('series'), figure: figureName, year: calendarYear, source: paper }),
  z.object({ from: z.literal('live'), name: figureName, year: calendarYear }),
])
export const figure = z.object({ label, origin: figureOrigin })
export type Figure = z.output<typeof figure>

const lineOfSeries = z.object({ label, figure: figureName, source: paper })
export const block = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), heading, body: words.min(1) }),
    z.object({ kind: z.literal('figures'), heading, figures: z.array(figure).min(1).max(3) }),
    z.object({
      kind: z.literal('series'),
      heading,
      title: heading.openapi({ description: 'What the chart shows in a sentence; reckoned when empty' }),
      chart: z.enum(chartKinds).default('columns'),
      lines: z.array(lineOfSeries).min(1).max(3),
    }),
    z.object({
      kind: z.literal('commitments'),
      heading,
      rows: z
        .array(
          z.object({
            commitment: z.string().trim().min(3).max(500),
            result: z.string().trim().max(500).default(''),
            outcome: z.enum(outcomes),
          }),
        )
        .min(1)
        .max(20),
    }),
  ])
  .openapi('ReportBlock')
export type Block = z.output<typeof block>
const blocks = z.array(block).max(30)

export const blockChange = z.discriminatedUnion('act', [
  z.object({ act: z.literal('add'), block }),
  z.object({ act: z.literal('change'), index: z.int().min(0).max(29), block }),
  z.object({ act: z.literal('move'), index: z.int().min(0).max(29), direction: z.enum(directions) }),
  z.object({ act: z.literal('remove'), index: z.int().min(0).max(29) }),
])
export type BlockChange = z.output<typeof blockChange>
export const changeBlocksInput = z.object({ version, change: blockChange }).openapi('ChangeReportBlocks')
export type ChangeBlocksInput = z.input<typeof changeBlocksInput>

// Editions -------------------------------------------------------------------

const editionWords = z.object({ title, summary: sentence, office: z.string().trim().min(3).max(200) })
export const draftEditionInput = editionWords.extend({ year: calendarYear }).openapi('DraftEdition')
export const changeEditionInput = editionWords.extend({ version }).openapi('ChangeEdition')
export const submitEditionInput = z
  .object({
    version,
    changeNote: z
      .string()
      .trim()
      .max(500)
      .default('')
      .openapi({ description: 'What is new; asked for from the second version on' }),
  })
  .openapi('SubmitEdition')
export const returnEditionInput = z
  .object({ version, reason: z.string().trim().min(3).max(2000) })
  .openapi('ReturnEdition')
export const seenEditionInput = z.object({ version }).openapi('SeenEdition')

const sectionWords = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[1-9][0-9]?(-[A-Z])?$/)
    .openapi({ example: '1-B' }),
  title,
  intro: z.string().trim().max(2000).default(''),
})
export const addSectionInput = sectionWords.extend({ version }).openapi('AddReportSection')
export const changeSectionInput = sectionWords.extend({ version }).openapi('ChangeReportSection')
export const moveInput = z.object({ version, direction: z.enum(directions) }).openapi('MoveReportPart')
const objectiveWords = z.object({ number: place, title, lead: sentence, priorityId: z.uuid().nullable().default(null) })
export const addObjectiveInput = objectiveWords.extend({ version }).openapi('AddReportObjective')
export const changeObjectiveInput = objectiveWords.extend({ version, blocks }).openapi('ChangeReportObjective')
export const changeObjectiveWordsInput = objectiveWords.extend({ version })

export const editionRow = z
  .object({
    id: z.uuid(),
    year: count,
    title: z.string(),
    state: z.enum(editionStates),
    lastNumber: count.openapi({ description: 'Of the newest published version; 0 before the first' }),
    publishedAt: time.nullable(),
    updatedAt: time,
    version: count,
  })
  .openapi('EditionRow')
export type EditionRow = z.output<typeof editionRow>

const objectiveRow = z.object({
  id: z.uuid(),
  number: count,
  title: z.string(),
  blocks: count,
  updatedAt: time,
  version: count,
})
const sectionDetail = z.object({
  id: z.uuid(),
  code: z.string(),
  title: z.string(),
  intro: z.string(),
  objectives: z.array(objectiveRow),
})
export type SectionDetail = z.output<typeof sectionDetail>
export const editionDetail = editionRow
  .extend({
    summary: z.string(),
    office: z.string(),
    changeNote: z.string(),
    returnReason: z.string(),
    digest: z.string().nullable(),
    sections: z.array(sectionDetail),
    may: z.object({
      edit: z.boolean(),
      submit: z.boolean(),
      approve: z.boolean(),
      publish: z.boolean(),
      reopen: z.boolean(),
    }),
  })
  .openapi('Edition')
export type EditionDetail = z.output<typeof editionDetail>

export const objectiveDetail = z
  .object({
    id: z.uuid(),
    editionId: z.uuid(),
    year: count,
    sectionCode: z.string(),
    number: count,
    title: z.string(),
    lead: z.string(),
    priorityId: z.uuid().nullable(),
    blocks: z.array(block),
    mayEdit: z.boolean(),
    version: count,
  })
  .openapi('ReportObjective')
export type ObjectiveDetail = z.output<typeof objectiveDetail>

export const changedPart = z.object({ id: z.uuid(), version: count }).openapi('ChangedReportPart')
export type ChangedPart = z.output<typeof changedPart>
export const changedEdition = z
  .object({ id: z.uuid(), state: z.enum(editionStates), version: count })
  .openapi('ChangedEdition')
export type ChangedEdition = z.output<typeof changedEdition>
export const publishedOutcome = z
  .object({ id: z.uuid(), year: count, number: count, digest: z.string() })
  .openapi('PublishedOutcome')
export type PublishedOutcome = z.output<typeof publishedOutcome>

// Series and named figures ---------------------------------------------------

export const seriesRow = z
  .object({
    figure: z.string(),
    source: z.string(),
    unit: z.string(),
    values: z.array(z.object({ year: count, value: z.number() })),
    importedAt: time,
    disagrees: z.array(count).openapi({ description: 'Years for which another source says something else' }),
  })
  .openapi('ReportSeries')
export type SeriesRow = z.output<typeof seriesRow>
export const importedSeries = z
  .object({ added: count, same: count, disagreements: count })
  .openapi('ImportedReportSeries')
export type ImportedSeries = z.output<typeof importedSeries>
export const namedFigure = z.object({ name: z.string(), label: z.string(), unit: z.string() }).openapi('NamedFigure')
