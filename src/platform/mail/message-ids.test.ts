import { randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readMessageId, signMessageId } from './message-ids.ts'

const secret = randomBytes(32)
const thread = { organisationId: randomUUID(), caseId: randomUUID(), eventId: 4_711_000 }

test('a reply names the Message-ID we signed, and leads back to its case and event', () => {
  const id = signMessageId(secret, thread, 'comune.example.it')
  expect(readMessageId(secret, id)).toEqual(thread)
  expect(readMessageId(secret, id.slice(1, -1).toUpperCase())).toEqual(thread)
})

test('one letter changed, another installation’s key, or somebody else’s Message-ID lead nowhere', () => {
  const id = signMessageId(secret, thread, 'comune.example.it')
  const altered = id.replace(thread.caseId.replaceAll('-', ''), randomUUID().replaceAll('-', ''))
  expect(readMessageId(secret, altered)).toBeNull()
  expect(readMessageId(randomBytes(32), id)).toBeNull()
  expect(readMessageId(secret, '<CAF1234@mail.example.org>')).toBeNull()
  expect(readMessageId(secret, '')).toBeNull()
})
