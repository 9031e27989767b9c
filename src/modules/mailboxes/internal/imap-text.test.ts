import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeFolder,
  encodeFolder,
  flagText,
  instantOf,
  internalDate,
  numbersOf,
  quoted,
  sameFlags,
  sequenceSet,
  tokensOf,
} from './imap-text.ts'

describe('names of folders in modified UTF-7', () => {
  test('the examples of RFC 3501 §5.1.3, and accents as offices write them', () => {
    expect(encodeFolder('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-')
    expect(encodeFolder('Attività & più')).toBe('Attivit&AOA- &- pi&APk-')
    expect(decodeFolder('Attivit&AOA- &- pi&APk-')).toBe('Attività & più')
    expect(decodeFolder('A&B')).toBe('A&B')
  })

  test('every name comes back, and only plain characters travel', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(decodeFolder(encodeFolder(name))).toBe(name)
        expect(encodeFolder(name)).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })
})

test('dates of arrival keep their instant, whatever zone they are written in', () => {
  expect(internalDate(new Date('1998-12-31T23:59:59Z'))).toBe('31-Dec-1998 23:59:59 +0000')
  expect(internalDate(new Date('2017-03-01T07:05:09Z'))).toBe(' 1-Mar-2017 07:05:09 +0000')
  expect(instantOf('17-Jul-1996 02:44:25 -0700')?.toISOString()).toBe('1996-07-17T09:44:25.000Z')
  expect(instantOf(' 1-Mar-2017 08:05:09 +0100')?.toISOString()).toBe('2017-03-01T07:05:09.000Z')
  expect(instantOf('not a date')).toBeNull()
})

test('flags have one order and no case; what belongs to a session is left out', () => {
  expect(flagText(['\\Seen', 'Protocollo', '\\Recent', '\\Answered'])).toBe('\\Answered \\Seen Protocollo')
  expect(sameFlags('\\Seen protocollo', 'PROTOCOLLO \\seen')).toBe(true)
  expect(sameFlags('\\Seen', '\\Seen \\Flagged')).toBe(false)
})

test('numbers as sequence sets, and back', () => {
  expect(sequenceSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10')
  expect(sequenceSet([])).toBe('')
  expect(numbersOf('304,319:320')).toEqual([304, 319, 320])
  expect(numbersOf('1:4000000000')).toEqual([]) // no server sends it, and none shall fill the memory with it
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 5000 })), (numbers) => {
      const sorted = numbers.toSorted((a, b) => a - b)
      expect(sorted.length === 0 ? [] : numbersOf(sequenceSet(sorted))).toEqual(sorted)
    }),
  )
})

test('answers of servers taken apart: lists, strings, NIL, literals', () => {
  expect(tokensOf('* LIST (\\HasNoChildren \\Sent) "/" "Posta \\"inviata\\""')).toEqual([
    '*',
    'LIST',
    ['\\HasNoChildren', '\\Sent'],
    '/',
    'Posta "inviata"',
  ])
  expect(tokensOf('* 1 FETCH (UID 7 BODY[HEADER.FIELDS (DATE)] {5} FLAGS () X NIL Y {0})')).toEqual([
    '*',
    '1',
    'FETCH',
    ['UID', '7', 'BODY[HEADER.FIELDS (DATE)]', { literal: 0 }, 'FLAGS', [], 'X', null, 'Y', { literal: 1 }],
  ])
  fc.assert(fc.property(fc.string(), (text) => void tokensOf(text))) // whatever a server says, it ends
})

test('what a quoted string cannot hold goes as a literal', () => {
  expect(quoted('a "b" \\c')).toBe('"a \\"b\\" \\\\c"')
  expect(quoted('pàssword')).toBeNull()
  expect(quoted('a\r\nLOGOUT')).toBeNull()
})
