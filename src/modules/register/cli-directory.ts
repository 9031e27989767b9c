/** `sitec register import-ldap` */
import type { Invocation as AnyInvocation, Outcome, Terminal, TerminalCommand } from '../../platform/command.ts'
import { ldapAsked, ldapOptions, ldapUsage } from '../../platform/ldap-command.ts'
import { type DirectoryImport, directoryMapping } from './directory-schema.ts'
import { importDirectory } from './import-directory.ts'
import { readDirectory, usualFilter } from './ldap-directory.ts'
import { registerTexts } from './texts.ts'

type Invocation = AnyInvocation & Terminal

/** Directories on the command line. */
export const directoryCommands: readonly TerminalCommand[] = [
  {
    name: 'register import-ldap',
    usage: `${ldapUsage} [--trial]`,
    help: 'Load computers and devices of a directory: recognised by serial number, else by host name. --trial tells what would change; what is no longer seen is listed, nothing is taken away.',
    options: ldapOptions,
    run: importLdap,
  },
]

async function importLdap(invocation: Invocation): Promise<Outcome> {
  const { context, values } = invocation
  const { settings, mapping } = await ldapAsked(invocation, usualFilter, directoryMapping)
  const found = await readDirectory(settings, mapping)
  const outcome = await importDirectory(context, found, { mapping, isTrial: values.trial === true })
  return { exit: 0, json: outcome, text: textOf(invocation, outcome) }
}

function textOf({ context }: Invocation, outcome: DirectoryImport): string {
  const t = registerTexts[context.language].done
  const { isTrial, added, changed, unchanged, entries, unrecognised, unrecognisedCount, unseen } = outcome
  return [
    ...outcome.differences.map((one) => t.difference(one.line, one.code, one.column, one.before, one.after)),
    ...unrecognised.map(({ name, why }) => t.unrecognised(name, why)),
    ...unseen.map(({ code, name, lastSeenAt }) => t.unseen(code, name, lastSeenAt.slice(0, 10))),
    t.directory(entries, unrecognisedCount, unseen.length),
    isTrial ? t.tried(added, changed, unchanged) : t.loaded(added, changed, unchanged),
  ].join('\n')
}
