/** A real Dovecot on loopback: Debian's, installed when that can be done here; with mailboxes and ports of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { whyNot } from './debian.ts'

export type Dovecot = {
  port: number
  /** With a certificate that nobody signed. */
  tlsPort: number
  user: string
  password: string
  /** The same server with the mailbox of another of its users. */
  as: (user: string) => Dovecot
  /** Puts a message into a folder, as a mail server would. */
  deliver: (raw: Uint8Array, folder?: string) => void
  /** What is in a folder, by `doveadm fetch`. */
  flags: (folder?: string) => string[]
  /** Gives all messages new numbers, as a restored or moved mailbox has them. */
  renumber: (folder?: string) => Promise<void>
  /** `doveadm` on this server: what it prints. */
  doveadm: (args: string[], input?: Uint8Array) => string
  /** SIGKILL for all of its processes, as a power cut would end them. */
  kill: () => Promise<void>
  /** After `kill`: on the same port, with the mail as it was. */
  startAgain: () => Promise<void>
  stop: () => Promise<void>
}

/** How it keeps mail, users beside the first one, and lines added to its configuration. */
export type DovecotOptions = {
  format?: 'maildir' | 'sdbox'
  users?: readonly string[]
  extra?: string
  /** Who opens every mailbox, with a password of their own (`login*master`, or SASL PLAIN with the mailbox as authorisation identity). */
  master?: { user: string; password: string }
}

const binary = '/usr/sbin/dovecot'
const password = 'Parola-di-prova'
// Dovecot never reads mail as root.
const isRoot = process.getuid?.() === 0
const nobody = 65_534
const owner = isRoot ? { uid: nobody, gid: nobody } : { uid: process.getuid?.(), gid: process.getgid?.() }

/** Why there is no Dovecot for the tests, or null when there is one. Tries to install it, once. */
export function whyNoDovecot(): string | null {
  return whyNot('dovecot', ['dovecot-imapd'], () => existsSync(binary))
}

/** Why there is no mbsync to compare with, or null when there is one. Tries to install it, once. */
export function whyNoMbsync(): string | null {
  return whyNot('mbsync', ['isync'], () => existsSync('/usr/bin/mbsync'))
}

/** Starts it in a folder of its own. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'sitec-dovecot-'))
  chmodSync(folder, 0o755)
  const [port, tlsPort] = [await freePort(), await freePort()]
  const users = ['assistenza', ...(options.users ?? [])]
  for (const user of users) {
    mkdirSync(join(folder, 'mail', user), { recursive: true })
    if (isRoot) chownSync(join(folder, 'mail', user), nobody, nobody)
  }
  const line = (user: string) => `${user}:{PLAIN}${password}:${owner.uid}:${owner.gid}::${join(folder, 'mail', user)}\n`
  writeFileSync(join(folder, 'users'), users.map(line).join(''))
  if (options.master)
    writeFileSync(join(folder, 'masters'), `${options.master.user}:{PLAIN}${options.master.password}\n`)
  certificate(folder)
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port, tlsPort, options))
  const config = join(folder, 'dovecot.conf')
  let server = await launch(config, port)
  const doveadm = (args: string[], input?: Uint8Array) => {
    const done = spawnSync('doveadm', ['-c', config, ...args], { input, encoding: 'buffer', maxBuffer: 2 ** 30 })
    if (done.status !== 0) throw new Error(`doveadm ${args.join(' ')}: ${done.stderr}`)
    return done.stdout.toString()
  }
  const as = (user: string): Dovecot => ({
    ...{ port, tlsPort, user, password, as },
    deliver: (raw, mailbox = 'INBOX') => void doveadm(['save', '-u', user, '-m', mailbox], raw),
    flags: (mailbox = 'INBOX') =>
      doveadm(['fetch', '-u', user, 'flags', 'mailbox', mailbox])
        .split('\n')
        .filter((line) => line.startsWith('flags:'))
        .map((line) => line.slice(6).trim()),
    renumber: async (mailbox = 'INBOX') => {
      const uidvalidity = String(Math.floor(Date.now() / 1000) + 1000)
      doveadm(['mailbox', 'update', '--uid-validity', uidvalidity, '-u', user, mailbox])
      await sleep(50)
    },
    doveadm,
    kill: () => end(server, 'SIGKILL'),
    startAgain: async () => {
      rmSync(join(folder, 'run'), { recursive: true, force: true })
      server = await launch(config, port)
    },
    stop: async () => {
      await end(server, 'SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  })
  return as('assistenza')
}

const running = new Set<ChildProcess>()
// Groups of their own do not end with us by themselves.
process.on('exit', () => {
  for (const { pid, exitCode, signalCode } of running)
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
})

// A group of its own, so that a signal reaches all of its processes.
async function launch(config: string, port: number): Promise<ChildProcess> {
  const server = spawn(binary, ['-F', '-c', config], { stdio: ['ignore', 'ignore', 'pipe'], detached: true })
  running.add(server)
  server.once('exit', () => running.delete(server))
  let errors = ''
  server.stderr?.on('data', (text) => {
    errors += text
  })
  await untilListening(port, server, () => errors)
  return server
}

async function end(server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL') {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((done) => server.once('exit', done))
  if (signal === 'SIGKILL' && server.pid !== undefined) process.kill(-server.pid, signal)
  else server.kill(signal)
  await ended
}

function certificate(folder: string) {
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ]
  spawnSync('openssl', [...args, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')])
}

function configuration(folder: string, port: number, tlsPort: number, options: DovecotOptions): string {
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
first_valid_uid = 1
first_valid_gid = 1
mail_location = ${options.format ?? 'maildir'}:%h
default_internal_user = ${isRoot ? 'dovecot' : userInfo().username}
default_login_user = ${isRoot ? 'dovenull' : userInfo().username}
auth_failure_delay = 0
${options.master ? masterConfiguration(folder) : ''}passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = passwd-file
  args = username_format=%u ${folder}/users
}
namespace inbox {
  inbox = yes
  mailbox Fatti {
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
# Without this every wrong password of a test makes the next sign-in wait.
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
${options.extra ?? ''}
`
}

function masterConfiguration(folder: string): string {
  return `auth_master_user_separator = *
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/masters
  master = yes
  result_success = continue
}
`
}

async function untilListening(port: number, server: ChildProcess, errors: () => string) {
  for (let waited = 0; waited < 15_000; waited += 100) {
    if (server.exitCode !== null) throw new Error(`Dovecot ended at once: ${errors()}`)
    const isOpen = await new Promise<boolean>((answer) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        answer(true)
      })
      socket.on('error', () => answer(false))
    })
    if (isOpen) return
    await sleep(100)
  }
  throw new Error(`Dovecot does not listen: ${errors()}`)
}

async function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** What stands between SITEC and the server, and fails as networks do. */
export type Wire = {
  port: number
  /** After so many bytes from the server: nothing more, or the connection is cut. null: all passes. */
  fail: { how: 'stall' | 'cut'; afterBytes: number } | null
  close: () => Promise<void>
}

/** A TCP proxy before a port. */
export async function startWire(to: number): Promise<Wire> {
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    client.pipe(upstream)
    let passed = 0
    upstream.on('data', (bytes) => {
      passed += bytes.length
      const { fail } = wire
      if (fail === null || passed <= fail.afterBytes) client.write(bytes)
      else if (fail.how === 'cut') client.destroy()
    })
    upstream.on('end', () => client.end())
    client.on('close', () => upstream.destroy())
  })
  const port = await freePort()
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const wire: Wire = {
    port,
    fail: null,
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
  return wire
}
