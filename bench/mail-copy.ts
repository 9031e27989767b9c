/**
 * `node bench/mail-copy.ts [--messages 4000] [--rounds 2] [--second-run 100000] [--no-fsync] [--json]`: `sitec mail copy` beside mbsync, on the same messages,
 * between two Dovecots on loopback, at 0 and at 20 ms to the target; then a second run, and the memory with a large message.
 * Both write to the disk of the folder for temporary files; `--no-fsync` has the target not wait for it. Exit 1 when something could not be measured.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { seedDemo } from '../demo/seed.ts'
import type { CopyResult } from '../src/modules/mailboxes/schema.ts'
import { projectRoot } from '../src/platform/root.ts'
import { startDistance } from '../tests/support/delay.ts'
import { type Dovecot, startDovecot, whyNoDovecot, whyNoMbsync } from '../tests/support/dovecot.ts'
import { fillMailbox } from '../tests/support/mailbox.ts'
import { cleanUp, newFolder, type Start, servicesOf } from '../tests/support/server.ts'

const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '2' },
    'second-run': { type: 'string', default: '0' },
    'no-fsync': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const messages = Number(options.messages)
const rounds = Number(options.rounds)
const work = mkdtempSync(join(tmpdir(), 'sitec-mail-bench-'))

type Ran = { seconds: number; wallSeconds: number; peakMiB: number; result: CopyResult }
type Round = { roundTripMs: number; mbsync: number; sitec: number; wall: number; peakMiB: number }

function say(line: string) {
  process.stderr.write(`${line}\n`)
}

/** The command, to its end; memory is the most it held (VmHWM). */
async function copy(start: Start, source: Dovecot, port: number, extra: string[] = []): Promise<Ran> {
  const { user, password } = source
  const ends = ['--from', `imap://${user}@127.0.0.1:${source.port}`, '--to', `imap://${user}@127.0.0.1:${port}`]
  const began = performance.now()
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', 'src/cli/main.ts', 'mail', 'copy', ...ends, '--insecure-loopback', '--json', ...extra],
    {
      cwd: projectRoot(),
      env: {
        PATH: process.env.PATH,
        SITEC_DATA: start.data,
        SITEC_FROM_PASSWORD: password,
        SITEC_TO_PASSWORD: password,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let peakMiB = 0
  const watching = setInterval(() => {
    peakMiB = Math.max(peakMiB, peakOf(child))
  }, 50)
  const exit = new Promise<number | null>((done) => child.once('close', done))
  const [output, code] = await Promise.all([text(child.stdout), exit])
  clearInterval(watching)
  if (code !== 0) throw new Error(`mail copy ended with ${code}: ${output.slice(0, 2000)}`)
  const result: CopyResult = JSON.parse(output)
  return { seconds: result.seconds, wallSeconds: (performance.now() - began) / 1000, peakMiB, result }
}

function peakOf(child: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

async function mbsync(source: Dovecot, port: number): Promise<number> {
  const folder = mkdtempSync(join(work, 'mbsync-'))
  const store = (name: string, number: number) =>
    `IMAPAccount ${name}\nHost 127.0.0.1\nPort ${number}\nUser ${source.user}\nPass ${source.password}\nSSLType None\nAuthMechs LOGIN\n\nIMAPStore ${name}\nAccount ${name}\n\n`
  writeFileSync(
    join(folder, 'rc'),
    `${store('far', source.port)}${store('near', port)}Channel copy\nFar :far:\nNear :near:\nPatterns *\nCreate Near\nSync Pull New Flags\nCopyArrivalDate yes\nSyncState ${folder}/\n`,
  )
  const began = performance.now()
  const child = spawn('mbsync', ['-q', '-c', join(folder, 'rc'), 'copy'], { stdio: 'inherit' })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  if (code !== 0) throw new Error(`mbsync ended with ${code}`)
  return (performance.now() - began) / 1000
}

// Without waiting for the disk, as on a machine with fast disks; for both alike.
const extra = options['no-fsync'] ? 'mail_fsync = never' : ''

/** A fresh target, at a distance. */
async function onTarget<Result>(roundTripMs: number, use: (port: number) => Promise<Result>): Promise<Result> {
  const target = await startDovecot({ format: 'sdbox', extra })
  const distance = await startDistance(target.port, roundTripMs)
  try {
    return await use(roundTripMs === 0 ? target.port : distance.port)
  } finally {
    await distance.close()
    await target.stop()
  }
}

async function measure(start: Start, source: Dovecot, roundTripMs: number): Promise<Round> {
  const theirs = await onTarget(roundTripMs, (port) => mbsync(source, port))
  say(`  mbsync ${theirs.toFixed(1)} s`)
  const ours = await onTarget(roundTripMs, (port) => copy(start, source, port))
  say(`  sitec ${ours.seconds.toFixed(1)} s, with its start ${ours.wallSeconds.toFixed(1)} s, ${ours.peakMiB} MiB`)
  const { verified } = ours.result.messages
  if (verified !== messages) throw new Error(`${verified} of ${messages} messages were verified`)
  return { roundTripMs, mbsync: theirs, sitec: ours.seconds, wall: ours.wallSeconds, peakMiB: ours.peakMiB }
}

async function main() {
  const why = whyNoDovecot() ?? whyNoMbsync()
  if (why !== null) throw new Error(why)
  const start: Start = { data: newFolder('mail-bench') }
  const services = await servicesOf(start)
  await seedDemo(services, 0.01)
  const source = await startDovecot({ format: 'sdbox', extra: 'mail_fsync = never' })
  try {
    const bytes = await fillMailbox(source, messages)
    say(`${messages} messages, ${Math.round(bytes / 1_048_576)} MiB`)
    const all: Round[] = []
    for (let round = 0; round < rounds; round += 1)
      for (const roundTripMs of [0, 20]) {
        say(`round ${round + 1}, ${roundTripMs} ms`)
        all.push(await measure(start, source, roundTripMs))
      }
    const large = await withLargeMessage(start)
    report(all, large, await secondRun(start))
  } finally {
    await source.stop()
    await services.close()
    await cleanUp()
    rmSync(work, { recursive: true, force: true })
  }
}

/** The most memory with one message of 50 MiB. */
async function withLargeMessage(start: Start): Promise<Ran> {
  const source = await startDovecot({ format: 'sdbox' })
  try {
    const line = `${'x'.repeat(76)}\r\n`
    source.deliver(Buffer.from(`Subject: grande\r\n\r\n${line.repeat(Math.ceil((50 * 1_048_576) / line.length))}`))
    return await onTarget(0, (port) => copy(start, source, port))
  } finally {
    await source.stop()
  }
}

/** How long a run takes that has nothing to do, on so many messages as were asked for. */
async function secondRun(start: Start): Promise<Ran | null> {
  const count = Number(options['second-run'])
  if (count === 0) return null
  const source = await startDovecot({ format: 'sdbox', extra: 'mail_fsync = never' })
  const target = await startDovecot({ format: 'sdbox', extra: 'mail_fsync = never' })
  try {
    await fillMailbox(source, count, { size: 800 })
    say(`${count} small messages: first run`)
    const first = await copy(start, source, target.port)
    say(`  ${first.seconds.toFixed(1)} s, ${first.peakMiB} MiB`)
    return await copy(start, source, target.port)
  } finally {
    await source.stop()
    await target.stop()
  }
}

function report(all: readonly Round[], large: Ran, second: Ran | null) {
  const lines = all.map(({ roundTripMs, mbsync, sitec, wall, peakMiB }) => ({
    ...{ roundTripMs, mbsyncPerSecond: Math.round(messages / mbsync), sitecPerSecond: Math.round(messages / sitec) },
    ...{ ratio: Number((mbsync / sitec).toFixed(2)), ratioWithStart: Number((mbsync / wall).toFixed(2)), peakMiB },
  }))
  const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.version}`
  const more = {
    largeMessagePeakMiB: large.peakMiB,
    ...(second && {
      secondRun: { messages: second.result.messages.source, seconds: second.seconds, wall: second.wallSeconds },
    }),
  }
  if (options.json) return console.log(JSON.stringify({ machine, messages, lines, ...more }))
  console.log(machine)
  console.table(lines)
  console.table(more)
}

await main()
