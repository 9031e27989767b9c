/** What the headers of a mail tell about who or what sent it. Pure. */

/** All values of a header, unfolded; `name` in lower case. */
export type HeaderOf = (name: string) => string[]

export type SenderFacts = { isAutoReply: boolean; isBounce: boolean; listId: string | null }

const autoSubjects = /^\s*(risposta automatica|automatic reply|auto(matic)? ?-?reply|out of office|fuori sede)\s*:/i
const autoHeaders = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoreply-from', 'x-mail-autoreply']

/** Whether a program wrote it by itself, whether it says that a mail could not be delivered, and its list. RFC 3834, RFC 3464, RFC 2919. */
export function senderFacts(header: HeaderOf, fromAddress: string, subject: string): SenderFacts {
  const type = header('content-type').join(' ')
  const precedence = header('precedence').join(' ').trim().toLowerCase()
  const isReport = /multipart\/report/i.test(type) && /report-type\s*=\s*"?delivery-status/i.test(type)
  const isDaemon = /^(mailer-daemon|postmaster)(@|$)/i.test(fromAddress)
  const isAutoReply =
    header('auto-submitted').some((value) => !/^\s*no\b/i.test(value)) ||
    ['bulk', 'junk', 'auto_reply', 'list'].includes(precedence) ||
    header('x-auto-response-suppress').some((value) => !/^\s*none\s*$/i.test(value)) ||
    autoHeaders.some((name) => header(name).some((value) => !/^\s*(no|false|0)\s*$/i.test(value))) ||
    /multipart\/report/i.test(type) ||
    autoSubjects.test(subject)
  const isWithoutReturn = header('return-path').some((value) => /^\s*<\s*>\s*$/.test(value))
  const list = header('list-id')[0] ?? header('list-unsubscribe')[0] ?? (precedence === 'list' ? 'list' : null)
  return {
    isBounce: isReport || isDaemon || (isWithoutReturn && !isAutoReply),
    isAutoReply,
    listId: list === null ? null : list.slice(0, 200),
  }
}
