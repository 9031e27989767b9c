import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestCity, testCity } from '../../../demo/testing.ts'
import { systemContext } from '../../platform/auth/actors.ts'
import type { Outcome } from '../../platform/command.ts'
import { servicedeskCommands } from './cli.ts'

let city: TestCity
const folder = mkdtempSync(join(tmpdir(), 'sitec-cli-'))
beforeAll(async () => {
  city = await testCity()
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await city.services.close()
})

function sitec(name: string, positionals: string[], values: Record<string, string> = {}): Promise<Outcome> {
  const command = servicedeskCommands.find((one) => one.name === name)
  if (!command) throw new Error(`No command ${name}`)
  const organisation = { id: city.organisationId, name: 'Comune di prova', zone: 'Europe/Rome', isDemo: true }
  const context = systemContext(city.services, organisation, 'Riga di comando', 'cli')
  return command.run({
    context,
    positionals,
    values,
    resolvePath: (path) => join(folder, path),
    readFile: async () => new Uint8Array(),
    print: async () => undefined,
  })
}

describe('sitec case', () => {
  test('open, show by number, list and export say the same of one case', async () => {
    const opened = await sitec('case open', [], {
      kind: 'incident',
      title: 'Dalla riga di comando',
      requester: city.emailOf('employee'),
      'can-work': 'no',
      'only-me': 'no',
    })
    const { number, id } = opened.json as { number: string; id: string }
    const shown = await sitec('case show', [number])
    expect(shown.json).toMatchObject({ id, severity: 'blocking', channel: 'cli', requesterName: 'Irene Impiegata' })
    expect(shown.text).toContain('Dalla riga di comando')
    const listed = await sitec('case list', [], { words: 'riga di comando' })
    expect(listed.json).toMatchObject({ rows: [{ id }] })
    const exported = await sitec('case export', ['out.csv'], { words: 'riga di comando' })
    expect(exported.json).toMatchObject({ rows: 1 })
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toContain(number)
  })

  test('bad input is refused in words', async () => {
    await expect(sitec('case open', [], { kind: 'incident', title: 'x' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(sitec('case show', ['abc'])).rejects.toMatchObject({ code: 'not_found' })
  })
})
