import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Operation } from '../api.js'
import { breachRefusal } from '../checking/breach-refusal.js'
import type { RefusalContext } from '../dialect.js'
import type { Answer } from '../exchange.js'
import type { QuotaDecision } from '../quota.js'
import { refusal } from '../refusals.js'
import { dialectOf } from './dialect-of.js'

const standard = dialectOf('standard')
const context: RefusalContext = {
  requestId: 'req_1',
  language: 'en',
  api: null,
  quota: null,
  problemsUrl: 'https://portal.example/problems/',
}
const head = (target: string, ...headers: string[]) => ({ method: 'GET', target, httpVersion: '1.1', headers })
const header = ({ headers }: Answer, name: string) => {
  const index = headers.findIndex((candidate, at) => at % 2 === 0 && candidate.toLowerCase() === name.toLowerCase())
  return index < 0 ? undefined : headers[index + 1]
}
const body = (answer: Answer) => Buffer.from(answer.body ?? []).toString()

const decision: QuotaDecision = {
  admitted: false,
  refusedBy: 0,
  retryAfterSeconds: 7,
  states: [
    {
      rule: { key: 'application+api', limit: 4, periodSeconds: 60, algorithm: 'fixed' },
      remaining: 0,
      resetMilliseconds: 6_001,
    },
    { rule: { key: 'api', limit: 100, periodSeconds: 1, algorithm: 'bucket' }, remaining: 31, resetMilliseconds: 690 },
  ],
}

describe('standard: the credential', () => {
  it('is read whatever the case of the scheme', () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      assert.deepEqual(standard.credential(head('/', 'authorization', `${scheme} aZ0-._~+/=`)), {
        kind: 'bearer',
        value: 'aZ0-._~+/=',
      })
    }
  })

  it('is missing without header or with another scheme', () => {
    assert.deepEqual(standard.credential(head('/')), refusal('token/missing'))
    assert.deepEqual(standard.credential(head('/', 'Authorization', 'Basic eDp5')), refusal('token/missing'))
  })

  it('is malformed when it is not one word of the alphabet', () => {
    for (const value of ['Bearer', 'Bearer ', 'Bearer a b', 'Bearer é', 'Bearer a,b', 'Bearer a=b']) {
      assert.equal(
        Reflect.get(standard.credential(head('/', 'Authorization', value)), 'code'),
        'token/malformed',
        value,
      )
    }
  })

  it('is refused twice, and in the address', () => {
    const twice = standard.credential(head('/', 'Authorization', 'Bearer a', 'authorization', 'Bearer a'))
    assert.equal(Reflect.get(twice, 'code'), 'request/header-twice')
    assert.equal(Reflect.get(standard.credential(head('/x?access_token=a')), 'code'), 'token/in-query')
    assert.equal(Reflect.get(standard.credential(head('/x?no_access_token=a')), 'code'), 'token/missing')
  })
})

