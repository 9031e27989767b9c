/** `sitec mailboxes import-ldap` */
import type { Invocation as AnyInvocation, Outcome, Terminal, TerminalCommand } from '../../platform/command.ts'
import { ldapAsked, ldapOptions, ldapUsage } from '../../platform/ldap-command.ts'
import { boxTexts } from './box-texts.ts'
import type { DirectoryOutcome } from './census-schema.ts'
import { importLdap } from './import-directory.ts'
import { usualFilter } from './internal/ldap-directory.ts'
import { boxMapping } from './ldap-schema.ts'

type Invocation = AnyInvocation & Terminal

/** Mailboxes from a directory, on the command line: no page takes the password of a directory. */
export const boxLdapCommands: readonly TerminalCommand[] = [
  {
    name: 'mailboxes import-ldap',
    usage: `${ldapUsage} [--server NAME|ID] [--complete] [--trial]`,
    help: 'Load mailboxes, aliases, lists and their members from a directory. --trial tells what would change; with --complete those it has no more are gone.',
    options: { ...ldapOptions, server: { type: 'string' }, complete: { type: 'boolean' } },
    run: importFromLdap,
  },
]

async function importFromLdap(invocation: Invocation): Promise<Outcome> {
  const { context, values } = invocation
  const { settings, mapping } = await ldapAsked(invocation, usualFilter, boxMapping)
  const outcome = await importLdap(context, settings, {
    mapping,
    server: typeof values.server === 'string' ? values.server : null,
    ...{ isComplete: values.complete === true, trial: values.trial === true },
  })
  return { exit: 0, json: outcome, text: textOf(invocation, outcome) }
}

function textOf({ context }: Invocation, outcome: DirectoryOutcome): string {
  const texts = boxTexts[context.language]
  const t = texts.done
  const columns: Record<string, string> = texts.columns
  const { isTrial, added, changed, unchanged, gone, notAddresses, notAddressesCount } = outcome
  return [
    ...outcome.adding.map(({ address, kind }) => t.adding(address, texts.kinds[kind])),
    ...outcome.differences.map((one) =>
      t.differing(one.address, columns[one.column] ?? one.column, one.before, one.after),
    ),
    ...outcome.leaving.map(t.leaving),
    ...(notAddressesCount === 0 ? [] : [t.notAddresses(notAddressesCount, notAddresses.slice(0, 20).join(', '))]),
    (isTrial ? t.tried : t.loaded)(added, changed, unchanged, gone),
  ].join('\n')
}
