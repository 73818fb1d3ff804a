import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** What the text of a token says (RFC 7519). Of all this only `jti` counts when it comes back: the rest stands in the store. */
export interface TokenClaims {
  readonly uid: string
  readonly jti: string
  readonly scopes: readonly string[]
  /** What the token is for. */
  readonly sub: string
  /** Where the real service notes that a token came from an older system: empty for every one made since, and so here. */
  readonly extra_info: Readonly<Record<string, never>>
  /** Seconds since the epoch. */
  readonly iat: number
  readonly version: '1.0'
  /** Seconds since the epoch. */
  readonly exp: number
}

/** Whether it begins as every text of ours does: quick, since each call asks it. */
export const isTokenText = (value: string): boolean => value.startsWith(beginning)

export const tokenText = (key: KeyObject, claims: TokenClaims): string => {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${signed}.${signatureOf(key, signed).toString('base64url')}`
}

export interface SignedText<Key> {
  readonly id: string
  /** The one that signed it. */
  readonly by: Key
}

/**
 * The `jti` of a text that one of these keys has signed, and which; null for anything else. The header is compared as a whole, so no other algorithm
 * can be asked for, and each part is the one way of writing its bytes (RFC 8725 sections 3.1 and 3.12).
 */
export function signedText<Key extends { readonly key: KeyObject }>(
  text: string,
  keys: readonly Key[],
): SignedText<Key> | null {
  if (text.length > textMax || !shape.test(text) || !isTokenText(text)) return null
  const [head = '', payload = '', signature = ''] = text.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  if (bytes.length !== signatureBytes || bytes.toString('base64url') !== signature) return null
  const signed = `${head}.${payload}`
  // Every key is tried, so that the time tells nothing of which one fits.
  const [by] = keys.filter(({ key }) => timingSafeEqual(signatureOf(key, signed), bytes))
  const id = by === undefined ? null : idIn(payload)
  return by === undefined || id === null ? null : { id, by }
}

function idIn(payload: string): string | null {
  const bytes = Buffer.from(payload, 'base64url')
  if (bytes.toString('base64url') !== payload) return null
  try {
    return claimsShape.safeParse(JSON.parse(bytes.toString('utf8'))).data?.jti ?? null
  } catch {
    return null
  }
}

const claimsShape = z.looseObject({ jti: z.uuid(), uid: z.uuid(), version: z.literal('1.0') })
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/
/** Room for the scopes of every API of a platform, within what a header may hold. */
const textMax = 12_000
const header = Buffer.from('{"alg":"HS256"}').toString('base64url')
const beginning = `${header}.`
const signatureBytes = 32

const signatureOf = (key: KeyObject, signed: string): Buffer => createHmac('sha256', key).update(signed).digest()
