/**
 * One IMAP connection on which commands need not wait for each other: they go out in order, answers come back in order.
 * Where the server takes literals without asking (LITERAL+, RFC 7888), a message costs no round trip.
 */
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Account } from './account.ts'
import { type Answer, type LiteralMode, openParser } from './imap-parser.ts'
import { MailTrouble, socketTrouble } from './trouble.ts'

/** A part of a command: text, or bytes sent as a literal. `bytes` may be asked for once. */
export type Part = string | { size: number; bytes: () => AsyncIterable<Buffer> | Iterable<Buffer> }

/** How a command ended. `code` is what stands in brackets, `words` all that the server said. */
export type Done = { status: 'OK' | 'NO' | 'BAD'; code: string; words: string }

export type Wire = {
  capabilities: ReadonlySet<string>
  /** Sends a command; `hear` gets the untagged answers that come while it is the oldest one open. */
  send: (parts: readonly Part[], hear?: (answer: Answer) => void) => Promise<Done>
  /** How literals of answers are taken from now on. */
  take: (mode: LiteralMode) => void
  /** What is answered when the server asks to go on outside a literal, as in a sign-in; then empty lines. */
  continueWith: (lines: readonly string[]) => void
  learn: (capabilities: Iterable<string>) => void
  isOpen: () => boolean
  close: () => void
}

/** Time limits in ms: to connect, and for a server that owes an answer and neither says nor takes anything. */
export type WireLimits = { connect: number; silence: number }

type Open = { resolve: (done: Done) => void; reject: (error: Error) => void; hear?: (answer: Answer) => void }
type Line = {
  socket: Socket
  account: Account
  opens: Map<string, Open>
  capabilities: Set<string>
  mode: LiteralMode
  heardAt: number
  failure: MailTrouble | null
  onContinue: ((text: string) => void) | null
  sending: Promise<unknown>
  greeted: (answer: Answer | MailTrouble) => void
  serial: number
}

/** Connects and waits for the greeting; the certificate is checked. Throws a MailTrouble. */
export async function openWire(account: Account, limits: WireLimits): Promise<Wire> {
  const { line, greeting } = openLine(account, limits)
  const timer = setTimeout(() => fail(line, new MailTrouble(account.side, 'unreachable')), limits.connect)
  try {
    const answer = await greeting
    if (answer instanceof MailTrouble) throw answer
    if (!/^\* (OK|PREAUTH)/i.test(answer.text)) throw new MailTrouble(account.side, 'unreachable', answer.text.slice(2))
    learn(line, /\[CAPABILITY ([^\]]*)\]/i.exec(answer.text)?.[1]?.split(' ') ?? [])
  } catch (error) {
    line.socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
  return {
    capabilities: line.capabilities,
    send: (parts, hear) => send(line, parts, hear),
    take: (mode) => {
      line.mode = mode
    },
    continueWith: (lines) => {
      const left = [...lines]
      line.onContinue = () => line.socket.write(`${left.shift() ?? ''}\r\n`)
    },
    learn: (capabilities) => learn(line, capabilities),
    isOpen: () => line.failure === null,
    close: () => {
      fail(line, new MailTrouble(account.side, 'dropped', 'closed'))
      line.socket.destroy()
    },
  }
}

function openLine(account: Account, limits: WireLimits) {
  const { host, port } = account
  const socket: Socket = account.isEncrypted
    ? connectTls({ host, port, servername: isIP(host) ? '' : host, minVersion: 'TLSv1.2' })
    : connectPlain({ host, port })
  socket.setNoDelay(true)
  const greeting = Promise.withResolvers<Answer | MailTrouble>()
  const line: Line = {
    ...{ socket, account, opens: new Map(), capabilities: new Set<string>(), mode: 'keep', heardAt: Date.now() },
    ...{ failure: null, onContinue: null, sending: Promise.resolve(), greeted: greeting.resolve, serial: 0 },
  }
  const parser = openParser(
    (answer) => heard(line, answer),
    () => line.mode,
  )
  socket.on('data', (chunk: Buffer) => {
    line.heardAt = Date.now()
    try {
      parser.feed(chunk)
    } catch (cause) {
      fail(line, new MailTrouble(account.side, 'other', 'unreadable answer', { cause }))
    }
  })
  socket.on('error', (cause) => fail(line, new MailTrouble(account.side, socketTrouble(cause), '', { cause })))
  socket.on('close', () => fail(line, new MailTrouble(account.side, 'dropped')))
  watchSilence(line, limits.silence)
  return { line, greeting: greeting.promise }
}

function watchSilence(line: Line, limit: number) {
  const timer = setInterval(
    () => {
      if (line.failure !== null) return clearInterval(timer)
      if (line.opens.size > 0 && Date.now() - line.heardAt > limit)
        fail(line, new MailTrouble(line.account.side, 'timeout'))
    },
    Math.min(1000, Math.max(20, limit / 4)),
  )
  timer.unref()
}

