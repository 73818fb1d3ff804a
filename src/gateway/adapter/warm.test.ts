import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#base'
import { type ApiVersion, loadPlatform, type Refusal, type UpstreamResponse } from '#contract'
import { verified } from '../fixtures/catalog.fixture.js'
import { createLoads } from '../load/loads.js'
import type { UnderWay } from '../upstream/http-upstream.js'
import { createWatch } from '../upstream/watch.js'
import { createAdaptedUpstream } from './adapted-upstream.js'

const { platform } = await loadPlatform('platforms/api-particulier')
const shipped = platform?.apis.find(({ code }) => code === 'dss-quotient-familial') ?? assert.fail()
const provider = [{ url: 'http://127.0.0.1:9', weight: 1 }]

/** The version, counting how often its contract is read: each time that its adapter is made ready. */
function counted(production: ApiVersion['upstreams']['production']) {
  let readings = 0
  const api = new Proxy(
    { ...shipped, upstreams: { production, sandbox: 'sandbox' as const } },
    {
      get(target, name) {
        if (name === 'document') readings += 1
        return Reflect.get(target, name)
      },
    },
  )
  return { api, readings: () => readings }
}

let proofs = 0
/** Its provider knows nobody. */
const upstream = createAdaptedUpstream({
  http: {
    ask(_, settle) {
      settle({ status: 404, headers: [], body: null })
      return { address: null, cancel: () => {} }
    },
  },
  secretOf() {
    proofs += 1
    return 'any'
  },
  loads: createLoads({ callsPerApplication: 10, bytesPerApplication: 1_000, bytesMax: 1_000 }),
  clock: Date.now,
  watch: createWatch(() => performance.now()),
  log: silentLog,
})

function ask(api: ApiVersion, started = (_: UnderWay) => {}): Promise<UpstreamResponse | Refusal> {
  const [operation = assert.fail()] = api.operations
  const holder = { load: null, reservedBytes: 0 }
  return new Promise((resolve) => {
    const call = { requestId: 'r', method: 'GET', target: '/identite?nomNaissance=Roussel', headers: [], body: null }
    const around = { environment: 'production', operation, pathParameters: {}, verified: verified() } as const
    started(upstream.ask({ ...call, ...around, api }, resolve, holder))
  })
}

test('what was made ready is not made again by the first call, nor by another warming', async () => {
  const { api, readings } = counted(provider)
  await upstream.warm(api)
  assert.equal(readings(), 1)
  const told = await ask(api)
  assert.equal('code' in told ? told.code : told.status, 'upstream/not-found')
  await upstream.warm(api)
  assert.equal(readings(), 1)
})

test('nothing is made ready where the simulation answers', async () => {
  const { api, readings } = counted('sandbox')
  await upstream.warm(api)
  assert.equal(readings(), 0)
})

test('a call that is given up while its adapter is made ready is not gone on with', async () => {
  const { api } = counted(provider)
  await ask(api)
  const before = proofs
  const told = await ask(api, (underWay) => underWay.cancel())
  assert.equal('code' in told && told.code, 'upstream/broken')
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(proofs, before, 'no proof is had for it')
})
