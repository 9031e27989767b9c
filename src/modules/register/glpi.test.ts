import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusal, type TestCity, testCity } from '../../../demo/testing.ts'
import { registerCommands } from './cli.ts'
import { type GlpiSource, importGlpi } from './import-glpi.ts'
import { addItem, findItem, listItems } from './items.ts'

let city: TestCity
beforeAll(async () => {
  city = await testCity()
})
afterAll(() => city.services.close())

const fixtures = join(import.meta.dirname, 'fixtures')
const text = (name: string) => readFileSync(join(fixtures, name), 'utf8')
const source = (name: string): GlpiSource => ({ source: name, inventory: JSON.parse(text(name)) })
const both = () => [source('glpi-laptop.json'), source('glpi-virtual.json')]
const manager = () => city.as('technician')
const bySerial = async (words: string) => {
  const ctx = await manager()
  const row = (await listItems(ctx, { words })).rows[0]
  return findItem(ctx, row?.id ?? '')
}

async function written(): Promise<string> {
  const found = await sql<{ all: string }>`select concat_ws('|', (select count(*) from event),
    (select md5(string_agg(c::text, '' order by id)) from configuration_item c),
    (select md5(string_agg(a::text, '' order by item_id)) from asset a)) as all`.execute(city.services.database.owner)
  return found.rows[0]?.all ?? ''
}

describe('inventories of the GLPI agent', () => {
  test('show what would change, then add computers, monitors and printers by serial; a second time nothing changes', async () => {
    const ctx = await manager()
    const known = await addItem(ctx, { type: 'printer', name: 'Multifunzione del primo piano', serial: 'glpi-prn-1' })
    const before = await written()
    const trial = await importGlpi(ctx, both(), { isTrial: true })
    expect(trial).toMatchObject({
      isTrial: true,
      added: 3,
      changed: 1,
      computers: 2,
      monitors: 1,
      printers: 1,
      skipped: 2,
    })
    expect(trial.differences).toMatchObject([{ code: known.code, column: 'model', after: 'Faggio 400' }])
    expect(trial.software).toEqual([
      { name: 'Ufficio libero', publisher: 'Fondazione di prova', computers: 2 },
      { name: 'Lettore PDF', publisher: '', computers: 1 },
    ])
    expect(await written()).toBe(before)
    expect(await importGlpi(ctx, both())).toMatchObject({ added: 3, changed: 1, unchanged: 0 })
    expect(await bySerial('GLPI NB 1')).toMatchObject({
      type: 'laptop',
      name: 'nb-prova',
      state: 'in_use',
      maker: 'Tiglio',
      attributes: {
        hostname: 'nb-prova',
        operating_system: 'Finestre 11 Professionale',
        ip_address: '10.1.0.57',
        mac_address: '3c:2c:30:aa:bb:01',
        ...{ cores: 8, ram_gb: 16, disk_gb: 512 },
      },
    })
    expect(await bySerial('0055ADC9')).toMatchObject({ type: 'virtual_server', attributes: { ram_gb: 8 } })
    expect(await bySerial('GLPI MON 1')).toMatchObject({ type: 'monitor', maker: 'Olmo' })
    expect(await findItem(ctx, known.id)).toMatchObject({ name: 'Multifunzione del primo piano', model: 'Faggio 400' })
    expect(await importGlpi(ctx, both())).toMatchObject({ added: 0, changed: 0, unchanged: 4 })
    const events = await sql<{ witness: string }>`
      select witness from event where subject_id = ${known.id} and kind = 'item.changed'`.execute(
      city.services.database.owner,
    )
    expect(events.rows).toEqual([{ witness: 'I' }])
  })

  test('are refused whole when one of them is none, and to who may not', async () => {
    const before = await written()
    const bad = await refusal(importGlpi(await manager(), [...both(), { source: 'altro.json', inventory: { a: 1 } }]))
    expect(bad).toMatchObject({ code: 'invalid', fields: [{ path: 'file altro.json' }] })
    expect(await refusal(importGlpi(await manager(), []))).toMatchObject({ fields: [{ path: 'FILE' }] })
    expect(await refusal(importGlpi(await city.as('auditor'), both()))).toMatchObject({ code: 'forbidden' })
    expect(await written()).toBe(before)
  })

  test('come from a file or a folder on the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sitec-glpi-'))
    const run = async (path: string, trial = true) => {
      const command = registerCommands.find(({ name }) => name === 'register import-glpi')
      const context = await manager()
      const readFile = () => Promise.reject(new Error('Files are read by the command'))
      const given = { positionals: [path], values: { trial }, resolvePath: (one: string) => join(folder, one) }
      return command?.run({ context, ...given, readFile, print: async () => undefined })
    }
    writeFileSync(join(folder, 'uno.json'), text('glpi-laptop.json'))
    writeFileSync(join(folder, 'due.json'), text('glpi-virtual.json'))
    expect((await run('uno.json'))?.json).toMatchObject({ computers: 1, isTrial: true })
    expect((await run('.'))?.text).toContain('Computer 2, monitor 1, stampanti 1; senza numero di serie 2.')
    writeFileSync(join(folder, 'tre.json'), '{ rotto')
    expect(await refusal(run('.'))).toMatchObject({ fields: [{ path: 'FILE' }] })
    expect(await refusal(run('manca.json'))).toMatchObject({ fields: [{ path: 'FILE' }] })
    rmSync(folder, { recursive: true })
  })
})
