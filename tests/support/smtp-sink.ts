/** For the tests: a mail server of Debian's packages (python3-aiosmtpd) on loopback, installed once where that is possible. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { whyNot } from './debian.ts'
import { freePort, newFolder, until } from './server.ts'

const python = '/usr/bin/python3'

export type SinkMode = 'good' | 'later' | 'never' | 'drop'
export type Sink = {
  url: string
  /** How it answers from now on. */
  answer: (mode: SinkMode) => void
  /** What it took, in order. */
  mails: () => Buffer[]
  /** How many lines it cut. */
  dropped: () => number
  stop: () => Promise<void>
}

/** Why there is no mail server to test with; null when there is one, installed now if need be. */
export function whyNoSink(): string | null {
  return whyNot('python3-aiosmtpd', ['python3-aiosmtpd'], isThere)
}

function isThere(): boolean {
  return existsSync(python) && spawnSync(python, ['-c', 'import aiosmtpd'], { stdio: 'ignore' }).status === 0
}

/** Starts it. */
export async function startSink(): Promise<Sink> {
  const folder = join(newFolder('sink'), 'mails')
  mkdirSync(folder)
  const port = await freePort()
  const child = spawn(python, ['-u', join(import.meta.dirname, 'smtp-sink.py'), folder, String(port)], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (bytes) => (said += String(bytes)))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await until(() => said.includes('\n'), 20_000)
  const names = () => readdirSync(folder).filter((name) => name.endsWith('.eml'))
  return {
    url: `smtp://127.0.0.1:${said.trim()}`,
    answer: (mode) => writeFileSync(join(folder, 'mode'), mode),
    mails: () =>
      names()
        .sort()
        .map((name) => readFileSync(join(folder, name))),
    dropped: () => (existsSync(join(folder, 'dropped')) ? readFileSync(join(folder, 'dropped')).length : 0),
    stop: async () => {
      child.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
