/** `sitec <noun> <verb>`: exit 0 good, 1 a finding, 2 bad input. Works beside a server and without one. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { applicationsCommands } from '../modules/applications/cli.ts'
import { contractCommands } from '../modules/contract/cli.ts'
import { mailboxesCommands } from '../modules/mailboxes/cli.ts'
import { boxLdapCommands } from '../modules/mailboxes/cli-ldap.ts'
import { needsCommands } from '../modules/needs/cli.ts'
import { operationsCommands } from '../modules/operations/cli.ts'
import { organisationCommands } from '../modules/organisation/cli.ts'
import { listOrganisations } from '../modules/organisation/set-up.ts'
import { registerCommands } from '../modules/register/cli.ts'
import { directoryCommands } from '../modules/register/cli-directory.ts'
import { servicedeskCommands } from '../modules/servicedesk/cli.ts'
import { personCommands } from '../modules/servicedesk/cli-person.ts'
import { supplierCommands } from '../modules/servicedesk/cli-supplier.ts'
import { reportCommands } from '../modules/transparency/cli-report.ts'
import { resultsCommands } from '../modules/transparency/cli-results.ts'
import { actAs, systemContext } from '../platform/auth/actors.ts'
import type { Command, Outcome, TerminalCommand } from '../platform/command.ts'
import { logBeside } from '../platform/log.ts'
import { Problem } from '../platform/problem.ts'
import { type OpenServices, openServices } from '../platform/services.ts'
import { askSecret } from './ask.ts'
import { commandFails } from './failure.ts'
import { type InstallationCommand, installationCommands } from './installation.ts'

const tenantCommands: readonly (Command | TerminalCommand)[] = [
  ...organisationCommands,
  ...servicedeskCommands,
  ...supplierCommands,
  ...personCommands,
  ...contractCommands,
  ...resultsCommands,
  ...operationsCommands,
  ...applicationsCommands,
  ...needsCommands,
  ...registerCommands,
  ...directoryCommands,
  ...mailboxesCommands,
  ...boxLdapCommands,
  ...reportCommands,
]

/** Where the person stands; npx and the launcher keep it while the program runs from its own folder. */
const here = process.env.SITEC_CWD ?? process.cwd()

const common = {
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  as: { type: 'string' },
  organisation: { type: 'string' },
} as const

async function main(words: string[]): Promise<Outcome> {
  const known = [...tenantCommands, ...installationCommands]
  const command = known.find((command) => command.name.split(' ').every((word, index) => words[index] === word))
  if (!command) return usage(known)
  const rest = words.slice(command.name.split(' ').length)
  const { values, positionals } = parseArgs({
    args: rest,
    options: { ...common, ...command.options },
    allowPositionals: true,
    strict: true,
  })
  if (values.help) return { exit: 0, json: null, text: `sitec ${command.name} ${command.usage}\n${command.help}` }
  const config = readConfig(process.env)
  const resolvePath = (path: string) => resolve(here, path)
  if (isInstallation(command)) return command.run({ config, positionals, values, resolvePath })
  const services = await openServices(config, { listens: false })
  try {
    const context = await contextFor(services, text(values.organisation), text(values.as))
    return await command.run({
      context,
      positionals,
      values: flat(values),
      lists: listsOf(values),
      mailCopy: config.mailCopy,
      ldapPassword: config.ldapPassword,
      ask: askSecret,
      resolvePath,
      readFile: (path) => readFile(resolvePath(path)),
      print,
      tell: (line) => void process.stderr.write(`${line}\n`),
    })
  } finally {
    await services.close()
  }
}

function print(line: string): Promise<void> {
  return new Promise((written) => {
    if (isUnread || process.stdout.write(`${line}\n`)) return written()
    const goOn = () => {
      for (const event of ['drain', 'error']) process.stdout.off(event, goOn)
      written()
    }
    for (const event of ['drain', 'error']) process.stdout.on(event, goOn)
  })
}

/** Whoever read has had enough, as `head` has: what was asked for is done to its end, and nothing more is said. */
let isUnread = false
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    isUnread = true
  })

function isInstallation(command: Command | TerminalCommand | InstallationCommand): command is InstallationCommand {
  return 'scope' in command
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

function flat(values: Record<string, unknown>): Record<string, string | boolean | undefined> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  )
}

function listsOf(values: Record<string, unknown>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      Array.isArray(value) ? [[name, value.filter((one) => typeof one === 'string')]] : [],
    ),
  )
}

// The only tenant, or the one named; as SITEC's command line, or as the person of --as with that person's permissions.
async function contextFor(services: OpenServices, organisation: string | undefined, email: string | undefined) {
  const all = await listOrganisations(services)
  const fit =
    organisation === undefined
      ? all
      : all.filter((found) => found.ipaCode === organisation || found.id === organisation)
  const [found] = fit
  if (found === undefined || fit.length > 1) {
    throw badInput(
      all.length === 0
        ? 'There is no administration yet: run npm start once, or sitec setup.'
        : `Name the administration with --organisation: ${all.map((one) => one.ipaCode ?? one.id).join(', ')}`,
    )
  }
  if (email === undefined) return systemContext(services, found, 'Riga di comando', 'cli')
  const person = await services.database.owner
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', found.id)
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
  return (
    (person && (await actAs(services, found.id, person.id, 'cli'))) ??
    Promise.reject(badInput(`There is no person with the address ${email}.`))
  )
}

function badInput(message: string): Problem {
  return new Problem('invalid', 'bad_input', { it: message, en: message })
}

function usage(known: readonly { name: string; usage: string; help: string }[]): Outcome {
  const lines = known.map((command) => `  sitec ${command.name} ${command.usage}\n      ${command.help}`)
  return {
    exit: 2,
    json: { commands: known.map((command) => command.name) },
    text: `Commands (all take --json; --as EMAIL acts as that person):\n${lines.join('\n')}`,
  }
}

logBeside()
const words = process.argv.slice(2)
const outcome = await main(words).catch(commandFails)
const isJson = words.includes('--json')
const output = isJson ? JSON.stringify(outcome.json) : outcome.text
if (output !== '')
  (outcome.exit === 2 && !isJson ? process.stderr : process.stdout).write(
    output.endsWith('\n') ? output : `${output}\n`,
  )
process.exitCode = outcome.exit