function learn(line: Line, capabilities: Iterable<string>) {
  for (const one of capabilities) if (one !== '') line.capabilities.add(one.toUpperCase())
}

// The first failure is the one that counts; whoever waits for an answer hears of it.
function fail(line: Line, trouble: MailTrouble) {
  if (line.failure !== null) return
  line.failure = trouble
  line.greeted(trouble)
  for (const open of line.opens.values()) open.reject(trouble)
  line.opens.clear()
  line.onContinue = null
  line.socket.destroy()
}

function heard(line: Line, answer: Answer) {
  const { text } = answer
  if (text.startsWith('+')) return line.onContinue?.(text.slice(1).trim())
  if (text.startsWith('* ')) {
    line.greeted(answer)
    if (/^\* BYE/i.test(text) && line.opens.size > 0) return // the end of the connection follows, and is told there
    const [oldest] = line.opens.values()
    return oldest?.hear?.(answer)
  }
  const [, tag = '', status = '', words = ''] = /^(\S+) (OK|NO|BAD)\b ?(.*)$/is.exec(text) ?? []
  const open = line.opens.get(tag)
  if (open === undefined) return
  line.opens.delete(tag)
  const code = /^\[([^\]]*)\]/.exec(words)?.[1] ?? ''
  open.resolve({ status: status.toUpperCase() as Done['status'], code, words }) // the expression above allows these three
}

function send(line: Line, parts: readonly Part[], hear?: (answer: Answer) => void): Promise<Done> {
  if (line.failure !== null) return Promise.reject(line.failure)
  line.serial += 1
  const tag = `A${line.serial}`
  const done = Promise.withResolvers<Done>()
  done.promise.catch(() => undefined)
  line.sending = line.sending
    .then(async () => {
      if (line.failure !== null) return done.reject(line.failure)
      if (line.opens.size === 0) line.heardAt = Date.now()
      line.opens.set(tag, { resolve: done.resolve, reject: done.reject, hear })
      await writeCommand(line, tag, parts, done.promise)
    })
    .catch((cause) => fail(line, cause instanceof MailTrouble ? cause : unsent(line, cause)))
  return done.promise
}

function unsent(line: Line, cause: unknown) {
  return new MailTrouble(line.account.side, 'other', 'a message could not be sent', { cause })
}

/** So many bytes are put together before they go to the network. */
const mostHeld = 1_000_000

async function writeCommand(line: Line, tag: string, parts: readonly Part[], done: Promise<Done>) {
  const mayPush = line.capabilities.has('LITERAL+')
  let text = `${tag} `
  line.socket.cork()
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    text += `{${part.size}${mayPush ? '+' : ''}}\r\n`
    if (mayPush) await write(line, Buffer.from(text, 'latin1'))
    else if (!(await mayGoOn(line, text, done))) return
    text = ''
    let sent = 0
    for await (const chunk of part.bytes()) {
      sent += chunk.length
      await write(line, chunk)
    }
    // The server has been promised so many bytes: less or more would be taken for the next command.
    if (sent !== part.size) throw new MailTrouble(line.account.side, 'other', `sent ${sent} bytes of ${part.size}`)
  }
  await write(line, Buffer.from(`${text}\r\n`, 'latin1'))
  await flush(line)
  line.socket.uncork()
}

// Asks before the literal; a tagged answer instead of "+" is a refusal, and nothing more of the command is sent.
async function mayGoOn(line: Line, text: string, done: Promise<Done>): Promise<boolean> {
  const asked = new Promise<boolean>((resolve) => {
    line.onContinue = () => {
      line.onContinue = null
      resolve(true)
    }
  })
  line.socket.write(Buffer.from(text, 'latin1'))
  line.socket.uncork()
  const goesOn = await Promise.race([asked, done.then(() => false)])
  line.onContinue = null
  if (goesOn) line.socket.cork()
  return goesOn
}

async function write(line: Line, bytes: Buffer): Promise<void> {
  line.socket.write(bytes, () => {
    line.heardAt = Date.now()
  })
  if (line.socket.writableLength > mostHeld) await flush(line)
}

// Hands over what was put together, and waits while the network does not take it.
async function flush(line: Line): Promise<void> {
  const { socket } = line
  socket.uncork()
  if (socket.writableNeedDrain && !socket.destroyed)
    await new Promise<void>((resolve) => {
      const go = () => {
        socket.off('drain', go)
        socket.off('close', go)
        resolve()
      }
      socket.on('drain', go)
      socket.on('close', go)
    })
  if (line.failure !== null) throw line.failure
  socket.cork()
}
