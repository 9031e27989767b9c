/** For the tests: the built server, the command line and the database as processes that can be started, stopped and killed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Config, readConfig } from '../../src/config.ts'
import { addApiKey } from '../../src/modules/organisation/keys.ts'
import { actAs } from '../../src/platform/auth/actors.ts'
import type { Action } from '../../src/platform/permissions.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { type OpenServices, openServices } from '../../src/platform/services.ts'

/** The user `nobody`, as whom the tests run what an ordinary user would. */
export const ordinaryUser = 65_534
/** Longest wait for a server or a database; timings are reported, not tested. */
const longestWaitMs = 60_000

/** How to start: the data folder, and whatever else the environment shall hold. */
export type Start = { data: string; port?: number; env?: Record<string, string>; asOrdinaryUser?: boolean }
export type Ended = { code: number | null; signal: string | null }

/** A server's process, whether it serves yet or not. */
export type Process = {
  pid: number
  port: number
  url: string
  data: string
  /** Standard output and error so far (their ends, when there is much). */
  output: () => string
  errors: () => string
  ended: Promise<Ended>
  hasEnded: () => boolean
  /** SIGTERM, and wait. */
  stop: () => Promise<Ended>
  /** SIGKILL, and wait. */
  kill: () => Promise<Ended>
}
/** A server that answers; `readyMs` is how long it took from nothing. */
export type Serving = Process & { readyMs: number }

const folders = new Set<string>()
const dataFolders = new Set<string>()
const processes = new Set<Process>()

/** An empty folder (mode 0700) that `cleanUp` removes with the database in it. */
export function newFolder(name = 'robust', forOrdinaryUser = false): string {
  const folder = mkdtempSync(join(tmpdir(), `sitec-${name}-`))
  if (forOrdinaryUser) chownSync(folder, ordinaryUser, ordinaryUser)
  folders.add(folder)
  return folder
}

/** Kills what the tests left running and removes their folders. */
export async function cleanUp(): Promise<void> {
  for (const one of processes) if (!one.hasEnded()) await one.kill()
  for (const folder of folders) {
    for (const data of dataFolders) {
      const pid = data.startsWith(folder) ? postmasterPid(data) : null
      if (pid !== null) await end(pid)
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  }
  folders.clear()
  dataFolders.clear()
  processes.clear()
}

// A postmaster of ours, whose server was killed.
async function end(pid: number) {
  process.kill(pid, 'SIGINT')
  await until(() => !isAlive(pid), 10_000).catch(() => process.kill(pid, 'SIGKILL'))
}

/** A port of loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** The environment of a process under test: nothing of ours but what a shell would have. */
function environment(start: Start, port: number): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: start.asOrdinaryUser ? start.data : (process.env.HOME ?? ''),
    LANG: 'C.UTF-8',
    PORT: String(port),
    SITEC_DATA: start.data,
    DEMO_SCALE: '0.01',
    ...start.env,
  }
}

function launch(start: Start, port: number, words: string[]): ChildProcess {
  dataFolders.add(start.data)
  const as = start.asOrdinaryUser
    ? ['setpriv', `--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, '--clear-groups', process.execPath]
    : [process.execPath]
  const [file = '', ...args] = [...as, ...words]
  return spawn(file, args, {
    cwd: projectRoot(),
    env: environment(start, port),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Starts a server without waiting for it. */
export async function beginServer(start: Start): Promise<Process> {
  const port = start.port ?? (await freePort())
  const child = launch(start, port, ['src/main.ts'])
  const said = { all: '', errors: '' }
  const keep = (text: string, more: string) => (text + more).slice(-200_000)
  child.stdout?.on('data', (bytes) => (said.all = keep(said.all, String(bytes))))
  child.stderr?.on('data', (bytes) => {
    said.all = keep(said.all, String(bytes))
    said.errors = keep(said.errors, String(bytes))
  })
  let hasEnded = false
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => {
      hasEnded = true
      resolve({ code, signal })
    }),
  )
  const signal = (name: 'SIGTERM' | 'SIGKILL') => () => {
    child.kill(name)
    return ended
  }
  const begun: Process = {
    pid: child.pid ?? 0,
    port,
    url: `http://127.0.0.1:${port}`,
    data: start.data,
    output: () => said.all,
    errors: () => said.errors,
    ended,
    hasEnded: () => hasEnded,
    stop: signal('SIGTERM'),
    kill: signal('SIGKILL'),
  }
  processes.add(begun)
  return begun
}

