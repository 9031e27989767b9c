import { describe, expect, test } from 'vitest'
import { boxMapping } from '../ldap-schema.ts'
import { attributesOf, boxOf, matches, nameKey, namesIn, quotaOf, spokenIn } from './ldap-boxes.ts'

const usual = boxMapping.parse({})
const both = { aliases: true, forwards: true }
const nobody = () => undefined
const entry = (values: Record<string, string[]>, dn = 'cn=x,dc=comune,dc=example') => ({ dn, values })
const read = (values: Record<string, string[]>, mapping = usual, at: (dn: string) => string | undefined = nobody) =>
  boxOf(entry(values), mapping, both, at)

describe('an entry of a person', () => {
  test('of RFC 2798 gives a mailbox of which nobody said what it is, in small letters, with its aliases', () => {
    const values = {
      objectClass: ['inetOrgPerson'],
      MAIL: ['Anna.Bianchi@Comune.example.it'],
      cn: ['Anna Bianchi'],
      mailAlternateAddress: ['A.Bianchi@comune.example.it'],
      mailLocalAddress: ['anna.bianchi@comune.example.it', 'anna@comune.example.it'],
    }
    expect(read(values)).toEqual({
      ...{ address: 'anna.bianchi@comune.example.it', name: 'Anna Bianchi', kind: null, quotaBytes: null },
      aliases: ['anna@comune.example.it', 'a.bianchi@comune.example.it'],
      forwards: [],
    })
  })

  test('of Exchange has the address called primary; what is no address of mail is none', () => {
    const found = read({
      objectClass: ['user'],
      mail: ['vecchio@comune.example.it'],
      displayName: ['Rossi Mario'],
      cn: ['mrossi'],
      proxyAddresses: [
        ...['smtp:m.rossi@comune.example.it', 'SMTP:Mario.Rossi@comune.example.it', 'X400:c=IT;a= ;p=Comune'],
        'sip:mario.rossi@comune.example.it',
      ],
    })
    expect(found).toMatchObject({ address: 'mario.rossi@comune.example.it', name: 'Rossi Mario' })
    expect(found?.aliases?.toSorted()).toEqual([...['m.rossi@comune.example.it', 'vecchio@comune.example.it']])
  })

  test('says where its mail goes, and whether a copy stays', () => {
    const values = { mail: ['a@x.it'], mailForwardingAddress: ['b@x.it', 'a@x.it'] }
    expect(read(values)?.forwards).toEqual([{ address: 'b@x.it', keepsCopy: true }])
    expect(read({ ...values, deliveryMode: ['noLocal'] })?.forwards).toEqual([{ address: 'b@x.it', keepsCopy: false }])
  })

  test('without an address is none, nor is a contact or a computer', () => {
    expect(read({ objectClass: ['person'], cn: ['Senza'] })).toBeNull()
    expect(read({ objectClass: ['person', 'Contact'], mail: ['fuori@altrove.example'] })).toBeNull()
    expect(read({ objectClass: ['user', 'computer'], mail: ['pc@comune.example.it'] })).toBeNull()
  })

  test('is of the kind the first rule says, by an attribute or by the address', () => {
    const mapping = boxMapping.parse({
      kinds: [
        { pattern: 'protocollo*@*', kind: 'office' },
        { attribute: 'employeeType', pattern: 'servizio', kind: 'service' },
      ],
    })
    const kind = (values: Record<string, string[]>) => read(values, mapping)?.kind
    expect(kind({ mail: ['protocollo.generale@x.it'], employeeType: ['servizio'] })).toBe('office')
    expect(kind({ mail: ['sportello@x.it'], EmployeeType: ['Servizio'] })).toBe('service')
    expect(kind({ mail: ['mario@x.it'], employeeType: ['servizio civile'] })).toBeNull()
    expect(attributesOf(mapping)).toContain('employeeType')
  })
})

describe('a list', () => {
  const people = new Map([['cn=anna,dc=x', 'anna@x.it']])
  test('reaches the addresses of its members by name or by address; who has none is left out', () => {
    const found = read(
      {
        ...{ objectClass: ['groupOfUniqueNames'], mail: ['tutti@x.it'], cn: ['Tutti'] },
        uniqueMember: ["CN=Anna, DC=x#'01'B", 'cn=nessuno,dc=x'],
        rfc822MailMember: ['Fuori@Altrove.example'],
      },
      usual,
      (dn) => people.get(nameKey(dn)),
    )
    expect(found).toMatchObject({ kind: 'list', address: 'tutti@x.it' })
    expect(found?.forwards).toEqual([
      { address: 'anna@x.it', keepsCopy: false },
      { address: 'fuori@altrove.example', keepsCopy: false },
    ])
  })

  test('whose members are reckoned each time says nothing of them; one without members has none', () => {
    const group = (objectClass: string) =>
      boxOf(entry({ objectClass: [objectClass], mail: ['l@x.it'] }), usual, { aliases: false, forwards: false }, nobody)
    expect(group('groupOfURLs')).toMatchObject({ kind: 'list', forwards: null, aliases: null })
    expect(group('group')).toMatchObject({ kind: 'list', forwards: [] })
  })
})

test('of what a directory speaks nowhere, nothing is said', () => {
  const entries = [entry({ mail: ['a@x.it'] }), entry({ mail: ['b@x.it'], mailAlternateAddress: ['c@x.it'] })]
  expect(spokenIn(entries, usual)).toEqual({ aliases: true, forwards: false })
  expect(boxOf(entry({ mail: ['a@x.it'] }), usual, { aliases: true, forwards: false }, nobody)).toMatchObject({
    forwards: null,
  })
})

test('names of entries are asked for once, however they are written', () => {
  const entries = [
    entry({ member: ['CN=Anna, DC=x', 'cn=anna,dc=x', 'diretto@x.it'] }),
    entry({ mailForwardingAddress: ['cn=altro,dc=x'] }),
  ]
  expect(namesIn(entries, usual)).toEqual(['cn=anna,dc=x', 'cn=altro,dc=x'])
})

test.each([
  ['10485760S,1000C', 1, 10_485_760],
  ['1000C,10485760S', 1, 10_485_760],
  ['5G', 1, 5 * 1024 ** 3],
  ['500 MB', 1, 500 * 1024 ** 2],
  ['2048', 1024, 2_097_152],
  ['0', 1, null],
  ['0S', 1, null],
  ['molto', 1, null],
  ['999999999999999T', 1, null],
])('a quota of %s in units of %i is %s', (text, unit, bytes) => expect(quotaOf(text, unit)).toBe(bytes))

test('a pattern is of the whole text, and only its asterisks are anything', () => {
  expect(matches('protocollo*@comune.example.it', 'PROTOCOLLO.generale@comune.example.it')).toBe(true)
  expect(matches('a.b@x.it', 'a-b@x.it')).toBe(false)
  expect(matches('gruppo', 'gruppo di lavoro')).toBe(false)
})

test('a mapping with anything unknown in it is none', () => {
  expect(boxMapping.safeParse({ kinds: [{ pattern: '*', kind: 'ufficio' }] }).success).toBe(false)
  expect(boxMapping.safeParse({ indirizzo: ['mail'] }).success).toBe(false)
  expect(boxMapping.safeParse({ members: ['(cn=*)'] }).success).toBe(false)
})
