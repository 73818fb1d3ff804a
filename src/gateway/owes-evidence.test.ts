import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FinishedExchange, refusal, subscriptionKey, type Verified } from '#contract'
import { api, application, snapshot, verified } from './fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from './fixtures/gateway.fixture.js'

const personal = api('sandbox', { access: { ...api('sandbox').access, personalData: true }, opensAll: true })
const places = (...environments: readonly ('production' | 'sandbox')[]) =>
  new Map(
    environments.map((environment) => [
      subscriptionKey(environment, personal.id),
      { apiId: personal.id, environment, quotas: [], endsAt: null },
    ]),
  )
const tokens: Readonly<Record<string, Verified>> = {
  good: verified(),
  scopeless: verified({ applicationId: 'app_2', scopes: new Set() }),
  hasty: verified({ applicationId: 'app_3' }),
  ended: verified({ expiresAt: 0 }),
  visitor: verified({ applicationId: 'visitors-demo', environment: 'sandbox', visitor: true }),
  'visitor-scopeless': verified({ applicationId: 'visitors-demo', visitor: true, scopes: new Set() }),
  'visitor-let-in': verified({ applicationId: 'visitors-let-in', visitor: true }),
}
const applications = new Map(
  [
    ...['app_1', 'app_2', 'app_3'].map((id) => application([personal], { id })),
    application([personal], { id: 'visitors-demo', environment: 'sandbox', subscriptions: places('sandbox') }),
    application([personal], { id: 'visitors-let-in', subscriptions: places('production') }),
  ].map((one) => [one.id, one] as const),
)
const kept: FinishedExchange[] = []
let now = 0
let running: RunningGateway
before(async () => {
  running = await startGateway(snapshot([personal], { applications }), {
    verify: ({ value }) => tokens[value] ?? refusal('token/invalid', { reason: 'unknown' }),
    spend: (charges) => {
      const hasty = charges.some(({ subject }) => subject.includes('app_3'))
      const states = charges.map(({ rule }) => ({ rule, remaining: 0, resetMilliseconds: 0 }))
      return hasty ? { admitted: false, states, refusedBy: 0, retryAfterSeconds: 1 } : { admitted: true, states }
    },
    keepEvidence: async (exchange) => void kept.push(exchange),
    monotonic: () => now,
  })
})
after(() => running.stop())

const items = '/demo/items/v1/items'

/** The statuses of so many calls, and what evidence they left: all told once they are recorded. */
async function calls(count: number, headers: Readonly<Record<string, string>>, target = items, method = 'GET') {
  kept.length = 0
  running.finished.length = 0
  const statuses = new Set<number>()
  for (let left = count; left > 0; left -= 1) {
    const answer = await fetch(`http://127.0.0.1:${running.port}${target}`, { method, headers })
    await answer.arrayBuffer()
    statuses.add(answer.status)
  }
  await running.recorded(count)
  assert.equal(running.finished.length, count, 'usage, metrics and the access log have each')
  return { statuses: [...statuses], rows: kept.map(({ status, refusal: code }) => `${status} ${code}`) }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

test('who proves no token makes us write nothing, whatever is asked', async () => {
  assert.deepEqual(await calls(100, {}), { statuses: [401], rows: [] })
  assert.deepEqual(await calls(100, bearer('unknown')), { statuses: [401], rows: [] })
  assert.deepEqual(await calls(3, bearer('good'), '/demo/items/v1/%zz'), { statuses: [400], rows: [] })
  const preflight = { origin: 'https://there.example', 'access-control-request-method': 'GET' }
  assert.deepEqual((await calls(3, preflight, items, 'OPTIONS')).rows, [])
})

test('a known caller leaves a row: answered, refused for its scopes, for what it asked, over its quota, at its end', async () => {
  assert.deepEqual(await calls(1, bearer('good')), { statuses: [200], rows: ['200 null'] })
  assert.deepEqual(await calls(1, bearer('scopeless')), { statuses: [403], rows: ['403 access/scope'] })
  const nowhere = await calls(1, bearer('good'), '/demo/items/v1/nothing')
  assert.deepEqual(nowhere, { statuses: [404], rows: ['404 route/unknown-resource'] })
  assert.deepEqual((await calls(1, bearer('hasty'))).rows, ['429 quota/application'])
  assert.deepEqual((await calls(1, bearer('ended'))).rows, ['401 token/invalid'])
})

test('refused calls leave 100 rows of an application in a minute, and take no room from answered ones or from others', async () => {
  now += 60_000
  assert.equal((await calls(150, bearer('hasty'))).rows.length, 100)
  assert.equal((await calls(1, bearer('scopeless'))).rows.length, 1)
  assert.equal((await calls(150, bearer('good'))).rows.length, 150)
  now += 59_999
  assert.deepEqual((await calls(1, bearer('hasty'))).rows, [])
  now += 1
  assert.equal((await calls(1, bearer('hasty'))).rows.length, 1)
})

test('a visitor leaves none, answered or refused, unless visitors were let into production', async () => {
  assert.deepEqual(await calls(30, bearer('visitor')), { statuses: [200], rows: [] })
  assert.deepEqual((await calls(3, bearer('visitor-scopeless'))).rows, [])
  assert.deepEqual((await calls(3, bearer('visitor'), `/demo/production${items}`)).rows, [])
  assert.deepEqual((await calls(1, bearer('visitor-let-in'))).rows, ['200 null'])
})
