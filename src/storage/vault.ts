import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { storageProblem } from './problems.js'
import type { Vault } from './store.js'

/**
 * Seals with AES-256-GCM as `v1.<key id>.<nonce, text and tag in base64url>`. The context and the prefix are authenticated.
 * `key` is 32 bytes and seals; the `older` keys only open, while a rotation lasts. Throws a RangeError for a key of another length.
 */
export function createVault(key: Buffer, older: readonly Buffer[] = []): Vault {
  const keys = new Map([...older, key].map((each) => [keyIdentifier(each), Buffer.from(each)]))
  const current = keyIdentifier(key)
  return {
    seal(plain, context) {
      const prefix = `v1.${current}.`
      // A random 96-bit nonce is safe for 2^32 seals under one key (NIST SP 800-38D section 8.3).
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(prefix + context))
      const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return prefix + body.toString('base64url')
    },
    open(sealed, context) {
      const [version, keyId = '', body = '', ...rest] = sealed.split('.')
      const found = keys.get(keyId)
      try {
        if (version !== 'v1' || found === undefined || rest.length > 0) throw new Error('not sealed by a known key')
        return opened(found, Buffer.from(body, 'base64url'), `v1.${keyId}.${context}`)
      } catch {
        // One answer for every reason, without the cause: what fails must teach nothing about key, context or text.
        throw storageProblem('storage/unsealed')
      }
    },
  }
}

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

function opened(key: Buffer, body: Buffer, authenticated: string): string {
  if (body.length < nonceBytes + tagBytes) throw new RangeError('too short')
  const decipher = createDecipheriv(algorithm, key, body.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(authenticated)).setAuthTag(body.subarray(-tagBytes))
  return decipher.update(body.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
}

/** Says which key without saying anything of it: 48 bits of an HMAC under the key. */
function keyIdentifier(key: Buffer): string {
  if (key.length !== 32) throw new RangeError('The vault takes a key of 32 bytes')
  return createHmac('sha256', key).update('portique vault key id').digest().subarray(0, 6).toString('base64url')
}
