/** Loads the demo city's social report: last year's edition in two versions, this year's in preparation. */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { composeEdition, type WrittenEdition } from '../src/modules/transparency/internal/report-content.ts'
import type { Block, LineTree, SeriesRow } from '../src/modules/transparency/report-schema.ts'
import type { City } from './city.ts'
import { type Happened, insertRows, loadEvents, personOf } from './happened.ts'
import type { Random } from './random.ts'
import { assistance, catalogue, editionWords, lines, onlineServices, series } from './report-words.ts'

const dayMs = 86_400_000
const iso = (ms: number) => new Date(ms).toISOString()

type Load = { client: pg.PoolClient; city: City; random: Random; untilMs: number; happened: Happened[]; year: number }

/** Lines and priorities in all four states, series that disagree, two editions. */
export async function loadReport(client: pg.PoolClient, city: City, random: Random, untilMs: number) {
  const year = new Date(untilMs).getUTCFullYear() - 1
  const load: Load = { client, city, random, untilMs, happened: [], year }
  const tree = await loadLines(load)
  const known = await loadSeries(load)
  await loadPublished(load, tree, known)
  await loadDraft(load, tree)
  await loadEvents(client, city, untilMs, load.happened)
}

async function loadLines({ client, city, random, untilMs, happened }: Load): Promise<LineTree[]> {
  const actor = personOf(city, 'redazione@')
  const at = untilMs - 720 * dayMs
  const tell = (subjectType: string, subjectId: string, kind: string, text: Record<string, string>, payload = {}) =>
    happened.push({ subjectType, subjectId, kind, actor, at, payload, text })
  const tree = lines.map((line, lineAt): LineTree => {
    const id = random.uuid(at)
    tell('strategic_line', id, 'strategic_line.added', { title: line.title }, { number: lineAt + 1 })
    const guidelines = line.guidelines.map((guideline, guidelineAt) => {
      const guidelineId = random.uuid(at)
      const payload = { lineId: id, number: guidelineAt + 1 }
      tell('guideline', guidelineId, 'guideline.added', { title: guideline.title }, payload)
      const priorities = guideline.priorities.map(({ title, description = '', steps }) => {
        const subjectId = random.uuid(at)
        tell('priority', subjectId, 'priority.proposed', { title, description }, { guidelineId })
        for (const [index, step] of steps.entries())
          happened.push({
            ...{ subjectType: 'priority', subjectId, kind: `priority.${step.state}`, actor },
            at: untilMs - step.daysAgo * dayMs,
            payload: { from: steps[index - 1]?.state ?? 'proposed', decidedOn: dayOf(untilMs, step.daysAgo) },
            ...(step.reason && { text: { reason: step.reason } }),
          })
        const last = steps.at(-1)
        const stands = { state: last?.state ?? ('proposed' as const), reason: last?.reason ?? '' }
        const decidedOn = last ? dayOf(untilMs, last.daysAgo) : null
        return { id: subjectId, title, description, ...stands, decidedOn, version: 1 + steps.length }
      })
      // As they are listed: the content of an edition follows the list.
      priorities.sort((a, b) => (a.title < b.title ? -1 : 1))
      return { id: guidelineId, number: guidelineAt + 1, title: guideline.title, priorities }
    })
    return { id, number: lineAt + 1, title: line.title, guidelines }
  })
  const org = { organisation_id: city.organisationId }
  const rows = tree.map(({ id, number, title }) => ({ ...org, id, number, title }))
  await insertRows(client, 'strategic_line', 'organisation_id, id, number, title', rows)
  const guidelines = tree.flatMap((line) => line.guidelines.map((one) => ({ ...one, line_id: line.id, ...org })))
  await insertRows(client, 'guideline', 'organisation_id, id, line_id, number, title', guidelines)
  const priorities = guidelines.flatMap((guideline) =>
    guideline.priorities.map(({ decidedOn: decided_on, ...one }) => ({
      ...{ ...one, ...org, guideline_id: guideline.id, decided_on, updated_at: iso(untilMs) },
    })),
  )
  const columns =
    'organisation_id, id, guideline_id, title, description, state, reason, decided_on, version, updated_at'
  await insertRows(client, 'priority', columns, priorities)
  return tree
}

