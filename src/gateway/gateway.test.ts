import assert from 'node:assert/strict'
import { createPublicKey, verify as verifySignature } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type FinishedExchange, type QuotaCharge, type QuotaDecision, refusal, type Verified } from '#contract'
import { api, application, operation, platform, snapshot, verified } from './fixtures/catalog.fixture.js'
import { testDialect } from './fixtures/dialect.fixture.js'
import { identityKey, type RunningGateway, startGateway } from './fixtures/gateway.fixture.js'
import { answer, type Provider, startProvider } from './fixtures/provider.fixture.js'
import { get, raw } from './fixtures/raw-client.fixture.js'
import type { GatewayOptions } from './gateway.js'
import { identityKeySet } from './identity/identity-signer.js'

const quick = { quiet: 30 }
const items = '/demo/items/v1/items'
let provider: Provider
let target: { url: string; weight: number }[]
before(async () => {
  provider = await startProvider()
  target = [{ url: `${provider.url}/base`, weight: 1 }]
})
after(() => provider.stop())

async function within(options: Partial<GatewayOptions>, story: (running: RunningGateway) => Promise<void>) {
  const running = await startGateway(options.snapshot?.() ?? snapshot([api(target)]), options)
  try {
    await story(running)
  } finally {
    await running.stop()
  }
}

test('200: forwards byte for byte behind the base path, answers with the usual headers, records once', () =>
  within({}, async (running) => {
    const got = await raw(running.port, get(`${items}/a%23b%3Fc%C3%A9?q=(x),%26`), quick)
    assert.equal(got.status, 200)
    assert.equal(provider.asked.at(-1)?.line, 'GET /base/items/a%23b%3Fc%C3%A9?q=(x),%26 HTTP/1.1')
    assert.equal(got.header('X-Content-Type-Options'), 'nosniff')
    assert.equal(got.header('Content-Security-Policy'), "default-src 'none'; sandbox; frame-ancestors 'none'")
    assert.match(got.header('X-Request-Id') ?? '', /^[0-9a-f]{32}$/)
    assert.match(got.header('traceparent') ?? '', new RegExp(`^00-${got.header('X-Request-Id')}-[0-9a-f]{16}-00$`))
    assert.equal(got.header('X-Left'), '7')
    await running.recorded(1)
    const [one] = running.finished
    assert.equal(running.finished.length, 1)
    assert.deepEqual(
      [one?.status, one?.refusal, one?.operation?.id, one?.applicationId, one?.responseBytes, one?.complete],
      [200, null, 'GET /items/{id}', 'app_1', 5, true],
    )
  }))

