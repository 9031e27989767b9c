/** From the first word of an edition to its second version, on the real database. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Context, transact } from '../../platform/context.ts'
import { sealAll, verifyChain } from '../../platform/seals.ts'
import { reportDesk } from '../servicedesk/reports.ts'
import {
  approveEdition,
  previewEdition,
  publishEdition,
  reopenEdition,
  returnEdition,
  submitEdition,
} from './edition-publish.ts'
import { findEditionHistory, findPublishedEdition, listPublishedEditions, publishedBytes } from './edition-published.ts'
import {
  addObjective,
  addSection,
  changeBlocks,
  changeObjective,
  changeObjectiveWords,
  moveObjective,
  moveSection,
  removeObjective,
  removeSection,
} from './edition-sections.ts'
import { changeEdition, draftEdition, findEdition, findObjective, listEditions } from './editions.ts'
import { importSeries } from './figure-series.ts'
import { listNamedFigures } from './figure-sources.ts'
import { addGuideline, addStrategicLine, decidePriority, proposePriority } from './priorities.ts'
import type { ChangeBlocksInput } from './report-schema.ts'
import {
  city,
  council,
  csv,
  editor,
  head,
  openReportCity,
  published,
  refusal,
  refusedWithoutTrace,
  versionOf,
  waiting,
  written2016,
} from './report-testing.ts'

beforeAll(openReportCity)
afterAll(() => city.services.close())

describe('an edition', () => {
  test('is written, approved by another person, published, corrected; both versions stay readable', async () => {
    const { id, objectiveId } = await written2016(2016)
    expect(await published(id)).toMatchObject({ year: 2016, number: 1 })
    const first = await findPublishedEdition(editor, { year: 2016 })
    expect(first.content.sections[0]).toMatchObject({ code: '1-B', objectives: [{ number: 2 }] })
    const objective = first.content.sections[0]?.objectives[0]
    expect(objective?.lead).toBe('Servizi in rete: da 7 nel 2013 a 46 nel 2017.')
    expect(objective?.blocks.map((block) => block.kind)).toEqual(['figures', 'text', 'series'])
    // The digest is of the very bytes, and it is in the event under the seal.
    const bytes = await publishedBytes(editor, 2016, 1)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(first.digest)
    const sealed = await city.services.database.owner
      .selectFrom('event')
      .select(['payload', 'witness'])
      .where('kind', '=', 'edition.published')
      .where('subject_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(sealed).toMatchObject({ payload: { year: 2016, number: 1, digest: first.digest }, witness: 'U' })
    await sealAll(city.services.database.owner)
    expect((await verifyChain(city.services.database.owner)).problems).toEqual([])

    await reopenEdition(editor, id, { version: await versionOf(id) })
    // While it is being corrected, anybody reads what was published.
    expect((await findPublishedEdition(editor, { year: 2016 })).number).toBe(1)
    const { version } = await findObjective(editor, objectiveId)
    const { block } = waiting(23) as Extract<ChangeBlocksInput['change'], { act: 'add' }>
    await changeBlocks(editor, objectiveId, { version, change: { act: 'change', index: 0, block } })
    const preview = await previewEdition(editor, { id })
    expect(preview.differences).toEqual([
      {
        ...{ section: '1-B', objective: 2, what: 'figure', label: 'Attesa media all’anagrafe' },
        ...{ before: '25\u00a0min', after: '23\u00a0min' },
      },
    ])
    const note = 'corretta l’attesa media, prima 25 minuti'
    expect(await published(id, note)).toMatchObject({ number: 2 })
    const history = await findEditionHistory(editor, 2016)
    expect(history.versions.map(({ number, changeNote }) => [number, changeNote])).toEqual([
      [2, note],
      [1, ''],
    ])
    expect(history.versions[0]?.differences).toEqual(preview.differences)
    expect(await findPublishedEdition(editor, { year: 2016, number: 1 })).toEqual({ ...first, isNewest: false })
  })

  test('is published as it was submitted: nothing that changes afterwards changes it', async () => {
    const { id } = await written2016(2015)
    const lineId = (await addStrategicLine(editor, { number: 90, title: 'Linea di prova' })).id
    const guidelineId = (await addGuideline(editor, { lineId, number: 1, title: 'Indirizzo di prova' })).id
    const priority = await proposePriority(editor, { guidelineId, title: 'Priorità di prova' })
    await submitEdition(editor, id, { version: await versionOf(id) })
    const submitted = await previewEdition(head, { id })
    await decidePriority(editor, priority.id, { version: 1, state: 'selected', decidedOn: '2015-03-01' })
    await importSeries(editor, csv('figure,2016,unit,source', `online_services,30,count,${council}`))
    expect(await previewEdition(head, { id })).toEqual(submitted)
    await approveEdition(head, id, { version: await versionOf(id) })
    await publishEdition(editor, id, { version: await versionOf(id) })
    const found = await findPublishedEdition(editor, { year: 2015 })
    expect(found.content).toEqual(submitted.content)
    const states = found.content.lines
      .filter((line) => line.number === 90)
      .flatMap((line) => line.guidelines.flatMap((one) => one.priorities.map((one) => one.state)))
    expect(states).toEqual(['proposed'])
  })

  test('has figures that SITEC reckons, with the day and the source, as the report of the desk has them', async () => {
    const { id, objectiveId } = await written2016(2150)
    const { version } = await findObjective(editor, objectiveId)
    const year = Temporal.Now.plainDateISO('Europe/Rome').year
    const origin = (name: string) => ({ from: 'live' as const, name, year })
    const figures = [
      { label: 'Richieste ricevute', origin: origin('cases_opened') },
      { label: 'Quota confermata', origin: origin('share_confirmed') },
    ]
    await changeBlocks(editor, objectiveId, { version, change: { act: 'add', block: { kind: 'figures', figures } } })
    const { content } = await previewEdition(editor, { id })
    const block = content.sections[0]?.objectives[0]?.blocks.at(-1)
    const report = await reportDesk(await city.as('contract_manager'), { period: String(year) })
    const sum = (column: 'opened' | 'resolved' | 'confirmed') =>
      report.kinds.reduce((all, kind) => all + kind[column], 0)
    expect(block).toMatchObject({
      figures: [
        { value: sum('opened'), unit: 'count', from: 'live', source: 'SITEC, registro delle richieste di assistenza' },
        { value: Math.round((sum('confirmed') * 1000) / sum('resolved')) / 10, unit: 'percent' },
      ],
    })
    expect(listNamedFigures(editor).map((one) => one.name)).toContain('share_in_time')
  })

  test('is refused while something is missing, place by place, with nothing half-written', async () => {
    const { id } = await draftEdition(editor, { year: 1999, title: 'Bilancio sociale 1999', office: 'Innovazione' })
    const empty = await refusedWithoutTrace(async () => submitEdition(editor, id, { version: 1 }))
    expect(empty).toMatchObject({ code: 'incomplete', fields: [{ path: 'Edizione' }] })
    const section = await addSection(editor, id, { code: '2', title: 'Seconda', version: 1 })
    const objective = await addObjective(editor, section.id, { number: 1, title: 'Primo', version: section.version })
    const figures = [
      { label: 'Senza serie', origin: { from: 'series' as const, figure: 'no_such', year: 2013, source: council } },
      { label: 'Nel futuro', origin: { from: 'live' as const, name: 'cases_opened', year: 2150 } },
    ]
    const change = { act: 'add' as const, block: { kind: 'figures' as const, figures } }
    await changeBlocks(editor, objective.id, { version: 1, change })
    const { missing } = await previewEdition(editor, { id })
    expect(missing.map(({ what, label }) => [what, label])).toEqual([
      ['no_value', 'Senza serie'],
      ['no_live_value', 'Nel futuro'],
    ])
    const version = await versionOf(id)
    const refused = await refusedWithoutTrace(async () => submitEdition(editor, id, { version }))
    expect(refused.fields.map((one) => one.path)).toEqual(['Sez. 2, Obiettivo 1', 'Sez. 2, Obiettivo 1'])
  })
})

describe('approval and publication', () => {
  test('each step is refused to whoever may not, out of order, twice, and with a stale form', async () => {
    const { id } = await written2016(2014)
    const version = await versionOf(id)
    for (const part of ['employee', 'contract_manager', 'auditor', 'administrator', 'team_leader'] as const) {
      const other = await city.as(part)
      expect((await refusal(submitEdition(other, id, { version }))).kind).toBe('forbidden')
      expect((await refusal(approveEdition(other, id, { version }))).kind).toBe('forbidden')
      expect((await refusal(publishEdition(other, id, { version }))).kind).toBe('forbidden')
    }
    const code = async (attempt: () => Promise<unknown>) => (await refusedWithoutTrace(attempt)).code
    expect(await code(() => publishEdition(editor, id, { version }))).toBe('not_approved')
    expect(await code(() => approveEdition(head, id, { version }))).toBe('not_submitted')
    await submitEdition(editor, id, { version })
    expect(await code(() => submitEdition(editor, id, { version: version + 1 }))).toBe('not_draft')
    expect(await code(() => approveEdition(head, id, { version }))).toBe('stale')
    expect(await code(() => changeEdition(editor, id, { ...words, version: version + 1 }))).toBe('not_draft')
    await approveEdition(head, id, { version: version + 1 })
    expect(await code(() => approveEdition(head, id, { version: version + 1 }))).toBe('already_approved')
    await publishEdition(editor, id, { version: version + 2 })
    expect(await code(() => publishEdition(editor, id, { version: version + 2 }))).toBe('stale')
    expect(await code(() => publishEdition(editor, id, { version: version + 3 }))).toBe('not_approved')
    await reopenEdition(editor, id, { version: version + 3 })
    expect(await code(() => submitEdition(editor, id, { version: version + 4 }))).toBe('same_as_published')
    await changeEdition(editor, id, { ...words, version: version + 4 })
    const noted = await refusedWithoutTrace(() => submitEdition(editor, id, { version: version + 5 }))
    expect(noted.fields.map((one) => one.path)).toEqual(['changeNote'])
  })

  test('two people approve and publish at the same instant: each act happens once', async () => {
    const { id } = await written2016(2012)
    await submitEdition(editor, id, { version: await versionOf(id) })
    const seen = { version: await versionOf(id) }
    const approvals = await Promise.allSettled([approveEdition(head, id, seen), approveEdition(head, id, seen)])
    expect(approvals.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const now = { version: await versionOf(id) }
    const all = await Promise.allSettled([publishEdition(editor, id, now), publishEdition(editor, id, now)])
    expect(all.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await findEditionHistory(editor, 2012)).versions).toHaveLength(1)
  })

  test('whoever submitted does not approve, also with both roles', async () => {
    const { id } = await written2016(2011)
    await submitEdition(editor, id, { version: await versionOf(id) })
    const both: Context = { ...editor, actor: { ...editor.actor, roles: ['editor', 'head_of_ict'] } }
    const version = await versionOf(id)
    expect((await refusedWithoutTrace(() => approveEdition(both, id, { version }))).code).toBe('own_submission')
  })

  test('sent back with the reason, it is in preparation again and says why', async () => {
    const { id } = await written2016(2010)
    await submitEdition(editor, id, { version: await versionOf(id) })
    await returnEdition(head, id, { version: await versionOf(id), reason: 'Manca la fonte dell’attesa media.' })
    const found = await findEdition(editor, { id })
    expect(found).toMatchObject({ state: 'draft', returnReason: 'Manca la fonte dell’attesa media.', digest: null })
    expect(found.may).toEqual({ edit: true, submit: true, approve: false, publish: false, reopen: false })
  })

  test('the application cannot change or remove a published version', async () => {
    for (const statement of [
      sql`update report_edition_version set content = '{}'`,
      sql`delete from report_edition_version`,
    ])
      await expect(transact(editor, (ctx) => statement.execute(ctx.db))).rejects.toThrow(/permission denied/)
  })

  const words = { title: 'Un altro titolo', office: 'Innovazione' }
})

describe('the parts of an edition', () => {
  test('sections and objectives keep the order they are given; what is taken or at the end is refused', async () => {
    const { id, sectionId, objectiveId } = await written2016(2009)
    const second = await addSection(editor, id, { code: '1-A', title: 'Le risorse', version: await versionOf(id) })
    await moveSection(editor, second.id, { version: second.version, direction: 'up' })
    const other = await addObjective(editor, sectionId, { number: 5, title: 'Quinto', version: await versionOf(id) })
    await moveObjective(editor, other.id, { version: 1, direction: 'up' })
    const { sections, version } = await findEdition(editor, { id })
    expect(sections.map((one) => one.code)).toEqual(['1-A', '1-B'])
    expect(sections[1]?.objectives.map((one) => [one.number, one.title.slice(0, 6)])).toEqual([
      [2, 'Quinto'],
      [5, 'I serv'],
    ])
    const code = async (attempt: () => Promise<unknown>) => (await refusedWithoutTrace(attempt)).code
    expect(await code(() => moveSection(editor, second.id, { version, direction: 'up' }))).toBe('no_move')
    expect(await code(() => removeSection(editor, sectionId, { version }))).toBe('not_empty')
    expect(await code(() => addSection(editor, id, { code: '1-A', title: 'Doppia', version }))).toBe('invalid')
    expect(await code(() => addSection(editor, id, { code: 'x<y', title: 'Codice', version }))).toBe('invalid')
    expect(await code(() => addObjective(editor, sectionId, { number: 2, title: 'Doppio', version }))).toBe('invalid')
    expect(await code(() => removeSection(editor, second.id, { version: version - 1 }))).toBe('stale')
    await removeSection(editor, second.id, { version })
    const last = await findObjective(editor, objectiveId)
    await removeObjective(editor, objectiveId, { version: last.version })
    expect((await findEdition(editor, { id })).sections[0]?.objectives).toHaveLength(1)
  })

  test('blocks are added, changed, moved and removed one at a time; a stale form and a wrong place are refused', async () => {
    const { objectiveId } = await written2016(2008)
    const { version, blocks } = await findObjective(editor, objectiveId)
    await changeBlocks(editor, objectiveId, { version, change: { act: 'move', index: 2, direction: 'up' } })
    await changeBlocks(editor, objectiveId, { version: version + 1, change: { act: 'remove', index: 0 } })
    const kinds = (await findObjective(editor, objectiveId)).blocks.map((block) => block.kind)
    expect([blocks.map((block) => block.kind), kinds]).toEqual([
      ['figures', 'text', 'series'],
      ['series', 'text'],
    ])
    const code = async (change: ChangeBlocksInput['change'], seen = version + 2) =>
      (await refusedWithoutTrace(() => changeBlocks(editor, objectiveId, { version: seen, change }))).code
    expect(await code({ act: 'remove', index: 0 }, version)).toBe('stale')
    expect(await code({ act: 'remove', index: 9 })).toBe('no_block')
    expect(await code({ act: 'move', index: 0, direction: 'up' })).toBe('no_block')
  })

  test('a figure without date or source, and a text that is too long, are refused and named', async () => {
    const { objectiveId } = await written2016(2007)
    const { version } = await findObjective(editor, objectiveId)
    const typed = { from: 'typed', value: 34, unit: '', date: '2016-12-31', source: 'catalogo dei servizi' }
    const fields = async (input: unknown) =>
      (await refusedWithoutTrace(() => changeBlocks(editor, objectiveId, input as ChangeBlocksInput))).fields.map(
        (one) => one.path,
      )
    const withFigure = (origin: unknown) => ({
      version,
      change: { act: 'add', block: { kind: 'figures', figures: [{ label: 'Servizi', origin }] } },
    })
    const place = 'change.block.figures.0.origin'
    expect(await fields(withFigure({ ...typed, date: undefined }))).toEqual([`${place}.date`])
    expect(await fields(withFigure({ ...typed, source: '' }))).toEqual([`${place}.source`])
    expect(await fields(withFigure({ ...typed, value: Number.NaN }))).toEqual([`${place}.value`])
    const long = { kind: 'text', body: 'a'.repeat(2_000_000) }
    expect(await fields({ version, change: { act: 'add', block: long } })).toEqual(['change.block.body'])
    const many = Array.from({ length: 31 }, () => ({ kind: 'text', body: 'x' }))
    const whole = { number: 2, title: 'Troppi blocchi', blocks: many, version } as Parameters<typeof changeObjective>[2]
    expect((await refusal(changeObjective(editor, objectiveId, whole))).fields[0]?.path).toBe('blocks')
    const unknown = { number: 2, title: 'Titolo', priorityId: '0190aaaa-0000-7000-8000-000000000001', version }
    expect((await refusal(changeObjectiveWords(editor, objectiveId, unknown))).fields[0]?.path).toBe('priorityId')
  })

  test('markup is kept as the text it is, to be shown as text', async () => {
    const { id, objectiveId } = await written2016(2006)
    const { version } = await findObjective(editor, objectiveId)
    const body = '<script>alert(1)</script> & <b>grassetto</b>'
    await changeBlocks(editor, objectiveId, { version, change: { act: 'add', block: { kind: 'text', body } } })
    const { content } = await previewEdition(editor, { id })
    expect(content.sections[0]?.objectives[0]?.blocks.at(-1)).toMatchObject({ kind: 'text', body })
  })

  test('another administration’s edition is not there, and two editions of one year cannot be', async () => {
    const { id } = await written2016(2005)
    const foreign = { ...editor, organisationId: '0190aaaa-0000-7000-8000-00000000000f' }
    expect((await refusal(findEdition(foreign, { id }))).kind).toBe('not_found')
    expect((await refusal(publishEdition(foreign, id, { version: 1 }))).kind).toBe('not_found')
    expect(await listPublishedEditions(foreign)).toEqual([])
    const again = { year: 2005, title: 'Un’altra volta', office: 'Innovazione' }
    const taken = await refusedWithoutTrace(() => draftEdition(editor, again))
    expect(taken.fields.map((one) => one.path)).toEqual(['year'])
    expect((await listEditions(await city.as('auditor'))).length).toBeGreaterThan(5)
  })
})

test('the demo city’s editions are what the operations would have written', async () => {
  const year = new Date().getUTCFullYear() - 1
  const demo = await findPublishedEdition(editor, { year })
  const { id, version } = await findEdition(editor, { year })
  await reopenEdition(editor, id, { version })
  // Lines of other tests beside the demo's own.
  const { content, missing } = await previewEdition(editor, { id })
  const lines = content.lines.filter((line) => line.number < 90)
  expect([{ ...content, lines }, missing]).toEqual([demo.content, []])
  const draft = await previewEdition(editor, { year: year + 1 })
  expect(draft.missing).toEqual([])
})
