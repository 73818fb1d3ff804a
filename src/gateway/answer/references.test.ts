import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { api, operation, platform, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'

let provider: Provider
let running: RunningGateway
let marked: RunningGateway
before(async () => {
  provider = await startProvider()
  const upstreams = [
    { url: `${provider.url}/base`, weight: 1_000 },
    { url: 'https://spare.provider.fr/v9', weight: 1 },
  ]
  running = await startGateway(snapshot([api(upstreams)]), {
    sandbox: { handle: async () => ({ status: 201, headers: ['Location', said], body: null }) },
    verify: ({ value }) => verified({ environment: value === 'good' ? 'production' : 'sandbox' }),
  })
  const path = { source: '', prefix: ['partner'], sandboxMarker: 'test', versionMarker: 'v' }
  const one = { ...api(upstreams, { operations: [operation('POST', '/items')] }) }
  const sandboxed = { ...one, upstreams: { production: upstreams, sandbox: [{ url: provider.url, weight: 1 }] } }
  marked = await startGateway(
    snapshot([sandboxed], { platforms: new Map([['demo', platform([sandboxed], { path })]]) }),
  )
})
after(async () => {
  await running.stop()
  await marked.stop()
  await provider.stop()
})

let said = ''
async function told(field: string, value: string, address = '/demo/items/v1/items?a=1') {
  provider.behave((socket) => socket.write(`HTTP/1.1 201 Created\r\n${field}: ${value}\r\nContent-Length: 0\r\n\r\n`))
  // By both ways in: plain GETs have a lane of their own.
  const request = field === 'Location' ? get(address).replace('GET', 'POST') : get(address)
  const got = await raw((address.startsWith('/partner') ? marked : running).port, request, { quiet: 20 })
  assert.equal(got.status, 201, got.text)
  return got.header(field)
}

describe('Location and Content-Location of an upstream', () => {
  const home = () => provider.url
  const cases: readonly [name: string, value: () => string, seen: string | undefined][] = [
    ['under its base', () => `${home()}/base/items/7?b=c#d`, '/demo/items/v1/items/7?b=c#d'],
    ['its base itself', () => `${home()}/base`, '/demo/items/v1'],
    ['an escaped path', () => `${home()}/base/items/a%23b%3Fc%C3%A9`, '/demo/items/v1/items/a%23b%3Fc%C3%A9'],
    ['a path', () => '/base/items/7', '/demo/items/v1/items/7'],
    ['a relative path', () => 'items/7', '/demo/items/v1/items/7'],
    ['a query alone', () => '?page=2', '/demo/items/v1/items?page=2'],
    ['another scheme and port of its host', () => 'https://127.0.0.1/base/items/7', '/demo/items/v1/items/7'],
    ['without a scheme', () => `//127.0.0.1:${provider.port}/base/items/7`, '/demo/items/v1/items/7'],
    ['the caller’s host and its own path', () => 'http://localhost/base/items/7', '/demo/items/v1/items/7'],
    ['the caller’s host and path', () => 'http://localhost/demo/items/v1/items/7', '/demo/items/v1/items/7'],
    ['its host, outside its base', () => `${home()}/admin`, undefined],
    ['a base that only begins alike', () => '/basement/items', undefined],
    ['dots that leave its base', () => `${home()}/base/../admin`, undefined],
    ['the caller’s host, elsewhere', () => 'http://localhost/control/applications', undefined],
    ['another address of the API', () => 'https://spare.provider.fr/v9/items/7', undefined],
    ['a private address', () => 'http://10.1.2.3/items/7', undefined],
    ['a loopback address', () => 'http://[::1]:9000/items/7', undefined],
    ['a name without a domain', () => 'http://backend:8080/items/7', undefined],
    ['a name of an inner network', () => 'https://api.default.svc.cluster.local/items/7', undefined],
    ['another inner name', () => 'https://intranet.mairie.lan/items/7', undefined],
    ['a script', () => 'javascript:alert(1)', undefined],
    ['a file', () => 'file:///etc/passwd', undefined],
    ['no reference at all', () => 'http://[', undefined],
    ['a public place', () => 'https://www.service-public.fr/aide?x=1', 'https://www.service-public.fr/aide?x=1'],
  ]
  for (const field of ['Location', 'content-location'])
    for (const [name, value, seen] of cases)
      it(`${field}, ${name}: ${seen ?? 'none'}`, async () => assert.equal(await told(field, value()), seen))
})

describe('references in the caller’s own form of address', () => {
  it('with the prefix of platform and environment', async () =>
    assert.equal(
      await told('Location', `${provider.url}/base/items/7`, '/demo/production/demo/items/v1/items'),
      '/demo/production/demo/items/v1/items/7',
    ))

  it('with the marker of the sandbox, and a base that is the root', async () => {
    assert.equal(
      await told('Location', `${provider.url}/items/7`, '/partner/testitems/v1/items'),
      '/partner/testitems/v1/items/7',
    )
    assert.equal(await told('Location', '/base/items/7', '/partner/items/v1/items'), '/partner/items/v1/items/7')
  })

  it('from the simulation, which says the resource or the whole path', async () => {
    for (const path of ['/items/7', '/demo/items/v1/items/7', '7']) {
      said = path === '7' ? 'items/7' : path
      const request = get('/demo/items/v1/items').replace('GET', 'POST').replace('Bearer good', 'Bearer sandbox')
      const got = await raw(running.port, request, { quiet: 20 })
      assert.equal(got.header('Location'), '/demo/items/v1/items/7', got.text)
    }
  })
})

describe('Link of an upstream', () => {
  it('has its targets rewritten', async () =>
    assert.equal(
      await told(
        'Link',
        `<${provider.url}/base/items?page=2>; rel="next", </base/items>; rel=first, <https://a.fr/>; rel=help`,
      ),
      '</demo/items/v1/items?page=2>; rel="next", </demo/items/v1/items>; rel=first, <https://a.fr/>; rel=help',
    ))

  it('goes nowhere when one of them must not be seen', async () =>
    assert.equal(await told('Link', '</base/items>; rel=first, <http://backend:8080/x>; rel=self'), undefined))
})
