/** The part of the Gmail API that a copy needs: labels, messages stored, looked for, read back, relabelled. */
import { z } from 'zod'
import type { CopyLimits } from './copy-limits.ts'
import type { GmailAccount } from './gmail-account.ts'
import { fetchTrouble, type GmailAnswer, isUnclear, openGmailHttp } from './gmail-http.ts'
import type { GmailMethod } from './gmail-limits.ts'
import { rawMessage } from './gmail-raw.ts'
import { type Outgoing, upload } from './gmail-upload.ts'
import { MailTrouble } from './trouble.ts'

const label = z.object({ id: z.string(), name: z.string(), type: z.string().optional() })
export type GmailLabel = z.output<typeof label>
const labelList = z.object({ labels: z.array(label).default([]) })
const profile = z.object({ historyId: z.string() })
const messageList = z.object({
  messages: z.array(z.object({ id: z.string() })).default([]),
  nextPageToken: z.string().optional(),
})
const message = z.object({
  id: z.string(),
  labelIds: z.array(z.string()).default([]),
  internalDate: z.coerce.number().optional(),
  sizeEstimate: z.number().default(0),
})

/** What is known of a message beside its bytes; its size is Google's estimate, 0 where it was not asked for. */
export type GmailFacts = { labelIds: string[]; receivedAt: Date | null; size: number }

/** Gmail's number of it, or why not: for good, or nobody can say whether it is there. */
export type StoredAtGmail = { id: string } | { refused: string; isOverQuota: boolean } | { unclear: string }

export type Gmail = {
  labels: () => Promise<GmailLabel[]>
  /** The label, or Google's words why there cannot be one of this name. */
  createLabel: (name: string) => Promise<GmailLabel | { refused: string }>
  /** Another one after whatever happens in the mailbox. */
  historyId: () => Promise<string>
  /** Numbers of messages, page by page, those in spam and trash too. */
  ids: (which: { q?: string; labelId?: string }) => AsyncGenerator<string[]>
  store: (labelIds: readonly string[], outgoing: Outgoing) => Promise<StoredAtGmail>
  /** Hands over the bytes as they come; null when it is not there. */
  read: (id: string, take: (bytes: AsyncIterable<Buffer>) => Promise<void>) => Promise<GmailFacts | null>
  facts: (id: string) => Promise<GmailFacts | null>
  /** Labels added and taken away; the labels it has then, null when it is not there, or Google's words. */
  relabel: (
    id: string,
    add: readonly string[],
    remove: readonly string[],
  ) => Promise<string[] | null | { refused: string }>
  pause: (attempt: number) => Promise<void>
}

const root = '/gmail/v1/users/me'
const jsonType = { 'content-type': 'application/json; charset=UTF-8' }

