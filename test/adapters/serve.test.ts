import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { dialectOf, loadPlatform } from '#contract'
import { casesAt } from '#sandbox'
import { copyAdapted, isAdapted, writeSecrets } from '../../src/cli/parity/adapted-copy.js'
import { type ProviderDouble, startDouble } from '../../src/cli/parity/provider-double.js'
import { runCommand } from '../start/command.js'
import { createPlace, type Place, storeKinds } from '../start/place.js'
import { startProcess } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { hosts, quotient } from '../tokens/token-story.js'

const ready = z.object({ port: z.number() })

for (const kind of storeKinds)
  describe(`portique serve with a provider behind an adapter, on the ${kind.name}`, () => {
    let place: Place
    let double: ProviderDouble
    let port = 0
    let settings: Readonly<Record<string, string>> = {}

    before(async () => {
      place = await createPlace(kind)
      const { platform } = await loadPlatform('platforms/api-particulier')
      assert.ok(platform)
      const apis = platform.apis
        .filter(isAdapted)
        .map((api) => ({ ...api, cases: casesAt(api.cases ?? [], Date.now()) }))
      double = await startDouble({ apis, dialect: dialectOf(platform.dialect) })
      const folder = join(place.folder, 'platforms')
      await copyAdapted(platform, { folder, addressOf: double.addressOf, tokenUrl: double.tokenUrl })
      await writeSecrets(apis, join(place.folder, 'secrets.json'))
      settings = {
        ...{ PORTIQUE_URL: 'https://portail.exemple.fr', PORTIQUE_AUTHORIZATION_URL: 'https://connexion.exemple.fr' },
        ...{ PORTIQUE_GATEWAY_URL: 'https://api.exemple.fr', PORTIQUE_PLATFORMS: folder },
        PORTIQUE_SECRET_KEY: randomBytes(32).toString('base64url'),
        PORTIQUE_METRICS_TOKEN: randomBytes(24).toString('hex'),
        PORTIQUE_ACCESS_LOG: join(place.folder, 'access.log'),
      }
    })
    after(async () => {
      await double.stop()
      await place.drop()
    })

    test('without the secrets of its providers nothing starts, and each is named', async () => {
      const refused = await runCommand(place, ['serve'], settings)
      assert.equal(refused.code, 1)
      assert.match(
        refused.stderr,
        /PORTIQUE_PROVIDER_SECRETS\n {4}no secret for .*dss_quotient_familial_key \(api-particulier\/\S+ and 2 more\)/,
      )
    })

    test('with them a token of production opens what the provider says, and no log holds who was asked for', async (t) => {
      const secrets = join(place.folder, 'secrets.json')
      const served = startProcess(['serve'], { ...place.environment, ...settings, PORTIQUE_PROVIDER_SECRETS: secrets })
      t.after(async () => assert.deepEqual(await served.end('SIGTERM'), { code: 0, signal: null }))
      await served.waitFor(() => served.stderr().includes('"serve/ready"'))
      const line = served
        .stderr()
        .split('\n')
        .find((each) => each.includes('"serve/ready"'))
      port = ready.parse(JSON.parse(line ?? '{}')).port
      const token = await newToken(place)
      const get = (target: string) =>
        sendRaw(port, head(`GET ${target} HTTP/1.1`, `Host: ${hosts.production}`, `Authorization: Bearer ${token}`))

      const found = await get(quotient)
      assert.equal(found.status, 200, found.text)
      const { data } = JSON.parse(Buffer.from(found.body, 'latin1').toString('utf8'))
      assert.deepEqual(Object.keys(data), ['quotient_familial'])
      assert.equal(data.quotient_familial.valeur, 872)
      const unknown = await get(quotient.replace('MARTIN', 'INCONNUE'))
      assert.equal(unknown.status, 404, unknown.text)
      assert.match(unknown.body, /"code":"35003"/)
      const visitor = await tokenOfVisitor(port)
      await double.stop()
      const down = await get(quotient)
      assert.equal(down.status, 502, down.text)
      assert.match(down.body, /"code":"35001"/)

      const logged = served.stderr() + (await readFile(join(place.folder, 'access.log'), 'utf8'))
      for (const word of ['MARTIN', 'Angela', 'INCONNUE', '69383', 'of-the-double', token, visitor])
        assert.ok(!logged.includes(word), word)
    })
  })

/** Of a new application, with one scope of the quotient familial. */
async function newToken(place: Place): Promise<string> {
  const created = await runCommand(place, ['application', 'create', 'Mairie', '--platform', 'api-particulier'])
  const id = /client_id +(\S+)/.exec(created.stdout)?.[1] ?? assert.fail(created.stderr)
  const subscribed = await runCommand(place, ['application', 'subscribe', id, 'dss-quotient-familial/3'])
  assert.equal(subscribed.code, 0, subscribed.stderr)
  const scope = ['--scope', 'cnaf_quotient_familial']
  const made = await runCommand(place, ['token', 'create', id, '--title', 'Cantine', ...scope, '--json'])
  assert.equal(made.code, 0, made.stderr)
  return z.object({ token: z.string() }).parse(JSON.parse(made.stdout)).token
}

/** What a visitor gets by the form of the portal, and what it opens: the sandbox at the address of this installation, nothing in production. */
async function tokenOfVisitor(port: number): Promise<string> {
  const path = '/fr/apis/api-particulier'
  const page = await sendRaw(port, head(`GET ${path} HTTP/1.1`, 'Host: portail.exemple.fr'))
  assert.match(page.body, new RegExp(`<form method="post" action="${path}/sandbox-token">`))
  const ask = (host: string, ...more: readonly string[]) =>
    sendRaw(port, head(`POST ${path}/sandbox-token HTTP/1.1`, `Host: ${host}`, 'Content-Length: 0', ...more))
  assert.equal((await ask('portail.exemple.fr', 'Sec-Fetch-Site: cross-site')).status, 403)
  for (const host of ['api.exemple.fr', 'connexion.exemple.fr']) assert.equal((await ask(host)).status, 404, host)
  const length = `Content-Length: ${1_000_000}`
  const huge = await sendRaw(
    port,
    head(`POST ${path}/sandbox-token HTTP/1.1`, 'Host: portail.exemple.fr', length) + 'x'.repeat(10_000),
  )
  assert.equal(huge.status, 413)
  const given = await ask('portail.exemple.fr', 'Sec-Fetch-Site: same-origin', 'Origin: null')
  assert.equal(given.status, 200, given.text)
  assert.equal(given.headers.get('cache-control'), 'no-store')
  const [, token = '', target = ''] =
    /TOKEN=&#39;([\w.-]+)&#39;\ncurl -i -g &#39;https:\/\/api\.exemple\.fr(\/[^&]+(?:&amp;[^&]+)*)&#39;/.exec(
      given.body,
    ) ?? []
  const call = (host: string, at: string) =>
    sendRaw(port, head(`GET ${at} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${token}`))
  const shown = await call('api.exemple.fr', target.replaceAll('&amp;', '&'))
  assert.equal(shown.status, 200, `${target}\n${shown.text}`)
  assert.equal((await call(hosts.sandbox, quotient)).status, 200)
  const production = await call(hosts.production, quotient)
  assert.equal(production.status, 401, production.text)
  assert.match(production.body, /"code":"00109"/)
  return token
}