test('the caller’s trace goes on with a new span; its own request id is only noted', () =>
  within({}, async (running) => {
    const trace = '0af7651916cd43dd8448eb211c80319c'
    const extra = `traceparent: 00-${trace}-b7ad6b7169203331-01\r\ntracestate: a=b\r\nX-Request-Id: mine-1\r\n`
    const got = await raw(running.port, get(items, extra), quick)
    assert.match(got.header('traceparent') ?? '', new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`))
    assert.equal(provider.asked.at(-1)?.header('tracestate'), 'a=b')
    assert.notEqual(provider.asked.at(-1)?.header('X-Request-Id'), 'mine-1')
    await running.recorded(1)
    assert.equal(running.finished[0]?.clientRequestId, 'mine-1')
  }))

test('the provider can verify who calls', () =>
  within({ verify: () => verified({ subject: 'p1', habilitationId: 'h1' }) }, async (running) => {
    await raw(running.port, get(items), quick)
    const jws = provider.asked.at(-1)?.header('Portique-Identity') ?? ''
    const [header = '', claims = '', signature = ''] = jws.split('.')
    const [jwk] = identityKeySet([identityKey]).keys
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    const signed = Buffer.from(`${header}.${claims}`)
    const proof = Buffer.from(signature, 'base64url')
    assert.ok(verifySignature('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, proof))
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
    assert.deepEqual(
      [said.iss, said.aud, said.client_id, said.realm, said.sub, said.scope, said.habilitation],
      ['https://api.example', provider.url, 'app_1', 'main', 'p1', 'read', 'h1'],
    )
    assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).kid, jwk?.kid)
    await raw(running.port, get(items), quick)
    assert.equal(provider.asked.at(-1)?.header('Portique-Identity'), jws)
  }))

test('the upstream’s cookies, rights and software stay behind', () =>
  within({}, async (running) => {
    const hidden = ['Set-Cookie', 'Clear-Site-Data', 'Server', 'X-Powered-By', 'Alt-Svc', 'Strict-Transport-Security']
    const lines = [...hidden, 'Access-Control-Allow-Origin', 'X-Gone', 'Proxy-Authenticate', 'WWW-Authenticate'].map(
      (n) => `${n}: leak\r\n`,
    )
    provider.behave((socket) => socket.write(answer('x', `${lines.join('')}Connection: X-Gone\r\nETag: "e"\r\n`)))
    const got = await raw(running.port, get(items), quick)
    provider.behave((socket) => socket.write(answer('hello')))
    assert.equal(got.status, 200)
    assert.doesNotMatch(got.text, /leak/)
    assert.equal(got.header('ETag'), '"e"')
  }))

const refusals: readonly (readonly [
  name: string,
  status: number,
  code: string,
  options: Partial<GatewayOptions>,
  request: string,
])[] = [
  ['no token', 401, 'token/missing', {}, get(items).replace(/Authorization.*\r\n/, '')],
  ['a malformed token', 401, 'token/malformed', {}, get(items).replace('Bearer good', 'Basic eDp5')],
  ['an unknown token', 401, 'token/invalid', {}, get(items).replace('good', 'bad')],
  ['an expired token', 401, 'token/invalid', { verify: () => verified({ expiresAt: 1 }) }, get(items)],
  ['a token of another platform', 401, 'token/foreign', { verify: () => verified({ platform: 'other' }) }, get(items)],
  ['a token of another realm', 401, 'token/foreign', { verify: () => verified({ realm: 'other' }) }, get(items)],
  [
    'a sandbox token at the production address',
    401,
    'token/environment',
    { verify: () => verified({ environment: 'sandbox' }) },
    get(items).replace('localhost', 'api.example'),
  ],
  [
    'an application that is gone',
    401,
    'token/invalid',
    { verify: () => verified({ applicationId: 'gone' }) },
    get(items),
  ],
  ['a scope that lacks', 403, 'access/scope', { verify: () => verified({ scopes: new Set(['other']) }) }, get(items)],
  ['an unknown API', 404, 'route/unknown-api', {}, get('/demo/nothing/v1/items')],
  ['an unknown version', 404, 'route/unknown-api', {}, get('/demo/items/v2/items')],
  ['an unknown resource', 404, 'route/unknown-resource', {}, get('/demo/items/v1/nothing')],
  ['a resource with a slash too much', 404, 'route/unknown-resource', {}, get(`${items}/`)],
  ['a raw hash', 400, 'request/hash', {}, get('/demo/items/v1/items#x')],
  ['a path parameter', 400, 'request/semicolon', {}, get('/demo/items/v1/items;x=1')],
  ['a path parameter in the prefix', 400, 'request/semicolon', {}, get('/demo;x=1/items/v1/items')],
  ['a double slash', 400, 'request/empty-segment', {}, get('//demo/items/v1/items')],
  ['a double slash within', 400, 'request/empty-segment', {}, get('/demo//items/v1/items')],
  ['a query that is no UTF-8', 400, 'request/query', {}, get('/demo/items/v1/items?q=%ff')],
  ['a refused path', 400, 'request/path', {}, get('/demo/items/v1/items/%2e%2e/x')],
  [
    'a verifier that fails',
    500,
    'gateway/fault',
    { verify: () => Promise.reject(new Error('secret cause')) },
    get(items),
  ],
  [
    'a verifier that throws',
    500,
    'gateway/fault',
    {
      verify: () => {
        throw new Error('secret cause')
      },
    },
    get(items),
  ],
]
for (const [name, status, code, options, request] of refusals)
  test(`${status}: ${name}`, () =>
    within(options, async (running) => {
      const asked = provider.asked.length
      const got = await raw(running.port, request, quick)
      assert.equal(got.status, status, got.text)
      assert.match(got.text, new RegExp(`"code":"${code}","instance":"${got.header('X-Request-Id')}"`))
      assert.doesNotMatch(got.text, /secret cause/)
      assert.equal(provider.asked.length, asked)
      await running.recorded(1)
      assert.deepEqual([running.finished.length, running.finished[0]?.refusal], [1, code])
    }))

test('403: suspended application, no subscription, subscription at its end', async () => {
  const one = api(target)
  const ended = [...application([one]).subscriptions].map(([key, value]) => [key, { ...value, endsAt: 1 }] as const)
  const cases = [
    [{ state: 'suspended' }, 'access/application'],
    [{ subscriptions: new Map() }, 'access/subscription'],
    [{ subscriptions: new Map(ended) }, 'access/subscription'],
  ] as const
  for (const [changes, code] of cases) {
    const applications = new Map([['app_1', application([one], changes)]])
    await within({ snapshot: () => snapshot([one], { applications }) }, async (running) => {
      const got = await raw(running.port, get(items), quick)
      assert.equal(got.status, 403)
      assert.match(got.text, new RegExp(code))
    })
  }
})

test('405 with Allow; HEAD falls to GET', () =>
  within({}, async (running) => {
    const refused = await raw(running.port, get(items).replace('GET', 'DELETE'), quick)
    assert.equal(refused.status, 405)
    assert.equal(refused.header('Allow'), 'GET, POST, HEAD')
    provider.behave((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'))
    const head = await raw(running.port, get(items).replace('GET', 'HEAD'), quick)
    provider.behave((socket) => socket.write(answer('hello')))
    assert.equal(head.status, 200)
    assert.equal(head.header('Content-Length'), '5')
    assert.match(head.text, /\r\n\r\n$/)
  }))

test('410 after the sunset; before it the headers tell', async () => {
  const lifecycle = { state: 'deprecated', deprecatedOn: 1_700_000_000_000, sunsetOn: 1_900_000_000_000 } as const
  let now = 1_800_000_000_000
  const settings = { lifecycleUrl: () => 'https://portal.example/items' }
  const options = { snapshot: () => snapshot([api(target, { lifecycle })]), clock: () => now, settings }
  await within(options, async (running) => {
    const got = await raw(running.port, get(items), quick)
    assert.equal(got.status, 200)
    assert.equal(got.header('Deprecation'), '@1700000000')
    assert.equal(got.header('Sunset'), 'Sun, 17 Mar 2030 17:46:40 GMT')
    now = lifecycle.sunsetOn
    assert.equal((await raw(running.port, get(items), quick)).status, 410)
  })
})

test('429 names the level; both levels are asked in one decision, with the same charges each time', async () => {
  const seen: (readonly QuotaCharge[])[] = []
  const spend = (charges: readonly QuotaCharge[]): QuotaDecision => {
    seen.push(charges)
    const states = charges.map(({ rule }) => ({ rule, remaining: 0, resetMilliseconds: 1 }))
    return { admitted: false, states, refusedBy: 1, retryAfterSeconds: 3 }
  }
  await within({ spend }, async (running) => {
    const got = await raw(running.port, get(items).repeat(2), quick)
    assert.deepEqual(got.statuses, [429, 429])
    assert.match(got.text, /quota\/api/)
    assert.equal(got.header('Retry-After'), '3')
    assert.equal(got.header('X-Left'), '0')
  })
  assert.deepEqual(
    seen[0]?.map(({ subject }) => subject),
    ['application+api|production|app_1|demo/items/1', 'api|production|demo/items/1'],
  )
  assert.equal(seen[0], seen[1])
})

test('the dialect orders the checks', async () => {
  const last = testDialect([
    'operation',
    'credential',
    'verify',
    'expiry',
    'environment',
    'subscription',
    'scopes',
    'lifecycle',
    'quota',
  ])
  await within({ dialectOf: () => last }, async (running) => {
    const got = await raw(running.port, 'GET /demo/items/v1/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n', quick)
    assert.equal(got.status, 404)
  })
  await within({ dialectOf: () => testDialect(['credential', 'operation']) }, async (running) => {
    assert.equal((await raw(running.port, get(items), quick)).status, 500, 'an order without verify opens nothing')
  })
  const gone = { ...refusal('token/invalid'), ended: verified() }
  const order = ['credential', 'verify', 'operation', 'environment', 'subscription'] as const
  await within({ dialectOf: () => testDialect(order), verify: () => gone }, async (running) => {
    assert.equal((await raw(running.port, get(items), quick)).status, 500, 'an order without expiry opens nothing')
  })
})

test('the sandbox answers where address or credential say so', async () => {
  const sandboxed = verified({ environment: 'sandbox' })
  await within({ verify: () => sandboxed }, async (running) => {
    assert.match((await raw(running.port, get(items), quick)).text, /sandbox$/)
    assert.match((await raw(running.port, get(`/demo/sandbox${items}`), quick)).text, /sandbox$/)
    assert.equal((await raw(running.port, get(`/demo/production${items}`), quick)).status, 401)
  })
  const path = { source: '', prefix: ['partner'], sandboxMarker: 'test', versionMarker: 'v' }
  const one = api(target, { operations: [operation('GET', '/things/{id}')] })
  const catalog = snapshot([one], { platforms: new Map([['demo', platform([one], { path })]]) })
  await within({ snapshot: () => catalog }, async (running) => {
    assert.match((await raw(running.port, get('/partner/testitems/v1/things/a%23b'), quick)).text, /sandbox$/)
    assert.match((await raw(running.port, get('/partner/items/v1/things/a'), quick)).text, /hello$/)
    assert.equal(running.gateway.matches('localhost', '/partner/anything/../x'), true)
    assert.equal(running.gateway.matches('localhost', '/connexion/oauth2'), false)
  })
})

test('a key in the address or in a header of its own goes no further', () =>
  within({}, async (running) => {
    await raw(running.port, 'GET /demo/items/v1/items?a=%41&key=good&b=2 HTTP/1.1\r\nHost: localhost\r\n\r\n', quick)
    assert.equal(provider.asked.at(-1)?.line, 'GET /base/items?a=%41&b=2 HTTP/1.1')
    await raw(
      running.port,
      'GET /demo/items/v1/items HTTP/1.1\r\nHost: localhost\r\nX-Special-Key: good\r\n\r\n',
      quick,
    )
    assert.doesNotMatch(provider.asked.at(-1)?.head ?? '', /special/i)
  }))

test('B2 a token in a form is none, and goes no further', () =>
  within({}, async (running) => {
    const asked = provider.asked.length
    const form = 'access_token=good'
    const lines = `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${form.length}\r\n`
    const got = await raw(running.port, `POST ${items} HTTP/1.1\r\nHost: localhost\r\n${lines}\r\n${form}`, quick)
    assert.equal(got.status, 401)
    assert.match(got.text, /token\/missing/)
    assert.equal(provider.asked.length, asked)
  }))

test('evidence is committed before the answer leaves, or there is none', async () => {
  const access = { ...api(target).access, personalData: true }
  const catalog = () => snapshot([api(target, { access, opensAll: true })])
  const kept: FinishedExchange[] = []
  let release = () => {}
  const keepEvidence = (exchange: FinishedExchange) => {
    kept.push(exchange)
    return new Promise<void>((resolve) => {
      release = resolve
    })
  }
  await within({ snapshot: catalog, keepEvidence }, async (running) => {
    let answered = false
    const got = raw(running.port, get(items), quick).then((one) => {
      answered = true
      return one
    })
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.deepEqual([kept.length, kept[0]?.status, answered, running.finished.length], [1, 200, false, 0])
    release()
    assert.equal((await got).status, 200)
    await running.recorded(1)
    assert.deepEqual([kept.length, running.finished[0]?.responseBytes], [1, 5])
  })
  const failing = () => Promise.reject(new Error('disk full'))
  await within({ snapshot: catalog, keepEvidence: failing }, async (running) => {
    const got = await raw(running.port, get(items), quick)
    assert.equal(got.status, 503)
    assert.doesNotMatch(got.text, /hello|disk full/)
    await running.recorded(1)
    assert.equal(running.finished[0]?.status, 503)
  })
})

const post = (lines: string) => `POST ${items} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer good\r\n${lines}`
test('bodies: whole, chunked, compressed as they are; too large, slow, cut', () =>
  within({}, async (running) => {
    const packed = '\x1f\x8b\x08\0\xff'
    const gzip = await raw(running.port, post(`Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\n${packed}`), quick)
    assert.equal(gzip.status, 200)
    assert.equal(provider.asked.at(-1)?.header('Content-Encoding'), 'gzip')
    await raw(running.port, post('Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'), quick)
    assert.deepEqual([provider.asked.at(-1)?.body, provider.asked.at(-1)?.header('Content-Length')], ['abcde', '5'])
    const asked = provider.asked.length
    assert.equal((await raw(running.port, post('Content-Length: 1000000000\r\n\r\nabc'), quick)).status, 413)
    const endless = `Transfer-Encoding: chunked\r\n\r\n${`8000\r\n${'x'.repeat(32_768)}\r\n`.repeat(5)}`
    assert.equal((await raw(running.port, post(endless))).status, 413)
    assert.equal((await raw(running.port, post('Content-Length: 10\r\n\r\nabc'), { quiet: 1_000 })).status, 408)
    await raw(running.port, post('Content-Length: 10\r\n\r\nabc'), {
      sent: (socket) => setTimeout(() => socket.destroy(), 40),
    })
    await running.recorded(6)
    assert.ok(running.finished.some(({ status, complete }) => status === 499 && !complete))
    assert.equal(provider.asked.length, asked)
    assert.equal((await raw(running.port, get(items), quick)).status, 200)
  }))

test('slow bodies take no upstream connection, and the budget of bodies is shared and given back', () =>
  within({ settings: { bodyBudgetBytes: 60_000, connectionsPerOrigin: 1 } }, async (running) => {
    const slow = raw(running.port, post(`Content-Length: 50000\r\n\r\n${'x'.repeat(49_999)}`), { quiet: 1_000 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal((await raw(running.port, get(items), quick)).status, 200)
    const full = await raw(running.port, post(`Content-Length: 20000\r\n\r\n${'x'.repeat(20_000)}`))
    assert.equal(full.status, 503)
    assert.equal(full.header('Retry-After'), '1')
    assert.equal((await slow).status, 408)
    for (let index = 0; index < 4; index++) {
      const got = await raw(running.port, post(`Content-Length: 50000\r\n\r\n${'x'.repeat(50_000)}`), quick)
      assert.equal(got.status, 200)
    }
  }))

test('a length that is announced and not sent takes no room from others', () =>
  within({ settings: { bodyBudgetBytes: 60_000 } }, async (running) => {
    const empty = raw(running.port, post('Content-Length: 60000\r\n\r\n'), { quiet: 600 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const other = await raw(running.port, post(`Content-Length: 20000\r\n\r\n${'x'.repeat(20_000)}`), quick)
    assert.equal(other.status, 200)
    assert.equal((await empty).status, 408)
  }))

test('CORS: the profile answers the preflight, the origin is checked on the call', async () => {
  const cors = { origins: ['https://app.example'], methods: ['GET'], headers: ['X-A'], maxAgeSeconds: 600 }
  const preflight = (origin: string) =>
    `OPTIONS ${items} HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\nAccess-Control-Request-Method: GET\r\n\r\n`
  await within({ snapshot: () => snapshot([api(target, { cors })]) }, async (running) => {
    const allowed = await raw(running.port, preflight('https://app.example'), quick)
    assert.equal(allowed.status, 204)
    assert.equal(allowed.header('Access-Control-Allow-Origin'), 'https://app.example')
    assert.equal(allowed.header('Access-Control-Allow-Headers'), 'Authorization, X-A')
    assert.equal((await raw(running.port, preflight('https://evil.example'), quick)).status, 403)
    const asked = provider.asked.length
    const evil = await raw(running.port, get(items, 'Origin: https://evil.example\r\n'), quick)
    assert.equal(evil.status, 403)
    assert.equal(evil.header('Access-Control-Allow-Origin'), undefined)
    assert.equal(provider.asked.length, asked)
    const good = await raw(running.port, get(items, 'Origin: https://app.example\r\n'), quick)
    assert.deepEqual(
      [good.status, good.header('Access-Control-Allow-Origin'), good.header('Vary')],
      [200, 'https://app.example', 'Origin'],
    )
    const plain = get(items, 'Origin: https://app.example\r\n').replace('good', 'bad')
    assert.equal((await raw(running.port, plain, quick)).header('Access-Control-Allow-Origin'), 'https://app.example')
  })
  await within({}, async (running) => {
    assert.equal((await raw(running.port, preflight('https://app.example'), quick)).status, 403)
  })
})

test('an upstream’s own refusals pass with their Retry-After', () =>
  within({}, async (running) => {
    provider.behave((socket) => socket.write('HTTP/1.1 503 Busy\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n'))
    const got = await raw(running.port, get(items), quick)
    provider.behave((socket) => socket.write(answer('hello')))
    assert.deepEqual([got.status, got.header('Retry-After')], [503, '9'])
    await running.recorded(1)
    assert.equal(running.finished[0]?.refusal, null)
  }))

test('a sandbox that rejects is a fault, one that refuses is answered as such', async () => {
  const verify = () => verified({ environment: 'sandbox' })
  const rejecting = { handle: () => Promise.reject(new Error('secret cause')) }
  await within({ verify, sandbox: rejecting }, async (running) => {
    assert.equal((await raw(running.port, get(items), quick)).status, 500)
  })
  const refusing = { handle: () => Promise.resolve(refusal('sandbox/no-answer')) }
  await within({ verify, sandbox: refusing }, async (running) => {
    assert.equal((await raw(running.port, get(items), quick)).status, 501)
  })
})

test('a realm that answers itself: its claims of the person signed in, and nobody’s for a token in nobody’s name', async () => {
  const person = { given_name: 'Ada', sub: 'somebody else' }
  const as = async (who: Partial<Verified>) => {
    const options = { snapshot: () => snapshot([api('realm')]), verify: () => ({ ...verified(), ...who }) }
    let got: Awaited<ReturnType<typeof raw>> | undefined
    await within(options, async ({ port }) => {
      got = await raw(port, get(items), quick)
    })
    return got
  }
  const known = await as({ subject: 'usr_1', person })
  assert.equal(known?.status, 200)
  assert.deepEqual(JSON.parse(known?.text.split('\r\n\r\n')[1] ?? ''), { given_name: 'Ada', sub: 'usr_1' })
  for (const who of [{}, { subject: 'usr_1' }, { person }])
    assert.equal((await as(who))?.status, 403, JSON.stringify(who))
})
