import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { operationsCommands } from './cli.ts'

let city: TestCity
const folder = mkdtempSync(join(tmpdir(), 'sitec-calls-'))
beforeAll(async () => {
  city = await testCity()
})
afterAll(async () => {
  await city.services.close()
  rmSync(folder, { recursive: true })
})

const run = (context: Context, name: string, ...positionals: string[]) => {
  const command = operationsCommands.find((one) => one.name === name)
  if (command === undefined) throw new Error(`There is no command ${name}`)
  const resolvePath = (path: string) => join(folder, path)
  const readFile = () => Promise.reject(new Error('Files of any length are streamed'))
  return command.run({ context, positionals, values: {}, resolvePath, readFile, print: async () => undefined })
}

test('a file is loaded from the command line, once; without a name, or without the file, it says so', async () => {
  const manager = await city.as('contract_manager', 'cli')
  writeFileSync(join(folder, 'chiamate.csv'), 'started_at;outcome;waited_s;source\n2024-05-06 10:00;busy;0;carrier\n')
  expect(await run(manager, 'import calls', 'chiamate.csv')).toMatchObject({
    exit: 0,
    text: 'Righe 1: aggiunte 1, già note 0.',
  })
  expect(await run(manager, 'import calls', 'chiamate.csv')).toMatchObject({ json: { id: null, known: 1 } })
  await expect(run(manager, 'import calls')).rejects.toBeInstanceOf(Problem)
  await expect(run(manager, 'import samples', 'non-c-e.csv')).rejects.toMatchObject({ code: 'ENOENT' })
})
