/** What an edition says once its figures are reckoned: what is previewed, approved, published and read by anybody. */
import { z } from '@hono/zod-openapi'
import { chartKinds, outcomes, priorityStates } from './report-vocabulary.ts'

const count = z.int()
const time = z.string().openapi({ format: 'date-time' })

const otherValue = z.object({ value: z.number(), unit: z.string(), source: z.string() })
export const shownFigure = z
  .object({
    label: z.string(),
    value: z.number(),
    unit: z.string(),
    year: count,
    date: z.string().openapi({ format: 'date' }),
    period: z.string(),
    source: z.string(),
    from: z.enum(['typed', 'series', 'live']),
    others: z.array(otherValue).openapi({ description: 'What other sources say of the same figure and year' }),
  })
  .openapi('ShownFigure')
export type ShownFigure = z.output<typeof shownFigure>

const shownLine = z.object({ label: z.string(), unit: z.string(), source: z.string() })
export const shownSeries = z.object({
  kind: z.literal('series'),
  heading: z.string(),
  title: z.string(),
  chart: z.enum(chartKinds),
  lines: z.array(shownLine),
  rows: z.array(z.object({ year: count, values: z.array(z.number().nullable()) })),
  disagreements: z.array(z.object({ label: z.string(), year: count, value: z.number(), other: otherValue })),
  collectedOn: z.string().openapi({ format: 'date' }),
})
export type ShownSeries = z.output<typeof shownSeries>

export const shownBlock = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), heading: z.string(), body: z.string() }),
    z.object({ kind: z.literal('figures'), heading: z.string(), figures: z.array(shownFigure) }),
    shownSeries,
    z.object({
      kind: z.literal('commitments'),
      heading: z.string(),
      rows: z.array(z.object({ commitment: z.string(), result: z.string(), outcome: z.enum(outcomes) })),
    }),
  ])
  .openapi('ShownBlock')
export type ShownBlock = z.output<typeof shownBlock>

export const shownObjective = z
  .object({
    number: count,
    title: z.string(),
    lead: z.string(),
    priority: z
      .object({ title: z.string(), state: z.enum(priorityStates), reason: z.string(), guideline: z.string() })
      .nullable(),
    blocks: z.array(shownBlock),
  })
  .openapi('ShownObjective')
export type ShownObjective = z.output<typeof shownObjective>
export const shownSection = z.object({
  code: z.string(),
  title: z.string(),
  intro: z.string(),
  objectives: z.array(shownObjective),
})
export type ShownSection = z.output<typeof shownSection>

const shownPriority = z.object({
  title: z.string(),
  state: z.enum(priorityStates),
  reason: z.string(),
  decidedOn: z.string().nullable(),
})
export type ShownPriority = z.output<typeof shownPriority>
export const editionContent = z
  .object({
    format: z.literal(1),
    organisation: z.string(),
    isDemo: z.boolean(),
    year: count,
    title: z.string(),
    summary: z.string(),
    office: z.string(),
    lines: z.array(
      z.object({
        number: count,
        title: z.string(),
        guidelines: z.array(z.object({ number: count, title: z.string(), priorities: z.array(shownPriority) })),
      }),
    ),
    sections: z.array(shownSection),
  })
  .openapi('EditionContent')
export type EditionContent = z.output<typeof editionContent>

/** What keeps an edition from being submitted: where (section and objective, when it is one) and why. */
export const missing = z
  .object({
    section: z.string().nullable(),
    objective: count.nullable(),
    what: z.enum(['no_sections', 'no_objectives', 'no_blocks', 'no_value', 'no_live_value']),
    label: z.string(),
  })
  .openapi('MissingInEdition')
export type Missing = z.output<typeof missing>

/** One thing that is not as it was in the version before. */
export const difference = z
  .object({
    section: z.string().nullable(),
    objective: count.nullable(),
    what: z.enum(['added', 'removed', 'renamed', 'words', 'figure', 'series', 'priority', 'commitments', 'block']),
    label: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .openapi('EditionDifference')
export type Difference = z.output<typeof difference>

export const editionPreview = z
  .object({
    content: editionContent,
    missing: z.array(missing),
    differences: z.array(difference).openapi({ description: 'From the newest published version; none before it' }),
  })
  .openapi('EditionPreview')
export type EditionPreview = z.output<typeof editionPreview>

export const versionRow = z
  .object({ number: count, publishedAt: time, changeNote: z.string(), digest: z.string() })
  .openapi('EditionVersion')
export type VersionRow = z.output<typeof versionRow>
export const publishedRow = z
  .object({ year: count, title: z.string(), summary: z.string(), number: count, publishedAt: time })
  .openapi('PublishedEditionRow')
export type PublishedRow = z.output<typeof publishedRow>
export const publishedEdition = versionRow
  .extend({
    year: count,
    isNewest: z.boolean(),
    firstPublishedAt: time,
    content: editionContent,
  })
  .openapi('PublishedEdition')
export type PublishedEdition = z.output<typeof publishedEdition>
export const editionHistory = z
  .object({
    year: count,
    title: z.string(),
    versions: z
      .array(versionRow.extend({ differences: z.array(difference) }))
      .openapi({ description: 'Newest first, each with what changed from the one before' }),
  })
  .openapi('EditionHistory')
export type EditionHistory = z.output<typeof editionHistory>

const objectiveHead = shownObjective.pick({ number: true, title: true, lead: true })
/** One page of an edition with what stands around it. */
export const reportView = z.object({
  base: z.string().openapi({ description: 'Address of the edition whose page it is' }),
  charts: z.string(),
  year: count,
  title: z.string(),
  office: z.string(),
  /** Null in a preview. */
  published: versionRow.extend({ isNewest: z.boolean(), firstPublishedAt: time }).nullable(),
  page: z.discriminatedUnion('what', [
    z.object({
      what: z.literal('edition'),
      summary: z.string(),
      lines: editionContent.shape.lines,
      sections: z.array(z.object({ code: z.string(), title: z.string(), objectives: z.array(objectiveHead) })),
    }),
    z.object({
      what: z.literal('section'),
      code: z.string(),
      title: z.string(),
      intro: z.string(),
      objectives: z.array(objectiveHead),
    }),
    z.object({ what: z.literal('objective'), code: z.string(), objective: shownObjective }),
  ]),
})
export type ReportView = z.output<typeof reportView>
