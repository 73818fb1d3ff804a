import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ApiPath, refusal } from '#contract'
import { api, operation, platform, snapshot } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { startProvider } from '../fixtures/provider.fixture.js'

const path = (source: string): ApiPath => ({
  source,
  segments: source.slice(1).split('/'),
  versionAt: null,
  versionMarker: '',
})
const access = { ...api('gateway').access, open: true }

test('the state of a provider is what its last call showed: unknown, well, down, with the last time it was well', async () => {
  const provider = await startProvider()
  const watched = api([{ url: provider.url, weight: 1 }], { pings: [{ name: 'depot', title: 'Dépôt' }] })
  const state = api('gateway', {
    id: 'demo/state/1',
    code: 'state',
    path: path('/state/{provider}/ping'),
    access,
    upstreams: { production: 'gateway', sandbox: 'gateway' },
    operations: [{ ...operation('GET', '/'), definition: { 'x-answer': { ping: { provider: 'provider' } } } }],
  })
  const catalog = snapshot([watched, state], { platforms: new Map([['demo', platform([watched, state])]]) })
  let now = Date.UTC(2026, 10, 21)
  const running = await startGateway(catalog, { clock: () => now })
  const get = async (target: string) => {
    const answer = await fetch(`http://localhost:${running.port}${target}`, {
      headers: { authorization: 'Bearer good' },
    })
    const text = await answer.text()
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  assert.deepEqual((await get('/state/nobody/ping')).body, {})
  const unknown = await get('/state/depot/ping')
  assert.deepEqual([unknown.status, unknown.body.status, unknown.body.last_ok_status], [200, 'unknown', null])
  assert.equal((await get('/demo/items/v1/items')).status, 200)
  const well = new Date(now).toISOString()
  assert.deepEqual(await get('/state/depot/ping'), {
    status: 200,
    body: { status: 'ok', last_update: well, last_ok_status: well },
  })
  await provider.stop()
  now += 60_000
  assert.equal((await get('/demo/items/v1/items')).status, 502)
  assert.deepEqual(await get('/state/depot/ping'), {
    status: 502,
    body: { status: 'bad_gateway', last_update: new Date(now).toISOString(), last_ok_status: well },
  })
  for (let calls = 0; calls < 10; calls += 1) await get('/demo/items/v1/items')
  assert.equal((await get('/demo/items/v1/items')).status, 503, 'set aside')
  assert.equal((await get('/state/depot/ping')).body.status, 'bad_gateway', 'which is no maintenance')
  await running.stop()
})

test('what is open to anyone is only what the gateway itself answers, whatever the catalogue says', async () => {
  const open = api('sandbox', { access })
  const verify = () => refusal('token/invalid')
  const running = await startGateway(snapshot([open]), { verify })
  assert.equal((await fetch(`http://localhost:${running.port}/demo/items/v1/items`)).status, 500)
  await running.stop()
})