/** Opens nothing: each request stands for itself. Throws MailTroubles from each. */
export function openGmail(account: GmailAccount, limits: CopyLimits, signal?: AbortSignal): Gmail {
  const http = openGmailHttp(account, limits, signal)
  const get = (method: GmailMethod, path: string) => http.send({ method, verb: 'GET', path, isRepeatable: true })
  const post = (method: GmailMethod, path: string, body: unknown) =>
    http.send({ method, verb: 'POST', path, headers: jsonType, body: JSON.stringify(body), isRepeatable: true })
  return {
    labels: async () => (await parsed(await get('labels.list', `${root}/labels`), labelList)).labels,
    createLabel: async (name) => {
      const shown = { labelListVisibility: 'labelShow', messageListVisibility: 'show' }
      const answer = await post('labels.create', `${root}/labels`, { name, ...shown })
      return [400, 409].includes(answer.status) ? { refused: answer.words } : parsed(answer, label)
    },
    historyId: async () => (await parsed(await get('getProfile', `${root}/profile`), profile)).historyId,
    ids: async function* ({ q, labelId }) {
      const query = new URLSearchParams({ maxResults: '500', includeSpamTrash: 'true' })
      if (q !== undefined) query.set('q', q)
      if (labelId !== undefined) query.set('labelIds', labelId)
      for (;;) {
        const page = await parsed(await get('messages.list', `${root}/messages?${query}`), messageList)
        yield page.messages.map(({ id }) => id)
        if (page.nextPageToken === undefined) return
        query.set('pageToken', page.nextPageToken)
      }
    },
    store: async (labelIds, outgoing) => {
      const method = account.method ?? 'import'
      const options = method === 'import' ? '&neverMarkSpam=true&processForCalendar=false' : ''
      const query = `&internalDateSource=dateHeader${options}`
      return storedOf(await upload(http, limits.gmail, method, query, labelIds, outgoing))
    },
    read: async (id, take) => {
      const answer = await get('messages.get', `${root}/messages/${id}?format=raw&fields=id,labelIds,internalDate,raw`)
      if (answer.status === 404) return null
      return factsOf(await bytesOf(answer, take))
    },
    facts: async (id) => {
      const answer = await get(
        'messages.get',
        `${root}/messages/${id}?format=minimal&fields=id,labelIds,internalDate,sizeEstimate`,
      )
      return answer.status === 404 ? null : factsOf(await parsed(answer, message))
    },
    relabel: async (id, add, remove) => {
      const change = { addLabelIds: add, removeLabelIds: remove }
      const answer = await post('messages.modify', `${root}/messages/${id}/modify`, change)
      if (answer.status === 404) return null
      return answer.status === 400 ? { refused: answer.words } : (await parsed(answer, message)).labelIds
    },
    pause: (attempt) => http.pause(attempt),
  }
}

async function bytesOf(answer: GmailAnswer, take: (bytes: AsyncIterable<Buffer>) => Promise<void>) {
  const { response } = expectGood(answer)
  if (response.body === null) throw new MailTrouble('target', 'other', 'empty answer')
  try {
    const { bytes, rest } = rawMessage(response.body)
    await take(bytes)
    return message.parse(rest())
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      throw new MailTrouble('target', 'other', 'unexpected answer', { cause: error })
    throw new MailTrouble('target', fetchTrouble(error), '', { cause: error })
  }
}

function factsOf({ labelIds, internalDate, sizeEstimate: size }: z.output<typeof message>): GmailFacts {
  return { labelIds, receivedAt: internalDate === undefined ? null : new Date(internalDate), size }
}

// Gone wrong in a way that does not depend on the message.
function expectGood(answer: GmailAnswer): GmailAnswer & { response: Response } {
  const { status, words, reason, response } = answer
  if (status >= 200 && status < 300 && response !== null) return { ...answer, response }
  const isAccess = status === 403 && /permission|domainPolicy|accessNotConfigured|forbidden/i.test(reason)
  const isLimit = status === 403 && /^(dailyLimit|quota)Exceeded$/i.test(reason)
  throw new MailTrouble('target', isLimit ? 'limit' : isAccess ? 'auth' : 'refused', words)
}

async function parsed<Shape>(answer: GmailAnswer, shape: z.ZodType<Shape>): Promise<Shape> {
  const { response } = expectGood(answer)
  const found = shape.safeParse(await response.json().catch(() => null))
  if (!found.success) throw new MailTrouble('target', 'other', 'unexpected answer')
  return found.data
}

async function storedOf(answer: GmailAnswer): Promise<StoredAtGmail> {
  const { status, words, reason, response } = answer
  if (isUnclear(answer)) return { unclear: words }
  const isOverQuota = /storage/i.test(reason) || (status === 403 && /storage/i.test(words))
  if (status === 400 || status === 413 || isOverQuota) return { refused: words, isOverQuota }
  expectGood(answer)
  // The message is there, though the connection broke before its number came.
  const found = message.safeParse(await response?.json().catch(() => null))
  return found.success ? { id: found.data.id } : { unclear: '' }
}
