/** `sitec mail copy`, and the servers it copies between, killed at random moments: each message exactly as often as at the source. */
import { afterAll, describe, expect, test } from 'vitest'
import { whyNoDovecot } from './support/dovecot.ts'
import { newBefore, tortureMail } from './support/mail-torture.ts'
import { cleanUp } from './support/server.ts'

const why = whyNoDovecot()

afterAll(cleanUp)

describe.skipIf(why !== null)(`a copy that is killed${why === null ? '' : ` (skipped: ${why})`}`, () => {
  test('ten SIGKILLs of engine, source and target: nothing lost, nothing twice', { timeout: 900_000 }, async () => {
    const { losses, kills, midway, messages } = await tortureMail(10, 20_261_130)
    // What was lost is told by the comparison itself: it is the last thing a report keeps.
    expect(losses).toEqual([])
    expect({ kills, messages }).toEqual({ kills: { engine: 4, source: 3, target: 3 }, messages: 10 * newBefore })
    expect(midway).toBeGreaterThanOrEqual(2)
  })
})
