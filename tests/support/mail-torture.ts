/** `sitec mail copy` while engine, source and target are killed at random moments; every message must be there as often as at the source. */
import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, seeded } from '../../demo/random.ts'
import { seedDemo } from '../../demo/seed.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { contentsOf, fillMailbox } from './mailbox.ts'
import { cleanUp, newFolder, type Start, servicesOf } from './server.ts'

/** Messages that arrive before each kill: enough that a copy of them takes longer than a moment. */
export const newBefore = 500

const victims = ['engine', 'source', 'target'] as const
type Victim = (typeof victims)[number]

/** What happened; `losses` is empty when source and target are equal. */
export type MailOutcome = {
  seed: number
  kills: Record<Victim, number>
  /** Kills that interrupted something: the run ended by them, or had to begin anew in the middle. */
  midway: number
  messages: number
  seconds: number
  losses: string[]
}

// A killed process loses nothing that the kernel has: waiting for the disk would only take time.
type Scene = { start: Start; source: Dovecot; target: Dovecot; random: Random }

/** Kills `kills` times, in turns; between kills new messages arrive at the source. Stops by itself. */
export async function tortureMail(kills: number, seed: number): Promise<MailOutcome> {
  const began = performance.now()
  const outcome: MailOutcome = {
    ...{ seed, kills: { engine: 0, source: 0, target: 0 }, midway: 0, messages: 0, seconds: 0, losses: [] },
  }
  const scene: Scene = {
    start: { data: newFolder('mail-torture') },
    source: await startDovecot({ format: 'sdbox', extra: 'mail_fsync = never' }),
    target: await startDovecot({ format: 'sdbox', extra: 'mail_fsync = never' }),
    random: seeded(seed),
  }
  // Open for the whole time, so that no run waits for the database to start.
  const services = await servicesOf(scene.start)
  try {
    await seedDemo(services, 0.01)
    scene.source.doveadm(['mailbox', 'create', '-u', scene.source.user, 'Archivio/2016'])
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = victims[kill % victims.length] ?? 'engine'
      await fillMailbox(scene.source, newBefore, {
        seed: seed + kill,
        ...(kill % 2 === 1 && { folder: 'Archivio/2016' }),
      })
      if (await killOnce(scene, victim)) outcome.midway += 1
      outcome.kills[victim] += 1
    }
    // Bounded: what two quiet runs do not bring is a loss.
    for (let run = 0; run < 2; run += 1) {
      const { exit } = await runCopy(scene, null)
      if (exit === 0) break
      if (run === 1) outcome.losses.push(`The last run ended with ${exit}`)
    }
    const [here, there] = [contentsOf(scene.source), contentsOf(scene.target)]
    outcome.messages = here.length
    outcome.losses.push(...differences(here, there))
  } finally {
    await services.close()
    await scene.source.stop()
    await scene.target.stop()
    await cleanUp()
  }
  outcome.seconds = Math.round((performance.now() - began) / 1000)
  return outcome
}

function differences(here: readonly string[], there: readonly string[]): string[] {
  const times = (lines: readonly string[]) => {
    const counts = new Map<string, number>()
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
    return counts
  }
  const [ours, theirs] = [times(here), times(there)]
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((line) => {
    const [wanted, found] = [ours.get(line) ?? 0, theirs.get(line) ?? 0]
    return wanted === found ? [] : [`${found} times instead of ${wanted}: ${line}`]
  })
}

// Answers whether it came in the middle of something.
async function killOnce(scene: Scene, victim: Victim): Promise<boolean> {
  if (victim === 'engine') {
    const { exit } = await runCopy(scene, (engine) => engine.kill('SIGKILL'))
    return exit === null
  }
  const server = scene[victim]
  const { exit, wasDropped } = await runCopy(scene, async () => {
    await server.kill()
    await sleep(scene.random.whole(0, 400))
    await server.startAgain()
  })
  return exit !== 0 || wasDropped
}

/** One run; `strike` happens at a random moment after it has begun to copy. Answers with its exit, and whether a server went away. */
async function runCopy({ start, source, target, random }: Scene, strike: ((engine: ChildProcess) => unknown) | null) {
  const { user, password } = source
  const ends = ['--from', `imap://${user}@127.0.0.1:${source.port}`, '--to', `imap://${user}@127.0.0.1:${target.port}`]
  const child = spawn(
    process.execPath,
    ['src/cli/main.ts', 'mail', 'copy', ...ends, '--insecure-loopback', '--timeout', '5', '--json'],
    {
      cwd: projectRoot(),
      env: {
        PATH: process.env.PATH,
        SITEC_DATA: start.data,
        SITEC_FROM_PASSWORD: password,
        SITEC_TO_PASSWORD: password,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  const output = text(child.stdout)
  if (strike !== null) {
    // The first line it says is that something was brought; some strikes come before, while it signs in and looks.
    const begun = new Promise<void>((done) => child.stderr.once('data', () => done()))
    await Promise.race([begun, ended, sleep(random.chance(0.25) ? random.whole(500, 1200) : 10_000)])
    await sleep(random.whole(0, 200))
    await strike(child)
  }
  child.stderr.resume()
  const exit = await ended
  return { exit, wasDropped: /"code":"(dropped|unreachable|timeout)"/.test(await output) }
}
