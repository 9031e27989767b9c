/** A Gmail API on loopback that is as strict as the real one: quota units, tokens that end, protocols of upload, labels; and that fails. */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { seeded } from '../../demo/random.ts'
import { type GmailMailbox, type Kept, newGmailMailbox, Refusal } from './gmail-mailbox.ts'

const costs: Record<string, number> = {
  getProfile: 1,
  'labels.list': 1,
  'labels.create': 5,
  'messages.list': 5,
  'messages.get': 20,
  'messages.modify': 5,
  'messages.import': 25,
  'messages.insert': 25,
}

/** Where a message is when something happens: not stored yet, stored and not answered. */
export type Moment = 'asked' | 'stored'

export type GmailOptions = {
  /** Units in any stretch of `windowMs`. */
  units?: number
  windowMs?: number
  mostLabels?: number
  mostBytes?: number
  pageSize?: number
  addsMessageId?: boolean
  /** How many requests a token is good for. */
  tokenUses?: number
  /** How many of a hundred requests fail with 503, some of them after they were carried out. */
  failures?: number
  seed?: number
}

export type GmailDouble = Awaited<ReturnType<typeof startGmail>>

type Call = {
  method: string
  url: URL
  request: IncomingMessage
  response: ServerResponse
  id: string
  /** Whose the token is. */
  mailbox: GmailMailbox
}

const quarter = 256 * 1024

