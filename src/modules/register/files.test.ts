import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { readCsv } from '../../platform/csv.ts'
import { findEstate, importFigures } from './estate.ts'
import { exportDatabases, exportSecurityInventory } from './export-catalogues.ts'
import { exportItems } from './export-items.ts'
import { importItems } from './import-items.ts'
import { importRelations } from './import-relations.ts'
import { addItem, findItem, listItems, moveItem } from './items.ts'
import { addRelation } from './relations.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select md5(string_agg(c::text, '' order by id)) from configuration_item c), (select md5(string_agg(n::text, '')) from item_number n),
    (select md5(string_agg(a::text, '' order by item_id)) from asset a), (select count(*) from item_relation), (select md5(string_agg(f::text, '' order by id)) from estate_figure f)) as all`.execute(
    city.services.database.owner,
  )
  return found.rows[0]?.all ?? ''
}

const manager = () => city.as('technician')
async function* bytes(text: string) {
  for (let from = 0; from < text.length; from += 50_000) yield Buffer.from(text.slice(from, from + 50_000))
}
const load = async (text: string, isTrial = false) => importItems(await manager(), bytes(text), { isTrial })
const gathered = async (chunks: AsyncGenerator<string>) => (await Array.fromAsync(chunks)).join('')

describe('a file of items', () => {
  const file = [
    'code;type;name;state;office;custodian;serial;cost;purchased_on;ram_gb;capacity_tb',
    'F-1;workstation;PC della segreteria;in_use;A1.1;impiegata@comune.example.it;FS-1;774,00;2025-02-03;16;',
    ';laptop;Portatile in prova;;;;FS-2;1200.50;;32;',
    'F-3;storage;Archivio;in_use;A1.5.S;;;;;;64',
  ].join('\n')

  test('shows its differences before it is loaded, loads whole, and a second time changes nothing', async () => {
    const before = await written()
    expect(await load(file, true)).toMatchObject({ lines: 3, added: 3, changed: 0, isTrial: true })
    expect(await written()).toBe(before)
    expect(await load(file)).toMatchObject({ added: 3, changed: 0, unchanged: 0, isTrial: false })
    const [found] = (await listItems(await manager(), { words: 'FS-1' })).rows
    expect(await findItem(await manager(), found?.id ?? '')).toMatchObject({
      ...{ code: 'F-1', state: 'in_use', cost: '774.00', attributes: { ram_gb: 16 }, custodianName: 'Irene Impiegata' },
    })
    expect((await listItems(await manager(), { words: 'FS-2' })).rows[0]?.code).toMatch(/^NB-\d{6}$/)
    const after = await written()
    expect(await load(file)).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
    expect(await written()).toBe(after)
    const other = file.replace('774,00', '700').replace('A1.1', 'A1.2').replace(';16;', ';8;')
    const trial = await load(other, true)
    expect(trial).toMatchObject({ added: 0, changed: 1, unchanged: 2 })
    expect(trial.differences).toEqual([
      { line: 2, code: 'F-1', column: 'office', before: 'A1.1', after: 'A1.2' },
      { line: 2, code: 'F-1', column: 'cost', before: '774.00', after: '700.00' },
      { line: 2, code: 'F-1', column: 'ram_gb', before: '16', after: '8' },
    ])
    expect(await written()).toBe(after)
    await load(other)
    expect(await findItem(await manager(), found?.id ?? '')).toMatchObject({
      cost: '700.00',
      attributes: { ram_gb: 8 },
    })
  })

  test('names every line that is wrong and loads none', async () => {
    await load('code;type;name;serial;tag;state\nW-1;printer;Stampante;WS-1;WT-1;in_use')
    const before = await written()
    const wrongs = await refusal(
      load(
        [
          'code;type;name;serial;tag;state;office;cost;ram_gb;dbms',
          'W-1;scanner;Altro tipo;;;;;;;',
          'W-1;printer;Altro stato;;;retired;;;;',
          'W-2;workstation;Serie di altri;ws-1;;;;;;',
          'W-3;workstation;Inventario di altri;;WT-1;;;;;',
          ';workstation;Senza chiave;;;;;;;',
          'W-4;workstation;Ufficio ignoto;;;;NON-C-E;;;',
          'W-5;workstation;Importo;;;;;1.234,56;;',
          'W-6;workstation;Attributo di altri;;;;;;;Oracle',
          'W-7;teapot;Teiera;;;;;;;',
          'W-8;workstation;X;;;;;;molta;',
        ].join('\n'),
      ),
    )
    expect(wrongs.code).toBe('import_refused')
    expect(wrongs.fields.map(({ path }) => path)).toEqual([
      ...[
        'line 2, column type',
        'line 3, column code',
        'line 3, column state',
        'line 4, column serial',
        'line 5, column tag',
      ],
      ...[
        'line 6, column code',
        'line 7, column office',
        'line 8, column cost',
        'line 9, column dbms',
        'line 10, column type',
      ],
      'line 11, column name',
    ])
    expect(await refusal(load('type;nome\nprinter;x'))).toMatchObject({ code: 'import_refused' })
    expect(await written()).toBe(before)
    const reader = await city.as('contract_manager')
    expect(await refusal(importItems(reader, bytes(file)))).toMatchObject({ code: 'forbidden' })
  })

  test('of fifty thousand lines with one bad line names it and loads nothing, in under five seconds', async () => {
    const lines = Array.from(
      { length: 50_000 },
      (_, at) => `B-${at};workstation;PC ${at};BS-${at};${at === 49_000 ? 'x' : '16'}`,
    )
    const before = await written()
    // Time of this thread, not of the clock or the process: others may share the machine, and another test is in the process.
    const begun = process.threadCpuUsage()
    const wrongs = await refusal(load(['code;type;name;serial;ram_gb', ...lines].join('\n')))
    const { user, system } = process.threadCpuUsage(begun)
    expect((user + system) / 1000).toBeLessThan(5000)
    expect(wrongs.fields.map(({ path }) => path)).toEqual(['line 49002, column ram_gb'])
    expect(await written()).toBe(before)
  })

  test('comes back as it went out: the export is loaded again without a difference', async () => {
    const ctx = await manager()
    await addItem(ctx, {
      type: 'printer',
      name: '=Formula; "virgolette"',
      serial: 'EX-1',
      attributes: { is_colour: true },
    })
    const csv = await gathered(exportItems(ctx, { state: 'all', family: 'technical' }))
    const outcome = await load(csv)
    expect(outcome).toMatchObject({ added: 0, changed: 0 })
    expect(outcome.unchanged).toBeGreaterThan(3)
    const json = JSON.parse(await gathered(exportItems(ctx, { state: 'all', type: 'printer' }, 'json')))
    expect(json).toContainEqual(
      expect.objectContaining({ serial: 'EX-1', is_colour: 'yes', name: '=Formula; "virgolette"' }),
    )
  })
})

describe('a file of relations', () => {
  test('adds those that are new, once; names a loop and what is not there', async () => {
    await load('code;type;name\nR-1;room;Sala\nR-2;rack;Rack\nR-3;server;Server\nR-4;application;Applicativo')
    const ctx = await manager()
    const file = 'from;kind;to;group;needed\nR-1;contains;R-2;;\nR-2;contains;R-3;;\nR-4;runs_on;R-3;nodi;1\n'
    expect(await importRelations(ctx, bytes(file))).toEqual({ lines: 3, added: 3, changed: 0, unchanged: 0 })
    expect(await importRelations(ctx, bytes(file))).toEqual({ lines: 3, added: 0, changed: 0, unchanged: 3 })
    const before = await written()
    const loop = 'from;kind;to\nR-3;contains;R-1\n'
    expect((await refusal(importRelations(ctx, bytes(loop)))).fields.map(({ path }) => path)).toEqual([
      'line 2, column to',
    ])
    const wrongs = 'from;kind;to\nR-9;contains;R-1\nR-1;eats;R-2\nR-1;depends_on;R-1\n'
    expect((await refusal(importRelations(ctx, bytes(wrongs)))).fields.map(({ path }) => path)).toEqual([
      ...['line 2, column from', 'line 3, column kind', 'line 4, column to'],
    ])
    expect(await written()).toBe(before)
    // A thing in two others: of the file and the register, or of two lines.
    await load('code;type;name\nR-5;rack;Altro rack\nR-6;server;Altro server')
    const after = await written()
    const twice = 'from;kind;to\nR-5;contains;R-3\nR-2;contains;R-6\nR-5;contains;R-6\n'
    const refused = await refusal(importRelations(ctx, bytes(twice)))
    expect(refused.fields.map(({ path, say }) => [path, say.it])).toEqual([
      ['line 2, column to', 'Sta già in R-2: togli prima quella relazione.'],
      ['line 4, column to', 'Alla riga 3 sta già in un altro bene: un bene sta in uno solo.'],
    ])
    expect(await written()).toBe(after)
  })

  test('what it says last of how many of a group are needed counts for the relations that are there too', async () => {
    await load('code;type;name\nG-1;server;Nodo\nG-2;server;Nodo\nG-3;server;Nodo\nG-9;application;Applicativo')
    const ctx = await manager()
    const header = 'from;kind;to;group;needed\n'
    await importRelations(ctx, bytes(`${header}G-9;runs_on;G-1;nodi;2\nG-9;runs_on;G-2;nodi;2\n`))
    const lower = `${header}G-9;runs_on;G-1;nodi;1\nG-9;runs_on;G-3;nodi;1\n`
    expect(await importRelations(ctx, bytes(lower))).toEqual({ lines: 2, added: 1, changed: 2, unchanged: 0 })
    const found = await sql<{ needed: number }>`
      select r.needed from item_relation r join configuration_item c on c.id = r.from_id where c.code = 'G-9'`.execute(
      city.services.database.owner,
    )
    expect(found.rows.map(({ needed }) => needed)).toEqual([1, 1, 1])
    const events = await sql<{ kind: string; needed: number }>`
      select kind, (payload ->> 'needed')::int as needed from event
      where kind = 'relation.changed' order by id`.execute(city.services.database.owner)
    expect(events.rows).toEqual(Array.from({ length: 2 }, () => ({ kind: 'relation.changed', needed: 1 })))
    expect(await importRelations(ctx, bytes(lower))).toEqual({ lines: 2, added: 0, changed: 0, unchanged: 2 })
  })
})

describe('the lists that norms ask for', () => {
  test('databases with who owns them, what uses them and where they run; devices and software for ABSC', async () => {
    const ctx = await manager()
    const places = await sql<{ id: string }>`select id from office where code = 'A2.3.A'`.execute(
      city.services.database.owner,
    )
    const database = await addItem(ctx, {
      ...{ type: 'database', name: 'Anagrafe di prova', officeId: places.rows[0]?.id ?? null, state: 'in_use' },
      attributes: {
        description: 'Residenti',
        legal_basis: 'L. 1228/1954',
        personal_data: 'common',
        open_data: 'not_opened',
      },
    })
    const application = await addItem(ctx, {
      type: 'application',
      name: 'Demografici di prova',
      state: 'in_use',
      attributes: { software_version: '4.2' },
    })
    const server = await addItem(ctx, {
      type: 'server',
      name: 'Nodo di prova',
      state: 'in_use',
      attributes: { ip_address: '10.0.0.9', hostname: 'nodo9' },
    })
    await addRelation(ctx, { from: application.code, kind: 'uses_data_of', to: database.code })
    await addRelation(ctx, { from: database.code, kind: 'runs_on', to: server.code })
    const catalogue = readCsv(
      Buffer.from(await exportDatabases(ctx)),
      ['codice'],
      Object.keys(firstRow(await exportDatabases(ctx))),
    )
    expect(catalogue.rows.find(({ values }) => values.codice === database.code)?.values).toMatchObject({
      ...{
        codice_ipa: 'c_demo',
        ufficio_titolare: 'Anagrafe',
        applicativi: 'Demografici di prova',
        sistemi: 'Nodo di prova',
      },
      ...{ riferimento_normativo: 'L. 1228/1954', dati_personali: 'comuni', dati_aperti: 'non aperti' },
    })
    const inventory = await gathered(exportSecurityInventory(ctx))
    expect(inventory).toContain(
      `ABSC 1.4;${server.code};Server fisico;Nodo di prova;In uso;;;Server fisico;nodo9;10.0.0.9`,
    )
    expect(inventory).toMatch(new RegExp(`ABSC 2\\.1;${application.code};Applicativo;Demografici di prova;.*;4\\.2;`))
  })

  const firstRow = (csv: string) =>
    Object.fromEntries((csv.replace('\uFEFF', '').split('\r\n')[0] ?? '').split(';').map((name) => [name, '']))
})

describe('the estate', () => {
  const figures = () => bytes(readFileSync(join(import.meta.dirname, 'fixtures/estate-2023-12-31.csv'), 'utf8'))

  test('sets what a source says beside what the register counts, on that date and today', async () => {
    const ctx = await manager()
    const [one, other] = [
      await addItem(ctx, { type: 'laptop', name: 'Uno' }),
      await addItem(ctx, { type: 'laptop', name: 'Altro' }),
    ]
    const today = Temporal.Now.plainDateISO('Europe/Rome').toString()
    const laptops = async (on: string) =>
      (await findEstate(ctx, { on })).rows.find(({ definition }) => definition === 'laptops')
    const before = (await laptops(today))?.own ?? 0
    await moveItem(ctx, one.id, { act: 'retire', document: 'Fuori uso n. 1' })
    expect((await laptops(today))?.own).toBe(before - 1)
    const then = (await laptops('2023-12-31'))?.own ?? 0
    await importFigures(ctx, figures())
    expect(await laptops('2023-12-31')).toMatchObject({
      own: then,
      figures: [{ source: 'annual operating plan 2024 table 2.1.1', quantity: 583, difference: 583 - then }],
    })
    await moveItem(ctx, other.id, { act: 'install', document: 'Verbale 2', on: '2023-12-01' })
    expect((await laptops('2023-12-31'))?.own).toBe(then + 1)
    const estate = await findEstate(ctx)
    expect(estate.on).toBe('2023-12-31')
    expect(estate.rows).toHaveLength(10)
    expect(estate.rows.find(({ definition }) => definition === 'active_users')).toMatchObject({
      own: null,
      figures: [{ difference: null }],
    })
  })

  test('takes a figure once, puts it right when told otherwise, and names what is wrong in a file', async () => {
    const ctx = await manager()
    await importFigures(ctx, figures())
    expect(await importFigures(ctx, figures())).toEqual({ lines: 10, added: 0, changed: 0, unchanged: 10 })
    const head = 'item,quantity,unit,as_of,source\n'
    const other = bytes(`${head}laptops,600,count,2023-12-31,annual operating plan 2024 table 2.1.1\n`)
    expect(await importFigures(ctx, other)).toEqual({ lines: 1, added: 0, changed: 1, unchanged: 0 })
    const before = await written()
    const wrongs = `${head}teapots,1,count,2023-12-31,fonte\nlaptops,-1,count,2023-12-31,fonte\nlaptops,1.5,count,2023-12-31,fonte\nlaptops,1,count,ieri,fonte\n`
    expect((await refusal(importFigures(ctx, bytes(wrongs)))).fields.map(({ path }) => path)).toEqual([
      ...['line 2, column item', 'line 3, column quantity', 'line 4, column quantity', 'line 5, column as_of'],
    ])
    expect(await written()).toBe(before)
    expect(await refusal(findEstate(await city.as('office_contact')))).toMatchObject({ code: 'forbidden' })
  })
})
