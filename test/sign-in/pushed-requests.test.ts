import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ownPortique } from '../start/portique.js'
import { authorizeUrl } from './authorize-url.js'
import { createBrowser } from './browser.js'
import { applicationOf, issuerOf, landed, redirectUri, signIn } from './people.js'

/** C13: RFC 9126. */
describe('pushed authorization requests', () => {
  const portique = ownPortique({ name: 'embedded store', databaseUrl: null })
  const at = () => `${issuerOf(portique(), 'individu')}/par`
  const proof = () => {
    const { client_id, client_secret } = applicationOf(portique(), 'private')
    return { client_id, client_secret: client_secret ?? '' }
  }
  const wanted = () => {
    const { searchParams } = authorizeUrl(portique())
    searchParams.delete('realm')
    return Object.fromEntries(searchParams)
  }
  const push = async (form: Readonly<Record<string, string>>) => {
    const answer = await fetch(at(), { method: 'POST', body: new URLSearchParams(form) })
    const body: Readonly<Record<string, unknown>> = JSON.parse(await answer.text())
    return { answer, body }
  }
  const start = (request_uri: unknown, client_id = proof().client_id) => {
    const url = new URL(`${portique().url}/connexion/oauth2/authorize?realm=%2Findividu`)
    url.searchParams.set('client_id', client_id)
    url.searchParams.set('request_uri', String(request_uri))
    return url
  }
  const pushed = async () => {
    const { answer, body } = await push({ ...wanted(), ...proof() })
    assert.equal(answer.status, 201)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.match(String(body.request_uri), /^urn:ietf:params:oauth:request_uri:/)
    assert.ok(Number(body.expires_in) > 0 && Number(body.expires_in) <= 60, String(body.expires_in))
    return body.request_uri
  }

  test('is good for one sign-in', async () => {
    const request = await pushed()
    const browser = createBrowser(portique().url)
    const { callback } = await signIn(start(request), 'angela-martin', browser)
    assert.ok(callback.searchParams.get('code'))
    assert.equal(callback.searchParams.get('state'), 'kept-state')
    const second = await browser.go(start(request))
    assert.deepEqual([second.status, second.location?.searchParams.get('code') ?? null], [400, null])
  })

  test('holds no parameter that an address could not hold', async () => {
    const { answer, body } = await push({ ...wanted(), ...proof(), state: 'x'.repeat(20_000) })
    assert.deepEqual([answer.status, body.error], [400, 'invalid_request'])
    const scope = 'openid offline_access'
    assert.equal((await push({ ...wanted(), ...proof(), scope })).body.error, 'invalid_scope')
    const form = { ...wanted(), ...proof(), request: 'a.b.c' }
    assert.match(String((await push(form)).body.error_description), /request objects are not supported/)
  })

  test('of two sign-ins at once on the ground of one, one gets a code', async () => {
    const browser = createBrowser(portique().url)
    await signIn(authorizeUrl(portique()), 'angela-martin', browser)
    const url = start(await pushed())
    const seen = await Promise.all(Array.from({ length: 10 }, () => browser.go(url)))
    const codes = seen.filter((page) => page.location?.searchParams.has('code'))
    assert.equal(codes.length, 1)
    for (const page of seen)
      if (!codes.includes(page)) assert.ok(page.status === 400 || landed(page).searchParams.has('error'))
  })

  test('expires after a minute at most', async (t) => {
    const clock = (body: object) =>
      fetch(`${portique().url}/dev/clock`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
    t.after(() => clock({ reset: true }))
    const request = await pushed()
    await clock({ advanceSeconds: 61 })
    const page = await createBrowser(portique().url).go(start(request))
    assert.deepEqual([page.status, page.location], [400, null])
  })

  test('belongs to the client that pushed it', async () => {
    const page = await createBrowser(portique().url).go(
      start(await pushed(), applicationOf(portique(), 'public').client_id),
    )
    assert.deepEqual([page.status, page.location], [400, null])
  })

  test('is nothing where it was never pushed', async () => {
    for (const request of ['urn:ietf:params:oauth:request_uri:made-up', 'https://attacker.example/request', '']) {
      const page = await createBrowser(portique().url).go(start(request))
      assert.deepEqual([page.status, page.location], [400, null], request)
    }
  })

  test('is refused at once for what would be refused later', async () => {
    const refused: [more: Record<string, string>, status: number, error: string][] = [
      [{ client_secret: 'wrong' }, 400, 'invalid_client'],
      [{ client_id: 'PAR_unknown' }, 400, 'invalid_client'],
      [{ redirect_uri: 'https://attacker.example/callback' }, 400, 'invalid_request'],
      [{ redirect_uri: `${redirectUri}?x=1` }, 400, 'invalid_request'],
      [{ scope: 'openid unknown' }, 400, 'invalid_scope'],
      [{ response_type: 'token' }, 400, 'unsupported_response_type'],
      [{ code_challenge: 'A'.repeat(43), code_challenge_method: 'plain' }, 400, 'invalid_request'],
      [{ request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 400, 'request_uri_not_supported'],
    ]
    for (const [more, status, error] of refused) {
      const { answer, body } = await push({ ...wanted(), ...proof(), ...more })
      assert.deepEqual([answer.status, body.error, body.request_uri], [status, error, undefined], JSON.stringify(more))
    }
    assert.equal((await fetch(at())).status, 405)
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
    assert.equal((await fetch(at(), json)).status, 400)
    const twice = `${new URLSearchParams({ ...wanted(), ...proof() })}&state=again`
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: twice }
    assert.equal((await fetch(at(), form)).status, 400)
  })
})
