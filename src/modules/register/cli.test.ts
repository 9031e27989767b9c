import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { registerCommands } from './cli.ts'

let city: TestCity
const folder = mkdtempSync(join(tmpdir(), 'sitec-register-'))
beforeAll(async () => {
  city = await testCity()
})
afterAll(async () => {
  await city.services.close()
  rmSync(folder, { recursive: true })
})

const run = (
  context: Context,
  name: string,
  positionals: string[] = [],
  values: Record<string, string | boolean> = {},
) => {
  const command = registerCommands.find((one) => one.name === `register ${name}`)
  if (command === undefined) throw new Error(`There is no command ${name}`)
  const resolvePath = (path: string) => join(folder, path)
  const readFile = () => Promise.reject(new Error('Files of any length are streamed'))
  return command.run({ context, positionals, values, resolvePath, readFile, print: async () => undefined })
}

test('what is exported is loaded again without a difference; a trial says what would change', async () => {
  const technician = await city.as('technician', 'cli')
  expect(await run(technician, 'export', ['beni.csv'])).toMatchObject({ exit: 0, text: '→ beni.csv' })
  expect(await run(technician, 'import', ['beni.csv'])).toMatchObject({ exit: 0, json: { added: 0, changed: 0 } })
  const changed = readFileSync(join(folder, 'beni.csv'), 'utf8').replace('Nodo 1 di virtualizzazione', 'Nodo primo')
  writeFileSync(join(folder, 'altri.csv'), changed)
  const tried = await run(technician, 'import', ['altri.csv'], { trial: true })
  expect(tried.text).toMatch(
    /riga \d+, SRV-000001, name: «Nodo 1 di virtualizzazione» → «Nodo primo»\nProva, non è cambiato nulla/,
  )
  await expect(run(technician, 'import')).rejects.toBeInstanceOf(Problem)
  await expect(run(technician, 'import', ['non-c-e.csv'])).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(run(technician, 'export', [], { what: 'tutto' })).rejects.toBeInstanceOf(Problem)
})

test('the impact of a rack, the databases and the estate are told in text and JSON', async () => {
  const auditor = await city.as('auditor', 'cli')
  const impact = await run(auditor, 'impact', ['RCK-000001'])
  expect(impact.text).toContain('1  SRV-000001  Nodo 1 di virtualizzazione (Server fisico)')
  expect(impact.json).toMatchObject({ code: 'RCK-000001', isCapped: false })
  expect((await run(auditor, 'impact', ['SOL-000001'], { direction: 'dependency' })).text).toContain('Anagrafe')
  await expect(run(auditor, 'impact', ['NON-1'])).rejects.toMatchObject({ code: 'not_found' })
  expect((await run(auditor, 'export', [], { what: 'databases' })).text).toContain('Popolazione residente')
  expect((await run(auditor, 'export', [], { what: 'security' })).text).toContain('ABSC 1.4')
  const snapshot = await run(auditor, 'snapshot', [], { on: '2023-12-31' })
  // The real figures of a large city beside an invented small one: they differ, and that is a finding.
  expect(snapshot).toMatchObject({ exit: 1, json: { on: '2023-12-31' } })
  expect(snapshot.text).toContain('Banche dati [count]  SITEC: ')
  writeFileSync(
    join(folder, 'cifre.csv'),
    'item,quantity,unit,as_of,source\nlaptops,1,count,2025-01-01,inventario di prova\n',
  )
  const technician = await city.as('technician', 'cli')
  expect(await run(technician, 'figures', ['cifre.csv'])).toMatchObject({ json: { added: 1 } })
  writeFileSync(join(folder, 'relazioni.csv'), 'from;kind;to\nAPP-000002;depends_on;APP-000001\n')
  expect(await run(technician, 'relations', ['relazioni.csv'])).toMatchObject({ json: { added: 1, unchanged: 0 } })
})
