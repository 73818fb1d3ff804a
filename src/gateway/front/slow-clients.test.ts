import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { api, snapshot } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { startProvider } from '../fixtures/provider.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'
import type { FrontSettings } from './front-settings.js'

const items = '/demo/items/v1/items'

async function within(front: Partial<FrontSettings>, story: (port: number) => Promise<void>) {
  const provider = await startProvider()
  const running = await startGateway(snapshot([api([{ url: provider.url, weight: 1 }])]), { front })
  try {
    await story(running.port)
  } finally {
    await running.stop()
    await provider.stop()
  }
}

interface Held {
  readonly socket: Socket
  text: string
  closed: boolean
}

/** Opens connections that send `first`, then a byte of `drip` now and then, and never ask to be closed. */
function hold(port: number, count: number, { first, drip }: { readonly first: string; readonly drip: string }): Held[] {
  return Array.from({ length: count }, () => {
    const socket = connect(port, '127.0.0.1')
    const held: Held = { socket, text: '', closed: false }
    let dripping: NodeJS.Timeout | undefined
    socket.on('connect', () => {
      socket.write(first)
      dripping = setInterval(() => socket.writable && drip !== '' && socket.write(drip), 100)
    })
    socket.on('data', (bytes) => {
      held.text += bytes.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      held.closed = true
      clearInterval(dripping)
    })
    return held
  })
}

async function until(reached: () => boolean, tries = 600): Promise<void> {
  for (let turn = 0; turn < tries && !reached(); turn++) await sleep(10)
  assert.ok(reached())
}

const slow: readonly (readonly [name: string, first: string, drip: string, status: number])[] = [
  ['heads that never end', 'GET / HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n', 408],
  ['bodies that never end', get(items, 'Content-Length: 100000\r\n').replace('GET', 'POST'), 'x', 408],
  ['connections that say nothing', '', '', 408],
]
for (const [name, first, drip, status] of slow)
  test(`T15 ${name}: others are served meanwhile, and each is closed in its time`, () =>
    within({ headersMilliseconds: 300, requestMilliseconds: 1_000, silenceMilliseconds: 1_500 }, async (port) => {
      const attackers = hold(port, 100, { first, drip })
      await sleep(50)
      for (let call = 0; call < 20; call++) assert.equal((await raw(port, get(items), { quiet: 5 })).status, 200)
      await until(() => attackers.every(({ closed }) => closed))
      // Who goes on sending may lose the answer to the reset that follows it.
      for (const { text } of attackers) assert.match(text, new RegExp(`^(?:HTTP/1.1 ${status} |$)`))
    }))

test('T16 beyond the connections of the process new ones are closed, and old clients are served', () =>
  within({ connectionsMax: 30 }, async (port) => {
    const [old] = hold(port, 1, { first: get(items), drip: '' })
    await until(() => old?.text.includes('200 OK') === true)
    const flood = hold(port, 100, { first: '', drip: '' })
    await until(() => flood.filter(({ closed }) => closed).length === 71)
    old?.socket.write(get(items))
    await until(() => old?.text.split('200 OK').length === 3)
    for (const { socket } of flood) socket.destroy()
    await sleep(50)
    assert.equal((await raw(port, get(items), { quiet: 5 })).status, 200, 'there is room again')
    old?.socket.destroy()
  }))
