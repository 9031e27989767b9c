/** Manifests are signed with Ed25519 (RFC 8032): whoever has the public key can check them, and only the installation can make them. */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from 'node:crypto'

// A PKCS #8 envelope around the 32 bytes of a key (RFC 8410 §7).
const envelope = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The installation's key for manifests, derived from its secret: nothing more to keep, and of no use for anything else. */
function keyOf(secret: Buffer): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'mail manifest', 32))
  return createPrivateKey({ key: Buffer.concat([envelope, seed]), format: 'der', type: 'pkcs8' })
}

/** The public key as base64 of its DER form (SPKI). */
export function publicKeyOf(secret: Buffer): string {
  return createPublicKey(keyOf(secret)).export({ format: 'der', type: 'spki' }).toString('base64')
}

/** The signature of these bytes, in base64. */
export function signBytes(secret: Buffer, bytes: Buffer): string {
  return sign(null, bytes, keyOf(secret)).toString('base64')
}

/** Whether these bytes were signed with the key whose public half this is; false also for a key that is none. */
export function isSigned(publicKey: string, bytes: Buffer, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
