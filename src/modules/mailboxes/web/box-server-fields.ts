/** Fields of the form of a mail server as operations take them. Server side only. */
import type { MailServerInput } from '../census-schema.ts'

const names = [
  'name',
  'kind',
  'host',
  'port',
  'signIn',
  'signInUser',
  'secret',
  'dailyBytes',
  'mostMessageBytes',
  'mostConnections',
  'writtenBy',
  'api',
  'unitsPerMinute',
]

/** What somebody typed of a server. */
export function serverOf(form: FormData): MailServerInput {
  const texts = Object.fromEntries(names.map((name) => [name, String(form.get(name) ?? '')]))
  // Parsed by the operation.
  return { ...texts, isEncrypted: form.get('isEncrypted') !== null } as unknown as MailServerInput
}

/** The same to be shown again; never a secret. */
export function typedOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form.entries()].flatMap(([name, value]) =>
      typeof value === 'string' && !['secret', 'password'].includes(name) ? [[name, value]] : [],
    ),
  )
}
