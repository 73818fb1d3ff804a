import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { OAuthError, RefusalContext } from '../dialect.js'
import type { Answer } from '../exchange.js'
import { type RefusalCode, refusal } from '../refusals.js'
import { dialectOf } from './dialect-of.js'

const dialect = dialectOf('france-travail')
const context: RefusalContext = { requestId: 'r', language: 'fr', api: null, quota: null, problemsUrl: 'https://p/' }
const lines = ({ headers }: Answer) =>
  headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []))
const body = (answer: Answer) => (answer.body === null ? null : Buffer.from(answer.body).toString())
const refuse = (code: RefusalCode, detail?: Record<string, unknown>) => dialect.refuse(refusal(code, detail), context)

describe('france-travail: the token endpoint', () => {
  it('grants with the keys and headers of the real one', () => {
    const answer = dialect.tokenGranted({ accessToken: 'abc', scope: 'api_offresdemploiv2 o2dsoffre', expiresIn: 1499 })
    assert.equal(answer.status, 200)
    assert.equal(
      body(answer),
      '{"access_token":"abc","scope":"api_offresdemploiv2 o2dsoffre","token_type":"Bearer","expires_in":1499}',
    )
    assert.deepEqual(lines(answer).slice(0, 3), [
      'Content-Type: application/json;charset=UTF-8',
      'Cache-Control: no-store',
      'Pragma: no-cache',
    ])
  })

  it('adds what a user flow grants, the nonce included', () => {
    const answer = dialect.tokenGranted({
      accessToken: 'a',
      scope: 'openid',
      expiresIn: 59,
      idToken: 'i',
      refreshToken: 'r',
      nonce: 'n',
    })
    assert.equal(
      body(answer),
      '{"access_token":"a","scope":"openid","token_type":"Bearer","expires_in":59,"id_token":"i","refresh_token":"r","nonce":"n"}',
    )
  })

  const errors: readonly (readonly [Partial<OAuthError> & { readonly error: string }, string])[] = [
    [{ error: 'invalid_client', status: 401, basic: true }, 'Client authentication failed'],
    [{ error: 'invalid_scope', scopes: ['api_quinexistepasv0'] }, 'Unknown/invalid scope(s): [api_quinexistepasv0]'],
    [{ error: 'invalid_scope', scopes: ['a', 'b'] }, 'Unknown/invalid scope(s): [a, b]'],
    [{ error: 'invalid_scope' }, 'No scope requested and no default scope configured'],
    [{ error: 'unsupported_grant_type', grantType: 'password' }, 'Grant type is not supported: password'],
    [{ error: 'invalid_grant' }, 'The provided access grant is invalid, expired, or revoked.'],
    [{ error: 'redirect_uri_mismatch' }, 'The redirection URI provided does not match a pre-registered value.'],
    [{ error: 'invalid_request' }, 'as it was said'],
  ]
  for (const [error, description] of errors) {
    it(`refuses ${error.error}: 400, "${description}"`, () => {
      const answer = dialect.tokenErrors({ description: 'as it was said', status: 400, ...error })
      assert.equal(answer.status, 400)
      assert.equal(body(answer), `{"error":"${error.error}","error_description":"${description}"}`)
      assert.deepEqual(lines(answer).slice(0, 2), ['Content-Type: application/json', 'Cache-Control: no-store'])
    })
  }

  it('a fault of the server stays one', () => {
    assert.equal(dialect.tokenErrors({ error: 'server_error', description: 'x', status: 500 }).status, 500)
  })
})

describe('france-travail: the gateway', () => {
  it('401 is empty, with a bare challenge', () => {
    for (const code of [
      'token/missing',
      'token/invalid',
      'token/malformed',
      'token/foreign',
      'token/environment',
    ] as const) {
      const answer = refuse(code)
      assert.deepEqual([answer.status, answer.body], [401, null])
      assert.deepEqual(lines(answer), [
        'WWW-Authenticate: Bearer',
        'Cache-Control: no-store, no-cache',
        'Pragma: no-cache',
        'Content-Length: 0',
      ])
    }
  })

  it('403 and 404 are empty', () => {
    for (const code of [
      'access/scope',
      'access/subscription',
      'route/unknown-api',
      'route/unknown-resource',
    ] as const) {
      assert.equal(refuse(code).body, null)
    }
  })

  it('429 is empty text with whole seconds to wait', () => {
    const answer = dialect.refuse(refusal('quota/application'), {
      ...context,
      quota: { admitted: false, states: [], refusedBy: 0, retryAfterSeconds: 3 },
    })
    assert.deepEqual(lines(answer), [
      'Content-Type: text/plain',
      'Retry-After: 3',
      'Cache-Control: no-store, no-cache',
      'Pragma: no-cache',
      'Content-Length: 0',
    ])
    assert.deepEqual([answer.status, answer.body], [429, null])
  })

  it('faults are JSON in its shape, in our own words', () => {
    const answer = refuse('upstream/late')
    assert.equal(answer.status, 504)
    assert.equal(
      body(answer),
      '{"codeErreur":"PORTIQUE_UPSTREAM_LATE","codeHttp":504,"message":"Fournisseur trop lent. Réessayez plus tard."}',
    )
    assert.ok(lines(refuse('gateway/busy', { retryAfterSeconds: 2 })).includes('Retry-After: 2'))
    assert.ok(lines(refuse('route/method', { allow: 'GET' })).includes('Allow: GET'))
  })

  it('a token in the address counts for nothing', () => {
    const head = { method: 'GET', target: '/x?access_token=a', httpVersion: '1.1', headers: [] }
    assert.deepEqual(dialect.credential(head), refusal('token/missing'))
  })

  it('X-Ratelimit headers, four a limiter', () => {
    const rule = { key: 'application+api', limit: 10, periodSeconds: 1, algorithm: 'bucket' } as const
    const headers = dialect.limits(
      {
        admitted: true,
        states: [
          { rule, remaining: 9, resetMilliseconds: 100 },
          { rule: { ...rule, key: 'api', limit: 100 }, remaining: 99, resetMilliseconds: 10 },
          { rule: { ...rule, key: 'token' }, remaining: 1, resetMilliseconds: 10 },
        ],
      },
      0,
    )
    assert.deepEqual(lines({ status: 200, headers, body: null }), [
      'X-Ratelimit-Remaining-Clientidlimiter: 9',
      'X-Ratelimit-Requested-Tokens-Clientidlimiter: 1',
      'X-Ratelimit-Burst-Capacity-Clientidlimiter: 10',
      'X-Ratelimit-Replenish-Rate-Clientidlimiter: 10',
      'X-Ratelimit-Remaining-Defaultlimiter: 99',
      'X-Ratelimit-Requested-Tokens-Defaultlimiter: 1',
      'X-Ratelimit-Burst-Capacity-Defaultlimiter: 100',
      'X-Ratelimit-Replenish-Rate-Defaultlimiter: 100',
    ])
  })
})