/** Starts a server and waits until /status says that all is well. */
export async function startServer(start: Start): Promise<Serving> {
  const began = performance.now()
  const begun = await beginServer(start)
  await untilWell(begun)
  return { ...begun, readyMs: Math.round(performance.now() - began) }
}

/** Waits until the server answers well at /status; returns the milliseconds. Throws what it said when it ended instead. */
export async function untilWell(server: Process, limitMs = longestWaitMs): Promise<number> {
  const began = performance.now()
  await until(async () => {
    if (server.hasEnded()) throw new Error(`The server ended: ${server.output().slice(-3000)}`)
    return (await statusOf(server))?.isWell === true
  }, limitMs).catch((cause) => {
    throw new Error(`Not well within ${limitMs} ms: ${cause}\n${server.output().slice(-3000)}`, { cause })
  })
  return Math.round(performance.now() - began)
}

export type Status = { http: number; isWell: boolean; parts: Record<string, { isWell: boolean; says: string }> }

/** What /status says, or null when nothing answers. */
export async function statusOf(server: Pick<Process, 'url'>): Promise<Status | null> {
  try {
    const response = await fetch(`${server.url}/status`, { signal: AbortSignal.timeout(20_000) })
    return { ...((await response.json()) as Omit<Status, 'http'>), http: response.status }
  } catch {
    return null
  }
}

/** Polls until true; what the question throws is thrown. */
export async function until(question: () => boolean | Promise<boolean>, limitMs = longestWaitMs): Promise<void> {
  const began = performance.now()
  while (!(await question())) {
    if (performance.now() - began > limitMs) throw new Error(`Waited ${limitMs} ms in vain`)
    await sleep(20)
  }
}

/** The postmaster named in the data folder, when that process lives. */
export function postmasterPid(data: string, major: 15 | 18 = 18): number | null {
  const file = join(data, `postgres-${major}`, 'postmaster.pid')
  if (!existsSync(file)) return null
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    return pid > 1 && isAlive(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data) ? pid : null
  } catch {
    return null // the file or the process went between two looks
  }
}

/** Whether a process lives (one that ended but was not waited for does not). */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

export type Said = { exit: number | null; json: unknown; text: string; errors: string }

/** Runs the command line to its end; `json` is what `--json` printed. */
export async function sitec(start: Start, ...words: string[]): Promise<Said> {
  const child = launch(start, start.port ?? 3000, ['bin/sitec.mjs', ...words])
  let [text, errors] = ['', '']
  child.stdout?.on('data', (bytes) => (text += String(bytes)))
  child.stderr?.on('data', (bytes) => (errors += String(bytes)))
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const isJson = words.includes('--json') && text !== ''
  return { exit, text, errors, json: isJson ? JSON.parse(text) : null }
}

/** Services in this process on the same data, beside the server or without one; to be closed. */
export function servicesOf(start: Start): Promise<OpenServices> {
  return openServices(configOf(start), { listens: false })
}

/** The configuration the server has. */
export function configOf(start: Start): Config {
  return readConfig({ ...start.env, SITEC_DATA: start.data, PORT: String(start.port ?? 3000) })
}

/** A key for the API as this person of the demo city, made by its administrator. */
export async function apiKey(start: Start, email: string, scopes: Action[]): Promise<string> {
  const services = await servicesOf(start)
  try {
    const people = await services.database.owner
      .selectFrom('person')
      .select(['id', 'email', 'organisation_id'])
      .where('email', 'in', [email, 'amministratore@comune.example.it'])
      .execute()
    const administrator = people.find((person) => person.email.startsWith('amministratore@'))
    const person = people.find((person) => person.email === email)
    const context = administrator && (await actAs(services, administrator.organisation_id, administrator.id, 'cli'))
    if (!context || !person) throw new Error(`The demo city has no ${email}`)
    return (await addApiKey(context, { name: 'test', personId: person.id, days: 1, scopes })).token
  } finally {
    await services.close()
  }
}

/** One call of the API. */
export async function call(
  server: Pick<Process, 'url'>,
  token: string,
  method: string,
  path: string,
  body?: unknown,
  idempotencyKey?: string,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const isForm = body instanceof FormData
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** Runs a program of the system; whether it went well. */
export function run(file: string, ...args: string[]): Promise<boolean> {
  const child = spawn(file, args, { stdio: 'ignore' })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}
