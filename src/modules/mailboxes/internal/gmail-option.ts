/** A Gmail mailbox as the command line names it: its token from the environment or a file, never an argument. */
import type { Invocation as AnyInvocation, Terminal } from '../../../platform/command.ts'
import { wrong } from '../problems.ts'
import { deletedChoices, type GmailAccount, readGmailAddress } from './gmail-account.ts'
import { mostBytes, type StoreMethod } from './gmail-limits.ts'

type Invocation = AnyInvocation & Terminal

/** Refuses an address that is none, a choice that is none, and no token. */
export async function gmailAccountOf(invocation: Invocation, address: string): Promise<GmailAccount> {
  const { values } = invocation
  const api = typeof values['gmail-api'] === 'string' ? values['gmail-api'] : null
  const methods = Object.keys(mostBytes) as StoreMethod[] // the keys of a constant
  return {
    ...{ protocol: 'gmail', side: 'target', ...readGmailAddress(address, api, values['insecure-loopback'] === true) },
    method: chosen('gmail-method', values['gmail-method'], methods, 'import'),
    deleted: chosen('deleted', values.deleted, deletedChoices, 'trash'),
    tokens: await tokensOf(invocation),
  }
}

function chosen<Choice extends string>(
  name: string,
  value: unknown,
  choices: readonly Choice[],
  usual: Choice,
): Choice {
  if (value === undefined) return usual
  return choices.find((one) => one === value) ?? fails(name, choices)
}

function fails(name: string, choices: readonly string[]): never {
  throw wrong(name, (t) => t.notAChoice(choices.join(', ')))
}

// A file is read again whenever a token is asked for: whoever renews it there keeps a long copy going.
async function tokensOf({ values, mailCopy, readFile }: Invocation): Promise<() => Promise<string>> {
  const file = values['to-password-file']
  if (typeof file === 'string' && file !== '-') {
    const read = async () =>
      Buffer.from(await readFile(file))
        .toString('utf8')
        .trim()
    await read()
    return read
  }
  const token =
    file === '-'
      ? Buffer.concat(await process.stdin.toArray())
          .toString('utf8')
          .trim()
      : mailCopy.toToken
  if (token === null || token === '') throw wrong('to', (t) => t.noToken)
  return () => Promise.resolve(token)
}
