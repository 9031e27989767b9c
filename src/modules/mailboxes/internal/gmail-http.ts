/** Requests to the Gmail API: a token with each, quota units before each, and patience with what passes. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { grantedFor } from './account.ts'
import type { CopyLimits } from './copy-limits.ts'
import { apiAddress, type GmailAccount } from './gmail-account.ts'
import { type GmailMethod, unitCosts } from './gmail-limits.ts'
import { openBucket } from './gmail-quota.ts'
import { CopyHalted, MailTrouble, socketTrouble } from './trouble.ts'

export type GmailRequest = {
  method: GmailMethod
  verb: 'GET' | 'POST' | 'PUT'
  /** From the root of the API, with its query. */
  path: string
  headers?: Record<string, string>
  body?: string | Buffer<ArrayBuffer>
  /** Doing it twice is doing it once: tried again when it is not known what became of it. */
  isRepeatable: boolean
}

/** What came back; `status` 0 when it is not known whether the request was carried out. */
export type GmailAnswer = { status: number; words: string; reason: string; response: Response | null }

export type GmailHttp = {
  send: (request: GmailRequest) => Promise<GmailAnswer>
  /** Before the `attempt`th repetition (from 1): longer each time, never exactly as long. */
  pause: (attempt: number, atLeast?: number) => Promise<void>
}

const googleError = z.object({
  error: z.object({
    message: z.string().default(''),
    errors: z.array(z.object({ reason: z.string().default('') })).default([]),
  }),
})

/** One user's access: one token, one bucket. Throws a MailTrouble when the user or the API says no for good. `signal` ends its patience. */
export function openGmailHttp(account: GmailAccount, { gmail, silence }: CopyLimits, signal?: AbortSignal): GmailHttp {
  const base = apiAddress(account)
  const bucket = openBucket(gmail.unitsPerMinute)
  const tokens = openTokens(account, gmail.tokenAge)
  const pause = async (attempt: number, atLeast = 0) => {
    const longest = Math.min(gmail.longestPause, gmail.pause * 2 ** (attempt - 1))
    await sleep(Math.max(atLeast, longest * (0.5 + Math.random() / 2)), undefined, signal && { signal }).catch(() => {
      throw new CopyHalted()
    })
  }
  const once = async ({ method, verb, path, headers = {}, body }: GmailRequest, token: string) => {
    await bucket.take(unitCosts[method])
    // Until it begins to answer: a large message may take longer than that to come.
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(new MailTrouble('target', 'timeout')), silence)
    return fetch(`${base}${path}`, {
      ...{ method: verb, body: body ?? null, redirect: 'manual', signal: patience.signal },
      headers: { ...headers, authorization: `Bearer ${token}` },
    }).finally(() => clearTimeout(timer))
  }
  const send = async (request: GmailRequest): Promise<GmailAnswer> => {
    let isRenewed = false
    for (let attempt = 1; ; attempt += 1) {
      const token = await tokens.now()
      const answer = await once(request, token).then(answerOf, unanswered)
      const { status, words } = answer
      if (status === 401) {
        if (isRenewed || !(await tokens.renew(token))) throw new MailTrouble('target', 'auth', words)
        isRenewed = true
        continue
      }
      if (isTooMuch(answer)) bucket.empty()
      const mayRepeat = isTooMuch(answer) || (request.isRepeatable && isUnclear(answer))
      if (!mayRepeat) return answer
      if (attempt >= gmail.tries)
        throw new MailTrouble('target', isTooMuch(answer) ? 'limit' : (answer.code ?? 'other'), words)
      await pause(attempt, retryAfter(answer))
    }
  }
  return { send, pause }
}

type Tokens = { now: () => Promise<string>; renew: (refused: string) => Promise<boolean> }

// Several requests that are refused at once ask for one new token.
function openTokens({ tokens }: GmailAccount, age: number): Tokens {
  let current: Promise<string> | null = null
  let askedAt = 0
  const ask = (refused?: string) => {
    askedAt = performance.now()
    current = grantedFor('target', () => tokens(refused))
    current.catch(() => {
      current = null
    })
    return current
  }
  return {
    now: () => (current === null || performance.now() - askedAt > age ? ask() : current),
    renew: async (refused) => {
      if (current !== null && (await current) !== refused) return true
      return (await ask(refused)) !== refused
    },
  }
}

type Answered = GmailAnswer & { code?: MailTrouble['code'] }

async function answerOf(response: Response): Promise<Answered> {
  const { status } = response
  if (response.ok || status === 308) return { status, words: '', reason: '', response }
  const text = await response.text().catch(() => '')
  const parsed = googleError.safeParse(jsonOf(text))
  const error = parsed.success ? parsed.data.error : { message: text.slice(0, 200), errors: [] }
  return { status, words: `${status} ${error.message}`.trim(), reason: error.errors[0]?.reason ?? '', response }
}

function unanswered(error: unknown): Answered {
  const code = error instanceof MailTrouble ? error.code : fetchTrouble(error)
  if (code === 'certificate') throw new MailTrouble('target', code, '', { cause: error })
  return { status: 0, words: '', reason: '', response: null, code }
}

/** fetch wraps what the socket said. */
export function fetchTrouble(error: unknown): MailTrouble['code'] {
  const code = socketTrouble(error instanceof Error && error.cause !== undefined ? error.cause : error)
  return code === 'other' ? 'dropped' : code
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Not carried out, because too much was asked for in too little time. */
function isTooMuch({ status, reason }: GmailAnswer): boolean {
  return status === 429 || (status === 403 && /^(user)?rateLimitExceeded$/i.test(reason))
}

/** Nobody can say whether it was carried out. */
export function isUnclear({ status }: GmailAnswer): boolean {
  return status === 0 || status >= 500
}

// Seconds, or a date (RFC 9110 §10.2.3).
function retryAfter({ response }: GmailAnswer): number {
  const text = response?.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.now())
}
