/** A mailbox as Gmail keeps it: one message for equal ones, labels, headers it adds; what it refuses, with its words. */
import { createHash } from 'node:crypto'

/** What Google answers with when it says no. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly reason: string
  constructor(status: number, reason: string, message: string) {
    super(message)
    this.status = status
    this.reason = reason
  }
}

export type Kept = { id: string; raw: Buffer; source: Buffer; labels: Set<string>; internalDate: number }
export type Label = { id: string; name: string; type: 'system' | 'user' }

const systemLabels =
  'INBOX SENT DRAFT SPAM TRASH UNREAD STARRED IMPORTANT CHAT CATEGORY_PERSONAL CATEGORY_SOCIAL CATEGORY_PROMOTIONS CATEGORY_UPDATES CATEGORY_FORUMS'.split(
    ' ',
  )
/** In the language of the account besides; here it is Italian. */
const reserved =
  /^(inbox|spam|trash|unread|starred|important|sent|drafts?|chats?|migrated|todos?|buzz|bin|allmail|archived|muted|posta in arrivo|speciali)$/i

export type GmailMailbox = ReturnType<typeof newGmailMailbox>

export function newGmailMailbox({ mostLabels = 10_000, addsMessageId = true } = {}) {
  const labels = new Map<string, Label>(systemLabels.map((id) => [id, { id, name: id, type: 'system' as const }]))
  const messages = new Map<string, Kept>()
  let [history, next] = [1000, 0x18c2f0a1b2c3]
  const changed = () => {
    history += 1
  }
  const known = (ids: readonly string[]) => {
    for (const id of ids) if (!labels.has(id)) throw invalid(`Invalid label: ${id}`)
  }
  const check = (ids: ReadonlySet<string>) => {
    if (['INBOX', 'SPAM', 'TRASH'].filter((one) => ids.has(one)).length > 1)
      throw invalid('Only one of INBOX, SPAM, TRASH')
    if (ids.has('DRAFT') && ids.size > 1) throw invalid('Invalid label: DRAFT')
  }
  return {
    labels,
    messages,
    historyId: () => String(history),
    createLabel: (name: unknown): Label => {
      if (typeof name !== 'string' || !isName(name)) throw invalid('Invalid label name')
      if (labels.size - systemLabels.length >= mostLabels) throw invalid('Too many labels')
      if ([...labels.values()].some((one) => one.name.toLowerCase() === name.normalize('NFC').toLowerCase()))
        throw new Refusal(409, 'aborted', 'Label name exists or conflicts')
      const label: Label = { id: `Label_${labels.size}`, name, type: 'user' }
      labels.set(label.id, label)
      changed()
      return label
    },
    store: (source: Buffer, ids: readonly string[], date: 'dateHeader' | 'receivedTime', merges = true): Kept => {
      known(ids)
      check(new Set(ids))
      const head = headOf(source)
      if (source.length === 0) throw invalid('Missing body')
      if ((head.match(/^from:/gim) ?? []).length !== 1) throw invalid('Invalid From header')
      changed()
      // Equal ones are one, if they have a Message-ID to be told by; the first one's date stays.
      const equal = [...messages.values()].find(
        (one) => merges && one.source.equals(source) && /^message-id:/im.test(head),
      )
      if (equal !== undefined) {
        for (const id of ids) if (id !== 'UNREAD') equal.labels.add(id)
        return equal
      }
      next += 0x1000 + (source.length % 251)
      const id = next.toString(16).padStart(16, '1')
      const sent = Date.parse(/^date:\s*(.+)$/im.exec(head)?.[1] ?? '')
      const internalDate = date === 'dateHeader' && !Number.isNaN(sent) ? sent : Date.now()
      const raw = withHeaders(source, head, id, addsMessageId)
      const kept = { id, raw, source, labels: new Set(ids), internalDate }
      messages.set(id, kept)
      return kept
    },
    /** Newest first. */
    list: (q: string, labelIds: readonly string[], withAway: boolean): Kept[] => {
      known(labelIds)
      const terms = q.split(' ').filter(Boolean).map(termOf)
      return [...messages.values()]
        .filter((one) => labelIds.every((id) => one.labels.has(id)) && terms.every((holds) => holds(one)))
        .filter(({ labels }) => withAway || !(labels.has('SPAM') || labels.has('TRASH')))
        .reverse()
    },
    modify: (id: string, add: readonly string[], remove: readonly string[]): Kept => {
      const kept = messages.get(id)
      if (kept === undefined) throw new Refusal(404, 'notFound', 'Requested entity was not found.')
      known([...add, ...remove])
      if ([...add, ...remove].some((one) => one === 'SENT' || one === 'DRAFT')) throw invalid('Invalid label: SENT')
      if (kept.labels.has('DRAFT')) throw invalid('Invalid label: a draft has no other')
      const after = new Set([...kept.labels].filter((one) => !remove.includes(one)).concat(add))
      check(after)
      kept.labels = after
      changed()
      return kept
    },
    remove: (id: string) => {
      messages.delete(id)
      changed()
    },
  }
}

const invalid = (message: string) => new Refusal(400, 'invalidArgument', message)

function isName(name: string): boolean {
  if (name.length === 0 || name.length > 225 || name.includes('^') || /^\s|\s$|\s\s|[\t\r\n]/.test(name)) return false
  return (
    name.split('/').every((part) => part.trim() === part && part !== '') && !reserved.test(name.split('/')[0] ?? '')
  )
}

function headOf(source: Buffer): string {
  const text = source.subarray(0, 100_000).toString('latin1')
  return text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? text.length).replaceAll('\r\n', '\n')
}

function withHeaders(source: Buffer, head: string, id: string, addsMessageId: boolean): Buffer {
  const given = addsMessageId && !/^message-id:/im.test(head)
  const added = [
    `Received: from example.it named unknown by gmailapi.google.com with HTTPREST;\r\n\tMon, 30 Nov 2026 10:00:00 +0000`,
    `X-Gm-Message-State: ${createHash('sha256').update(id).digest('base64')}`,
    ...(given ? [`Message-ID: <${id}.SMTPIN_ADDED_MISSING@mx.google.com>`] : []),
  ]
  return Buffer.concat([Buffer.from(`${added.join('\r\n')}\r\n`), source])
}

// The few operators of its search that a copy uses; another one is a mistake of ours.
function termOf(term: string): (one: Kept) => boolean {
  const [, name, value = ''] = /^(\w+):(.+)$/.exec(term) ?? []
  if (name === 'rfc822msgid') return ({ raw }) => /^message-id:\s*<?([^<>\s]+)>?\s*$/im.exec(headOf(raw))?.[1] === value
  if (name === 'larger') return ({ raw }) => raw.length > Number(value)
  if (name === 'smaller') return ({ raw }) => raw.length < Number(value)
  if (name === 'after') return ({ internalDate }) => internalDate / 1000 >= Number(value)
  if (name === 'before') return ({ internalDate }) => internalDate / 1000 < Number(value)
  throw invalid(`Unknown operator: ${term}`)
}
