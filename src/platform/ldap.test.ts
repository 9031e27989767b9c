import { expect, test } from 'vitest'
import { readLdapAddress } from './ldap.ts'
import { wholeValues } from './ldap-ranges.ts'

const dn = 'cn=tutti,dc=comune,dc=example'
/** A directory that gives so many values at a time, as Active Directory does. */
const byParts = (all: readonly string[], most: number) => {
  const asked: string[] = []
  const ask = async (_: string, attribute: string) => {
    asked.push(attribute)
    const from = Number(/range=(\d+)/.exec(attribute)?.[1])
    const to = from + most >= all.length ? '*' : String(from + most - 1)
    return { dn, values: { member: [], [`member;range=${from}-${to}`]: all.slice(from, from + most) } }
  }
  return { asked, ask }
}
const people = Array.from({ length: 7 }, (_, at) => `cn=p${at},dc=comune,dc=example`)

test('values that come by parts are all read, and nothing is asked for when all came at once', async () => {
  const { ask, asked } = byParts(people, 3)
  const first = { dn, values: { cn: ['tutti'], member: [], 'member;range=0-2': people.slice(0, 3) } }
  expect(await wholeValues(first, ask)).toEqual({ dn, values: { cn: ['tutti'], member: people } })
  expect(asked).toEqual(['member;range=3-*', 'member;range=6-*'])
  const whole = { dn, values: { member: people } }
  expect(await wholeValues(whole, ask)).toBe(whole)
  expect(asked).toHaveLength(2)
})

test('parts of which one is missing are no values', async () => {
  const first = { dn, values: { 'member;range=0-2': people.slice(0, 3) } }
  expect(await wholeValues(first, async () => null)).toBeNull()
  expect(await wholeValues(first, async () => ({ dn, values: { 'member;range=5-*': [] } }))).toBeNull()
})

test.each([
  ['ldaps://dc1.comune.example', 'ldaps://dc1.comune.example:636'],
  ['LDAPS://dc1.comune.example:3269/', 'ldaps://dc1.comune.example:3269'],
  ['ldap://127.0.0.1:1389', 'ldap://127.0.0.1:1389'],
])('%s is read as %s', (typed, url) => expect(readLdapAddress(typed).url).toBe(url))

test.each([
  'dc1',
  'http://dc1.comune.example',
  'ldap://dc1.comune.example',
  'ldap://10.0.0.1',
  'ldaps://u:p@dc1.comune.example',
  'ldaps://dc1.comune.example/dc=comune',
  'ldaps://dc1.comune.example?x',
])('%s is refused', (typed) => expect(() => readLdapAddress(typed)).toThrow(/^invalid/))
