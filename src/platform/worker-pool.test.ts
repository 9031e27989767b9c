import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openWorkerPool } from './worker-pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'sitec-pool-'))

// "!" hangs, "x" dies, "env" tells what it sees of the environment; anything else comes back as it is.
const body = `(job, answer) => {
  if (job === '!') for (;;);
  if (job === 'x') process.kill(process.pid, 'SIGSEGV')
  answer(job === 'env' ? JSON.stringify(process.env) : { job })
}`

const files = {
  thread: `import { parentPort } from 'node:worker_threads'
const work = ${body.replace("process.kill(process.pid, 'SIGSEGV')", "throw new Error('no')")}
parentPort.on('message', (job) => work(job, (answer) => parentPort.postMessage(answer)))`,
  process: `const work = ${body}
process.on('message', (job) => work(job.toString(), (answer) => process.send(answer)))`,
}

function pool(apart: 'thread' | 'process', more: { waitingLimit?: number } = {}) {
  const entry = join(folder, `${apart}.mjs`)
  writeFileSync(entry, files[apart])
  return openWorkerPool<string, unknown>({
    ...{ entry, apart, threads: 1, timeLimitMs: 1500, idleMs: 20_000, memoryMb: 64, ...more },
    message: (job) => [apart === 'process' ? Buffer.from(job) : job, []],
  })
}

describe.each(['thread', 'process'] as const)('work in a %s', (apart) => {
  test('one that hangs or dies is replaced, and only its job fails', async () => {
    const opened = pool(apart)
    const found = await Promise.all(['a', '!', 'b', 'x', 'c'].map((job) => opened.run(job)))
    expect(found.map((outcome) => (outcome.is === 'answer' ? outcome.answer : outcome.is))).toEqual([
      { job: 'a' },
      'timeout',
      { job: 'b' },
      'crash',
      { job: 'c' },
    ])
    await opened.close()
    expect(await opened.run('again')).toEqual({ is: 'answer', answer: { job: 'again' } })
    await opened.close()
  })

  test('jobs beyond the limit are turned away at once, the others are done', async () => {
    const opened = pool(apart, { waitingLimit: 2 })
    const found = await Promise.all(['a', 'b', 'c', 'd'].map((job) => opened.run(job)))
    expect(found.map(({ is }) => is)).toEqual(['answer', 'answer', 'answer', 'busy'])
    await opened.close()
  })
})

test('a process sees nothing of the environment', async () => {
  const opened = pool('process')
  expect(await opened.run('env')).toEqual({ is: 'answer', answer: '{}' })
  await opened.close()
})

test('one whose file is not there fails its jobs, not the server', async () => {
  for (const apart of ['thread', 'process'] as const) {
    const opened = openWorkerPool({
      ...{ entry: join(folder, 'nowhere.mjs'), apart, threads: 1, timeLimitMs: 5000, idleMs: 1000, memoryMb: 64 },
    })
    expect(await opened.run('a')).toEqual({ is: 'crash' })
    await opened.close()
  }
})