const dayOf = (untilMs: number, daysAgo: number) => iso(untilMs - daysAgo * dayMs).slice(0, 10)

async function loadSeries({ client, city, random, untilMs, happened, year }: Load): Promise<SeriesRow[]> {
  const at = untilMs - 330 * dayMs
  const values = series.flatMap(({ values, ...one }) =>
    values.map((value, index) => ({ ...one, value, year: year - 3 + index })),
  )
  const rows = values.map((one) => ({ ...one, organisation_id: city.organisationId, imported_at: iso(at) }))
  await insertRows(
    client,
    'report_series_value',
    'organisation_id, figure, year, source, value, unit, imported_at',
    rows,
  )
  const payload = { added: rows.length, same: 0, disagreements: 1 }
  happened.push({
    ...{ subjectType: 'report_series', subjectId: random.uuid(at), kind: 'report_series.imported' },
    ...{ actor: personOf(city, 'redazione@'), at, payload },
  })
  return series.map(({ values, ...one }) => ({
    ...{ ...one, importedAt: iso(at), disagrees: [] },
    values: values.map((value, index) => ({ year: year - 3 + index, value })),
  }))
}

type DemoObjective = { number: number; title: string; lead: string; priorityId: string | null; blocks: Block[] }
type DemoSection = { code: string; title: string; intro: string; objectives: DemoObjective[] }

function reported(year: number, waiting: number, tree: readonly LineTree[]): DemoSection[] {
  const priority = tree[0]?.guidelines[0]?.priorities.find((one) => one.state === 'implemented')
  return [
    {
      code: '1-B',
      title: 'I servizi ai cittadini',
      intro: 'Che cosa si può fare senza andare allo sportello, e quanto si aspetta quando ci si va.',
      objectives: [
        {
          number: 1,
          title: 'Un catalogo dei servizi che si capisce',
          ...{ lead: '', priorityId: null, blocks: catalogue },
        },
        {
          ...{ number: 2, title: 'Più servizi in rete, meno code agli sportelli', priorityId: priority?.id ?? null },
          lead: `Nel ${year} i cittadini hanno presentato in rete 25.380 pratiche: più di sei volte quelle del ${year - 3}. Gli sportelli dell’anagrafe hanno ridotto l’attesa media da 41 a ${waiting} minuti.`,
          blocks: onlineServices(year, waiting),
        },
      ],
    },
  ]
}

async function loadPublished(load: Load, tree: LineTree[], known: SeriesRow[]) {
  const { client, city, random, untilMs, happened, year } = load
  const [editor, head] = [personOf(city, 'redazione@'), personOf(city, 'dirigente@')]
  const id = random.uuid(untilMs - 320 * dayMs)
  const words = { year, title: `Bilancio sociale ${year}`, ...editionWords }
  const versions = [
    { waiting: 25, daysAgo: 230, note: '' },
    { waiting: 23, daysAgo: 190, note: 'corretta l’attesa media, prima 25 minuti' },
  ].map(({ waiting, daysAgo, note }, index) => {
    const at = untilMs - daysAgo * dayMs
    const written: WrittenEdition = {
      ...{ organisation: 'Comune di prova', isDemo: true, ...words, sections: reported(year, waiting, tree) },
    }
    const content = JSON.stringify(composeEdition(written, tree, { series: known, live: new Map() }).content)
    const digest = createHash('sha256').update(content).digest('hex')
    const text = note === '' ? {} : { text: { changeNote: note } }
    const subject = { subjectType: 'edition', subjectId: id }
    const number = index + 1
    happened.push({
      ...subject,
      kind: 'edition.submitted',
      actor: editor,
      at: at - 2 * dayMs,
      payload: { digest },
      ...text,
    })
    happened.push({ ...subject, kind: 'edition.approved', actor: head, at: at - dayMs, payload: { digest } })
    happened.push({
      ...subject,
      kind: 'edition.published',
      actor: editor,
      at,
      payload: { year, number, digest },
      ...text,
    })
    const org = { organisation_id: city.organisationId, edition_id: id }
    return { ...org, number, content, digest, change_note: note, published_at: iso(at) }
  })
  await loadEdition(load, { id, ...words, state: 'published', last_number: 2 }, reported(year, 23, tree))
  const columns = 'organisation_id, edition_id, number, content, digest, change_note, published_at'
  await insertRows(client, 'report_edition_version', columns, versions)
}

