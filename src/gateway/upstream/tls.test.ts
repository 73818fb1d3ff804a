import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { generate } from 'selfsigned'
import { startAdapted } from '../fixtures/api-particulier.fixture.js'
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

  describe('behind an adapter of API Particulier', () => {
    const person =
      'nomNaissance=Roussel&prenoms[]=Nadia&anneeDateNaissance=1985&sexeEtatCivil=F&codeCogInseePaysNaissance=99100'
    const target = `/v3/dss/quotient_familial/identite?recipient=13002526500013&${person}`
    /** Status and code. */
    async function told(url: string, ca?: string): Promise<string> {
      const limits = { connectMilliseconds: 10_000, headersMilliseconds: 10_000, totalMilliseconds: 20_000 }
      const settings = ca === undefined ? {} : { upstreamTls: { ca } }
      const secrets = { dss_quotient_familial_key: 'key' }
      const running = await startAdapted({ code: 'dss-quotient-familial', url, limits }, { settings, secrets })
      const answer = await fetch(`http://127.0.0.1:${running.port}${target}`, {
        headers: { Authorization: 'Bearer good' },
      })
      const body = JSON.parse(await answer.text())
      await running.stop()
      assert.ok(!running.lines.join().includes('oussel'))
      return `${answer.status} ${body.errors[0].code}`
    }
    const wrong: readonly (readonly [string, Wanted, boolean])[] = [
      ['an unknown authority', { names: ['localhost'] }, false],
      ['another name', { names: ['autre.exemple.fr'] }, true],
      ['an expired certificate', { names: ['localhost'], from: Date.now() - 3 * day, to: Date.now() - day }, true],
      ['a certificate of tomorrow', { names: ['localhost'], from: Date.now() + day, to: Date.now() + 2 * day }, true],
    ]
    for (const [kind, wanted, known] of wrong)
      it(`${kind} is told as 35009`, async () => {
        const { url, asked } = await provider(wanted)
        assert.equal(await told(url, known ? authority.cert : undefined), '502 35009')
        assert.deepEqual(asked, [])
      })

    it('a right one is asked', async () => {
      const { url, asked } = await provider({ names: ['localhost'] })
      assert.equal(await told(url, authority.cert), '502 35999')
      assert.equal(asked.length, 1)
    })
  })
})
