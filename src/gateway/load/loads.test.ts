import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type CallLimits, type QuotaCharge, refusal } from '#contract'
import { api, application, limits, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { answer, type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { get, type RawAnswer, raw } from '../fixtures/raw-client.fixture.js'
import type { GatewaySettings } from '../settings.js'

const quick = { quiet: 30 }
const patient = { quiet: 60 }
const items = '/demo/items/v1/items'
/** Late calls would have the provider set aside, on a machine that is busy otherwise. */
const unhurried: CallLimits = { ...limits, headersMilliseconds: 20_000, totalMilliseconds: 20_000 }
let provider: Provider
before(async () => {
  provider = await startProvider()
})
after(() => provider.stop())

/** Tokens `greedy` and `innocent`, of an application each; charges are counted. */
async function within(
  settings: Partial<GatewaySettings>,
  story: (running: RunningGateway, charged: string[]) => Promise<void>,
  callLimits: CallLimits = limits,
) {
  const one = api([{ url: provider.url, weight: 1 }], { limits: callLimits })
  const applications = new Map(['greedy', 'innocent'].map((id) => [id, application([one], { id, name: id })] as const))
  const charged: string[] = []
  const running = await startGateway(snapshot([one], { applications }), {
    settings,
    verify: ({ value }) =>
      applications.has(value) ? verified({ applicationId: value, tokenId: value }) : refusal('token/invalid'),
    spend: (charges: readonly QuotaCharge[]) => {
      charged.push(charges[0]?.subject.split('|')[2] ?? '')
      return { admitted: true, states: [] }
    },
  })
  try {
    await story(running, charged)
  } finally {
    provider.behave((socket) => socket.write(answer('hello')))
    await running.stop()
  }
}

const as = (who: string, request: string) => request.replace('Bearer good', `Bearer ${who}`)
const post = (who: string, announced: number, sent = announced) =>
  as(who, get(items, `Content-Length: ${announced}\r\n`).replace('GET', 'POST')) + 'x'.repeat(sent)
const until = async (true_: () => boolean) => {
  for (let tries = 0; tries < 200 && !true_(); tries++) await new Promise((resolve) => setTimeout(resolve, 10))
}
const byStatus = (answers: readonly RawAnswer[], status: number) => answers.filter((one) => one.status === status)

test('an application that floods a slow provider is held to its places, and others do not feel it', () =>
  within(
    { callsPerApplication: 20, connectionsPerOrigin: 64 },
    async (running, charged) => {
      const held: (() => void)[] = []
      provider.behave((socket, { head }) => {
        if (head.includes('X-Quick')) socket.write(answer('hello'))
        else held.push(() => socket.write(answer('late')))
      })
      const flood = Array.from({ length: 60 }, () => raw(running.port, as('greedy', get(items)), patient))
      await until(() => held.length === 20 && running.finished.length === 40)
      const innocent = await Promise.all(
        Array.from({ length: 4 }, () => raw(running.port, as('innocent', get(items, 'X-Quick: 1\r\n')), quick)),
      )
      assert.deepEqual(byStatus(innocent, 200).length, 4, innocent.map(({ text }) => text).join('\n'))
      for (const go of held) go()
      const answers = await Promise.all(flood)
      assert.deepEqual([byStatus(answers, 200).length, byStatus(answers, 429).length], [20, 40])
      const [refused] = byStatus(answers, 429)
      assert.match(refused?.text ?? '', /"code":"quota\/concurrency"/)
      assert.equal(refused?.header('Retry-After'), '1')
      assert.equal(charged.filter((who) => who === 'greedy').length, 20, 'a refused call is charged to nothing')
      assert.equal((await raw(running.port, as('greedy', get(items, 'X-Quick: 1\r\n')), quick)).status, 200)
    },
    unhurried,
  ))

test('an application whose bodies come slowly leaves memory to the others', () =>
  within({ bodyBudgetBytes: 200_000, bodyBytesPerApplication: 120_000 }, async (running, charged) => {
    const slow = Array.from({ length: 6 }, () => raw(running.port, post('greedy', 60_000, 59_999), patient))
    await until(() => running.finished.length === 4)
    const innocent = await raw(running.port, post('innocent', 60_000), quick)
    assert.equal(innocent.status, 200, innocent.text)
    const answers = await Promise.all(slow)
    assert.deepEqual([byStatus(answers, 429).length, byStatus(answers, 408).length], [4, 2])
    charged.length = 0
    const back = await raw(running.port, post('greedy', 90_000), quick)
    assert.deepEqual([back.status, charged.length], [200, 1], 'all was given back')
  }))

test('what cannot find room is refused before it is charged, and takes no place', () =>
  within(
    { bodyBudgetBytes: 90_000, bodyBytesPerApplication: 60_000, callsPerApplication: 2 },
    async (running, charged) => {
      const refused = [
        [post('greedy', 200_000, 10), 413, 'request/body-too-large'],
        [post('greedy', 70_000, 10), 429, 'quota/concurrency'],
      ] as const
      for (const [request, status, code] of [...refused, ...refused]) {
        const got = await raw(running.port, request, quick)
        assert.equal(got.status, status, got.text)
        assert.match(got.text, new RegExp(`"code":"${code}"`))
      }
      assert.deepEqual(charged, [])
      const slow = raw(running.port, post('innocent', 60_000, 59_000), patient)
      await until(() => charged.length === 1)
      const busy = await raw(running.port, post('greedy', 50_000, 10), quick)
      assert.equal(busy.status, 503, busy.text)
      assert.deepEqual(charged, ['innocent'])
      await slow
    },
  ))

test('a caller that leaves gives its place back, whatever it waited for', () =>
  within({ callsPerApplication: 1 }, async (running) => {
    provider.behave(() => {})
    for (const request of [as('greedy', get(items)), post('greedy', 1_000, 10)]) {
      await raw(running.port, request, { sent: (socket) => void setTimeout(() => socket.destroy(), 60) })
      await until(() => running.gateway.running() === 0)
    }
    provider.behave((socket) => socket.write(answer('hello')))
    assert.equal((await raw(running.port, as('greedy', get(items)), quick)).status, 200)
  }))
