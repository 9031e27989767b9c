/** Handing mails over to the administration's mail server; what it answers, sorted by what can be done about it. */
import { createTransport, type Transporter } from 'nodemailer'
import type { Trouble } from './troubles.ts'

/** A mail as composed: plain text, about one thing. `messageId` and `references` with their angle brackets. */
export type Letter = {
  to: { name: string; address: string }
  fromName: string
  subject: string
  text: string
  messageId: string
  references: readonly string[]
}

/**
 * `sent`: the server took it. `later`: it will not take this one now (4xx). `never`: it will not take this one (5xx).
 * `unreachable`: nothing can go now, whatever the mail: no server, no sign-in, a sender it does not accept.
 * `isUnsure`: the line went dead, perhaps after the server took it.
 */
export type Handed =
  | { how: 'sent' }
  | { how: 'later' | 'never' | 'unreachable'; trouble: Trouble; said: string; isUnsure: boolean }

export type Mailer = {
  /** The address mails come from; null while sending is not set up. */
  from: string | null
  send: (letter: Letter) => Promise<Handed>
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The way out of SITEC_SMTP_URL. smtp:// goes on with STARTTLS or not at all, except to this very machine. */
export function openMailer(smtpUrl: string | null, from: string | null): Mailer {
  if (smtpUrl === null || from === null) {
    return { from: null, send: () => Promise.reject(new Error('Sending is not set up: SITEC_SMTP_URL')) }
  }
  const transport = createTransport(settingsOf(new URL(smtpUrl)))
  return { from, send: (letter) => send(transport, from, letter) }
}

function settingsOf(url: URL) {
  const isSecure = url.protocol === 'smtps:'
  const isHere = loopback.has(url.hostname)
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port) || (isSecure ? 465 : 587),
    secure: isSecure,
    requireTLS: !isSecure && !isHere,
    ignoreTLS: !isSecure && isHere,
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

async function send(transport: Transporter, from: string, letter: Letter): Promise<Handed> {
  try {
    await transport.sendMail({
      from: { name: letter.fromName, address: from },
      to: letter.to,
      subject: letter.subject,
      text: letter.text,
      messageId: letter.messageId,
      ...(letter.references.length > 0 && {
        inReplyTo: letter.references.at(-1),
        references: [...letter.references],
      }),
      // RFC 3834 and Microsoft's own: no machine shall answer a machine.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    return { how: 'sent' }
  } catch (error) {
    return sorted(error)
  }
}

/** What a failure of the transport means. Anything that is not one flies on. */
export function sorted(error: unknown): Handed {
  if (!(error instanceof Error && 'code' in error)) throw error
  const said = saidOf(error)
  const command = 'command' in error ? String(error.command) : ''
  const status = 'responseCode' in error ? Number(error.responseCode) : 0
  const code = String(error.code)
  if (code === 'EAUTH' || status === 530 || status === 535)
    return { how: 'unreachable', trouble: 'sign_in', said, isUnsure: false }
  if (status >= 400 && /^(RCPT TO|DATA|MAIL FROM)$/.test(command)) return answered(status, command, said)
  if (status >= 400 && code !== 'ETLS') return { how: 'unreachable', trouble: 'busy', said, isUnsure: false }
  const trouble = lineTrouble(code, said)
  return { how: 'unreachable', trouble, said, isUnsure: trouble === 'dropped' || trouble === 'timeout' }
}

function answered(status: number, command: string, said: string): Handed {
  if (status < 500) return { how: 'later', trouble: 'busy', said, isUnsure: false }
  if (command === 'RCPT TO') return { how: 'never', trouble: 'recipient', said, isUnsure: false }
  // Whom it lets send is the server's rule for all mails, not a fault of this one; 552 is about its size.
  if (command === 'MAIL FROM' && status !== 552) return { how: 'unreachable', trouble: 'sender', said, isUnsure: false }
  return { how: 'never', trouble: 'content', said, isUnsure: false }
}

function lineTrouble(code: string, said: string): Trouble {
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(code + said)) return 'name'
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(code + said)) return 'refused'
  if (code === 'ETLS' || /certificate|SSL|TLS/i.test(said)) return 'tls'
  if (code === 'ETIMEDOUT') return 'timeout'
  return 'dropped'
}

// Addresses are personal data: what the server said is kept without them.
function saidOf(error: Error): string {
  const said = 'response' in error && typeof error.response === 'string' ? error.response : error.message
  return said
    .replaceAll(/<?[^\s<>@]+@[^\s<>]+>?/g, '(…)')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 300)
}
