import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { projectRoot } from '../src/platform/root.ts'

test('ten SIGKILLs each of server and PostgreSQL under load lose no acknowledged write', {
  timeout: 900_000,
}, async () => {
  const child = spawn(process.execPath, ['tests/torture.ts', '--kills', '10', '--only', 'server', '--json'], {
    cwd: projectRoot(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [output, errors, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  console.log(errors.trim())
  const outcome = output === '' ? { losses: [errors] } : JSON.parse(output)
  // What was lost is told by the comparison itself: it is the last thing a report keeps.
  expect(outcome.losses).toEqual([])
  expect({ exit, kills: outcome.kills }).toEqual({ exit: 0, kills: { server: 10, postgres: 10 } })
})
