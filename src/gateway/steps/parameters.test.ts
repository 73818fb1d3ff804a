import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectOf, type Operation } from '#contract'
import { api, operation, platform, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { startProvider } from '../fixtures/provider.fixture.js'

const withContract = (definition: Operation['definition']): Operation => ({
  ...operation('GET', '/people'),
  definition,
})
const people = withContract({
  parameters: [
    { name: 'id', in: 'query', required: true, schema: { type: 'string', pattern: '^[0-9]{3}$' }, 'x-error-code': '7' },
    { name: 'ine', in: 'query', schema: { type: 'string' }, 'x-right': 'school' },
  ],
})
const secret: Operation = { ...operation('GET', '/secret'), definition: { 'x-right': 'school' } }

async function statuses(checksParameters: boolean, rights: readonly string[] = []) {
  const provider = await startProvider()
  const one = api([{ url: provider.url, weight: 1 }], { operations: [people, secret] })
  const platforms = new Map([['demo', platform([one], { checksParameters })]])
  const running = await startGateway(snapshot([one], { platforms }), {
    verify: () => verified({ rights: new Set(rights) }),
    dialectOf,
  })
  const body = async (path: string) => {
    const answer = await fetch(`http://localhost:${running.port}/demo/items/v1${path}`, {
      headers: { authorization: 'Bearer good' },
    })
    return answer.text()
  }
  const get = async (path: string) => {
    const answer = await fetch(`http://localhost:${running.port}/demo/items/v1${path}`, {
      headers: { authorization: 'Bearer good' },
    })
    return `${answer.status} ${provider.asked.length}`
  }
  return {
    get,
    body,
    finished: running.finished,
    close: async () => {
      await running.stop()
      await provider.stop()
    },
  }
}

test('a call that breaks its contract never reaches the provider, where the platform checks', async () => {
  const { get, finished, close } = await statuses(true)
  assert.equal(await get('/people?id=123'), '200 1')
  assert.equal(await get('/people'), '400 1')
  assert.equal(await get('/people?id=12'), '400 1')
  assert.equal(await get('/people?id=123&id=123'), '400 1')
  assert.equal(await get(`/people?id=123${'&a=1'.repeat(200)}`), '400 1')
  assert.equal(finished.at(1)?.refusal, 'request/contract')
  await close()
})

test('elsewhere the contract is the provider’s to hold', async () => {
  const { get, close } = await statuses(false)
  assert.equal(await get('/people'), '200 1')
  await close()
})

test('what asks for a right is refused to whom nobody gave it: a whole call, or one parameter', async () => {
  const without = await statuses(false)
  assert.equal(await without.get('/secret'), '403 0')
  assert.equal(await without.get('/people?ine=1'), '403 0')
  assert.equal(await without.get('/people?ine%5B%5D=1'), '403 0')
  assert.equal(await without.get('/people?ine='), '200 1')
  assert.equal(without.finished[0]?.refusal, 'access/right')
  await without.close()
  const held = await statuses(true, ['school'])
  assert.equal(await held.get('/secret'), '200 1')
  assert.equal(await held.get('/people?id=123&ine=1'), '200 2')
  await held.close()
})

test('the refusal names the parameter and what its contract asks for, never what was sent', async () => {
  const { body, close } = await statuses(true)
  const wrong = await body('/people?id=secret-12')
  assert.match(wrong, /"parameter":"id","expected":"string, pattern \^\[0-9\]\{3\}\$"/)
  assert.ok(!wrong.includes('secret'))
  assert.match(await body('/people'), /"detail":"« id » manque.*"parameter":"id"/)
  await close()
})
