import { expect, test } from 'vitest'
import { isReplyLine, replyLine } from './reply-line.ts'

test('the line is known again, quoted, in bold, in both languages; words that resemble it are not the line', () => {
  const ours = [replyLine('it'), `> ${replyLine('it')}`, `>> *${replyLine('en')}*`, '\tRispondi sopra questa riga\r']
  expect(ours.map(isReplyLine)).toEqual([true, true, true, true])
  const others = ['', '--', 'Rispondi sopra questa riga, mi ha detto', 'Rispondi']
  expect(others.map(isReplyLine)).toEqual([false, false, false, false])
})
