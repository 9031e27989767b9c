/** The built server as a child process, as `npm start` runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { projectRoot } from '../src/platform/root.ts'
import type { Cpu } from './load.ts'

export type Server = {
  pid: number
  port: number
  /** From spawning to the first good answer. */
  startMs: number
  /** Resident memory in MiB: now, and the most since the start. */
  memory: () => { now: number; most: number }
  /** Processor time so far: the server's, and that of every process of its PostgreSQL. */
  cpu: () => Cpu
  stop: () => Promise<void>
}

const startWithinMs = 60_000
const stopWithinMs = 20_000

// The memory limits of `npm start`.
const asStarted = ['--max-old-space-size=256', '--max-semi-space-size=8']

/** Starts the server and waits until every part of it is well. Its log goes to data/bench-server.log. */
export async function startServer(environment: Record<string, string>, nodeOptions: string[] = []): Promise<Server> {
  const log = openSync(join(projectRoot(), 'data', 'bench-server.log'), 'w', 0o600)
  const began = performance.now()
  const child = spawn(process.execPath, [...asStarted, ...nodeOptions, 'src/main.ts'], {
    cwd: projectRoot(),
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const port = Number(environment.PORT)
  await untilWell(child, port)
  return {
    pid: child.pid ?? 0,
    port,
    startMs: performance.now() - began,
    memory: () => memoryOf(child.pid ?? 0),
    cpu: () => ({ server: cpuOf(child.pid ?? 0), database: cpuOfDatabase(environment.SITEC_DATA ?? '') }),
    stop: async () => {
      await stop(child)
      process.off('exit', killAtExit)
    },
  }
}

async function untilWell(child: ChildProcess, port: number) {
  for (const until = Date.now() + startWithinMs; Date.now() < until; ) {
    if (child.exitCode !== null) throw new Error('The server ended by itself: see data/bench-server.log')
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null)
    await answer?.body?.cancel()
    if (answer?.status === 200) return
    await sleep(20)
  }
  child.kill('SIGKILL')
  throw new Error(`The server was not well within ${startWithinMs / 1000} s: see data/bench-server.log`)
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    const late = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
    child.once('exit', () => {
      clearTimeout(late)
      done()
    })
    child.kill('SIGTERM')
  })
}

function memoryOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mebibytes = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024)
  return { now: mebibytes('VmRSS'), most: mebibytes('VmHWM') }
}

/** Milliseconds, from ticks of a hundredth of a second; 0 for a process that is gone. */
function cpuOf(pid: number | string, parent?: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (parent !== undefined && Number(fields[1]) !== parent) return 0
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

function cpuOfDatabase(data: string): number {
  const file = join(data, 'postgres-18', 'postmaster.pid')
  if (!existsSync(file)) return 0
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0])
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .reduce((sum, pid) => sum + cpuOf(pid, postmaster), 0)
}
