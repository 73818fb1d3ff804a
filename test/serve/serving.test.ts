import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { connect } from 'node:tls'
import { runCommand } from '../start/command.js'
import { type Edit, ownPlatforms, withUpstream } from '../start/own-platforms.js'
import { createPlace, type Place, storeKinds } from '../start/place.js'
import { type Started, startProcess } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { certificate, onlyTls11, shakeHands } from '../start/tls.js'
import { exampleUpstream } from '../start/upstream.js'

const portal = 'portail.exemple.fr'
const authorization = 'connexion.exemple.fr'
const gateway = 'api.exemple.fr'
const tokenPath = '/connexion/demo/demo/token'
const call = '/demo/annuaire/v1/services'
const metricsToken = randomBytes(24).toString('hex')

for (const kind of storeKinds)
  describe(`portique serve, on the ${kind.name}`, () => {
    const upstream = exampleUpstream()
    let place: Place
    let process: Started
    let port = 0
    let tlsPort = 0
    let metricsPort = 0
    let form = ''

    before(async () => {
      place = await createPlace(kind)
      metricsPort = await freePort()
      const settings = {
        PORTIQUE_METRICS_PORT: String(metricsPort),
        PORTIQUE_URL: `https://${portal}`,
        PORTIQUE_AUTHORIZATION_URL: `https://${authorization}`,
        PORTIQUE_GATEWAY_URL: `https://${gateway}`,
        PORTIQUE_SECRET_KEY: randomBytes(32).toString('base64url'),
        PORTIQUE_PLATFORMS: ownPlatforms(place.folder, [withUpstream(upstream.url()), ownHosts]),
        PORTIQUE_METRICS_TOKEN: metricsToken,
        ...(await certificate(place.folder)),
      }
      process = startProcess(['serve'], { ...place.environment, ...settings })
      await process.waitFor(() => process.stderr().includes('"serve/ready"'))
      const line =
        process
          .stderr()
          .split('\n')
          .find((each) => each.includes('"serve/ready"')) ?? '{}'
      const ready: { port: number; tlsPort: number } = JSON.parse(line)
      port = ready.port
      tlsPort = ready.tlsPort
      form = await newClient(place)
    })
    after(async () => {
      assert.deepEqual(await process.end('SIGTERM'), { code: 0, signal: null })
      await place.drop()
    })

    const get = (host: string, path: string, ...more: string[]) =>
      sendRaw(port, head(`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more))
    const askToken = (host: string) =>
      sendRaw(
        port,
        head(
          `POST ${tokenPath} HTTP/1.1`,
          `Host: ${host}`,
          'Content-Type: application/x-www-form-urlencoded',
          `Content-Length: ${form.length}`,
        ) + form,
      )
    const bearer = async () => `Authorization: Bearer ${JSON.parse((await askToken(authorization)).body).access_token}`

    test('a token from the authorization server opens the gateway, and the provider answers', async () => {
      const answer = await get(gateway, call, await bearer())
      assert.equal(answer.status, 200, answer.text)
      assert.deepEqual(upstream.seen, ['GET /services'])
    })

    test('each host serves its own part alone', async () => {
      const token = await bearer()
      for (const host of [portal, gateway])
        assert.equal((await askToken(host)).status, 404, `token endpoint on ${host}`)
      for (const host of [portal, authorization])
        assert.equal((await get(host, call, token)).status, 404, `gateway on ${host}`)
      assert.equal((await get(portal, '/fr')).status, 200)
      for (const host of [authorization, gateway])
        for (const path of ['/', '/fr', '/assets/portique.css'])
          assert.equal((await get(host, path)).status, 404, `${path} on ${host}`)
      assert.equal((await get(authorization, '/connexion/demo/demo/jwks')).status, 200)
      assert.equal((await get(gateway, '/connexion/demo/demo/jwks')).status, 404)
      assert.equal(upstream.seen.length, 1, 'no call went on from a host that is not the gateway’s')
    })

    test('hosts that a platform declares serve as theirs', async () => {
      assert.equal((await get('api.mienne.fr', call, await bearer())).status, 200)
      assert.equal((await askToken('connexion.mienne.fr')).status, 200)
      assert.equal((await askToken('api.mienne.fr')).status, 404)
      assert.equal((await get('connexion.mienne.fr', call, await bearer())).status, 404)
    })

    test('an unknown Host is 400, on every path', async () => {
      for (const host of ['localhost', '127.0.0.1', 'attaquant.example', `${portal}.attaquant.example`, `${portal}:1`])
        for (const path of ['/', call, tokenPath, '/.well-known/portique-identity'])
          assert.equal((await get(host, path)).status, 400, `${host}${path}`)
      const { detail } = JSON.parse((await get('attaquant.example', '/')).body)
      for (const host of [portal, authorization, gateway]) assert.ok(detail.includes(`https://${host}`), detail)
      for (const path of ['/healthz', '/readyz', '/metrics'])
        for (const host of ['attaquant.example', 'localhost.attaquant.example', '127.0.0.1.nip.example', '127.0.0.2'])
          assert.equal((await get(host, path)).status, 400, `${host}${path}`)
    })

    test('the machine itself asks after health under its own name, and for metrics by token', async () => {
      for (const host of ['localhost', 'localhost:8080', '127.0.0.1', '[::1]:8080']) {
        assert.equal((await get(host, '/healthz')).status, 200, host)
        assert.equal((await get(host, '/readyz?now')).status, 200, host)
        assert.equal((await get(host, '/metrics')).status, 401, host)
      }
    })

    test('neither the clock of dev nor the control API is there', async () => {
      for (const host of [portal, authorization, gateway])
        for (const path of ['/dev/clock', '/control', '/control/applications'])
          assert.equal((await get(host, path)).status, 404, `${path} on ${host}`)
      const list = await runCommand(place, ['application', 'list'])
      assert.match(list.stdout, /Cliente/)
    })

    test('metrics only by token, or on their own port; health for whoever asks', async () => {
      assert.equal((await get(portal, '/metrics')).status, 401)
      assert.equal((await get(portal, '/metrics', 'Authorization: Bearer faux')).status, 401)
      const answer = await get(portal, '/metrics', `Authorization: Bearer ${metricsToken}`)
      assert.equal(answer.status, 200)
      assert.match(answer.body, /^# HELP /m)
      const own = await fetch(`http://127.0.0.1:${metricsPort}/metrics`)
      assert.deepEqual([own.status, (await own.text()).startsWith('# HELP ')], [200, true])
      assert.equal((await fetch(`http://127.0.0.1:${metricsPort}${call}`)).status, 404)
      assert.equal((await get(gateway, '/healthz')).status, 200)
      assert.equal((await get(gateway, '/readyz')).status, 200)
    })

    test('TLS 1.2 and 1.3 with sound suites; older versions, CBC and RSA key exchange are refused', async () => {
      assert.equal(await shakeHands(tlsPort), 'TLSv1.3')
      assert.equal(await shakeHands(tlsPort, { maxVersion: 'TLSv1.2' }), 'TLSv1.2')
      assert.match(await shakeHands(tlsPort, onlyTls11), /refused/)
      assert.match(await shakeHands(tlsPort, { ...onlyTls11, minVersion: 'TLSv1', maxVersion: 'TLSv1' }), /refused/)
      for (const ciphers of ['ECDHE-RSA-AES128-SHA256', 'AES128-GCM-SHA256', 'ECDHE-RSA-AES256-SHA'])
        assert.match(
          await shakeHands(tlsPort, { maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` }),
          /refused/,
          ciphers,
        )
    })

    test('over TLS the same answers, with HSTS', async () => {
      const answer = await overTls(head(`GET ${call} HTTP/1.1`, `Host: ${gateway}`, await bearer()))
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
      assert.match(answer, /\r\nStrict-Transport-Security: max-age=\d{8}/)
    })

    const overTls = (bytes: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false })
        let text = ''
        socket.setEncoding('latin1').on('data', (part: string) => {
          text += part
        })
        socket.on('end', () => resolve(text)).on('error', reject)
        socket.write(bytes)
      })
  })

const ownHosts: Edit = {
  file: 'platform.yaml',
  from: 'production: { hosts: { authorization: [], api: [] } }',
  to: 'production: { hosts: { authorization: [connexion.mienne.fr], api: [api.mienne.fr] } }',
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** The form of a token request of a new application, made by command over the control socket. */
async function newClient(place: Place): Promise<string> {
  const created = await runCommand(place, ['application', 'create', 'Cliente', '--platform', 'demo'])
  const [id = '', secret = ''] = ['client_id', 'client_secret'].map(
    (field) => new RegExp(`${field} +(\\S+)`).exec(created.stdout)?.[1],
  )
  const subscribed = await runCommand(place, ['application', 'subscribe', id, 'annuaire/1'])
  assert.equal(subscribed.code, 0, subscribed.stderr)
  return `grant_type=client_credentials&client_id=${id}&client_secret=${secret}&scope=annuaire`
}
