/** Keys and digests. What could be stolen with a copy of the database is sealed with a key that lies outside it. */
import {
  argon2 as argon2Callback,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Kysely } from 'kysely'
import { PostgresError } from '../postgres-place.ts'
import type { Rows } from '../rows.gen.ts'

const argon2 = promisify(argon2Callback)
// OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, 2 passes, 1 lane.
const cost = { memory: 19_456, passes: 2, parallelism: 1 }

/** A password as a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`
}

/** Whether a password is the one that was hashed. Takes as long for a hash of null, so nobody learns that an account exists. */
export async function checkPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash ?? '')
  if (!parts) {
    await derive(password, Buffer.alloc(16), cost)
    return false
  }
  const [, memory, passes, parallelism, salt, tag] = parts
  const found = await derive(password, Buffer.from(salt ?? '', 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  const expected = Buffer.from(tag ?? '', 'base64')
  return found.length === expected.length && timingSafeEqual(found, expected)
}

function derive(password: string, nonce: Buffer, how: typeof cost): Promise<Buffer> {
  return argon2('argon2id', { message: Buffer.from(password.normalize('NFC')), nonce, tagLength: 32, ...how })
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** A bearer secret of 256 bits and the digest under which it is stored. */
export function newToken(prefix = ''): { token: string; digest: Buffer } {
  const token = prefix + randomBytes(32).toString('base64url')
  return { token, digest: tokenDigest(token) }
}

export function tokenDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** A digest that cannot be guessed without the installation's key. */
export function keyedDigest(secret: Buffer, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}

/** AES-256-GCM: 12 bytes nonce ‖ 16 bytes tag ‖ cipher text. */
export function encrypt(secret: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Throws when the key or the bytes are not the ones they were. */
export function decrypt(secret: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}

/**
 * The installation's key, from `secret.key` in the data folder; made on the first start.
 * When it is gone but second factors or mailbox passwords were sealed with it, SITEC refuses to start rather than to weaken them.
 */
export async function loadSecret(dataFolder: string, owner: Kysely<Rows>): Promise<Buffer> {
  const path = join(dataFolder, 'secret.key')
  if (existsSync(path)) return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  const sealed = await owner
    .selectFrom('account')
    .select('id')
    .where('totp_secret', 'is not', null)
    .union(owner.selectFrom('mail_channel').select('id'))
    .limit(1)
    .executeTakeFirst()
  if (sealed)
    throw new PostgresError(
      `${path} is missing, and second factors or mailbox passwords were sealed with it: put it back from the backup.`,
    )
  const secret = randomBytes(32)
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, `${secret.toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // Another process made it a moment ago: its key is the one.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return loadSecret(dataFolder, owner)
    throw error
  }
  return secret
}
