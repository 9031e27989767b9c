/** Priorities, and series of figures from papers that may disagree, on the real database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportCommands } from './cli-report.ts'
import { previewEdition } from './edition-publish.ts'
import { objectiveCsv } from './edition-published.ts'
import { changeObjective } from './edition-sections.ts'
import { findObjective } from './editions.ts'
import { importSeries, listSeries } from './figure-series.ts'
import { addGuideline, addStrategicLine, decidePriority, listPriorities, proposePriority } from './priorities.ts'
import {
  city,
  council,
  csv,
  editor,
  head,
  openReportCity,
  palermo,
  published,
  refusal,
  refusedWithoutTrace,
  written,
  written2016,
} from './report-testing.ts'

beforeAll(openReportCity)
afterAll(() => city.services.close())

describe('priorities', () => {
  test('go from proposed to selected to implemented, or are dropped with a reason that citizens read', async () => {
    const lineId = (await addStrategicLine(editor, { number: 91, title: 'La città in rete' })).id
    const guidelineId = (await addGuideline(editor, { lineId, number: 1, title: 'Servizi a casa' })).id
    const [first, second] = [
      await proposePriority(editor, { guidelineId, title: 'Certificati in rete' }),
      await proposePriority(editor, { guidelineId, title: 'Sportello mobile' }),
    ]
    await decidePriority(editor, first.id, { version: 1, state: 'selected', decidedOn: '2016-02-10' })
    const done = { version: 2, state: 'implemented' as const, decidedOn: '2016-11-30', reason: '34 servizi attivi' }
    await decidePriority(editor, first.id, done)
    const drop = { version: 1, state: 'dropped' as const, decidedOn: '2016-06-01' }
    const refused = await refusedWithoutTrace(() => decidePriority(editor, second.id, drop))
    expect(refused.fields.map((one) => one.path)).toEqual(['reason'])
    await decidePriority(editor, second.id, { ...drop, reason: 'Mancano i fondi.' })
    const line = (await listPriorities(await city.as('auditor'))).find((one) => one.number === 91)
    expect(line?.guidelines[0]?.priorities.map((one) => [one.title, one.state, one.reason, one.decidedOn])).toEqual([
      ['Certificati in rete', 'implemented', '34 servizi attivi', '2016-11-30'],
      ['Sportello mobile', 'dropped', 'Mancano i fondi.', '2016-06-01'],
    ])
    const kinds = await city.services.database.owner
      .selectFrom('event')
      .select('kind')
      .where('subject_id', '=', first.id)
      .orderBy('id')
      .execute()
    expect(kinds.map((one) => one.kind)).toEqual(['priority.proposed', 'priority.selected', 'priority.implemented'])
    const code = async (attempt: () => Promise<unknown>) => (await refusedWithoutTrace(attempt)).code
    expect(await code(() => decidePriority(editor, first.id, { ...done, version: 3 }))).toBe('same_state')
    expect(await code(() => decidePriority(editor, first.id, done))).toBe('stale')
    expect(await code(() => addStrategicLine(editor, { number: 91, title: 'Doppia' }))).toBe('invalid')
    expect((await refusal(proposePriority(head, { guidelineId, title: 'Di nascosto' }))).kind).toBe('forbidden')
  })
})

describe('series', () => {
  test('the real series of 2013 and 2017 load once; the same file again changes nothing', async () => {
    const before = await written()
    expect(await importSeries(editor, palermo)).toEqual({ added: 0, same: 28, disagreements: 0 })
    expect(await written()).toBe(before)
    const accounts = (await listSeries(editor)).find((one) => one.figure === 'email_accounts')
    expect(accounts).toMatchObject({
      ...{ source: council, unit: 'count', disagrees: [] },
      values: [
        { year: 2013, value: 5401 },
        { year: 2017, value: 4974 },
      ],
    })
  })

  test('another value from the same source is an error; from another it stays beside the first and is shown', async () => {
    const same = csv('figure,2013,unit,source', `connected_sites,125,count,${council}`)
    const refused = await refusedWithoutTrace(() => importSeries(editor, same))
    expect(refused).toMatchObject({ code: 'import_refused', fields: [{ path: 'line 2, column 2013' }] })
    const plan = 'industrial plan 2021-23'
    const other = csv('figure;2013;2020;unit;source', `connected_sites;125;270;count;${plan}`)
    expect(await importSeries(editor, other)).toEqual({ added: 2, same: 0, disagreements: 1 })
    const rows = (await listSeries(editor)).filter((one) => one.figure === 'connected_sites')
    expect(rows.map((one) => [one.source, one.disagrees])).toEqual([
      [council, [2013]],
      [plan, [2013]],
    ])
    const { id, objectiveId } = await written2016(2004)
    const { version } = await findObjective(editor, objectiveId)
    const line = { label: 'Sedi collegate', figure: 'connected_sites', source: council }
    const origin = { from: 'series' as const, figure: 'connected_sites', year: 2013, source: council }
    await changeObjective(editor, objectiveId, {
      ...{ number: 2, title: 'Le sedi', version },
      blocks: [
        { kind: 'figures', figures: [{ label: 'Sedi collegate', origin }] },
        { kind: 'series', lines: [line] },
      ],
    })
    const objective = (await previewEdition(editor, { id })).content.sections[0]?.objectives[0]
    const told = { value: 125, unit: 'count', source: plan }
    expect(objective?.blocks).toMatchObject([
      { figures: [{ value: 124, others: [told] }] },
      { disagreements: [{ label: 'Sedi collegate', year: 2013, value: 124, other: told }] },
    ])
    expect(objective && objectiveCsv(objective, 'it').split('\r\n')[1]).toBe(
      `serie;Sedi collegate;2013;124;;2013-12-31;${council}`,
    )
  })

  test('what is wrong with a file is said line by line, and nothing of it is kept', async () => {
    const problem = async (...lines: string[]) => {
      const refused = await refusedWithoutTrace(() => importSeries(editor, csv(...lines)))
      return refused.fields.map((one) => one.path)
    }
    const good = 'nuova,1,2,count,relazione di prova'
    expect(await problem('figure,2013,2014,unit,source', good, 'Nome Sbagliato,1,x,count,')).toEqual([
      'line 3, column figure',
      'line 3, column source',
      'line 3, column 2014',
    ])
    expect(await problem('figure,2013,2014,unit,source', good, 'altra,4.689,2,count,relazione')).toEqual([
      'line 3, column 2013',
    ])
    expect(await problem('figure,2013,2014,unit,source', good, good)).toEqual(['line 3'])
    expect(await problem('figure,unit,source', 'nuova,count,relazione')).toEqual(['line 1'])
    expect(await problem('figura,2013,unit,source', 'nuova,1,count,relazione')).toHaveLength(2)
    expect((await refusal(importSeries(head, palermo))).kind).toBe('forbidden')
    expect((await refusal(importSeries(editor, Buffer.alloc(2_000_001, 'a')))).kind).toBe('too_large')
  })
})

describe('the command line', () => {
  const run = async (name: string, positionals: string[], values: Record<string, string | boolean>) => {
    const command = reportCommands.find((one) => one.name === name)
    if (command === undefined) throw new Error(`There is no command ${name}`)
    return command.run({
      ...{ context: editor, positionals, values, resolvePath: (path) => path },
      readFile: async () => palermo,
      print: async () => undefined,
    })
  }

  test('imports a file and prints a published edition, as JSON and as CSV', async () => {
    const imported = await run('report import', ['figures-2013-2017.csv'], {})
    expect(imported).toMatchObject({ exit: 0, json: { added: 0, same: 28 } })
    const { id } = await written2016(2003)
    await published(id)
    const exported = await run('report export', [], { year: '2003' })
    expect(JSON.parse(exported.text)).toMatchObject({ year: 2003, sections: [{ code: '1-B' }] })
    const lines = (await run('report export', [], { year: '2003', csv: true })).text.split('\n')
    expect(lines[0]).toMatch(/^Sezione;Obiettivo;Tipo;Dato;Anno;Valore/)
    expect(lines).toContain(`1-B;2;serie;Servizi in rete;2013;7;;2013-12-31;${council}`)
  })

  test('refuses a year that is none, and one that was not published', async () => {
    expect((await refusal(run('report export', [], { year: 'ieri' }))).code).toBe('bad_input')
    expect((await refusal(run('report export', [], {}))).code).toBe('bad_input')
    expect((await refusal(run('report export', [], { year: '1950' }))).kind).toBe('not_found')
  })
})
