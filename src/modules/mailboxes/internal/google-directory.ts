/** The directory of Google Workspace: users, groups and members, page by page; slower when Google asks for it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { type Directory, type DirectoryBox, DirectoryTrouble } from './directory.ts'
import { TokenTrouble } from './mail-tokens.ts'

export const directoryScopes =
  'https://www.googleapis.com/auth/admin.directory.user.readonly https://www.googleapis.com/auth/admin.directory.group.readonly'

/** `pause`: the first before asking again, in ms; each is twice as long. */
export type GoogleOptions = { base: string; pause: number; attempts: number }
export const googleOptions: GoogleOptions = { base: 'https://admin.googleapis.com', pause: 1000, attempts: 7 }

const users = z.object({
  nextPageToken: z.string().optional(),
  users: z
    .array(
      z.object({
        primaryEmail: z.string().toLowerCase(),
        name: z.object({ fullName: z.string().default('') }).default({ fullName: '' }),
        aliases: z.array(z.string().toLowerCase()).default([]),
        nonEditableAliases: z.array(z.string().toLowerCase()).default([]),
      }),
    )
    .default([]),
})
const groups = z.object({
  nextPageToken: z.string().optional(),
  groups: z
    .array(
      z.object({
        id: z.string(),
        email: z.string().toLowerCase(),
        name: z.string().default(''),
        aliases: z.array(z.string().toLowerCase()).default([]),
      }),
    )
    .default([]),
})
const members = z.object({
  nextPageToken: z.string().optional(),
  members: z.array(z.object({ email: z.string().toLowerCase().optional() })).default([]),
})
const refusal = z
  .object({
    error: z.object({ message: z.string().default(''), errors: z.array(z.object({ reason: z.string() })).default([]) }),
  })
  .catch({ error: { message: '', errors: [] } })

/** Why Google wants to be asked more slowly; any other 403 is for good. */
const slower = ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded']

/** The directory that a service account reads on behalf of an administrator, for whom `freshToken` is given. */
export function googleDirectory(freshToken: () => Promise<string>, options: Partial<GoogleOptions> = {}): Directory {
  const how = { ...googleOptions, ...options }
  return async function* () {
    const token = await tokenOf(freshToken)
    const get = <Schema extends z.ZodType>(path: string, query: Record<string, string>, schema: Schema) =>
      ask(how, token, path, query, schema)
    yield* pagesOf(
      (more) =>
        get(
          '/admin/directory/v1/users',
          { customer: 'my_customer', maxResults: '500', projection: 'basic', ...more },
          users,
        ),
      ({ users }) => users.map(userBox),
    )
    for await (const page of pagesOf(
      (more) => get('/admin/directory/v1/groups', { customer: 'my_customer', maxResults: '200', ...more }, groups),
      ({ groups }) => groups,
    )) {
      const boxes: DirectoryBox[] = []
      for (const { id, email, name, aliases } of page) {
        const path = `/admin/directory/v1/groups/${encodeURIComponent(id)}/members`
        const found = await Array.fromAsync(
          pagesOf(
            (more) => get(path, { maxResults: '200', ...more }, members),
            (answer) => answer.members.flatMap((one) => one.email ?? []),
          ),
        )
        const forwards = found.flat().map((member) => ({ address: member, keepsCopy: false }))
        boxes.push({ ...{ address: email, name, kind: 'list', quotaBytes: null }, aliases, forwards })
      }
      yield boxes
    }
  }
}

const userBox = ({
  primaryEmail,
  name,
  aliases,
  nonEditableAliases,
}: z.output<typeof users>['users'][number]): DirectoryBox => ({
  ...{ address: primaryEmail, name: name.fullName, kind: null, forwards: null, quotaBytes: null },
  aliases: [...new Set([...aliases, ...nonEditableAliases])],
})

async function tokenOf(freshToken: () => Promise<string>): Promise<string> {
  try {
    return await freshToken()
  } catch (error) {
    if (!(error instanceof TokenTrouble)) throw error
    throw new DirectoryTrouble(error.isUnreachable ? 'unreachable' : 'auth', error.message, { cause: error })
  }
}

async function* pagesOf<Answer extends { nextPageToken?: string | undefined }, Row>(
  next: (more: Record<string, string>) => Promise<Answer>,
  rows: (answer: Answer) => Row[],
): AsyncGenerator<Row[]> {
  let pageToken: string | undefined
  do {
    const answer = await next(pageToken === undefined ? {} : { pageToken })
    yield rows(answer)
    pageToken = answer.nextPageToken
  } while (pageToken !== undefined)
}

async function ask<Schema extends z.ZodType>(
  { base, pause, attempts }: GoogleOptions,
  token: string,
  path: string,
  query: Record<string, string>,
  schema: Schema,
): Promise<z.output<Schema>> {
  let last = ''
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await fetch(`${base}${path}?${new URLSearchParams(query)}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(60_000),
    }).catch((cause: unknown) => {
      throw new DirectoryTrouble('unreachable', base, { cause })
    })
    const body: unknown = await answer.json().catch(() => null)
    if (answer.ok) {
      const read = schema.safeParse(body)
      if (read.success) return read.data
      throw new DirectoryTrouble('other', 'unexpected answer', { cause: read.error })
    }
    const { error } = refusal.parse(body)
    last = error.message
    const isSlower = answer.status === 403 && error.errors.some(({ reason }) => slower.includes(reason))
    if (answer.status !== 429 && answer.status < 500 && !isSlower)
      throw new DirectoryTrouble(answer.status === 401 || answer.status === 403 ? 'auth' : 'other', error.message)
    // As long as Google says; else twice as long each time, a little apart from others who wait (exponential back-off).
    const told = Number(answer.headers.get('retry-after') ?? Number.NaN) * 1000
    await sleep(Number.isFinite(told) ? told : pause * 2 ** attempt * (0.75 + Math.random() / 2))
  }
  throw new DirectoryTrouble('quota', last)
}
