/** A message uploaded: with its labels in one request (multipart/related), or in parts that are gone on with after a failure. */
import { randomBytes } from 'node:crypto'
import { type GmailAnswer, type GmailHttp, isUnclear } from './gmail-http.ts'
import { type GmailLimits, mostBytes, type StoreMethod } from './gmail-limits.ts'
import type { Fetched } from './source.ts'
import { MailTrouble } from './trouble.ts'

export type Outgoing = Pick<Fetched, 'content' | 'size'>

/** Google's answer to the whole of it; unclear where nobody can say whether the message is there. */
export async function upload(
  http: GmailHttp,
  { resumableAbove, partBytes, tries }: GmailLimits,
  method: StoreMethod,
  query: string,
  labelIds: readonly string[],
  message: Outgoing,
): Promise<GmailAnswer> {
  if (message.size > mostBytes[method])
    return { status: 413, words: `413 ${message.size} > ${mostBytes[method]}`, reason: '', response: null }
  const { content } = message
  if (!('close' in content) && message.size <= resumableAbove) return inOne(http, method, query, labelIds, content)
  return inParts(http, { method, query, labelIds, message, partBytes, tries })
}

const pathOf = (method: StoreMethod, type: string, query: string) =>
  `/upload/gmail/v1/users/me/messages/${method}?uploadType=${type}${query}`

function inOne(http: GmailHttp, method: StoreMethod, query: string, labelIds: readonly string[], content: Buffer) {
  const mark = `sitec_${randomBytes(18).toString('hex')}`
  const head = `--${mark}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify({ labelIds })}\r\n--${mark}\r\nContent-Type: message/rfc822\r\n\r\n`
  return http.send({
    ...{ method: `messages.${method}`, verb: 'POST', path: pathOf(method, 'multipart', query) },
    headers: { 'content-type': `multipart/related; boundary="${mark}"` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${mark}--\r\n`)]),
    isRepeatable: false,
  })
}

type Parts = {
  method: StoreMethod
  query: string
  labelIds: readonly string[]
  message: Outgoing
  partBytes: number
  tries: number
}

async function inParts(http: GmailHttp, parts: Parts): Promise<GmailAnswer> {
  const { method, query, labelIds, message, partBytes, tries } = parts
  const begun = await http.send({
    ...{ method: `messages.${method}`, verb: 'POST', path: pathOf(method, 'resumable', query) },
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-upload-content-type': 'message/rfc822',
      'x-upload-content-length': String(message.size),
    },
    body: JSON.stringify({ labelIds }),
    isRepeatable: true,
  })
  if (begun.status !== 200) return begun
  const session = sessionPath(begun)
  let [from, failures] = [0, 0]
  for (;;) {
    const answer = await sendFrom(http, session, message, from, partBytes)
    if (answer.status !== 308 && !isUnclear(answer)) return answer
    const reached = answer.status === 308 ? reachedBy(answer) : 0
    failures = reached > from ? 0 : failures + 1
    if (failures >= tries) return { ...answer, status: 0 }
    if (isUnclear(answer)) {
      await http.pause(failures)
      const asked = await askHowFar(http, session, message.size)
      if (asked.status !== 308) return asked
      from = reachedBy(asked)
    } else from = reached
  }
}

// The upload goes on where the API is, whatever host it names: tokens go nowhere else.
function sessionPath({ response }: GmailAnswer): string {
  const location = response?.headers.get('location') ?? ''
  if (!URL.canParse(location, 'https://gmail.googleapis.com'))
    throw new MailTrouble('target', 'other', 'upload without a session')
  const { pathname, search } = new URL(location, 'https://gmail.googleapis.com')
  return `${pathname}${search}`
}

// One part after the other, until all are there or something is in the way.
async function sendFrom(http: GmailHttp, path: string, { content, size }: Outgoing, from: number, partBytes: number) {
  let at = from
  let last: GmailAnswer = { status: 0, words: '', reason: '', response: null }
  for await (const part of partsOf(content, from, partBytes)) {
    last = await http.send({
      ...{ method: 'upload.part', verb: 'PUT', path, body: part, isRepeatable: false },
      headers: { 'content-range': `bytes ${at}-${at + part.length - 1}/${size}` },
    })
    at += part.length
    if (last.status !== 308 || reachedBy(last) !== at) return last
  }
  return last
}

function askHowFar(http: GmailHttp, path: string, size: number) {
  const headers = { 'content-range': `bytes */${size}` }
  return http.send({ method: 'upload.part', verb: 'PUT', path, headers, isRepeatable: true })
}

// How many bytes it has: "bytes=0-262143"; none where it does not say.
function reachedBy({ response }: GmailAnswer): number {
  const last = /^bytes=0-(\d+)$/.exec(response?.headers.get('range') ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}

// Parts of exactly this size from this byte on; the last may be shorter.
async function* partsOf(content: Outgoing['content'], from: number, partBytes: number) {
  const pieces = 'close' in content ? content.bytes() : [content]
  let skip = from
  let kept = Buffer.alloc(0)
  for await (const piece of pieces) {
    const rest = piece.subarray(Math.min(skip, piece.length))
    skip -= Math.min(skip, piece.length)
    kept = kept.length === 0 ? Buffer.from(rest) : Buffer.concat([kept, rest])
    while (kept.length >= partBytes) {
      yield kept.subarray(0, partBytes)
      kept = kept.subarray(partBytes)
    }
  }
  if (kept.length > 0) yield kept
}
