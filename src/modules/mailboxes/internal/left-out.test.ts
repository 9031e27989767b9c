import { expect, test } from 'vitest'
import { leavingOut, nothingLeftOut } from './left-out.ts'
import type { Listed, Source } from './source.ts'

const message = (uid: number, at: string | null): Listed => ({
  ...{ uid, size: 100, flags: '' },
  receivedAt: at === null ? null : new Date(at),
})
const listed = [
  message(1, '2026-11-02T09:00:00Z'),
  message(2, '2026-11-02T09:00:01Z'),
  message(3, null),
  message(4, '2026-11-20T08:00:00Z'),
]
const source = {
  open: async () => undefined,
  standing: async () => ({ uidvalidity: 7, uidnext: 5, messages: 4, modseq: null }),
  list: async () => listed,
} as Partial<Source> as Source // what is not there is not asked for
const second = (at: string) => Date.parse(at) / 1000
const seen = async (uidvalidity: number) => {
  const seconds = new Map([
    [1, second('2026-11-02T09:00:00Z')],
    [2, second('2019-01-01T00:00:00Z')],
    [3, null],
  ])
  const left = leavingOut(source, { ...nothingLeftOut, messages: new Map([['INBOX', { uidvalidity, seconds }]]) })
  await left.open('INBOX')
  return (await left.list(null)).map(({ uid }) => uid)
}

test('a message is left out by its number and the second it arrived; of another second it is another message', async () => {
  expect(await seen(7)).toEqual([2, 3, 4])
})

test('under other numbers nothing is left out', async () => {
  expect(await seen(8)).toEqual([1, 2, 3, 4])
})