async function loadDraft(load: Load, tree: LineTree[]) {
  const year = load.year + 1
  const id = load.random.uuid(load.untilMs - 20 * dayMs)
  const words = { year, title: `Bilancio sociale ${year}`, summary: '', office: editionWords.office }
  const priority = tree[1]?.guidelines[0]?.priorities[0]
  await loadEdition(load, { id, ...words, state: 'draft', last_number: 0 }, [
    {
      ...{ code: '2-A', title: 'Gli uffici e chi ci lavora', intro: '' },
      objectives: [
        {
          ...{ number: 1, title: 'Chi chiede assistenza sa quando l’avrà', lead: '', priorityId: priority?.id ?? null },
          blocks: assistance(year),
        },
      ],
    },
  ])
}

type EditionWords = {
  id: string
  year: number
  title: string
  summary: string
  office: string
  state: string
  last_number: number
}

async function loadEdition(load: Load, words: EditionWords, sections: readonly DemoSection[]) {
  const { client, city, random, untilMs, happened } = load
  const org = { organisation_id: city.organisationId }
  const actor = personOf(city, 'redazione@')
  const begun = untilMs - (words.state === 'draft' ? 20 : 320) * dayMs
  const row = { ...org, ...words, version: 1, updated_at: iso(untilMs - (words.state === 'draft' ? 1 : 190) * dayMs) }
  const editionColumns = 'organisation_id, id, year, title, summary, office, state, last_number, version, updated_at'
  await insertRows(client, 'report_edition', `${editionColumns}, change_note, return_reason`, [
    { ...row, change_note: '', return_reason: '' },
  ])
  const { id: editionId, year, title, summary, office } = words
  const tell = (subjectType: string, subjectId: string, kind: string, text: Record<string, string>, payload = {}) =>
    happened.push({ subjectType, subjectId, kind, actor, at: begun, payload, text })
  tell('edition', editionId, 'edition.drafted', { title, summary, office }, { year })
  for (const [index, { objectives, ...section }] of sections.entries()) {
    const id = random.uuid(begun)
    tell('report_section', id, 'section.added', section, { editionId })
    const sectionRow = { ...org, id, edition_id: editionId, ...section, position: index + 1 }
    await insertRows(client, 'report_section', 'organisation_id, id, edition_id, code, title, intro, position', [
      sectionRow,
    ])
    const rows = objectives.map(({ priorityId, ...objective }) => {
      const objectiveId = random.uuid(begun)
      const { number, title, lead, blocks } = objective
      const text = { title, lead, blocks: JSON.stringify(blocks) }
      tell('report_objective', objectiveId, 'objective.added', text, { number, priorityId })
      const rest = { section_id: id, priority_id: priorityId, version: 1, updated_at: row.updated_at }
      return { ...org, id: objectiveId, ...objective, ...rest }
    })
    const columns = 'organisation_id, id, section_id, number, title, lead, priority_id, blocks, version, updated_at'
    await insertRows(client, 'report_objective', columns, rows)
  }
}