describe('standard: refusals', () => {
  it('a problem, to the letter', () => {
    const answer = standard.refuse(refusal('route/unknown-api'), context)
    const text =
      '{"type":"https://portal.example/problems/route/unknown-api","title":"Unknown API","status":404,"detail":"Check the code and version of the API in the catalogue.","instance":"urn:portique:request:req_1","code":"route/unknown-api"}'
    assert.equal(body(answer), text)
    assert.deepEqual(answer.headers, [
      'Content-Type',
      'application/problem+json',
      'Content-Language',
      'en',
      'Cache-Control',
      'no-store',
      'Content-Length',
      String(Buffer.byteLength(text)),
    ])
  })

  it('in French, with the length in bytes', () => {
    const answer = standard.refuse(refusal('token/missing'), { ...context, language: 'fr' })
    assert.equal(JSON.parse(body(answer)).title, 'Jeton d’accès absent')
    assert.equal(header(answer, 'Content-Length'), String(answer.body?.byteLength))
    assert.equal(header(answer, 'Content-Language'), 'fr')
  })

  it('challenges as RFC 6750 section 3 says', () => {
    const challenge = (code: Parameters<typeof refusal>[0], detail?: Record<string, unknown>) =>
      header(standard.refuse(refusal(code, detail), context), 'WWW-Authenticate')
    assert.equal(challenge('token/missing'), 'Bearer realm="portique"')
    assert.equal(challenge('token/invalid'), 'Bearer realm="portique", error="invalid_token"')
    assert.equal(challenge('token/foreign'), 'Bearer realm="portique", error="invalid_token"')
    assert.equal(challenge('token/in-query'), 'Bearer realm="portique", error="invalid_request"')
    assert.equal(
      challenge('access/scope', { scope: 'a b' }),
      'Bearer realm="portique", error="insufficient_scope", scope="a b"',
    )
    assert.equal(challenge('route/unknown-resource'), undefined)
  })

  it('429 names the level that refused, how long to wait, and is never kept', () => {
    const answer = standard.refuse(refusal('quota/application'), { ...context, quota: decision })
    assert.deepEqual(JSON.parse(body(answer)).quota, {
      level: 'application',
      limit: 4,
      periodSeconds: 60,
      retryAfterSeconds: 7,
    })
    assert.equal(header(answer, 'Retry-After'), '7')
    assert.equal(header(answer, 'Cache-Control'), 'no-store')
  })

  it('503 says when to come back, in whole seconds of at least one', () => {
    const wait = (detail?: Record<string, unknown>) =>
      header(standard.refuse(refusal('upstream/resting', detail), context), 'Retry-After')
    assert.deepEqual([wait(), wait({ retryAfterSeconds: 0.2 }), wait({ retryAfterSeconds: 4.1 })], ['1', '1', '5'])
  })

  it('405 names the methods', () => {
    const answer = standard.refuse(refusal('route/method', { allow: 'GET, POST' }), context)
    assert.equal(header(answer, 'Allow'), 'GET, POST')
  })

  it('a call against its contract is told which place, and what belongs there', () => {
    const told = refusal('request/contract', {
      kind: 'format',
      parameter: 'id',
      expected: 'string, pattern ^[0-9]{3}$',
    })
    const problem = JSON.parse(body(standard.refuse(told, context)))
    assert.equal(problem.detail, 'The parameter "id" is against the contract. Expected: string, pattern ^[0-9]{3}$.')
    assert.deepEqual([problem.parameter, problem.expected], ['id', 'string, pattern ^[0-9]{3}$'])
    const french = standard.refuse(refusal('request/contract', { kind: 'required', parameter: 'id' }), {
      ...context,
      language: 'fr',
    })
    assert.equal(JSON.parse(body(french)).detail, '« id » manque.')
    const nameless = JSON.parse(body(standard.refuse(refusal('request/contract'), context)))
    assert.match(nameless.detail, /^Compare the parameters/)
    assert.ok(!('parameter' in nameless))
  })

  it('a call that breaks a rule between its parameters is not told a form that they have', () => {
    const operation: Operation = {
      ...{ id: 'read', method: 'GET', path: '/', segments: [] },
      definition: { parameters: [{ name: 'id', in: 'query', schema: { type: 'integer' } }] },
    }
    const told = breachRefusal({ kind: 'rule', name: 'id', expected: '', errorCode: '1' }, operation)
    const problem = JSON.parse(body(standard.refuse(told, context)))
    assert.equal(problem.detail, 'The parameter "id" does not go with the others, or with today’s date.')
    assert.ok(!('expected' in problem))
  })

  it('a code that nobody knows gives nothing away', () => {
    const answer = standard.refuse({ code: '__proto__', status: 500 }, context)
    assert.equal(JSON.parse(body(answer)).title, 'Internal error')
  })
})

describe('standard: limits', () => {
  it('are structured fields, an item a rule', () => {
    assert.deepEqual(standard.limits(decision, 0), [
      'RateLimit-Policy',
      '"application";q=4;w=60, "api";q=100;w=1',
      'RateLimit',
      '"application";r=0;t=7, "api";r=31;t=1',
    ])
  })

  it('several windows of one level have their own names; no rule, no field', () => {
    const [state] = decision.states
    assert.ok(state)
    const day = { ...state, rule: { ...state.rule, periodSeconds: 86_400 } }
    assert.equal(
      standard.limits({ admitted: true, states: [state, day] }, 0)[1],
      '"application-60s";q=4;w=60, "application-86400s";q=4;w=86400',
    )
    assert.deepEqual(standard.limits({ admitted: true, states: [] }, 0), [])
  })
})

describe('standard: the token endpoint', () => {
  it('answers as RFC 6749 section 5 says', () => {
    const granted = standard.tokenGranted({ accessToken: 't', scope: 'a', expiresIn: 60 })
    assert.equal(body(granted), '{"access_token":"t","token_type":"Bearer","expires_in":60,"scope":"a"}')
    const refused = standard.tokenErrors({ error: 'invalid_client', description: 'no', status: 401, basic: true })
    assert.equal(refused.status, 401)
    assert.match(header(refused, 'WWW-Authenticate') ?? '', /^Basic /)
    assert.equal(body(refused), '{"error":"invalid_client","error_description":"no"}')
  })

  it('names the scopes refused, and only what a description may hold', () => {
    const fault = { error: 'invalid_scope', description: 'no', status: 400 }
    const told = (scopes: readonly string[]) =>
      JSON.parse(body(standard.tokenErrors({ ...fault, scopes }))).error_description
    assert.match(told(['a:read', 'b']), /^No subscription of the application gives: a:read b\. /)
    assert.match(told(['a', 'b"c', 'é', 'x\ny']), /gives: a\. /)
    assert.equal(told(['"']), 'no')
    assert.equal(told([]), 'no')
  })
})
