import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Platform, refusal } from '#contract'
import { api, limits, platform, snapshot, verified } from '../fixtures/catalog.fixture.js'
import { type RunningGateway, startGateway } from '../fixtures/gateway.fixture.js'
import { answer, type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'
import type { GatewayOptions } from '../gateway.js'
import type { MarkFlight, Spend } from '../ports.js'

const items = '/demo/items/v1/items'
const patient = { quiet: 60 }
let provider: Provider
let held: ((bytes?: string) => void)[] = []
let ahead = 0
before(async () => {
  provider = await startProvider((socket) => void held.push((bytes = answer('hello')) => socket.write(bytes)))
})
after(() => provider.stop())

async function within(
  inFlight: Platform['inFlight'],
  story: (running: RunningGateway) => Promise<void>,
  more: Partial<GatewayOptions> = {},
) {
  held = []
  ahead = 0
  const patience = {
    ...limits,
    headersMilliseconds: 600_000,
    idleMilliseconds: 600_000,
    totalMilliseconds: 600_000,
    requestBodyMilliseconds: 5_000,
  }
  const one = api([{ url: provider.url, weight: 1 }], { limits: patience })
  const platforms = new Map([['demo', platform([one], inFlight === undefined ? {} : { inFlight })]])
  const running = await startGateway(snapshot([one], { platforms }), {
    monotonic: () => performance.now() + ahead,
    ...more,
    verify: ({ value }) => (value.startsWith('good') ? verified({ tokenId: value }) : refusal('token/invalid')),
  })
  try {
    await story(running)
  } finally {
    await running.stop()
  }
}

/** Sends it, and goes on once the provider has it or it is refused. */
async function sent(running: RunningGateway, request: string) {
  const before = held.length + running.finished.length
  const answered = raw(running.port, request, patient)
  for (let tries = 0; tries < 300 && held.length + running.finished.length === before; tries++) await sleep(10)
  return { answered }
}

/** Statuses, in order, of what was sent one after another, all under way at once. */
async function statuses(running: RunningGateway, requests: readonly string[]) {
  const answers = []
  for (const request of requests) answers.push(await sent(running, request))
  for (const go of held) go()
  held = []
  return (await Promise.all(answers.map(({ answered }) => answered))).map(({ status }) => status)
}

const pairs: readonly (readonly [name: string, first: string, second: string, status: number])[] = [
  ['the same call', get(`${items}?a=1&b=2`), get(`${items}?a=1&b=2`), 409],
  ['the same parameters in another order', get(`${items}?a=1&b=2`), get(`${items}?b=2&a=1`), 409],
  ['the same parameters, escaped otherwise', get(`${items}?a=%41`), get(`${items}?a=A`), 409],
  ['the same call by another address', get(items), get(`/demo/production${items}`), 409],
  ['another value', get(`${items}?a=1`), get(`${items}?a=2`), 200],
  ['the same values in another order of one name', get(`${items}?a=1&a=2`), get(`${items}?a=2&a=1`), 200],
  ['another resource', get(`${items}/1`), get(`${items}/2`), 200],
  ['another method', get(items), get(items).replace('GET', 'HEAD'), 200],
  ['another token', get(items), get(items).replace('good', 'good-too'), 200],
  [
    'a body',
    get(items, 'Content-Length: 1\r\n').replace('GET', 'POST').concat('x'),
    get(items, 'Content-Length: 1\r\n').replace('GET', 'POST').concat('x'),
    200,
  ],
]
for (const [name, first, second, status] of pairs)
  test(`${name} while one is under way: ${status}`, () =>
    within('refuse_identical', async (running) => {
      assert.deepEqual(await statuses(running, [first, second]), [200, status])
      assert.deepEqual(await statuses(running, [second]), [200], 'once it is over, the same call goes')
    }))

test('the refusal has its code, and leaves the first call alone', () =>
  within('refuse_identical', async (running) => {
    const { answered: first } = await sent(running, get(items))
    for (let index = 0; index < 3; index++) {
      const second = await raw(running.port, get(items), { quiet: 20 })
      assert.equal(second.status, 409)
      assert.match(second.text, /"code":"request\/in-flight"/)
    }
    for (const go of held) go()
    assert.equal((await first).status, 200)
  }))

test('a call is under way until its evidence is kept, in the sandbox too, which answers at once', async () => {
  const access = { ...api('sandbox').access, personalData: true }
  const one = api('sandbox', { access, opensAll: true })
  const platforms = new Map([['demo', platform([one], { inFlight: 'refuse_identical' })]])
  let keep = () => {}
  let asked = 0
  const keepEvidence = () => {
    asked += 1
    return asked > 1 ? Promise.resolve() : new Promise<void>((resolve) => (keep = resolve))
  }
  const more = { keepEvidence, snapshot: () => snapshot([one], { platforms }) }
  await within(
    'refuse_identical',
    async (running) => {
      const first = raw(running.port, get(items), patient)
      for (let tries = 0; tries < 300 && asked === 0; tries++) await sleep(10)
      assert.equal((await raw(running.port, get(items), patient)).status, 409)
      keep()
      assert.equal((await first).status, 200)
      assert.equal((await raw(running.port, get(items), patient)).status, 200)
    },
    more,
  )
})

test('a platform that does not ask for it lets both go', async () => {
  for (const inFlight of ['allow', undefined] as const)
    await within(inFlight, async (running) =>
      assert.deepEqual(await statuses(running, [get(items), get(items)]), [200, 200]),
    )
})

test('a caller that leaves leaves nothing behind', () =>
  within('refuse_identical', async (running) => {
    await raw(running.port, get(items), { sent: (socket) => void setTimeout(() => socket.destroy(), 150) })
    await running.recorded(1)
    held = []
    assert.deepEqual(await statuses(running, [get(items)]), [200])
  }))

test('a call under way for a minute keeps nobody from asking again, and its end does not open the door to a third', () =>
  within('refuse_identical', async (running) => {
    const { answered: first } = await sent(running, get(items))
    ahead = 59_000
    assert.equal((await raw(running.port, get(items), { quiet: 20 })).status, 409)
    ahead = 60_100
    const { answered: second } = await sent(running, get(items))
    held.shift()?.()
    await first
    assert.equal((await raw(running.port, get(items), { quiet: 20 })).status, 409)
    held.shift()?.()
    assert.equal((await second).status, 200)
  }))

/** Where nodes meet, in this process: what is under way on some node. */
function meetingPoint() {
  const marks = new Set<string>()
  let asked = 0
  const mark: MarkFlight = async (key) => {
    asked += 1
    if (marks.has(key)) return null
    marks.add(key)
    return async () => void marks.delete(key)
  }
  return { marks, mark, asked: () => asked }
}

test('the same call under way on another node: 409; once it is over there, the same call goes here', async () => {
  const { marks, mark } = meetingPoint()
  await within(
    'refuse_identical',
    async (one) => {
      const { answered: first } = await sent(one, get(`${items}?a=1&b=2`))
      const elsewhere = held
      await within(
        'refuse_identical',
        async (two) => {
          const second = await raw(two.port, get(`${items}?b=2&a=1`), { quiet: 20 })
          assert.equal(second.status, 409)
          assert.match(second.text, /"code":"request\/in-flight"/)
          assert.deepEqual(await statuses(two, [get(`${items}?a=2`)]), [200], 'another call')
          for (const go of elsewhere) go()
          assert.equal((await first).status, 200)
          assert.deepEqual(await statuses(two, [get(`${items}?a=1&b=2`)]), [200])
        },
        { markFlight: mark },
      )
    },
    { markFlight: mark },
  )
  assert.equal(marks.size, 0)
})

for (const kind of ['an answer of the provider', 'a refusal of ours'] as const)
  test(`${kind} leaves once the other nodes know that the call is over`, async () => {
    const ending = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    const markFlight: MarkFlight = async () => () => {
      ending.resolve()
      return gone.promise
    }
    const spent: Spend = ([charge]) => ({
      admitted: false,
      states: charge === undefined ? [] : [{ rule: charge.rule, remaining: 0, resetMilliseconds: 1 }],
      retryAfterSeconds: 1,
    })
    await within(
      'refuse_identical',
      async (running) => {
        let come = false
        const answered = raw(running.port, get(items), {
          quiet: 20,
          sent: (socket) => socket.on('data', () => (come = true)),
        })
        const asked = async () => {
          while (held.length === 0) await sleep(5)
          held[0]?.()
        }
        if (kind === 'an answer of the provider') await asked()
        await ending.promise
        await sleep(50)
        assert.equal(come, false)
        gone.resolve()
        assert.equal((await answered).status, kind === 'an answer of the provider' ? 200 : 429)
      },
      { markFlight, ...(kind === 'a refusal of ours' && { spend: spent }) },
    )
  })

test('a caller that leaves while other nodes are being told leaves no mark behind', async () => {
  const { marks, mark } = meetingPoint()
  const told = Promise.withResolvers<void>()
  await within(
    'refuse_identical',
    async (running) => {
      await raw(running.port, get(items), { sent: (socket) => void setTimeout(() => socket.destroy(), 50) })
      await running.recorded(1)
      told.resolve()
      for (let turn = 0; turn < 500 && marks.size > 0; turn += 1) await sleep(10)
      assert.equal(marks.size, 0)
      assert.equal(held.length, 0, 'the provider was not asked')
    },
    {
      markFlight: async (key) => {
        const end = await mark(key)
        await told.promise
        return end
      },
    },
  )
})

test('a call that ends without an answer of the provider takes its mark along', async () => {
  const { marks, mark, asked } = meetingPoint()
  await within(
    'refuse_identical',
    async (running) => {
      await raw(running.port, get(items), { sent: (socket) => void setTimeout(() => socket.destroy(), 150) })
      await running.recorded(1)
      assert.equal(asked(), 1)
      assert.equal(marks.size, 0)
    },
    { markFlight: mark },
  )
})

test('a platform that does not ask for it tells no other node', async () => {
  const { mark, asked } = meetingPoint()
  await within('allow', async (running) => void (await statuses(running, [get(items), get(items)])), {
    markFlight: mark,
  })
  assert.equal(asked(), 0)
})
