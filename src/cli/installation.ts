/** Commands on the whole installation: verify, back up, restore, look after. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '../config.ts'
import { createOrganisation } from '../modules/organisation/set-up.ts'
import { mailLine } from '../modules/servicedesk/mail-standing.ts'
import { backUp, restore } from '../platform/backup.ts'
import type { Outcome } from '../platform/command.ts'
import { examine } from '../platform/doctor.ts'
import { isHead, verifyChain } from '../platform/seals.ts'
import { type OpenServices, openServices } from '../platform/services.ts'

type Invocation = {
  config: Config
  positionals: string[]
  values: Record<string, unknown>
  resolvePath: (path: string) => string
}

export type InstallationCommand = {
  scope: 'installation'
  name: string
  usage: string
  help: string
  options?: ParseArgsOptionsConfig
  run: (invocation: Invocation) => Promise<Outcome>
}

async function withServices(config: Config, work: (services: OpenServices) => Promise<Outcome>): Promise<Outcome> {
  const services = await openServices(config, { listens: false })
  try {
    return await work(services)
  } finally {
    await services.close()
  }
}

const badUsage = (text: string): Outcome => ({ exit: 2, json: { problem: { title: text } }, text })

export const installationCommands: readonly InstallationCommand[] = [
  {
    scope: 'installation',
    name: 'audit verify',
    usage: '[--head HASH@N]',
    help: 'Prove that no event was changed, removed or slipped in; --head checks against a head kept elsewhere.',
    options: { head: { type: 'string' } },
    run: ({ config, values }) => {
      const head = typeof values.head === 'string' ? values.head : undefined
      if (head !== undefined && !isHead(head))
        return Promise.resolve(
          badUsage('--head takes a head as published: 64 hexadecimal digits, @ and the number of the seal.'),
        )
      return withServices(config, async ({ database }) => {
        const report = await verifyChain(database.owner, head)
        const lines = report.problems.map(
          (problem) =>
            `  ${problem.code}${problem.event ? `, event ${problem.event}` : ''}${problem.seal ? `, seal ${problem.seal}` : ''}`,
        )
        const summary = `${report.events} events, ${report.sealed} sealed, head ${report.head ?? 'none'}`
        return {
          exit: report.problems.length === 0 ? 0 : 1,
          json: report,
          text: [summary, ...(lines.length === 0 ? ['No problem found.'] : lines)].join('\n'),
        }
      })
    },
  },
  {
    scope: 'installation',
    name: 'backup',
    usage: 'FILE',
    help: 'Write everything (rows, files, key, chain head) to one file, while the server runs.',
    run: ({ config, positionals, resolvePath }) => {
      const [file] = positionals
      if (file === undefined) return Promise.resolve(badUsage('Name the file to write: sitec backup FILE'))
      return withServices(config, async (services) => {
        const made = await backUp(services, config.data, resolvePath(file))
        return {
          exit: 0,
          json: made,
          text: `${made.rows} rows and ${made.files} files in ${made.file}, head ${made.head ?? 'none'}`,
        }
      })
    },
  },
  {
    scope: 'installation',
    name: 'restore',
    usage: 'FILE',
    help: 'Fill an empty place (new data folder, or empty DATABASE_URL) from a backup, and verify the chain.',
    run: ({ config, positionals, resolvePath }) => {
      const [file] = positionals
      if (file === undefined) return Promise.resolve(badUsage('Name the backup to read: sitec restore FILE'))
      return withServices(config, async (services) => {
        const done = await restore(services, config.data, resolvePath(file))
        return {
          exit: done.problems === 0 ? 0 : 1,
          json: done,
          text: `${done.rows} rows and ${done.files} files restored; chain ${done.problems === 0 ? 'verified' : `has ${done.problems} problems`}`,
        }
      })
    },
  },
  {
    scope: 'installation',
    name: 'setup',
    usage: '--name NAME --email EMAIL --given NAME --family NAME --password-file FILE [--ipa CODE] [--zone ZONE]',
    help: 'Create an administration and its first administrator (without demo data).',
    options: Object.fromEntries(
      ['name', 'email', 'given', 'family', 'password-file', 'ipa', 'zone'].map((name) => [
        name,
        { type: 'string' as const },
      ]),
    ),
    run: ({ config, values, resolvePath }) =>
      withServices(config, async (services) => {
        const { readFile } = await import('node:fs/promises')
        const given = (name: string) => (typeof values[name] === 'string' ? values[name] : '')
        const passwordFile = given('password-file')
        if (passwordFile === '')
          return badUsage('Put the administrator’s password in a file and name it with --password-file.')
        const made = await createOrganisation(services, {
          name: given('name'),
          ipaCode: given('ipa') || null,
          zone: given('zone') || 'Europe/Rome',
          isDemo: false,
          administrator: {
            givenName: given('given'),
            familyName: given('family'),
            email: given('email'),
            password: (await readFile(resolvePath(passwordFile), 'utf8')).trim(),
          },
        })
        return { exit: 0, json: made, text: `${given('name')} is set up; ${given('email')} is its administrator.` }
      }),
  },
  {
    scope: 'installation',
    name: 'doctor',
    usage: '',
    help: 'Look at everything SITEC needs and say what is wrong and what to do.',
    run: async ({ config }) => {
      const findings = await examine(config, [mailLine])
      const bad = findings.filter((finding) => !finding.isWell)
      const lines = findings.map((finding) => `${finding.isWell ? 'ok  ' : 'BAD '} ${finding.part}: ${finding.says}`)
      return { exit: bad.length === 0 ? 0 : 1, json: { findings }, text: lines.join('\n') }
    },
  },
]
