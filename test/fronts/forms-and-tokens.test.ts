import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { bearer, demoApplication, demoToken, tokenPaths } from '../start/tokens.js'

const services = '/demo/annuaire/v1/services'
const search = '/partenaire/offresdemploi/v2/offres/search?range=0-0'

for (const kind of storeKinds)
  describe(`forms and tokens that are not in order, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const post = async (form: string, more: readonly string[] = [formType], path: string = tokenPaths.demo) => {
      const lines = [`POST ${path} HTTP/1.1`, 'Host: localhost', `Content-Length: ${Buffer.byteLength(form)}`, ...more]
      const { status, headers, body } = await sendRaw(portique().port, head(...lines) + form)
      assert.equal(headers.get('cache-control'), 'no-store')
      return { status, headers, ...(JSON.parse(body) as { error?: string; error_description?: string }) }
    }
    const formType = 'Content-Type: application/x-www-form-urlencoded'
    const credentials = () => {
      const { client_id, client_secret } = demoApplication(portique(), 'demo')
      return { id: client_id, secret: client_secret ?? '' }
    }
    const good = () =>
      `grant_type=client_credentials&client_id=${credentials().id}&client_secret=${credentials().secret}`

    test('a form that cannot be read is invalid_request', async () => {
      const cases: readonly (readonly [string, string, (readonly string[])?])[] = [
        ['a repeated field', `${good()}&scope=annuaire&scope=annuaire`],
        ['a repeated identifier', `${good()}&client_id=${credentials().id}`],
        ['bad percent', `${good()}&scope=%zz`],
        ['bad UTF-8', `${good()}&scope=%ff`],
        ['a NUL', `${good()}&scope=annuaire%00`],
        ['JSON', '{"grant_type":"client_credentials"}', ['Content-Type: application/json']],
        ['no content type', good(), []],
        ['an encoding', good(), [formType, 'Content-Encoding: gzip']],
        ['no grant type', good().replace('grant_type=client_credentials&', '')],
      ]
      for (const [name, form, more] of cases) {
        const answer = await post(form, more)
        assert.deepEqual([answer.status, answer.error], [400, 'invalid_request'], name)
      }
    })

    test('a form that is far too long is refused while it comes', async () => {
      const answer = await post(`${good()}&scope=${'x'.repeat(2_000_000)}`)
      assert.ok(answer.status === 413 || answer.status === 400, String(answer.status))
    })

    test('secrets in the address are refused', async () => {
      const path = `${tokenPaths.demo}?client_secret=${credentials().secret}`
      const answer = await post('grant_type=client_credentials', [formType], path)
      assert.deepEqual([answer.status, answer.error], [400, 'invalid_request'])
    })

    test('Basic works where the platform has it, with its challenge when it fails', async () => {
      const basic = (secret: string) =>
        `Authorization: Basic ${Buffer.from(`${credentials().id}:${secret}`).toString('base64')}`
      const grant = 'grant_type=client_credentials&scope=annuaire'
      assert.equal((await post(grant, [formType, basic(credentials().secret)])).status, 200)
      const wrong = await post(grant, [formType, basic('faux')])
      assert.deepEqual([wrong.status, wrong.error], [401, 'invalid_client'])
      assert.match(wrong.headers.get('www-authenticate') ?? '', /^Basic /)
      const both = await post(good(), [formType, basic(credentials().secret)])
      assert.equal(both.status, 400)
    })

    test('a blank at the end of the secret is a wrong secret', async () => {
      for (const blank of ['+', '%20', '%0A', '%09'])
        assert.equal((await post(`${good()}${blank}&scope=annuaire`)).error, 'invalid_client', blank)
    })

    test('any other method is 405 with Allow', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD']) {
        const answer = await fetch(portique().url + tokenPaths.demo, { method })
        assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST'], method)
        await answer.text()
      }
    })

    test('a token opens its own platform alone, in both directions', async () => {
      const demo = await demoToken(portique(), 'demo', 'annuaire')
      const other = await demoToken(portique(), 'france-travail', 'api_offresdemploiv2 o2dsoffre')
      const call = (path: string, token: string) => fetch(portique().url + path, { headers: bearer(token) })
      assert.deepEqual([(await call(services, demo)).status, (await call(search, other)).status], [200, 206])
      const here = await call(services, other)
      assert.equal(here.status, 401)
      assert.match(here.headers.get('www-authenticate') ?? '', /^Bearer realm="demo", error="invalid_token"/)
      const there = await call(search, demo)
      assert.deepEqual([there.status, await there.text()], [401, ''])
    })

    test('missing, malformed and unknown tokens each say what is wrong', async () => {
      const cases: readonly (readonly [string | null, number, string, RegExp])[] = [
        [null, 401, 'token/missing', /^Bearer realm="demo"$/],
        ['Bearer', 401, 'token/malformed', /error="invalid_token"/],
        ['Bearer a b', 401, 'token/malformed', /error="invalid_token"/],
        [`Bearer ${'A'.repeat(43)}`, 401, 'token/invalid', /error="invalid_token"/],
      ]
      for (const [authorization, status, code, challenge] of cases) {
        const answer = await fetch(portique().url + services, {
          headers: authorization === null ? {} : { authorization },
        })
        const told: Record<string, unknown> = JSON.parse(await answer.text())
        assert.deepEqual([answer.status, told.code], [status, code], String(authorization))
        assert.match(answer.headers.get('www-authenticate') ?? '', challenge)
      }
      const token = await demoToken(portique(), 'demo', 'annuaire')
      const lower = await fetch(portique().url + services, { headers: { authorization: `bearer ${token}` } })
      assert.equal(lower.status, 200)
      assert.equal((await fetch(`${portique().url}${services}?access_token=${token}`)).status, 400)
    })

    test('a method that the contract lacks is 405 with Allow', async () => {
      const token = await demoToken(portique(), 'demo', 'annuaire')
      const answer = await fetch(portique().url + services, { method: 'DELETE', headers: bearer(token) })
      assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'GET, HEAD'])
    })

    test('a token ends when its time is over, on the very next call', async () => {
      const demo = await demoToken(portique(), 'demo', 'annuaire')
      const other = await demoToken(portique(), 'france-travail', 'api_offresdemploiv2 o2dsoffre')
      const statuses = async () => [
        (await fetch(portique().url + services, { headers: bearer(demo) })).status,
        (await fetch(portique().url + search, { headers: bearer(other) })).status,
      ]
      const advance = (seconds: number) =>
        fetch(`${portique().url}/dev/clock`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ advanceSeconds: seconds }),
        })
      await advance(1440)
      assert.deepEqual(await statuses(), [200, 206])
      await advance(60)
      assert.deepEqual(await statuses(), [200, 401])
      await advance(300)
      assert.deepEqual(await statuses(), [401, 401])
    })

    test('the clock takes nothing but what it documents', async () => {
      for (const body of [
        '',
        'null',
        '{"advanceSeconds":-1}',
        '{"advanceSeconds":1.5}',
        '{"now":0}',
        'x'.repeat(2000),
      ]) {
        const answer = await fetch(`${portique().url}/dev/clock`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
        assert.ok(answer.status === 400 || answer.status === 413, body.slice(0, 20))
      }
    })
  })
