import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { movableClock } from '#base'
import { devRoutes } from './dev-routes.js'

describe('the clock of dev', () => {
  const server = createServer(getRequestListener(devRoutes(movableClock()).fetch))
  let origin = ''
  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    origin = `http://127.0.0.1:${address.port}`
  })
  after(() => server.close())

  const json = { 'content-type': 'application/json' }
  const now = async () => {
    const told: { now: string } = JSON.parse(await (await fetch(`${origin}/dev/clock`)).text())
    return Date.parse(told.now)
  }
  /** Status of a move by a day, and whether the clock has moved. */
  const move = async (headers: Record<string, string>) => {
    const start = await now()
    const body = Buffer.from(JSON.stringify({ advanceSeconds: 86_400 }))
    const { status } = await fetch(`${origin}/dev/clock`, { method: 'POST', headers, body })
    return [status, (await now()) - start >= 86_400_000]
  }

  it('is moved by JSON alone', async () => {
    assert.deepEqual(await move(json), [200, true])
    assert.deepEqual(await move({ 'content-type': 'Application/JSON; charset=utf-8' }), [200, true])
    for (const type of [
      'text/plain',
      'text/plain;application/json',
      'application/x-www-form-urlencoded',
      'application/jsonp',
    ])
      assert.deepEqual(await move({ 'content-type': type }), [415, false], type)
    assert.deepEqual(await move({}), [415, false])
  })

  it('is not moved by a page of another origin', async () => {
    assert.deepEqual(await move({ ...json, origin }), [200, true])
    for (const foreign of ['https://evil.example', 'null', `${origin}0`, 'http://127.0.0.1', ''])
      assert.deepEqual(await move({ ...json, origin: foreign }), [403, false], foreign)
    const preflight = await fetch(`${origin}/dev/clock`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    assert.equal(preflight.status, 403)
    assert.equal(preflight.headers.get('access-control-allow-origin'), null)
  })
})
