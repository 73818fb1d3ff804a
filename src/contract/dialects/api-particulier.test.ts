import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ApiVersion } from '../api.js'
import type { RefusalContext } from '../dialect.js'
import type { Answer, HeaderList, RequestHead } from '../exchange.js'
import { loadPlatforms } from '../load-platforms.js'
import { parseApi } from '../parse-api.js'
import { onDisk, soundPlatform } from '../platform-on-disk.js'
import type { QuotaDecision } from '../quota.js'
import { type RefusalCode, refusal, refusals } from '../refusals.js'
import { dialectOf } from './dialect-of.js'

const dialect = dialectOf('api-particulier')
const v2 = await versionOf('2')
const v3 = await versionOf('3', { code: '35', name: 'CNAF & MSA' })
const bare = await versionOf('3')

describe('api-particulier: the credential', () => {
  const head = (headers: HeaderList, target = '/v3/dss/quotient_familial/identite'): RequestHead => ({
    method: 'GET',
    target,
    httpVersion: '1.1',
    headers,
  })
  const found: readonly [string, HeaderList, string, unknown][] = [
    [
      'Bearer first',
      ['X-Api-Key', 'key', 'Authorization', 'Bearer one'],
      '/?token=two',
      { kind: 'bearer', value: 'one' },
    ],
    ['then X-Api-Key', ['x-api-key', 'key'], '/?token=two', { kind: 'api-key', value: 'key' }],
    [
      'X-Api-Key beside another scheme',
      ['Authorization', 'Basic eA==', 'X-Api-Key', 'key'],
      '/',
      { kind: 'api-key', value: 'key' },
    ],
    ['then the address', [], '/a?b=c&token=t.w%2Do', { kind: 'query', value: 't.w-o' }],
    ['an empty key is none', ['X-Api-Key', ''], '/?token=two', { kind: 'query', value: 'two' }],
  ]
  for (const [kind, headers, target, credential] of found)
    it(kind, () => assert.deepEqual(dialect.credential(head(headers, target)), credential))

  const refused: readonly [string, HeaderList, string, RefusalCode][] = [
    ['nothing', [], '/', 'token/missing'],
    ['an empty parameter', [], '/?token=', 'token/missing'],
    [
      'a malformed Bearer, whatever follows',
      ['Authorization', 'Bearer a b', 'X-Api-Key', 'key'],
      '/',
      'token/malformed',
    ],
    ['a malformed key', ['X-Api-Key', 'a b'], '/', 'token/malformed'],
    ['two keys', ['X-Api-Key', 'a', 'X-Api-Key', 'b'], '/', 'request/header-twice'],
    ['two Authorization', ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'], '/', 'request/header-twice'],
    ['two tokens in the address', [], '/?token=a&token=b', 'request/malformed'],
  ]
  for (const [kind, headers, target, code] of refused)
    it(`refuses ${kind}`, () => {
      const answer = dialect.credential(head(headers, target))
      assert.equal('code' in answer ? answer.code : null, code)
    })

  it('names the parameter that no upstream may see', () => assert.equal(dialect.tokenParameter, 'token'))
})

describe('api-particulier: the order of checks', () => {
  it('is that of the real one', () =>
    assert.deepEqual(dialect.order, [
      'operation',
      'lifecycle',
      'credential',
      'verify',
      'environment',
      'subscription',
      'body',
      'load',
      'quota',
      'expiry',
      'scopes',
      'rights',
      'in-flight',
      'version',
      'parameters',
    ]))
})

describe('api-particulier: refusals of version 3 and later', () => {
  const door = 'application/json'
  const api = 'application/vnd.api+json'
  const cases: readonly [RefusalCode, Record<string, unknown> | undefined, number, string, string][] = [
    ['token/missing', undefined, 401, '00101', door],
    ['token/malformed', undefined, 401, '00101', door],
    ['token/foreign', undefined, 401, '00101', door],
    ['token/invalid', undefined, 401, '00101', door],
    ['token/invalid', { reason: 'expired' }, 401, '00103', door],
    ['token/invalid', { reason: 'revoked' }, 401, '00105', door],
    ['token/invalid', { reason: 'unknown' }, 401, '00106', door],
    ['token/environment', { environment: 'sandbox' }, 401, '00108', door],
    ['token/environment', { environment: 'production' }, 401, '00109', door],
    ['access/application', undefined, 401, '00105', door],
    ['access/scope', undefined, 403, '00100', door],
    ['access/subscription', undefined, 403, '00100', door],
    ['access/right', { right: 'sphere-educative' }, 403, '00100', door],
    ['access/address', undefined, 403, '00107', door],
    ['request/in-flight', undefined, 409, '00015', door],
    ['quota/token', { retryAfterSeconds: 1 }, 429, '00429', door],
    ['route/unknown-api', { version: '9' }, 404, '00402', api],
    ['request/malformed', undefined, 400, '00401', api],
    ['request/path', undefined, 400, '00401', api],
    ['request/origin', undefined, 400, '00401', api],
    ['request/body-too-large', { bytesMax: 7 }, 413, '00401', api],
    ['request/upgrade', undefined, 501, '00503', api],
    ['request/contract', undefined, 400, '00401', api],
    ['request/contract', { errorCode: '00210', parameter: 'recipient' }, 422, '00210', door],
    ['request/contract', { errorCode: '00363', parameter: 'anneeDateNaissance' }, 422, '00363', api],
    ['upstream/unreachable', undefined, 502, '35001', api],
    ['upstream/broken', undefined, 502, '35000', api],
    ['upstream/late', undefined, 504, '35002', api],
    ['upstream/resting', undefined, 502, '35001', api],
    ['upstream/conflict', undefined, 409, '35015', api],
    ['sandbox/no-answer', undefined, 501, '00503', api],
    ['gateway/fault', undefined, 500, '00500', api],
  ]
  for (const [code, detail, status, errorCode, type] of cases)
    it(`${code} ${JSON.stringify(detail ?? {})}: ${status}, ${errorCode}, ${type}`, () => {
      const answer = dialect.refuse(refusal(code, detail), context(v3))
      assert.equal(answer.status, status)
      assert.equal(headerOf(answer, 'Content-Type'), type)
      assert.equal(JSON.parse(textOf(answer)).errors[0].code, errorCode)
      assert.equal(headerOf(answer, 'Content-Length'), String(answer.body?.length))
    })

  it('have their keys in order, and none without a value', () => {
    assert.equal(
      textOf(dialect.refuse(refusal('request/contract', { errorCode: '00210', parameter: 'recipient' }), context(v3))),
      '{"errors":[{"code":"00210","title":"Destinataire incorrect","detail":"Le paramètre recipient doit être un SIRET de 14 chiffres dont la clé est juste.","source":{"parameter":"recipient"}}]}',
    )
    assert.equal(
      textOf(dialect.refuse(refusal('upstream/unreachable'), context(v3))),
      '{"errors":[{"code":"35001","title":"Fournisseur indisponible","detail":"Le service de données (CNAF & MSA) ne répond pas.","meta":{"provider":"CNAF & MSA","retry_in":10}}]}',
    )
  })

  it("use the platform's own code where the contract names no provider", () => {
    assert.match(
      textOf(dialect.refuse(refusal('upstream/unreachable'), context(bare))),
      /"code":"00501".*"meta":\{"retry_in":10\}/,
    )
    assert.match(textOf(dialect.refuse(refusal('upstream/broken'), context(bare))), /"code":"00502"/)
    const conflict = dialect.refuse(refusal('upstream/conflict'), context(bare))
    assert.equal(headerOf(conflict, 'Content-Type'), api)
  })

  it('say how long to wait', () => {
    assert.equal(
      headerOf(
        dialect.refuse(refusal('quota/token'), context(v3, { ...counted, retryAfterSeconds: 3 })),
        'Retry-After',
      ),
      '3',
    )
    assert.equal(
      headerOf(dialect.refuse(refusal('upstream/resting', { retryAfterSeconds: 7 }), context(v3)), 'Retry-After'),
      '7',
    )
  })
})

describe('api-particulier: the three shapes of version 2', () => {
  const named: readonly [RefusalCode, number, string][] = [
    ['request/contract', 400, 'bad_request'],
    ['request/header-twice', 400, 'bad_request'],
    ['token/missing', 401, 'access_denied'],
    ['token/invalid', 401, 'access_denied'],
    ['access/scope', 401, 'access_denied'],
    ['access/subscription', 401, 'access_denied'],
    ['upstream/unreachable', 503, 'data_provider_error'],
    ['upstream/resting', 503, 'data_provider_error'],
    ['upstream/broken', 503, 'provider_unknown_error'],
    ['upstream/unknown', 503, 'provider_unknown_error'],
    ['upstream/late', 504, 'timeout_error'],
    ['upstream/not-found', 404, 'not_found'],
    ['upstream/identity-ambiguous', 400, 'bad_request'],
    ['upstream/conflict', 409, 'conflict'],
  ]
  for (const [code, status, error] of named)
    it(`${code}: ${status}, { error: ${error}, reason, message }`, () => {
      const answer = dialect.refuse(refusal(code), context(v2))
      assert.equal(answer.status, status)
      assert.equal(headerOf(answer, 'Content-Type'), 'application/json')
      const body = JSON.parse(textOf(answer))
      assert.deepEqual(Object.keys(body), ['error', 'reason', 'message'])
      assert.equal(body.error, error)
      if (code.startsWith('upstream/')) assert.equal(body.reason, refusals[code].title.fr)
    })

  const flat: readonly [RefusalCode, Record<string, unknown> | undefined, number][] = [
    ['quota/token', undefined, 429],
    ['token/invalid', { reason: 'expired' }, 401],
    ['token/invalid', { reason: 'revoked' }, 401],
    ['access/application', undefined, 401],
    ['request/in-flight', undefined, 409],
    ['access/address', undefined, 403],
  ]
  for (const [code, detail, status] of flat)
    it(`${code} ${JSON.stringify(detail ?? {})}: ${status}, { errors: [text] }`, () => {
      const answer = dialect.refuse(refusal(code, detail), context(v2))
      assert.equal(answer.status, status)
      assert.equal(headerOf(answer, 'Content-Type'), 'application/json')
      const body = JSON.parse(textOf(answer))
      assert.deepEqual(Object.keys(body), ['errors'])
      assert.equal(typeof body.errors[0], 'string')
    })

  it('tells each of them apart, and names what is missing', () => {
    const said = (code: RefusalCode, detail?: Record<string, unknown>) =>
      textOf(dialect.refuse(refusal(code, detail), context(v2)))
    const parameter = 'nom'
    const texts = [
      said('token/missing'),
      said('token/malformed'),
      said('token/invalid'),
      said('token/invalid', { reason: 'unknown' }),
      said('token/invalid', { reason: 'expired' }),
      said('token/invalid', { reason: 'revoked' }),
      said('access/scope', { scope: 'a b' }),
      said('access/right', { right: 'sphere-educative' }),
      said('request/contract', { kind: 'required', parameter }),
      said('request/contract', { kind: 'format', parameter }),
      said('request/contract', { kind: 'format', parameter, given: 'twice' }),
      said('request/contract', { kind: 'format', parameter, given: 'otherwise' }),
    ]
    assert.equal(new Set(texts).size, texts.length)
    assert.match(texts[0] ?? '', /X-Api-Key/)
    assert.match(texts[6] ?? '', /cette API : a, b\./)
    assert.match(texts[7] ?? '', /sphere-educative/)
    for (const text of texts.slice(8)) assert.match(text, /« nom »/)
    assert.equal(dialect.refuse(refusal('gateway/fault'), context(v2)).status, 500)
  })

  it('429 says how long to wait', () =>
    assert.equal(
      headerOf(
        dialect.refuse(refusal('quota/token'), context(v2, { ...counted, retryAfterSeconds: 1 })),
        'Retry-After',
      ),
      '1',
    ))

  it('what is gone says since when, in plain text', () => {
    const gone = dialect.refuse(refusal('route/retired'), context(v2))
    assert.equal(gone.status, 410)
    assert.equal(headerOf(gone, 'Content-Type'), 'text/plain; charset=utf-8')
    assert.equal(textOf(gone), "L'API Quotient familial n'est plus disponible depuis le 31/10/2025.")
  })
})

describe('api-particulier: what cannot be read', () => {
  const told = (code: RefusalCode, detail: Record<string, unknown>, api: ApiVersion | null) =>
    textOf(dialect.refuse(refusal(code, detail), context(api)))
  it('says how much, which header or which form, in every version', () => {
    for (const api of [null, v2, v3]) {
      assert.match(told('request/body-too-large', { bytesMax: 4096 }, api), /4096 octets au plus/)
      assert.match(told('request/header-twice', { header: 'Authorization' }, api), /« Authorization » qu’une fois/)
      assert.match(told('request/path', {}, api), /%2F, %5C ni %00/)
    }
    const wrong = { kind: 'format', parameter: 'dateDeNaissance', expected: 'string, format date' }
    assert.match(told('request/contract', wrong, v2), /« dateDeNaissance ».*Attendu : string, format date\./)
    assert.doesNotMatch(told('request/contract', { ...wrong, given: 'twice' }, v2), /Attendu/)
  })
})

describe('api-particulier: an address that does not exist', () => {
  const rows = [
    ...(['route/unknown-api', 'route/unknown-resource', 'route/method', 'request/method-unknown'] as const).map(
      (code) => refusal(code),
    ),
    refusal('request/origin', { preflight: true }),
  ]
  for (const told of rows)
    it(`${told.code}: 404 in plain text`, () => {
      for (const api of [null, v2, v3]) {
        const answer = dialect.refuse(told, context(api))
        assert.equal(answer.status, 404)
        assert.equal(headerOf(answer, 'Content-Type'), 'text/plain; charset=utf-8')
        assert.match(textOf(answer), /^Cette URL n'existe pas sur /)
      }
    })
})

describe('api-particulier: what counted answers say', () => {
  it('the limit, what is left, and the Unix time at which it is whole again', () =>
    assert.deepEqual(dialect.limits(counted, 1_800_000_000_400), [
      ...['RateLimit-Limit', '20', 'RateLimit-Remaining', '19', 'RateLimit-Reset', '1800000001'],
    ]))
  it('nothing where nothing was counted', () => assert.deepEqual(dialect.limits({ admitted: true, states: [] }, 0), []))
})

const counted: QuotaDecision = {
  admitted: true,
  states: [
    { rule: { key: 'token', limit: 20, periodSeconds: 1, algorithm: 'fixed' }, remaining: 19, resetMilliseconds: 600 },
  ],
}

const textOf = (answer: Answer) => Buffer.from(answer.body ?? '').toString()
const headerOf = ({ headers }: Answer, name: string) => headers[headers.indexOf(name) + 1]

function context(api: ApiVersion | null, quota: QuotaDecision | null = null): RefusalContext {
  return { requestId: 'r', language: 'fr', api, quota, problemsUrl: 'https://p/' }
}

async function versionOf(version: string, provider?: Record<string, string>): Promise<ApiVersion> {
  return onDisk(soundPlatform, async (folder) => {
    const [platform] = (await loadPlatforms(folder)).platforms
    if (platform === undefined) return assert.fail('no platform')
    const responses = { '200': { description: 'ok' } }
    const document = {
      openapi: '3.1.0',
      info: { title: 'Quotient familial', version: '1', ...(provider === undefined ? {} : { 'x-provider': provider }) },
      paths: { '/': { get: { responses } } },
    }
    const lifecycle = { state: 'published', deprecated_on: '2025-01-01', sunset_on: '2025-10-31' }
    const settings = { code: 'qf', version, lifecycle, upstreams: { production: 'sandbox' } }
    const { api, mistakes } = await parseApi({
      platform,
      document: { file: 'd', value: document },
      settings: { file: 's', value: settings },
    })
    return api ?? assert.fail(JSON.stringify(mistakes))
  })
}
