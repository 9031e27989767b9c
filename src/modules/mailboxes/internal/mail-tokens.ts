/** Tokens of OAuth 2 for servers that take no passwords: of a Google service account, of a Microsoft application. */
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { z } from 'zod'

const endpoint = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || ['127.0.0.1', '[::1]'].includes(hostname)
})
// The file that Google gives for a service account, and what Microsoft Entra shows of an application.
const googleKey = z.object({
  client_email: z.string().min(3),
  private_key: z.string().includes('PRIVATE KEY'),
  token_uri: endpoint.default('https://oauth2.googleapis.com/token'),
})
const microsoftKey = z.object({
  tenant: z.string().regex(/^[A-Za-z0-9.-]+$/),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  token_uri: endpoint.optional(),
})
const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

const googleScope = 'https://mail.google.com/'
/** What the Gmail API is used for: nothing is ever deleted. */
export const gmailScope = 'https://www.googleapis.com/auth/gmail.modify'
const microsoftScope = 'https://outlook.office365.com/.default'
/** Asked for anew so long before it ends: a sign-in takes a while. */
const beforeEndMs = 300_000
const longestMs = 20_000

/** Whether this is the key of a service account of Google, or of an application of Microsoft. */
export function isServiceKey(kind: string, text: string): boolean {
  const shape = kind === 'google' ? googleKey : microsoftKey
  try {
    return shape.safeParse(JSON.parse(text)).success
  } catch {
    return false
  }
}

/** A token that was not given: the key is wrong, the right was not granted, or nobody answers. */
export class TokenTrouble extends Error {
  override name = 'TokenTrouble'
  readonly isUnreachable: boolean
  constructor(words: string, isUnreachable: boolean, options?: ErrorOptions) {
    super(`token: ${words}`, options)
    this.isUnreachable = isUnreachable
  }
}

/** `scope`: what a Google token is for; without it, mail. */
export type TokenServer = { kind: string; secret: Buffer; scope?: string }
/** `refused`: a token the server would not take, though it had not ended. */
export type Tokens = { fresh: (server: TokenServer, user: string, refused?: string) => Promise<string> }

type Kept = { token: string; endsAt: number }

/** Keeps what was given until shortly before it ends; asks once for those who ask at the same time. */
export function openTokens(now: () => number = Date.now): Tokens {
  const kept = new Map<string, Promise<Kept>>()
  return {
    fresh: async (server, user, refused) => {
      // Google gives a token for one mailbox, Microsoft one for all of them.
      const digest = createHash('sha256').update(server.secret).digest('hex')
      const key = server.kind === 'google' ? `${digest} ${user} ${server.scope ?? ''}` : digest
      const known = kept.get(key)
      if (known !== undefined) {
        const { token, endsAt } = await known.catch(() => ({ token: '', endsAt: 0 }))
        if (endsAt - beforeEndMs > now() && token !== refused) return token
        if (kept.get(key) === known) kept.delete(key)
      }
      const asked = kept.get(key) ?? ask(server, user, now)
      kept.set(key, asked)
      try {
        return (await asked).token
      } catch (error) {
        if (kept.get(key) === asked) kept.delete(key)
        throw error
      }
    },
  }
}

async function ask({ kind, secret, scope = googleScope }: TokenServer, user: string, now: () => number): Promise<Kept> {
  const { uri, form } = kind === 'google' ? googleGrant(secret, user, scope, now()) : microsoftGrant(secret)
  try {
    const response = await fetch(uri, {
      ...{ method: 'POST', body: new URLSearchParams(form), redirect: 'error' },
      signal: AbortSignal.timeout(longestMs),
    })
    const body: unknown = await response.json()
    const parsed = granted.safeParse(body)
    if (!response.ok || !parsed.success) throw new TokenTrouble(wordsOf(body, response.status), response.status >= 500)
    return { token: parsed.data.access_token, endsAt: now() + parsed.data.expires_in * 1000 }
  } catch (cause) {
    throw cause instanceof TokenTrouble ? cause : new TokenTrouble('no answer', true, { cause })
  }
}

// The error of RFC 6749 §5.2; never the whole body, which may hold what was sent.
function wordsOf(body: unknown, status: number): string {
  const told = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(body)
  if (!told.success) return `HTTP ${status}`
  return [told.data.error, told.data.error_description?.slice(0, 200)].filter(Boolean).join(': ')
}

function read<Shape extends z.ZodType>(shape: Shape, secret: Buffer): z.output<Shape> {
  try {
    return shape.parse(JSON.parse(secret.toString('utf8')))
  } catch (cause) {
    throw new TokenTrouble('the key is not readable', false, { cause })
  }
}

// RFC 7523: a signed statement that the service account acts for this mailbox.
function googleGrant(secret: Buffer, user: string, scope: string, now: number) {
  const key = read(googleKey, secret)
  const seconds = Math.floor(now / 1000)
  const claims = {
    iss: key.client_email,
    sub: user,
    scope,
    aud: key.token_uri,
    iat: seconds,
    exp: seconds + 3600,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(signed), privateKeyOf(key.private_key)).toString('base64url')
  return {
    uri: key.token_uri,
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: `${signed}.${signature}` },
  }
}

function privateKeyOf(pem: string) {
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    throw new TokenTrouble('the key is not readable', false, { cause })
  }
}

function microsoftGrant(secret: Buffer) {
  const { tenant, client_id, client_secret, token_uri } = read(microsoftKey, secret)
  return {
    uri: token_uri ?? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
    form: { grant_type: 'client_credentials', client_id, client_secret, scope: microsoftScope },
  }
}
