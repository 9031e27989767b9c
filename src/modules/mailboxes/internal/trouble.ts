/** What a mail server failed with: expected, told in the report, and tried again where that can help. */
import type { ServerTrouble, Side } from '../vocabulary.ts'

/** `words` are the server's own, where it said any. */
export class MailTrouble extends Error {
  override name = 'MailTrouble'
  readonly side: Side
  readonly code: ServerTrouble
  readonly words: string
  constructor(side: Side, code: ServerTrouble, words = '', options?: ErrorOptions) {
    super(`${side}: ${code} ${words}`.trim(), options)
    this.side = side
    this.code = code
    this.words = words
  }
  /** Whether another connection may go better. */
  get mayPass(): boolean {
    return ['unreachable', 'timeout', 'dropped', 'renumbered', 'other'].includes(this.code)
  }
}

/** A run that somebody ended in the middle: everything that was sent is in the ledger, and the next run goes on from there. */
export class CopyHalted extends Error {
  override name = 'CopyHalted'
}

/** The code of what a socket or a TLS handshake failed with. */
export function socketTrouble(error: unknown): ServerTrouble {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO/.test(code)) return 'certificate'
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT)$/.test(code)) return 'unreachable'
  if (/^(ECONNRESET|EPIPE|ECONNABORTED)$/.test(code)) return 'dropped'
  return 'other'
}
