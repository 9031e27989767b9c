/** Commands as an administrator types them: in a process of their own, or in this one. */
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import type { TestCity } from '../../demo/testing.ts'
import type { TerminalCommand } from '../../src/platform/command.ts'
import { Problem } from '../../src/platform/problem.ts'
import { projectRoot } from '../../src/platform/root.ts'

const json = { type: 'boolean' } as const

/** `sitec` in a shell, on the data of a test; `said` is what a person reads of it. */
export async function typed(city: TestCity, words: string[], env: Record<string, string>) {
  const { data, databaseUrl } = city.services.config
  const child = spawn(process.execPath, ['src/cli/main.ts', ...words], {
    cwd: projectRoot(),
    env: { PATH: process.env.PATH, SITEC_DATA: data, DATABASE_URL: databaseUrl ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = new Promise<number | null>((done) => child.once('close', done))
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit])
  return { code, output, said: output + errors }
}

/** A command without a process of its own, as somebody of the test city; nobody answers what it asks. */
export async function run(
  city: TestCity,
  command: TerminalCommand,
  who: Parameters<TestCity['as']>[0],
  words: string[],
  ldapPassword: string | null,
) {
  const { values, positionals } = parseArgs({
    args: words,
    options: { json, ...command.options },
    allowPositionals: true,
  })
  const context = await city.as(who, 'cli')
  const terminal = { lists: {}, mailCopy: city.services.config.mailCopy, ldapPassword, tell: () => undefined }
  const invocation = { context, positionals, values: values as Record<string, string | boolean>, ...terminal }
  const asked = { ask: async () => null, resolvePath: (path: string) => path, print: async () => undefined }
  try {
    const outcome = await command.run({ ...invocation, ...asked, readFile: (path) => readFile(path) })
    return { code: outcome.exit, output: JSON.stringify(outcome.json), said: outcome.text }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { code: 2, output: '', said: [error.say.it, ...error.fields.map(({ say }) => say.it)].join(' ') }
  }
}
