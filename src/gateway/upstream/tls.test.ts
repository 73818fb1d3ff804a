import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { generate } from 'selfsigned'
import { api, snapshot } from '../fixtures/catalog.fixture.js'
import { startGateway } from '../fixtures/gateway.fixture.js'
import { get, raw } from '../fixtures/raw-client.fixture.js'

const day = 86_400_000

interface Wanted {
  readonly names: readonly string[]
  readonly from?: number
  readonly to?: number
}

describe('upstream TLS', () => {
  let authority: { key: string; cert: string }
  before(async () => {
    const made = await generate([{ name: 'commonName', value: 'Authority of this test' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    })
    authority = { key: made.private, cert: made.cert }
  })

  async function provider({ names, from = Date.now() - day, to = Date.now() + day }: Wanted) {
    const { private: key, cert } = await generate([{ name: 'commonName', value: names[0] ?? '' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca: authority,
      notBeforeDate: new Date(from),
      notAfterDate: new Date(to),
      extensions: [{ name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) }],
    })
    const asked: string[] = []
    const server = createServer({ key, cert }, (request, response) => {
      asked.push(request.url ?? '')
      response.end('{}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    after(() => server.close())
    return { asked, url: `https://localhost:${(server.address() as AddressInfo).port}` }
  }

  async function call(url: string, ca?: string) {
    const settings = ca === undefined ? {} : { settings: { upstreamTls: { ca } } }
    const running = await startGateway(snapshot([api([{ url, weight: 1 }])]), settings)
    const { status } = await raw(running.port, get('/demo/items/v1/items'), { quiet: 60 })
    await running.stop()
    return status
  }

  it('calls a provider whose certificate is right', async () => {
    const { url, asked } = await provider({ names: ['localhost'] })
    assert.equal(await call(url, authority.cert), 200)
    assert.equal(asked.length, 1)
  })

  it('sends nothing to one of an unknown authority', async () => {
    const { url, asked } = await provider({ names: ['localhost'] })
    assert.equal(await call(url), 502)
    assert.deepEqual(asked, [])
  })

  it('sends nothing to one of another name', async () => {
    const { url, asked } = await provider({ names: ['autre.exemple.fr'] })
    assert.equal(await call(url, authority.cert), 502)
    assert.deepEqual(asked, [])
  })

  it('sends nothing to one whose certificate has expired', async () => {
    const { url, asked } = await provider({ names: ['localhost'], from: Date.now() - 3 * day, to: Date.now() - day })
    assert.equal(await call(url, authority.cert), 502)
    assert.deepEqual(asked, [])
  })
})
