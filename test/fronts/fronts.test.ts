import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { demoToken, tokenPaths } from '../start/tokens.js'

/** A path of every owner of the one port, and what a sound GET of it answers. */
const owners = {
  'the gateway': ['/demo/annuaire/v1/services', 200],
  'the gateway of another dialect': ['/partenaire/offresdemploi/v2/offres/search', 401],
  'the token endpoint': [tokenPaths.demo, 405],
  'the token endpoint of another dialect': [tokenPaths['france-travail'], 405],
  'the control API': ['/control/apis', 401],
  'the clock of dev': ['/dev/clock', 200],
  'the portal': ['/fr', 200],
  'the page for what is not there': ['/nulle/part', 404],
  operations: ['/healthz', 200],
} as const

const [embedded] = storeKinds
assert.ok(embedded)

describe('bytes that no part may take for a request', () => {
  const portique = ownPortique(embedded, { PORTIQUE_LOG_LEVEL: 'debug' })
  const send = (bytes: string) => sendRaw(portique().port, bytes)
  let token = ''
  before(async () => {
    token = await demoToken(portique(), 'demo', 'annuaire')
  })
  const host = 'Host: localhost'
  const authorization = () => `Authorization: Bearer ${token}`

  for (const [owner, [path, sound]] of Object.entries(owners)) {
    /** Each with the status due; none may reach the owner of the path. */
    const cases: readonly (readonly [string, () => string, number])[] = [
      ['a sound request', () => head(`GET ${path} HTTP/1.1`, host, ...own()), sound],
      ['1 MB of header', () => head(`GET ${path} HTTP/1.1`, host, `X-Long: ${'x'.repeat(1_000_000)}`), 431],
      [
        'two thousand headers',
        () => head(`GET ${path} HTTP/1.1`, host, ...Array.from({ length: 2_000 }, (_, index) => `X-${index}: 1`)),
        431,
      ],
      ['no Host', () => head(`GET ${path} HTTP/1.1`), 400],
      ['two Hosts', () => head(`GET ${path} HTTP/1.1`, host, host), 400],
      ['an unknown Host', () => head(`GET ${path} HTTP/1.1`, 'Host: attaquant.example'), 400],
      ['a Host that is none', () => head(`GET ${path} HTTP/1.1`, 'Host: local host'), 400],
      [
        'two Authorization headers',
        () => head(`GET ${path} HTTP/1.1`, host, authorization(), 'Authorization: Bearer autre'),
        400,
      ],
      [
        'Content-Length with Transfer-Encoding',
        () =>
          `${head(`POST ${path} HTTP/1.1`, host, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\nGET /fr HTTP/1.1\r\n\r\n`,
        400,
      ],
      [
        'two Content-Lengths',
        () => `${head(`POST ${path} HTTP/1.1`, host, 'Content-Length: 1', 'Content-Length: 2')}ab`,
        400,
      ],
      ['a folded header', () => head(`GET ${path} HTTP/1.1`, host, 'X-A: 1\r\n  2'), 400],
      ['a NUL in a header', () => head(`GET ${path} HTTP/1.1`, host, 'X-A: a\0b'), 400],
      ['raw UTF-8 in the target', () => head(`GET ${path}/é HTTP/1.1`, host), 400],
      ['absolute form', () => head(`GET http://attaquant.example${path} HTTP/1.1`, host), 400],
      ['TRACE', () => head(`TRACE ${path} HTTP/1.1`, host), 501],
      ['a method in lower case', () => head(`get ${path} HTTP/1.1`, host), 501],
      ['a method that nobody knows', () => head(`FEED ${path} HTTP/1.1`, host), 501],
      ['CONNECT', () => head('CONNECT attaquant.example:443 HTTP/1.1', 'Host: attaquant.example:443'), 501],
      [
        'WebSocket',
        () =>
          [
            `GET ${path} HTTP/1.1`,
            host,
            'Connection: Upgrade',
            'Upgrade: websocket',
            'Sec-WebSocket-Version: 13',
            'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
            '',
            '',
          ].join('\r\n'),
        501,
      ],
      ['an expectation', () => head(`GET ${path} HTTP/1.1`, host, 'Expect: 200-maybe'), 417],
    ]
    const own = () => (path.startsWith('/demo') ? [authorization()] : [])

    test(owner, async () => {
      const answers = await Promise.all(cases.map(async ([, bytes]) => send(bytes())))
      for (const [index, [name, , status]] of cases.entries()) {
        const answer = answers[index]
        assert.equal(answer?.status, status, `${name}: ${answer?.text.slice(0, 300)}`)
        if (index > 0) assert.equal(answer?.text.match(/^HTTP\/1\.1 /gm)?.length, 1, `${name} is answered once`)
        assert.ok(answer?.headers.has('date') || name === 'CONNECT', `${name} has a Date`)
      }
    })
  }

  const paths: readonly (readonly [string, string])[] = [
    ['a dot segment', '/demo/annuaire/v1/../v1/services'],
    ['an encoded dot segment', '/demo/annuaire/v1/%2e%2e/v1/services'],
    ['half an encoded dot segment', '/demo/annuaire/v1/.%2E/services'],
    ['a dot segment encoded twice', '/demo/annuaire/v1/%252e%252e/services'],
    ['an encoded slash', '/demo/annuaire/v1/services%2Fx'],
    ['an encoded backslash', '/demo/annuaire/v1/services%5cx'],
    ['a NUL', '/demo/annuaire/v1/services%00'],
    ['a bad percent', '/demo/annuaire/v1/services%zz'],
    ['a lone percent', '/demo/annuaire/v1/services%'],
    ['bytes that are no UTF-8', '/demo/annuaire/v1/services/%ff'],
    ['bad UTF-8 in the query', '/demo/annuaire/v1/services?commune=%ff'],
    ['two slashes', '/demo/annuaire/v1//services'],
    ['a fragment', '/demo/annuaire/v1/services#x'],
    ['a backslash', '/demo/annuaire/v1/services\\x'],
    ['a path parameter', '/demo/annuaire/v1/services;x=1'],
    ['a dot segment of the other dialect', '/partenaire/offresdemploi/v2/../v2/offres/search'],
  ]
  test('paths that two readers could read in two ways are refused, never mended', async () => {
    for (const [name, path] of paths) {
      const answer = await send(head(`GET ${path} HTTP/1.1`, host, authorization()))
      assert.equal(answer.status, 400, `${name}: ${answer.text.slice(0, 200)}`)
    }
  })

  test('a sound request with garbage behind it is answered once', async () => {
    const answer = await send(`GET /healthz HTTP/1.1\r\n${host}\r\n\r\nGARBAGE\r\n\r\n`)
    assert.equal(answer.status, 200)
    assert.equal(answer.text.match(/^HTTP\/1\.1 200/gm)?.length, 1)
  })

  test('the front’s refusals are problems with a request id', async () => {
    const answer = await send(head('GET /fr HTTP/1.1', 'Host: attaquant.example'))
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    assert.match(answer.headers.get('x-request-id') ?? '', /^[\w-]{16,}$/)
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    const { code, detail } = JSON.parse(answer.body)
    assert.equal(code, 'request/host')
    assert.match(detail, /http:\/\/localhost:\d+\.$/, 'it says where to call')
  })

  const logged: readonly (readonly [string, string, string])[] = [
    ['of a request', head('GET /fr HTTP/1.1', 'Host: attaquant.example'), 'request/host'],
    ['of bytes that are none', head('get /fr HTTP/1.1', host), 'request/method-unknown'],
  ]
  for (const [name, bytes, code] of logged)
    test(`the front’s refusal ${name} is in the log under its request id, and counted`, async () => {
      let line: string | undefined
      // Those of the tests before may have been as many as are written in a second.
      for (let tries = 0; line === undefined && tries < 100; tries += 1) {
        const id = (await send(bytes)).headers.get('x-request-id') ?? 'none'
        for (let looks = 0; line === undefined && looks < 20; looks += 1) {
          line = portique()
            .stderr()
            .split('\n')
            .find((each) => each.includes(id) && each.endsWith('}'))
          if (line === undefined) await sleep(5)
        }
      }
      const { event, level, address, code: told } = JSON.parse(line ?? '{}')
      assert.deepEqual(
        { event, level, address, told },
        { event: 'front/refused', level: 'info', address: '127.0.0.1', told: code },
      )
      const metrics = await (await fetch(`${portique().url}/metrics`)).text()
      const count = new RegExp(`^portique_front_refusals_total\\{code="${code}"\\} (\\d+)$`, 'm').exec(metrics)?.[1]
      assert.ok(Number(count) > 0, metrics)
    })
})
