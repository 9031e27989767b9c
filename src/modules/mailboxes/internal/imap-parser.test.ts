import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf } from './digest.ts'
import { type Answer, type LiteralMode, openParser } from './imap-parser.ts'

const message = Buffer.from('Subject: {12}\r\n\r\nA1 OK non è la fine\r\n\0\xff', 'latin1')
const stream = Buffer.concat([
  Buffer.from(`* 1 FETCH (UID 7 BODY[] {${message.length}}\r\n`),
  message,
  Buffer.from(' FLAGS (\\Seen))\r\n* 2 FETCH (UID 8 BODY[] {0}\r\n)\r\nA1 OK Fatto.\n'),
])

function heard(chunks: readonly Buffer[], mode: LiteralMode): Answer[] {
  const answers: Answer[] = []
  const parser = openParser(
    (answer) => answers.push(answer),
    () => mode,
  )
  for (const chunk of chunks) parser.feed(chunk)
  return answers
}

test('however the network cuts it, the answers are the same, and a message is never taken for one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
      const chunks = places.slice(1).map((end, index) => stream.subarray(places[index], end))
      const [first, second, done, ...more] = heard(chunks, 'keep')
      expect(first?.literals.map(({ bytes }) => bytes?.equals(message))).toEqual([true])
      expect(first?.text).toMatch(/^\* 1 FETCH .* FLAGS \(\\Seen\)\)$/)
      expect(second?.literals.map(({ size }) => size)).toEqual([0])
      expect([done?.text, more]).toEqual(['A1 OK Fatto.', []])
    }),
  )
})

test('a message whose digest is enough is not kept', () => {
  const [first, second] = heard([stream], 'digest')
  expect(first?.literals).toEqual([{ size: message.length, sha256: digestOf(message), bytes: null }])
  expect(second?.literals).toEqual([{ size: 0, sha256: digestOf(Buffer.alloc(0)), bytes: null }])
})

test('a line that does not end is given up', () => {
  const endless = Buffer.alloc(1_000_000, 'x')
  expect(() =>
    heard(
      Array.from({ length: 20 }, () => endless),
      'keep',
    ),
  ).toThrow(/does not end/)
})
