import assert from 'node:assert/strict'
import { createHmac, createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { signedText, type TokenClaims, tokenText } from './token-text.js'

const secret = randomBytes(32)
const key = createSecretKey(secret)
const stranger = createSecretKey(randomBytes(32))
const claims: TokenClaims = {
  uid: randomUUID(),
  jti: randomUUID(),
  scopes: ['cnaf_quotient_familial'],
  sub: 'Cantine scolaire',
  extra_info: {},
  iat: 1_800_000_000,
  version: '1.0',
  exp: 1_847_000_000,
}
const text = tokenText(key, claims)
const idOf = (value: string, keys: readonly KeyObject[]) =>
  signedText(
    value,
    keys.map((one) => ({ key: one })),
  )?.id ?? null
const base64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

/** Signed with our own key, whatever it says. */
function signed(head: unknown, payload: unknown, algorithm = 'sha256'): string {
  const body = `${base64(head)}.${base64(payload)}`
  return `${body}.${createHmac(algorithm, secret).update(body).digest('base64url')}`
}

test('a text says its claims and gives its id back to the key that signed it', () => {
  const [head = '', payload = ''] = text.split('.')
  assert.deepEqual(JSON.parse(Buffer.from(head, 'base64url').toString()), { alg: 'HS256' })
  assert.deepEqual(JSON.parse(Buffer.from(payload, 'base64url').toString()), claims)
  assert.equal(idOf(text, [key]), claims.jti)
  assert.equal(idOf(text, [stranger, key]), claims.jti)
  assert.equal(idOf(text, [stranger]), null)
  assert.equal(idOf(text, []), null)
  assert.equal(idOf(signed({ alg: 'HS256' }, claims), [key]), claims.jti, 'the way of signing for what follows')
  const { extra_info: _, ...before } = claims
  assert.equal(idOf(signed({ alg: 'HS256' }, before), [key]), claims.jti, 'a text shown before it was a claim')
})

const [head = '', payload = '', signature = ''] = text.split('.')
/** The last character of 32 bytes in base64url has two bits that mean nothing: another of the same bytes. */
const twin = `${signature.slice(0, -1)}${String.fromCharCode(signature.charCodeAt(signature.length - 1) + 1)}`

const refused: Readonly<Record<string, string>> = {
  empty: '',
  'two parts': `${head}.${payload}`,
  'four parts': `${text}.x`,
  'no signature': `${head}.${payload}.`,
  padded: `${text}=`,
  'white space inside': `${head}.${payload} .${signature}`,
  'a line feed at its end': `${text}\n`,
  'standard base64': text.replace('.', '+.'),
  'another way of writing the signature': `${head}.${payload}.${twin}`,
  'a shorter signature': `${head}.${payload}.${signature.slice(0, -2)}`,
  'a signature of all zeros': `${head}.${payload}.${Buffer.alloc(32).toString('base64url')}`,
  'another payload': `${head}.${base64({ ...claims, jti: randomUUID() })}.${signature}`,
  'alg none': `${base64({ alg: 'none' })}.${payload}.`,
  'alg none, our signature': signed({ alg: 'none' }, claims),
  'alg HS512': signed({ alg: 'HS512' }, claims, 'sha512'),
  'alg RS256': signed({ alg: 'RS256' }, claims),
  'a key of its own': signed({ alg: 'HS256', jwk: { kty: 'oct', k: 'AA' } }, claims),
  'an unknown crit': signed({ alg: 'HS256', crit: ['exp'] }, claims),
  'another spelling of the header': signed('{ "alg": "HS256" }', claims),
  'a jti that is no UUID': signed({ alg: 'HS256' }, { ...claims, jti: "1' or '1'='1" }),
  'no jti': signed({ alg: 'HS256' }, { ...claims, jti: undefined }),
  'a uid that is no UUID': signed({ alg: 'HS256' }, { ...claims, uid: 7 }),
  'another version': signed({ alg: 'HS256' }, { ...claims, version: '2.0' }),
  'no JSON': signed({ alg: 'HS256' }, '{'),
  'a list': signed({ alg: 'HS256' }, [claims.jti]),
  'too long': signed({ alg: 'HS256' }, { ...claims, scopes: ['x'.repeat(20_000)] }),
}

for (const [name, bad] of Object.entries(refused))
  test(`refused: ${name}`, () => {
    assert.notEqual(bad, text)
    assert.equal(idOf(bad, [key]), null)
  })

test('the twin is another text of the same bytes', () => {
  assert.deepEqual(Buffer.from(twin, 'base64url'), Buffer.from(signature, 'base64url'))
})