export async function startGmail(options: GmailOptions = {}) {
  const mailboxes = new Map<string, GmailMailbox>()
  const mailboxOf = (user: string) => mailboxes.getOrInsertComputed(user, () => newGmailMailbox(options))
  const owners = new Map<string, string>()
  const random = seeded(options.seed ?? 1)
  const spent: { at: number; units: number }[] = []
  const uses = new Map<string, number>()
  const uploads = new Map<
    string,
    { query: URLSearchParams; labelIds: string[]; size: number; parts: Buffer[]; method: string }
  >()
  const told = {
    statuses: new Map<number, number>(),
    calls: new Map<string, number>(),
    units: 0,
    mostUnits: 0,
    tokens: 0,
  }
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)
  const state = {
    /** Called while a message is stored: true drops the connection then. */
    during: null as ((moment: Moment, count: number) => boolean | Promise<boolean>) | null,
    /** So many more bytes of resumable uploads before one fails. */
    breakUploadAfter: Number.POSITIVE_INFINITY,
    isFull: false,
    /** Nothing is given back: the day's units are spent. */
    readsFail: false,
  }
  let [stores, refusals] = [0, 0]

  const spend = (method: string) => {
    const now = performance.now()
    const window = options.windowMs ?? 60_000
    while (spent[0] && spent[0].at <= now - window) spent.shift()
    const units = costs[method] ?? 0
    const sum = spent.reduce((all, one) => all + one.units, 0) + units
    if (sum > (options.units ?? Number.POSITIVE_INFINITY)) {
      // Both ways in which it is known to say so, in turns.
      refusals += 1
      throw refusals % 2 === 1
        ? new Refusal(429, 'rateLimitExceeded', 'Too many requests')
        : new Refusal(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded')
    }
    told.mostUnits = Math.max(told.mostUnits, sum)
    told.units += units
    spent.push({ at: now, units })
  }
  const admit = ({ headers }: IncomingMessage) => {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
    const left = uses.get(token) ?? 0
    if (left <= 0) throw new Refusal(401, 'authError', 'Request had invalid authentication credentials.')
    uses.set(token, left - 1)
    return mailboxOf(owners.get(token) ?? '')
  }
  const fails = (method: string) => method !== 'upload' && random.chance((options.failures ?? 0) / 100)

  const storeMessage = async (call: Call, source: Buffer, labelIds: string[], query: URLSearchParams) => {
    stores += 1
    const at = stores
    const most = Math.min(
      options.mostBytes ?? Number.POSITIVE_INFINITY,
      (call.method.endsWith('insert') ? 50 : 150) * 1024 * 1024,
    )
    if (source.length > most) throw new Refusal(413, 'uploadTooLarge', 'Request Too Large')
    if (state.isFull) throw new Refusal(403, 'storageQuotaExceeded', 'The user has exceeded their storage quota.')
    if (await state.during?.('asked', at)) return drop(call)
    const usual = call.method.endsWith('insert') ? 'receivedTime' : 'dateHeader'
    const date = query.get('internalDateSource') === 'receivedTime' ? 'receivedTime' : usual
    // Inserted as it is: nothing is compared.
    const kept = call.mailbox.store(source, labelIds, date, call.method.endsWith('import'))
    if (await state.during?.('stored', at)) return drop(call)
    return { id: kept.id, threadId: kept.id, labelIds: [...kept.labels] }
  }
  const drop = ({ response }: Call) => {
    response.destroy()
    return null
  }

  const uploadPart = async (call: Call) => {
    const upload = uploads.get(call.url.searchParams.get('upload_id') ?? '')
    if (upload === undefined) throw new Refusal(404, 'notFound', 'No such upload')
    const body = await bytesOf(call.request)
    const has = upload.parts.reduce((sum, part) => sum + part.length, 0)
    const [, from, to, size] =
      /^bytes (?:(\d+)-(\d+)|\*)\/(\d+)$/.exec(call.request.headers['content-range'] ?? '') ?? []
    if (Number(size) !== upload.size) throw new Refusal(400, 'badRequest', 'Wrong size')
    if (from !== undefined) {
      const isLast = Number(to) + 1 === upload.size
      if (Number(from) !== has || body.length !== Number(to) - Number(from) + 1)
        throw new Refusal(400, 'badRequest', 'Wrong range')
      if (!isLast && body.length % quarter !== 0) throw new Refusal(400, 'badRequest', 'Not a multiple of 256 KiB')
      state.breakUploadAfter -= body.length
      if (state.breakUploadAfter < 0) {
        state.breakUploadAfter = Number.POSITIVE_INFINITY
        // What it took of the part, it keeps.
        upload.parts.push(body.subarray(0, quarter))
        throw new Refusal(503, 'backendError', 'Backend Error')
      }
      upload.parts.push(body)
    }
    const reached = upload.parts.reduce((sum, part) => sum + part.length, 0)
    if (reached < upload.size) {
      call.response.writeHead(308, reached === 0 ? {} : { range: `bytes=0-${reached - 1}` }).end()
      return null
    }
    return storeMessage({ ...call, method: upload.method }, Buffer.concat(upload.parts), upload.labelIds, upload.query)
  }

  const upload = async (call: Call) => {
    const { url, request, response, method } = call
    const type = url.searchParams.get('uploadType')
    if (type === 'multipart') {
      const [meta, source] = related(request.headers['content-type'] ?? '', await bytesOf(request))
      if (source.length > 5_000_000) throw new Refusal(413, 'uploadTooLarge', 'Use a resumable upload')
      return storeMessage(call, source, labelIdsOf(meta), url.searchParams)
    }
    if (type !== 'resumable' || request.headers['x-upload-content-type'] !== 'message/rfc822')
      throw new Refusal(400, 'badRequest', 'Unknown upload')
    const key = `up${uploads.size + 1}`
    const size = Number(request.headers['x-upload-content-length'])
    uploads.set(key, { query: url.searchParams, labelIds: labelIdsOf(await text(request)), size, parts: [], method })
    // The real one names its own host.
    response.writeHead(200, { location: `https://gmail.googleapis.com${url.pathname}?upload_id=${key}` }).end()
    return null
  }

  const page = (call: Call) => {
    const { searchParams } = call.url
    const all = call.mailbox.list(
      searchParams.get('q') ?? '',
      searchParams.getAll('labelIds'),
      searchParams.get('includeSpamTrash') === 'true',
    )
    const most = Math.min(Number(searchParams.get('maxResults') ?? 100), options.pageSize ?? 500)
    const from = Number(Buffer.from(searchParams.get('pageToken') ?? '', 'base64url').toString() || 0)
    const more = from + most < all.length && { nextPageToken: Buffer.from(String(from + most)).toString('base64url') }
    return {
      messages: all.slice(from, from + most).map(({ id }) => ({ id, threadId: id })),
      ...more,
      resultSizeEstimate: all.length,
    }
  }

  const carryOut = async (call: Call): Promise<unknown> => {
    const { method, url, request, id, mailbox } = call
    if (method === 'getProfile') return { emailAddress: 'anna@example.it', historyId: mailbox.historyId() }
    if (method === 'labels.list') return { labels: [...mailbox.labels.values()] }
    if (method === 'labels.create') return mailbox.createLabel(JSON.parse(await text(request)).name)
    if (method === 'messages.list') return page(call)
    if (method === 'messages.get' && state.readsFail)
      throw new Refusal(403, 'dailyLimitExceeded', 'Daily Limit Exceeded')
    if (method === 'messages.get') return messageOf(mailbox.messages.get(id), url.searchParams)
    if (method === 'messages.modify') {
      const { addLabelIds = [], removeLabelIds = [] } = JSON.parse(await text(request))
      const kept = mailbox.modify(id, addLabelIds, removeLabelIds)
      return { id, threadId: id, labelIds: [...kept.labels] }
    }
    return method === 'upload' ? uploadPart(call) : upload(call)
  }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    const { method, id } = methodOf(request.method ?? '', url)
    try {
      count(told.calls, method)
      const call: Call = { method, url, request, response, id, mailbox: admit(request) }
      spend(method)
      const isFailing = fails(method)
      if (isFailing && random.chance(0.5)) throw new Refusal(503, 'backendError', 'Backend Error')
      const found = await carryOut(call)
      if (found === null) return
      if (isFailing) throw new Refusal(503, 'backendError', 'Backend Error')
      send(response, 200, found)
      count(told.statuses, 200)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      count(told.statuses, error.status)
      const { status, message, reason } = error
      await bytesOf(request).catch(() => undefined)
      send(response, status, { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } })
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    ...{ port: typeof address === 'object' && address ? address.port : 0, mailbox: mailboxOf(''), told, state },
    /** One mailbox of several; the one without a name is `mailbox`. */
    mailboxOf,
    stores: () => stores,
    /** A new token for a mailbox; earlier ones stay good until they are used up. */
    token: (user = '') => {
      told.tokens += 1
      // No two doubles give the same.
      const token = `ya29.${randomBytes(6).toString('hex')}.${told.tokens}`
      uses.set(token, options.tokenUses ?? Number.POSITIVE_INFINITY)
      owners.set(token, user)
      return token
    },
    /** All tokens there are are good for so many more requests. */
    limitTokens: (requests: number) => {
      for (const token of uses.keys()) uses.set(token, requests)
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function methodOf(verb: string, url: URL): { method: string; id: string } {
  const [, isUpload, rest = ''] = /^(\/upload)?\/gmail\/v1\/users\/me\/(.+)$/.exec(url.pathname) ?? []
  const [noun, id = '', act] = rest.split('/')
  if (isUpload) return { method: verb === 'PUT' ? 'upload' : `messages.${id}`, id: '' }
  if (verb === 'GET' && noun === 'profile') return { method: 'getProfile', id: '' }
  if (noun === 'labels') return { method: verb === 'GET' ? 'labels.list' : 'labels.create', id: '' }
  if (act === 'modify') return { method: 'messages.modify', id }
  return { method: id === '' ? 'messages.list' : 'messages.get', id }
}

function messageOf(kept: Kept | undefined, query: URLSearchParams) {
  if (kept === undefined) throw new Refusal(404, 'notFound', 'Requested entity was not found.')
  const { id, labels, internalDate, raw } = kept
  const all = { id, threadId: id, labelIds: [...labels], sizeEstimate: raw.length, internalDate: String(internalDate) }
  const shown = query.get('format') === 'raw' ? { ...all, raw: padded(raw) } : all
  const fields = query.get('fields')?.split(',')
  return Object.fromEntries(Object.entries(shown).filter(([name]) => fields?.includes(name) ?? true))
}

// With padding, as some of its answers have it.
function padded(raw: Buffer): string {
  const text = raw.toString('base64url')
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}

function send(response: ServerResponse, status: number, found: unknown) {
  const json = JSON.stringify(found, null, 2).replaceAll('=', '\\u003d')
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(json)
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await request.toArray())
}

function labelIdsOf(meta: string): string[] {
  return (JSON.parse(meta || '{}') as { labelIds?: string[] }).labelIds ?? []
}

/** The two parts of a multipart/related body (RFC 2387). */
function related(contentType: string, body: Buffer): [string, Buffer] {
  const mark = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (mark === undefined) throw new Refusal(400, 'badRequest', 'Not multipart/related')
  const line = Buffer.from(`--${mark}`)
  const starts: number[] = []
  for (let at = body.indexOf(line); at >= 0; at = body.indexOf(line, at + 1)) starts.push(at)
  const [first, second, last] = starts
  if (first === undefined || second === undefined || last === undefined)
    throw new Refusal(400, 'badRequest', 'Two parts')
  const part = (from: number, to: number) => {
    const whole = body.subarray(from + line.length + 2, to - 2)
    const end = whole.indexOf('\r\n\r\n')
    return { head: whole.subarray(0, end).toString(), content: whole.subarray(end + 4) }
  }
  const [meta, media] = [part(first, second), part(second, last)]
  if (!/application\/json/i.test(meta.head) || !/message\/rfc822/i.test(media.head))
    throw new Refusal(400, 'badRequest', 'Media type is not supported')
  return [meta.content.toString(), media.content]
}
