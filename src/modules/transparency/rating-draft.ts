/** An answer that waits for the sign-in: sealed with the installation's key, in a cookie, for a quarter of an hour. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { decrypt, encrypt, keyedDigest } from '../../platform/auth/secrets.ts'
import type { Services } from '../../platform/context.ts'
import { wrongField } from './rating-problems.ts'
import { citizenPeriods } from './rating-retention.ts'
import { type Rated, rateInput } from './rating-schema.ts'

const name = '__Host-sitec-voto'
/** What browsers keep of a cookie is 4,096 bytes with its name and its attributes. */
const longest = 3900

type Secret = Pick<Services, 'secret'>
const keyOf = ({ secret }: Secret) => keyedDigest(secret, 'rating draft')

/** Set-Cookie that keeps an answer; nobody can read or change it on the way. */
export function keepDraft(services: Secret, rated: Rated, now = Date.now()): string {
  const until = now + citizenPeriods.draftMinutes * 60_000
  const plain = deflateRawSync(Buffer.from(JSON.stringify({ ...rated, until })))
  const sealed = encrypt(keyOf(services), plain).toString('base64url')
  if (sealed.length > longest) throw wrongField('text', (t) => t.draftTooLong)
  return cookie(sealed, citizenPeriods.draftMinutes * 60)
}

/** The answer that was kept, or null when it is none of ours or its time is over. */
export function openDraft(services: Secret, cookies: string | null, now = Date.now()): Rated | null {
  const value = (cookies ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1)
  if (!value) return null
  try {
    const plain = inflateRawSync(decrypt(keyOf(services), Buffer.from(value, 'base64url')), { maxOutputLength: 20_000 })
    const { until, ...rated } = JSON.parse(plain.toString('utf8'))
    return until > now ? rateInput.parse(rated) : null
  } catch {
    // A cookie that was tampered with, or sealed with a key that is gone, is no answer at all.
    return null
  }
}

/** Set-Cookie that forgets the answer. */
export const dropDraft = (): string => cookie('', 0)

const cookie = (value: string, seconds: number) =>
  `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=${seconds}`
