import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { SignIdentity } from '../ports.js'

/** The public half of an identity key as a JWK Set (RFC 7517 section 5): what a provider needs to verify `Portique-Identity`. */
export interface IdentityKeySet {
  readonly keys: readonly { readonly [member: string]: string }[]
}

/** Signs claims as compact JWS with ES256 (RFC 7518 section 3.4). Throws when the key is not a private one on P-256. */
export function createIdentitySigner(privateKey: KeyObject): SignIdentity {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new TypeError('the identity key must be a private key on P-256')
  const header = encode({ alg: 'ES256', typ: 'portique-identity+jwt', kid: identityKeyId(privateKey) })
  return (claims) => {
    const signed = `${header}.${encode(claims)}`
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `${signed}.${signature.toString('base64url')}`
  }
}

export function identityKeySet(privateKeys: readonly KeyObject[]): IdentityKeySet {
  return {
    keys: privateKeys.map((key) => ({ ...publicMembers(key), kid: identityKeyId(key), alg: 'ES256', use: 'sig' })),
  }
}

/** The key's thumbprint (RFC 7638): members in lexicographic order, no white space. */
export function identityKeyId(privateKey: KeyObject): string {
  const { crv, kty, x, y } = publicMembers(privateKey)
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}

function publicMembers(privateKey: KeyObject): { crv: string; kty: string; x: string; y: string } {
  const { crv = '', kty = '', x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { crv, kty, x, y }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
